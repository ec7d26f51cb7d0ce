using Logits.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>C of some columns and the intercept.</summary>
/// <param name="Columns">The columns.</param>
/// <param name="Gram">C, with the intercept last.</param>
internal sealed record HeadGram(ColumnSubset Columns, double[] Gram);

/// <summary>
/// Where there are too many features for C: the Kronecker product of <see cref="KroneckerPreconditioner"/> for the columns that weigh most and the intercepts,
/// which they have much in common with; for the others, of which λ is the larger part where they are rare, the diagonal of S̄ ⊗ C + λ D.
/// </summary>
internal sealed class HeadPreconditioner : IPreconditioner
{
    private readonly ISoftmaxLoss _loss;
    private readonly double _curvature;
    private readonly int _threads;
    private readonly double[] _inverse;
    private readonly ColumnSubset? _head;
    private readonly KroneckerPreconditioner? _kronecker;
    private readonly double[] _part;

    /// <param name="loss">The loss.</param>
    /// <param name="head">C of some columns; null where there is no room for it, and the diagonal stands for all.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="threads">Threads.</param>
    public HeadPreconditioner(ISoftmaxLoss loss, HeadGram? head, double curvature, int threads)
    {
        (_loss, _curvature, _threads, _head) = (loss, curvature, threads, head?.Columns);
        _inverse = new double[loss.Dimension];
        _part = new double[head is null ? 0 : loss.Classes * (head.Columns.Count + 1)];
        if (head is not null)
            _kronecker = new KroneckerPreconditioner(head.Gram, loss.Classes, head.Columns.Count, curvature, threads);
    }

    /// <summary>Adapts to S̄.</summary>
    public void Adapt()
    {
        int features = _loss.Features;
        double[] squares = _loss.Columns.MeanSquares;
        Parallel.For(0, _loss.Classes, new ParallelOptions { MaxDegreeOfParallelism = _threads }, k =>
        {
            double variance = _loss.Covariance.Diagonal[k];
            for (int j = 0; j < features; j++)
                _inverse[k * features + j] = Inverse(variance * squares[j] + _curvature);
            _inverse[_loss.Classes * features + k] = Inverse(variance);
        });
        _kronecker?.Adapt(_loss.Covariance, 0);
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        VectorArithmetic.Multiply(residual, _inverse, destination, _threads);
        if (_kronecker is not null)
        {
            Gather(residual);
            _kronecker.Solve(_part, _part);
            Scatter(destination);
        }
        Gauge.TakeOff(destination, _loss.Classes, _threads);
    }

    private void Gather(ReadOnlySpan<double> vector)
    {
        int count = _head!.Count, features = _loss.Features;
        for (int k = 0; k < _loss.Classes; k++)
            for (int place = 0; place < count; place++)
                _part[k * count + place] = vector[k * features + _head.Columns[place]];
        vector[(_loss.Classes * features)..].CopyTo(_part.AsSpan(_loss.Classes * count));
    }

    private void Scatter(Span<double> vector)
    {
        int count = _head!.Count, features = _loss.Features;
        for (int k = 0; k < _loss.Classes; k++)
            for (int place = 0; place < count; place++)
                vector[k * features + _head.Columns[place]] = _part[k * count + place];
        _part.AsSpan(_loss.Classes * count).CopyTo(vector[(_loss.Classes * features)..]);
    }

    /// <summary>A column of zeros has neither a residual nor a scale.</summary>
    private static double Inverse(double scale) => scale > 0 ? 1 / scale : 0;
}
