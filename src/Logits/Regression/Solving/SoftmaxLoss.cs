using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// The mean loss over the rows, in one precision. Each evaluation and each Hessian-vector product reads the rows once; the probabilities of the last point are
/// kept where there is memory for n×K of them, and computed again otherwise: to the same bits.
/// </summary>
internal sealed unsafe class SoftmaxLoss<T> : ISoftmaxLoss where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowPasses<T> _passes;
    private readonly LabelTile<T> _labels;
    private readonly AlignedArray<T> _weights;
    private readonly AlignedArray<T> _direction;
    private readonly AlignedArray<T>[] _scratch;
    private readonly double[] _rounders;
    private readonly double[] _meanLabels;
    private readonly GridSum _loss, _totals, _squares, _intercepts;
    private readonly ProbabilityStore<T>? _store;
    private readonly CovariancePass<T> _covariancePass;
    private double _largestLogit;

    /// <param name="passes">The rows.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="meanLabels">ȳ.</param>
    /// <param name="columns">What is known of the columns.</param>
    /// <param name="keepsProbabilities">Whether n×K numbers may be held.</param>
    public SoftmaxLoss(RowPasses<T> passes, Labels labels, double[] meanLabels, ColumnSummary columns, bool keepsProbabilities)
    {
        (_passes, _labels, _meanLabels, Columns) = (passes, new LabelTile<T>(labels), meanLabels, columns);
        Classes = labels.Classes;
        _weights = passes.PackedWeights();
        _direction = passes.PackedWeights();
        _scratch = [.. Enumerable.Range(0, passes.Threads).Select(_ => new AlignedArray<T>(3L * passes.Plan.TileRows))];
        _rounders = new double[Features];
        (_loss, _totals, _squares, _intercepts) = (new(1, passes.Threads), new(Classes, passes.Threads), new(Classes, passes.Threads),
            new(Classes, passes.Threads));
        _store = keepsProbabilities ? new ProbabilityStore<T>(passes.Plan) : null;
        _covariancePass = new CovariancePass<T>(passes);
        Covariance = new LabelCovariance(Classes);
    }

    public int Classes { get; }

    public int Features => _passes.Rows.Features;

    public int Dimension => Classes * (Features + 1);

    public ColumnSummary Columns { get; }

    public LabelCovariance Covariance { get; }

    public bool KeepsProbabilities => _store is not null;

    public int Evaluations { get; private set; }

    public int Products { get; private set; }

    public int OtherPasses { get; private set; }

    private double Weight => _passes.Weights.ScaledTotal;

    public double Evaluate(Span<double> point, Span<double> gradient)
    {
        RoundToPrecision(point);
        _largestLogit = Bound(point);
        _passes.Pack(point, _weights);
        StartPass(1);
        _loss.Start(2 * Weight * (2 * _largestLogit + Math.Log(Classes) + 1));
        _totals.Start(2 * Weight);
        _squares.Start(2 * Weight);
        bool whole = Classes <= LabelCovariance.FewClasses;
        if (whole)
            _covariancePass.Start();
        _passes.Run(
            worker =>
            {
                int stride = _passes.Plan.TileRows, used = worker.Used;
                T* scratch = _scratch[worker.Thread].Pointer;
                T* scores = worker.Scores;
                T* probabilities = _store is { } store ? store.Tile(worker.Reader) : worker.Probabilities;
                worker.Reader.Scores(_weights.Pointer, scores);
                _labels.Centre(scores, stride, worker.Reader.First, worker.Reader.Rows, used, scratch);
                ClassMajor<T>.Softmax(scores, stride, used, Classes, probabilities, scratch);
                if (_labels.SumOthers(probabilities, stride, worker.Reader.First, worker.Reader.Rows, used, scratch + stride, scratch + 2 * stride))
                    TileSums<T>.Refine(scratch + 2 * stride, used, scratch);
                _loss.Add(worker.Thread, 0, TileSums<T>.WeightedSum(scratch, worker.Weights, used));
                for (int k = 0; k < Classes; k++)
                {
                    (double sum, double squares) = TileSums<T>.Weight(probabilities + (nint)k * stride, worker.Weights, used, scores + (nint)k * stride);
                    _totals.Add(worker.Thread, k, sum);
                    _squares.Add(worker.Thread, k, squares);
                }
                if (whole)
                    _covariancePass.AddTile(worker, scores, probabilities);
                _labels.Subtract(scores, stride, worker.Reader.First, worker.Reader.Rows, worker.Weights);
                worker.Reader.AddOuterProducts(scores);
            },
            worker =>
            {
                worker.Reader.EndChunk(_rounders);
                if (whole)
                    _covariancePass.EndChunk(worker);
            },
            [_loss, _totals, _squares, .. _covariancePass.Sums]);

        Evaluations++;
        _passes.CollectSums(1 / Weight, gradient[..(Classes * Features)]);
        Span<double> intercepts = gradient[(Classes * Features)..];
        double[] squares = new double[Classes];
        _totals.Collect(intercepts);
        _squares.Collect(squares);
        foreach (ref double sum in intercepts)
            sum /= Weight;
        foreach (ref double sum in squares.AsSpan())
            sum /= Weight;
        Covariance.Take(intercepts, squares);
        if (whole)
            Covariance.TakeProducts(_covariancePass.Collect(Weight));
        for (int k = 0; k < Classes; k++)
            intercepts[k] -= _meanLabels[k];
        Gauge.TakeOff(gradient, Classes, _passes.Threads);
        double loss = 0;
        _loss.Collect(MemoryMarshal.CreateSpan(ref loss, 1));
        return loss / Weight;
    }

    /// <summary>
    /// What exponentials lose, 2⁻²³ or 2⁻⁴⁹ with room to spare, and what rows lose to the rounding of their logits, each by chance up or down.
    /// </summary>
    public double RelativeRounding =>
        (typeof(T) == typeof(float) ? 1.0 / (1 << 23) : 1.0 / (1L << 49)) * (1 + _largestLogit / Math.Sqrt(_passes.Weights.PositiveRows));

    public double Rounding(double value, ReadOnlySpan<double> point)
    {
        double largest = 0;
        foreach (double intercept in point[(Classes * Features)..])
            largest = Math.Max(largest, Math.Abs(intercept));
        return RelativeRounding * Math.Abs(value) + (typeof(T) == typeof(double) ? largest / (1L << 53) : 0);
    }

    public double ValueError(double value) =>
        2 * (typeof(T) == typeof(float)
            ? float.BitIncrement(1) - 1.0 : double.BitIncrement(1) - 1) * (Math.Abs(value) + _largestLogit / Math.Sqrt(_passes.Weights.PositiveRows));

    public void HessianVectorProduct(ReadOnlySpan<double> direction, Span<double> destination) => Product(direction, destination, null);

    public double LeastChange(ReadOnlySpan<double> direction, Span<double> product)
    {
        T[] least = new T[_passes.Threads];
        Product(direction, product, least);
        return least.Min(double.CreateTruncating);
    }

    public void FormCovariance()
    {
        if (Covariance.IsWhole)
            return;
        OtherPasses++;
        _covariancePass.Start();
        _passes.Run(
            worker =>
            {
                int stride = _passes.Plan.TileRows;
                T* probabilities = Probabilities(worker);
                for (int k = 0; k < Classes; k++)
                    TileSums<T>.Weight(probabilities + (nint)k * stride, worker.Weights, worker.Used, worker.Scores + (nint)k * stride);
                _covariancePass.AddTile(worker, worker.Scores, probabilities);
            },
            _covariancePass.EndChunk,
            _covariancePass.Sums);
        Covariance.TakeProducts(_covariancePass.Collect(Weight));
    }

    public void SampleByClass(int count, Action<ClassSample> visit)
    {
        OtherPasses += 2;
        new ClassSampling<T>(_passes, _store!).Draw(count, visit);
    }

    public double[] DenseHessian(ReadOnlySpan<double> point, long mostRows)
    {
        OtherPasses++;
        return SampledHessian.Of(_passes, Columns, point, Classes, mostRows);
    }

    private void Product(ReadOnlySpan<double> direction, Span<double> destination, T[]? least)
    {
        double largestChange = Bound(direction);
        _passes.Pack(direction, _direction);
        StartPass(2 * largestChange);
        _intercepts.Start(4 * Weight * largestChange);
        _passes.Run(
            worker =>
            {
                int stride = _passes.Plan.TileRows, used = worker.Used;
                T* probabilities = Probabilities(worker);
                T* changes = worker.Scores;
                worker.Reader.Scores(_direction.Pointer, changes);
                if (least is not null)
                    KeepLeast(worker, probabilities, changes, ref least[worker.Thread]);
                ClassMajor<T>.CovarianceProduct(probabilities, changes, stride, used, Classes, worker.Weights);
                for (int k = 0; k < Classes; k++)
                    _intercepts.Add(worker.Thread, k, TileSums<T>.Sum(changes + (nint)k * stride, used));
                worker.Reader.AddOuterProducts(changes);
            },
            worker => worker.Reader.EndChunk(_rounders),
            _intercepts);
        Products++;
        _passes.CollectSums(1 / Weight, destination[..(Classes * Features)]);
        Span<double> intercepts = destination[(Classes * Features)..];
        _intercepts.Collect(intercepts);
        foreach (ref double sum in intercepts)
            sum /= Weight;
        Gauge.TakeOff(destination, Classes, _passes.Threads);
    }

    /// <summary>The probabilities of the tile at the last point evaluated, kept or computed again.</summary>
    private T* Probabilities(RowPasses<T>.Worker worker)
    {
        if (_store is { } store)
            return store.Tile(worker.Reader);
        int stride = _passes.Plan.TileRows;
        T* scratch = _scratch[worker.Thread].Pointer;
        worker.Reader.Scores(_weights.Pointer, worker.Probabilities);
        _labels.Centre(worker.Probabilities, stride, worker.Reader.First, worker.Reader.Rows, worker.Used, scratch);
        ClassMajor<T>.Softmax(worker.Probabilities, stride, worker.Used, Classes, worker.Probabilities, scratch);
        return worker.Probabilities;
    }

    private void KeepLeast(RowPasses<T>.Worker worker, T* probabilities, T* changes, ref T least)
    {
        int stride = _passes.Plan.TileRows, used = worker.Used;
        T* means = _scratch[worker.Thread].Pointer;
        T* lowest = means + stride;
        new Span<T>(means, used).Clear();
        new Span<T>(lowest, used).Clear();
        for (int k = 0; k < Classes; k++)
            TileSums<T>.AddProducts(probabilities + (nint)k * stride, changes + (nint)k * stride, used, means);
        for (int k = 0; k < Classes; k++)
            TileSums<T>.KeepLeast(changes + (nint)k * stride, means, used, lowest);
        for (int i = 0; i < worker.Reader.Rows; i++)
            if (worker.Weights[i] > T.Zero)
                least = T.Min(least, lowest[i]);
    }

    /// <summary>The point as the kernels see it, so that the value belongs to exactly this point.</summary>
    private static void RoundToPrecision(Span<double> point)
    {
        if (typeof(T) == typeof(float))
            foreach (ref double entry in point)
                entry = (float)entry;
    }

    /// <summary>A bound on |W x_i + b| over all rows.</summary>
    private double Bound(ReadOnlySpan<double> point)
    {
        double largest = 0;
        for (int k = 0; k < Classes; k++)
            largest = Math.Max(largest, Math.Abs(point[Classes * Features + k]) + VectorArithmetic.AbsoluteDot(point.Slice(k * Features, Features),
                Columns.Scales));
        return largest;
    }

    /// <summary>Sets the grids for sums of residuals no larger than a row's weight times <paramref name="largestResidual"/>.</summary>
    private void StartPass(double largestResidual)
    {
        for (int j = 0; j < _rounders.Length; j++)
            _rounders[j] = ReproducibleSum.Rounder(2 * Weight * largestResidual * Columns.Scales[j]);
    }
}
