using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>X Xᵀ, the products of all pairs of rows.</summary>
internal static unsafe class RowGram
{
    /// <summary>So many features are multiplied in T before they are added up in float64.</summary>
    private const int Panel = 512;

    /// <summary>The lower triangle of n×n, row-major, by blocks of rows.</summary>
    public static double[] Of<T>(DenseRows<T> rows, int threads, CancellationToken cancellationToken) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = checked((int)rows.Count), side = rows.RowsPerBlock, most = rows.BlockRows(0),
            stride = (most + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;
        double[] gram = new double[checked(n * n)];
        int next = -1;
        Parallel.For(0, threads, new ParallelOptions { MaxDegreeOfParallelism = threads }, _ =>
        {
            AlignedArray<T> columns = new((long)Panel * stride), products = new((long)most * stride);
            for (int block; !cancellationToken.IsCancellationRequested && (block = Interlocked.Increment(ref next)) < rows.BlockCount;)
                AddBlock(block, columns, products);
        });
        cancellationToken.ThrowIfCancellationRequested();
        return gram;

        // The products of one block of rows with itself and all later ones, a panel of features at a time.
        void AddBlock(int block, AlignedArray<T> columns, AlignedArray<T> products)
        {
            int own = rows.BlockRows(block), ownStride = (own + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;
            fixed (T* x = rows.Block(block))
                for (int from = 0; from < rows.Features; from += Panel)
                {
                    int depth = Math.Min(Panel, rows.Features - from);
                    columns.Span.Clear();
                    Transpose<T>.Copy(x + from, rows.Features, own, depth, columns.Pointer, ownStride);
                    for (int other = block; other < rows.BlockCount; other++)
                    {
                        int count = rows.BlockRows(other);
                        products.Span.Clear();
                        fixed (T* y = rows.Block(other))
                            MatrixProduct<T>.Add(y + from, rows.Features, 1, count, columns.Pointer, ownStride, ownStride, depth, products.Pointer, ownStride);
                        for (int i = 0; i < count; i++)
                        {
                            Span<double> target = gram.AsSpan(checked((other * side + i) * n + block * side), own);
                            for (int j = 0; j < own; j++)
                                target[j] += double.CreateTruncating(products.Span[i * ownStride + j]);
                        }
                    }
                }
        }
    }
}
