using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// The Hessian of the mean loss, formed whole, mean (diag(p_i) − p_i p_iᵀ) ⊗ x̃_i x̃_iᵀ, of order K(d+1), class by class with the intercept last: over all
/// rows, or over those of a <see cref="LeverageDraw{T}"/>, in which no rare value is missed.
/// </summary>
internal static unsafe class SampledHessian
{
    private const int Batch = 512;

    /// <summary>The lower triangle, row-major, in blocks of d+1: whole blocks on the diagonal too.</summary>
    public static double[] Of<T>(RowPasses<T> passes, ColumnSummary columns, ReadOnlySpan<double> point, int classes, long mostRows)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RowBlocks<T> rows = passes.Rows;
        int order = rows.Features + 1, stride = (order + 1) / 2 * 2, size = classes * order;
        List<(long Row, double Weight)> drawn = Drawn(passes, columns, (double)mostRows / rows.Count);
        double[] coefficients = point.ToArray(), weights = new double[Batch], logits = new double[classes];
        AlignedArray<double> x = new((long)Batch * stride), probabilities = new((long)Batch * classes);
        double[] hessian = new double[checked(size * size)];
        AlignedArray<double>[] blocks = [.. Enumerable.Range(0, classes * (classes + 1) / 2).Select(_ => new AlignedArray<double>((long)order * stride))];
        double total = 0;
        for (int next = 0; next < drawn.Count;)
        {
            passes.CancellationToken.ThrowIfCancellationRequested();
            int count = 0;
            for (; count < Batch && next < drawn.Count; next++, count++)
            {
                (long row, weights[count]) = drawn[next];
                Span<double> values = x.Span.Slice(count * stride, stride);
                rows.CopyRow(row, values[..rows.Features]);
                values[rows.Features] = 1;
                total += weights[count];
                for (int k = 0; k < classes; k++)
                    logits[k] = coefficients[classes * rows.Features + k]
                        + VectorArithmetic.Dot(values[..rows.Features], coefficients.AsSpan(k * rows.Features, rows.Features));
                LogPartition.Softmax(logits, probabilities.Span.Slice(count * classes, classes));
            }
            int used = count;
            Parallel.For(0, classes, new ParallelOptions { MaxDegreeOfParallelism = passes.Threads }, k =>
            {
                AlignedArray<double> own = new((long)used * stride);
                for (int l = 0; l <= k; l++)
                {
                    for (int i = 0; i < used; i++)
                    {
                        double pk = probabilities.Span[i * classes + k], pl = probabilities.Span[i * classes + l];
                        double factor = weights[i] * pk * ((k == l ? 1 : 0) - pl);
                        ReadOnlySpan<double> from = x.Span.Slice(i * stride, stride);
                        Span<double> to = own.Span.Slice(i * stride, stride);
                        for (int j = 0; j < to.Length; j++)
                            to[j] = factor * from[j];
                    }
                    MatrixProduct<double>.Add(own.Pointer, 1, stride, order, x.Pointer, stride, stride, used, blocks[k * (k + 1) / 2 + l].Pointer, stride);
                }
            });
        }
        for (int k = 0; k < classes; k++)
            for (int l = 0; l <= k; l++)
                for (int a = 0; a < order; a++)
                    for (int b = 0; b < order; b++)
                        hessian[(k * order + a) * size + l * order + b] = blocks[k * (k + 1) / 2 + l].Span[a * stride + b] / total;
        return hessian;
    }

    private static List<(long Row, double Weight)> Drawn<T>(RowPasses<T> passes, ColumnSummary columns, double expected) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LeverageDraw<T> draw = new(columns, ColumnSubset.Largest(columns.MeanSquares, columns.MeanSquares.Length), expected);
        List<(long, double)>[] chunks = new List<(long, double)>[passes.Plan.Chunks];
        double[][] probabilities = new double[passes.Threads][];
        passes.Run(
            worker =>
            {
                RowReader<T> reader = worker.Reader;
                double[] probability = probabilities[worker.Thread] ??= new double[passes.Plan.TileRows];
                draw.Draw(reader, probability);
                List<(long, double)> own = chunks[reader.Chunk] ??= [];
                for (int i = 0; i < reader.Rows; i++)
                    if (probability[i] > 0)
                        own.Add((reader.First + i, double.CreateTruncating(worker.Weights[i]) / probability[i]));
            },
            null);
        return [.. chunks.SelectMany(chunk => chunk ?? [])];
    }
}
