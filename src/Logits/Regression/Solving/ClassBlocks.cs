using System.Numerics;
using Logits.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// One block a class: B_k = mean w p_k (1 − p_k) x̃ x̃ᵀ, from rows drawn in proportion to their part in it and shrunk towards q̄_k C, plus λ D and the
/// damping's μ C. For many classes that keep to their own corners of the table, whose Gram matrices have little in common with C.
/// </summary>
internal sealed unsafe class ClassBlocks<T> : IPreconditioner where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _classes;
    private readonly int _features;
    private readonly int _threads;
    private readonly Cholesky?[] _factors;

    private ClassBlocks(int classes, int features, int threads)
    {
        (_classes, _features, _threads) = (classes, features, threads);
        _factors = new Cholesky?[classes];
    }

    /// <summary>The bytes that the factors take.</summary>
    public static long Bytes(int classes, int features) => (long)classes * (features + 33) * (features + 33) * sizeof(double);

    /// <param name="loss">Where the rows are drawn, at the last point evaluated.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="gram">C.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="damping">μ.</param>
    /// <param name="rowsPerColumn">How many rows are drawn for each column.</param>
    /// <param name="threads">How many classes are worked on at a time.</param>
    public static ClassBlocks<T> Of(ISoftmaxLoss loss, RowBlocks<T> rows, double[] gram, double curvature, double damping, int rowsPerColumn, int threads)
    {
        ClassBlocks<T> blocks = new(loss.Classes, loss.Features, threads);
        int order = loss.Features + 1, width = (order + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;
        loss.SampleByClass(rowsPerColumn * order, sample => blocks._factors[sample.Class] = Factor(sample));
        return blocks;

        Cholesky? Factor(ClassSample sample)
        {
            AlignedArray<T> x = new((long)Math.Max(1, sample.Rows.Length) * width), products = new((long)order * width);
            double[] row = new double[order - 1];
            long draws = 0;
            for (int i = 0; i < sample.Rows.Length; i++)
            {
                rows.CopyRow(sample.Rows[i], row);
                double root = Math.Sqrt(sample.Counts[i]);
                Span<T> target = x.Span.Slice(i * width, order);
                for (int j = 0; j < row.Length; j++)
                    target[j] = T.CreateTruncating(row[j] * root);
                target[^1] = T.CreateTruncating(root);
                draws += sample.Counts[i];
            }
            MatrixProduct<T>.Add(x.Pointer, 1, width, order, x.Pointer, width, width, sample.Rows.Length, products.Pointer, width);
            double shrink = sample.Rows.Length == 0 ? 1 : 1.0 / (1 + rowsPerColumn) * Math.Min(1, (double)sample.Rows.Length / (rowsPerColumn * order));
            double own = draws == 0 ? 0 : (1 - shrink) * sample.Mass / draws, common = shrink * sample.Mass + damping;
            double[] block = new double[order * order], diagonal = new double[order];
            // Columns that stay as they are have no part in C, nor here.
            bool IsFree(int j) => gram[j * order + j] > 0;
            for (int k = 0; k < order; k++)
                for (int j = 0; j <= k && IsFree(k); j++)
                    block[k * order + j] = own * (IsFree(j) ? double.CreateTruncating(products.Span[k * width + j]) : 0) + common * gram[k * order + j];
            for (double jitter = 1e-10; jitter < 1; jitter *= 100)
            {
                for (int j = 0; j < order; j++)
                    diagonal[j] = (j < order - 1 ? curvature : 0) + jitter * (block[j * order + j] + curvature) + (block[j * order + j] + curvature == 0
                        ? 1 : 0);
                if (Cholesky.TryFactor(block, 1, diagonal) is { } factor)
                    return factor;
            }
            return null;
        }
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        double[] solved = new double[_classes * (_features + 1)];
        for (int k = 0; k < _classes; k++)
        {
            residual.Slice(k * _features, _features).CopyTo(solved.AsSpan(k * (_features + 1)));
            solved[k * (_features + 1) + _features] = residual[_classes * _features + k];
        }
        Parallel.For(0, _classes, new ParallelOptions { MaxDegreeOfParallelism = _threads }, k =>
            _factors[k]?.Solve(solved.AsSpan(k * (_features + 1), _features + 1)));
        for (int k = 0; k < _classes; k++)
        {
            solved.AsSpan(k * (_features + 1), _features).CopyTo(destination[(k * _features)..]);
            destination[_classes * _features + k] = solved[k * (_features + 1) + _features];
        }
        Gauge.TakeOff(destination, _classes);
    }
}
