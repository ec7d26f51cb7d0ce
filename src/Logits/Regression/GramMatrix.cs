using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// C = Σ w x̃ x̃ᵀ / Σ w over a sample of the rows, where x̃ is a row of features followed by 1 for the intercept: the (d+1)×(d+1) factor of the preconditioner.
/// </summary>
internal static unsafe class GramMatrix
{
    private const int ClassBlock = 48;

    /// <summary>C, (d+1)×(d+1) row-major, lower triangle; or its diagonal alone.</summary>
    public static double[] Compute<T>(RowPasses<T> passes, int features, bool diagonalOnly) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int order = features + 1;
        int sampleRows = SampleRows(passes, order);
        Accumulator<T>[] accumulators = new Accumulator<T>[passes.Threads];
        for (int t = 0; t < accumulators.Length; t++)
            accumulators[t] = new Accumulator<T>(passes, order, diagonalOnly);
        passes.Run(
            (workspace, tile) =>
            {
                int rows = Math.Min(tile.Rows, sampleRows - tile.InChunk * passes.TileRows);
                if (rows > 0)
                    accumulators[workspace.Thread].Add(tile, rows);
            },
            workspace => accumulators[workspace.Thread].Drain());
        double[] sums = accumulators[0].Sums;
        foreach (Accumulator<T> other in accumulators.AsSpan(1))
            for (int j = 0; j < sums.Length; j++)
                sums[j] += other.Sums[j];
        return accumulators[0].Unscaled();
    }

    /// <summary>From each chunk, so many of the first rows that twelve rows for every column are seen in all.</summary>
    private static int SampleRows<T>(RowPasses<T> passes, int order) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int chunkRows = passes.ChunkTiles * passes.TileRows;
        return (int)Math.Min(chunkRows, (12L * order + 2048) / passes.Chunks + 1);
    }

    /// <summary>The sum of one thread. Columns are scaled to at most 1 beforehand, so that one grid serves them all.</summary>
    private sealed class Accumulator<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly RowPasses<T> _passes;
        private readonly int _order;
        private readonly int _width;
        private readonly bool _diagonalOnly;
        private readonly double[] _scales;
        private readonly double[] _rounders;
        private readonly T[] _scaled;
        private readonly T[] _chunkSums;

        public Accumulator(RowPasses<T> passes, int order, bool diagonalOnly)
        {
            _passes = passes;
            _order = order;
            _diagonalOnly = diagonalOnly;
            _width = (order + TileKernels<T>.Lanes - 1) / TileKernels<T>.Lanes * TileKernels<T>.Lanes;
            _scales = [.. passes.ColumnScales.AsSpan(0, order - 1), 1];
            _rounders = new double[_width];
            Array.Fill(_rounders, ReproducibleSum.Rounder(2 * passes.WeightSum));
            _scaled = RowPasses<T>.Allocate<T>((long)passes.TileRows * _width);
            _chunkSums = RowPasses<T>.Allocate<T>(diagonalOnly ? _width : (long)order * _width);
            Sums = new double[_chunkSums.Length];
        }

        public double[] Sums { get; }

        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Add(RowPasses<T>.Tile tile, int rows)
        {
            Scale(tile, rows);
            T* x = RowPasses<T>.Pointer(_scaled);
            T* sums = RowPasses<T>.Pointer(_chunkSums);
            if (_diagonalOnly)
            {
                for (int i = 0; i < rows; i++)
                    for (int j = 0; j < _order; j++)
                        sums[j] += x[(nint)i * _width + j] * x[(nint)i * _width + j];
                return;
            }
            for (int k = 0; k < _order; k += ClassBlock)
            {
                // A block of one row cannot be summed alone; the block before it takes it along.
                int block = _order - k <= ClassBlock + 1 ? _order - k : ClassBlock;
                int to = Math.Min(_width, (k + block + TileKernels<T>.Lanes - 1) / TileKernels<T>.Lanes * TileKernels<T>.Lanes);
                TileKernels<T>.AddOuterProducts(x, rows, _width, to, x + k, 1, _width, block, sums + (nint)k * _width, _width);
                if (block > ClassBlock)
                    break;
            }
        }

        public void Drain()
        {
            for (int at = 0; at < _chunkSums.Length; at += _width)
                ReproducibleSum.Drain(_chunkSums.AsSpan(at, _width), _rounders, Sums.AsSpan(at, _width));
        }

        /// <summary>The sums in the columns' own scales, divided by Σ w of the sample: the intercept's square.</summary>
        public double[] Unscaled()
        {
            double weight = Sums[Sums.Length - 1 - (_width - _order)];
            double[] matrix = new double[_diagonalOnly ? _order : _order * _order];
            for (int k = 0; k < _order; k++)
                if (_diagonalOnly)
                    matrix[k] = Sums[k] * _scales[k] * _scales[k] / weight;
                else
                    for (int j = 0; j <= k; j++)
                        matrix[k * _order + j] = Sums[k * _width + j] * _scales[k] * _scales[j] / weight;
            return matrix;
        }

        /// <summary>√w_i x_ij / scale_j, then √w_i for the intercept.</summary>
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        private void Scale(RowPasses<T>.Tile tile, int rows)
        {
            T* weights = (T*)tile.Weights;
            for (int i = 0; i < rows; i++)
            {
                T root = T.Sqrt(weights[i]);
                ReadOnlySpan<T> row = new((T*)tile.X + (nint)i * tile.Stride, _order - 1);
                Span<T> scaled = _scaled.AsSpan(i * _width, _order);
                for (int j = 0; j < row.Length; j++)
                    scaled[j] = _scales[j] == 0 ? T.Zero : row[j] * root / T.CreateTruncating(_scales[j]);
                scaled[^1] = root;
            }
        }
    }
}
