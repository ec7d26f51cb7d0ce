using System.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// A problem that is smaller than the one it stands for, and gives it a start: of fewer rows than features, in the space of the rows, where it is the same
/// problem; of far more rows than coefficients, over some of the rows, where it is nearly the same.
/// </summary>
internal sealed class SmallerProblem<T>(SoftmaxProblem<T> problem) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Beyond so many rows the products of all pairs cost more than they save.</summary>
    private const int MostRowSpaceRows = 2500;

    /// <summary>One row in so many is in the sample, if that leaves so many rows for each coefficient.</summary>
    private const int SampleShare = 20;
    private const int RowsPerCoefficient = 200;

    /// <summary>Below so many multiplications a product, a fit is over before a sample is drawn.</summary>
    private const double FewMultiplications = 2e7;

    private RowSpace? _rowSpace;
    private SoftmaxProblem<double>? _inRowSpace;
    private SoftmaxProblem<T>? _sample;

    /// <summary>Solves it and writes the start. The passes over all rows that this took.</summary>
    public int Solve(Penalty penalty, FitOptions options, Span<double> point)
    {
        if (problem.RowsOf is DenseRows<T> rows && rows.Features > 2 * rows.Count && rows.Count is > 16 and <= MostRowSpaceRows)
            return SolveInRowSpace(rows, penalty, options, point);
        if ((double)problem.RowsOf.Stored * problem.Classes >= FewMultiplications
            && problem.Rows >= (long)SampleShare * RowsPerCoefficient * problem.Classes * (problem.Features + 1))
            SolveSample(penalty, options, point);
        return 0;
    }

    private int SolveInRowSpace(DenseRows<T> rows, Penalty penalty, FitOptions options, Span<double> point)
    {
        int passes = _rowSpace is null ? 2 : 1;
        _rowSpace ??= RowSpace.Of(rows, problem.Threads, problem.CancellationToken);
        _inRowSpace ??= new SoftmaxProblem<double>(_rowSpace.Rows, problem.Labels, options, problem.CancellationToken);
        // Precise enough for the gradient of the whole problem to prove the gap.
        SoftmaxModel model = _inRowSpace.Solve(penalty, options with { Tolerance = Math.Max(1e-13, 1e-4 * options.Tolerance) }, null, null,
            problem.CancellationToken).Model;
        _rowSpace.Lift(rows, model.Weights, problem.Classes).CopyTo(point);
        model.Intercepts.CopyTo(point[(problem.Classes * problem.Features)..]);
        return passes;
    }

    private void SolveSample(Penalty penalty, FitOptions options, Span<double> point)
    {
        if ((_sample ??= Sample(options)) is not { } smaller)
            return;
        SoftmaxModel model = smaller.Solve(penalty, options with { Tolerance = Math.Max(1e-4, options.Tolerance) }, null, null,
            problem.CancellationToken).Model;
        model.Weights.CopyTo(point);
        model.Intercepts.CopyTo(point[(problem.Classes * problem.Features)..]);
    }

    /// <summary>Some of the rows; null where they lack a class.</summary>
    private SoftmaxProblem<T>? Sample(FitOptions options)
    {
        RowSample sample = new(problem.Rows, problem.Rows / SampleShare);
        DenseRowsBuilder<T> rows = new(problem.Features);
        double[] row = new double[problem.Features], weights = new double[sample.Size];
        List<int> indices = [];
        List<double> distributions = [];
        for (long i = 0; i < sample.Size; i++)
        {
            long at = sample.Row(i);
            problem.RowsOf.CopyRow(at, row);
            Span<T> target = rows.AddRow();
            for (int j = 0; j < row.Length; j++)
                target[j] = T.CreateTruncating(row[j]);
            weights[i] = problem.Weights[at];
            if (problem.Labels.AreIndices)
                indices.Add(problem.Labels.Indices[(int)at]);
            else
                distributions.AddRange(problem.Labels.Distribution(at));
        }
        Labels labels = problem.Labels.AreIndices
            ? Labels.FromIndices(indices.ToArray(), problem.Classes) : Labels.FromProbabilities(distributions.ToArray(), problem.Classes);
        return FitInput.MeanLabels(labels, new RowWeights(weights, sample.Size, problem.Weights.Meaning)).Contains(0)
            ? null
            : new SoftmaxProblem<T>(rows.ToRows(), labels, options with { RowWeights = weights }, problem.CancellationToken);
    }
}
