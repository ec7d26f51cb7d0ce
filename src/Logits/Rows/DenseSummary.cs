using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Rows;

/// <summary>The summary of dense rows, in one reading.</summary>
internal static class DenseSummary
{
    /// <param name="rows">The rows.</param>
    /// <param name="weights">Their weights.</param>
    /// <param name="centres">What is taken off each column first; none for nothing.</param>
    /// <param name="threads">Threads.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static ColumnSummary Of<T>(DenseRows<T> rows, RowWeights weights, double[] centres, int threads, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[][] scales = new double[rows.BlockCount][], sums = new double[rows.BlockCount][], squares = new double[rows.BlockCount][];
        Parallel.For(0, rows.BlockCount, new ParallelOptions { MaxDegreeOfParallelism = threads }, block =>
        {
            if (cancellationToken.IsCancellationRequested)
                return;
            T[] largest = new T[rows.Features];
            double[] centred = new double[centres.Length], largestCentred = new double[centres.Length];
            double[] sum = new double[rows.Features], square = new double[rows.Features];
            ReadOnlySpan<T> values = rows.Block(block);
            Span<double> weight = stackalloc double[1];
            for (int i = 0; i < rows.BlockRows(block); i++)
            {
                ReadOnlySpan<T> row = values.Slice(i * rows.Features, rows.Features);
                weights.CopyScaled((long)block * rows.RowsPerBlock + i, 1, weight);
                if (centres.Length == 0)
                {
                    KeepLargest(row, largest);
                    AddRow(row, weight[0], sum, square);
                    continue;
                }
                for (int j = 0; j < centred.Length; j++)
                    centred[j] = double.CreateTruncating(row[j]) - centres[j];
                KeepLargest<double>(centred, largestCentred);
                AddRow<double>(centred, weight[0], sum, square);
            }
            scales[block] = centres.Length == 0 ? Array.ConvertAll(largest, double.CreateTruncating) : largestCentred;
            (sums[block], squares[block]) = (sum, square);
        });
        cancellationToken.ThrowIfCancellationRequested();
        foreach (double[] other in scales.AsSpan(1))
            for (int j = 0; j < other.Length; j++)
                scales[0][j] = Math.Max(scales[0][j], other[j]);
        return new ColumnSummary(scales[0], sums, squares, weights.ScaledTotal);
    }

    /// <summary>sums += weight · row, squares += weight · row², in float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddRow<T>(ReadOnlySpan<T> row, double weight, Span<double> sums, Span<double> squares) where T
        : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<double> weights = Vector256.Create(weight);
        int j = 0;
        if (typeof(T) == typeof(float))
            for (; j + Vector256<T>.Count <= row.Length; j += Vector256<T>.Count)
            {
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(row[j..]).AsSingle());
                Add(lower, weights, sums[j..], squares[j..]);
                Add(upper, weights, sums[(j + 4)..], squares[(j + 4)..]);
            }
        for (; j < row.Length; j++)
        {
            double value = double.CreateTruncating(row[j]);
            sums[j] += weight * value;
            squares[j] += weight * value * value;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<double> values, Vector256<double> weights, Span<double> sums, Span<double> squares)
    {
        Vector256<double> weighted = weights * values;
        (Vector256.Create<double>(sums) + weighted).CopyTo(sums);
        (Vector256.Create<double>(squares) + weighted * values).CopyTo(squares);
    }

    /// <summary>largest_j = max(largest_j, |values_j|), NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void KeepLargest<T>(ReadOnlySpan<T> values, Span<T> largest) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= values.Length; j += Vector256<T>.Count)
        {
            Span<T> kept = largest[j..];
            Vector256.Max(Vector256.Create<T>(kept), Vector256.Abs(Vector256.Create(values[j..]))).CopyTo(kept);
        }
        for (; j < values.Length; j++)
            largest[j] = T.Max(largest[j], T.Abs(values[j]));
    }
}
