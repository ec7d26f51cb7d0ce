using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// C = Σ w x̃ x̃ᵀ / Σ w, where x̃ is a row of features followed by 1 for the intercept: the (d+1)×(d+1) factor of the preconditioner. From all rows where that
/// costs little; else from those of a <see cref="LeverageDraw{T}"/>, corrected so that its diagonal is that of all rows: no column, however rare its values, is
/// without the curvature it has.
/// </summary>
internal static unsafe class FeatureGram
{
    /// <summary>Beyond so many features C costs more memory and time than it saves.</summary>
    public const int MostFeatures = 2048;

    /// <summary>Of more features, so many of those that weigh most are enough to take in what they have in common.</summary>
    public const int HeadFeatures = 512;

    private const int ClassBlock = 48;
    private const int RowsPerColumn = 6;

    /// <summary>The bytes that forming C takes beside C itself.</summary>
    public static long WorkingBytes<T>(int features, int threads) where T : unmanaged =>
        (long)threads * (features + 1) * (features + 4) * (sizeof(T) + sizeof(double));

    /// <summary>C, (d+1)×(d+1) row-major, whole.</summary>
    /// <param name="passes">The rows.</param>
    /// <param name="columns">What is known of the columns.</param>
    /// <param name="subset">The columns that C is of: the others are left out.</param>
    /// <param name="all">Whether to take all rows, whatever it costs.</param>
    public static double[] Of<T>(RowPasses<T> passes, ColumnSummary columns, ColumnSubset subset, bool all) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int order = subset.Count + 1;
        long count = passes.Rows.Count, sample = (long)RowsPerColumn * order + 1024;
        bool whole = all || sample >= count || order <= 8L * passes.Plan.Classes;
        double expected = whole ? 1 : (double)sample / count;
        LeverageDraw<T> draw = new(columns, subset, expected);
        double[] scales = subset.Of(columns.Scales);
        Accumulator<T>[] accumulators = new Accumulator<T>[passes.Threads];
        GridSum sums = new(checked(order * Accumulator<T>.WidthOf(order)), passes.Threads);
        sums.Start(4 * passes.Weights.ScaledTotal / Math.Min(1, expected));
        passes.Run(
            worker => (accumulators[worker.Thread] ??= new Accumulator<T>(passes, subset, scales, sums.Part(worker.Thread).Length)).Add(worker, draw),
            worker => accumulators[worker.Thread].EndChunk(sums, worker.Thread),
            sums);
        return Unscaled<T>(sums, scales, subset.Of(columns.MeanSquares), exact: whole);
    }

    /// <summary>The sums in the columns' own scales, divided by Σ w of the rows seen: the intercept's square.</summary>
    private static double[] Unscaled<T>(GridSum sums, double[] scales, double[] meanSquares, bool exact) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int order = scales.Length + 1, width = Accumulator<T>.WidthOf(order);
        double[] totals = new double[order * width], matrix = new double[order * order];
        sums.Collect(totals);
        double weight = totals[(order - 1) * width + order - 1];
        double[] factors = new double[order], additions = new double[order];
        for (int k = 0; k < order; k++)
        {
            double scale = k < order - 1 ? scales[k] : 1, seen = totals[k * width + k] * scale * scale / weight;
            double known = k < order - 1 ? meanSquares[k] : 1;
            factors[k] = scale * (exact || seen <= known ? 1 : Math.Sqrt(known / seen));
            additions[k] = exact ? 0 : Math.Max(0, known - seen);
        }
        for (int k = 0; k < order; k++)
            for (int j = 0; j <= k; j++)
                matrix[k * order + j] = matrix[j * order + k] = totals[k * width + j] * factors[k] * factors[j] / weight + (j == k ? additions[k] : 0);
        return matrix;
    }

    /// <summary>The sum of one thread. Columns are scaled to at most 1 beforehand, so that one grid serves them all.</summary>
    private sealed class Accumulator<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly ColumnSubset _subset;
        private readonly int _order;
        private readonly int _width;
        private readonly double[] _inverseScales;
        private readonly AlignedArray<T> _scaled;
        private readonly AlignedArray<T> _chunkSums;
        private readonly double[] _row;
        private readonly double[] _probabilities;

        public Accumulator(RowPasses<T> passes, ColumnSubset subset, double[] scales, int length)
        {
            _subset = subset;
            _order = subset.Count + 1;
            _width = WidthOf(_order);
            _inverseScales = Array.ConvertAll(scales, scale => scale == 0 ? 0 : 1 / scale);
            _scaled = new AlignedArray<T>((long)passes.Plan.TileRows * _width);
            _chunkSums = new AlignedArray<T>(length);
            _row = new double[_order - 1];
            _probabilities = new double[passes.Plan.TileRows];
        }

        public static int WidthOf(int order) => (order + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;

        /// <summary>Adds the rows of a tile, or those that are drawn: √w x_ij / scale_j, then √w for the intercept.</summary>
        /// <param name="worker">At the tile.</param>
        /// <param name="draw">Draws them.</param>
        public void Add(RowPasses<T>.Worker worker, LeverageDraw<T> draw)
        {
            RowReader<T> reader = worker.Reader;
            int count = 0;
            draw.Draw(reader, _probabilities);
            for (int i = 0; i < reader.Rows; i++)
            {
                if (_probabilities[i] == 0)
                    continue;
                double root = Math.Sqrt(double.CreateTruncating(worker.Weights[i]) / _probabilities[i]);
                reader.CopyColumns(i, _subset, _row);
                Span<T> scaled = _scaled.Span.Slice(count++ * _width, _order);
                for (int j = 0; j < _row.Length; j++)
                    scaled[j] = T.CreateTruncating(_row[j] * _inverseScales[j] * root);
                scaled[^1] = T.CreateTruncating(root);
            }
            T* x = _scaled.Pointer, sums = _chunkSums.Pointer;
            for (int k = 0; count > 0 && k < _order; k += ClassBlock)
            {
                int block = Math.Min(ClassBlock, _order - k);
                int to = Math.Min(_width, (k + block + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit);
                MatrixProduct<T>.Add(x + k, 1, _width, block, x, _width, to, count, sums + (nint)k * _width, _width);
            }
        }

        public void EndChunk(GridSum sums, int thread)
        {
            ReproducibleSum.Drain<T>(_chunkSums.Span, sums.Rounder, sums.Part(thread));
            _chunkSums.Span.Clear();
        }
    }
}
