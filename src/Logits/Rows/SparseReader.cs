using System.Numerics;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>How sparse rows are cut: a chunk is one tile, whose scores stay in the second-level cache.</summary>
internal static unsafe class SparseTiles
{
    private const int TileBytes = 1024 << 10;

    /// <summary>A row of a chunk is a number of 16 bits.</summary>
    private const int FewestRows = 64, MostRows = 8192;

    public static TilePlan Plan<T>(long count, int classes) where T : unmanaged
    {
        int rows = (int)Math.Clamp(TileBytes / ((long)classes * sizeof(T)) / 16 * 16, FewestRows, MostRows);
        return new TilePlan(classes, rows, 1, (count + rows - 1) / rows);
    }
}

/// <summary>
/// Reads sparse rows: scores row by row, sums of outer products column by column, so that neither scatters its results. Both work on vectors of classes.
/// </summary>
internal sealed unsafe class SparseReader<T> : RowReader<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly SparseRows<T> _rows;
    private readonly SparseColumns<T> _columnwise;
    private readonly int _width;
    private readonly AlignedArray<T> _byRows;
    private readonly AlignedArray<T> _column;
    private readonly double[] _sums;
    private readonly double[] _remainders;

    public SparseReader(SparseRows<T> rows, SparseColumns<T> columnwise, TilePlan plan) : base(plan, rows.Features)
    {
        _rows = rows;
        _columnwise = columnwise;
        _width = (plan.Classes + SparseProduct.Unit<T>() - 1) / SparseProduct.Unit<T>() * SparseProduct.Unit<T>();
        _byRows = new AlignedArray<T>((long)plan.TileRows * _width);
        _column = new AlignedArray<T>(_width);
        _sums = new double[checked(rows.Features * plan.Classes)];
        _remainders = typeof(T) == typeof(double) ? new double[_sums.Length] : [];
    }

    public override long PackedLength => (long)(Features + 1) * _width;

    public override void Open(long chunk)
    {
        Chunk = chunk;
        Tile = -1;
    }

    public override bool Next()
    {
        if (Tile == 0)
            return false;
        Tile = 0;
        First = Chunk * Plan.TileRows;
        Rows = (int)Math.Min(Plan.TileRows, _rows.Count - First);
        return true;
    }

    public override void CopyRow(int row, Span<double> destination) => _rows.CopyRow(First + row, destination);

    public override void CopyColumns(int row, ColumnSubset subset, Span<double> destination)
    {
        destination.Clear();
        ReadOnlySpan<int> columns = _rows.Columns(First + row);
        ReadOnlySpan<T> values = _rows.Values(First + row);
        for (int e = 0; e < columns.Length; e++)
            if (subset.Places[columns[e]] is var place and >= 0)
                destination[place] = double.CreateTruncating(values[e]);
    }

    public override void WeightedSquares(ReadOnlySpan<T> factors, Span<double> destination)
    {
        for (int i = 0; i < Rows; i++)
        {
            ReadOnlySpan<int> columns = _rows.Columns(First + i);
            ReadOnlySpan<T> values = _rows.Values(First + i);
            double sum = 0;
            for (int e = 0; e < columns.Length; e++)
                sum += double.CreateTruncating(values[e] * values[e] * factors[columns[e]]);
            destination[i] = sum;
        }
    }

    public override void Pack(ReadOnlySpan<double> point, T* packed, int from, int to)
    {
        // A square of features and classes at a time, so that both sides stay in cache.
        const int side = 64;
        for (int j0 = from; j0 < to; j0 += side)
            for (int k = 0; k < Classes; k++)
            {
                ReadOnlySpan<double> weights = point.Slice(k * Features + j0, Math.Min(side, to - j0));
                T* target = packed + (nint)j0 * _width + k;
                for (int j = 0; j < weights.Length; j++)
                    target[(nint)j * _width] = T.CreateTruncating(weights[j]);
            }
        for (int k = 0; from == 0 && k < Classes; k++)
            packed[(nint)Features * _width + k] = T.CreateTruncating(point[Classes * Features + k]);
    }

    public override void Scores(T* packed, T* scores)
    {
        int stride = Plan.TileRows, used = Math.Min(stride, (Rows + 15) / 16 * 16);
        T* intercepts = packed + (nint)Features * _width;
        for (int i = 0; i < Rows; i++)
            SparseProduct.Combine(_rows.Columns(First + i), _rows.Values(First + i), packed, _width, intercepts, _byRows.Pointer + (nint)i * _width);
        Transpose<T>.Copy(_byRows.Pointer, _width, Rows, Classes, scores, stride);
        for (int k = 0; Rows < used && k < Classes; k++)
            new Span<T>(scores + (nint)k * stride + Rows, used - Rows).Clear();
    }

    public override void AddOuterProducts(T* factors) => Transpose<T>.Copy(factors, Plan.TileRows, Classes, Rows, _byRows.Pointer, _width);

    /// <summary>The sums are formed here, one column at a time, from the factors of the chunk's only tile.</summary>
    public override void EndChunk(ReadOnlySpan<double> rounders)
    {
        SparseColumns<T>.Chunk chunk = _columnwise[Chunk];
        for (int c = 0; c < chunk.Columns.Length; c++)
        {
            int j = chunk.Columns[c], from = chunk.Starts[c], length = chunk.Starts[c + 1] - from;
            SparseProduct.Combine(chunk.Rows.AsSpan(from, length), chunk.Values.AsSpan(from, length), _byRows.Pointer, _width, null, _column.Pointer);
            if (typeof(T) == typeof(double))
                for (int k = 0; k < Classes; k++)
                    ReproducibleSum.Add(double.CreateTruncating(_column.Span[k]), rounders[j], ref _sums[j * Classes + k], ref _remainders[j * Classes + k]);
            else
                ReproducibleSum.Drain(_column.Span[..Classes], rounders[j], _sums.AsSpan(j * Classes, Classes));
        }
    }

    public override void AddSums(Span<double> destination, Span<double> remainders, int from, int to)
    {
        AddTransposed(_sums, destination, from, to);
        if (_remainders.Length > 0)
            AddTransposed(_remainders, remainders, from, to);
    }

    public override void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_remainders);
    }

    private void AddTransposed(double[] sums, Span<double> destination, int from, int to)
    {
        const int side = 64;
        for (int j0 = from; j0 < to; j0 += side)
            for (int k = 0; k < Classes; k++)
            {
                Span<double> target = destination.Slice(k * Features + j0, Math.Min(side, to - j0));
                for (int j = 0; j < target.Length; j++)
                    target[j] += sums[(j0 + j) * Classes + k];
            }
    }
}
