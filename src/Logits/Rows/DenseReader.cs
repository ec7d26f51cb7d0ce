using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>Reads tiles where they lie in memory.</summary>
internal sealed unsafe class DenseReader<T>(DenseRows<T> rows, TilePlan plan) : DenseTileReader<T>(plan, rows.Features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _chunksPerBlock = DenseTiles.ChunksPerBlock(rows.RowsPerBlock, plan.ChunkRows);
    private System.Buffers.MemoryHandle _pin;
    private AlignedArray<T>? _copy;
    private int _block = -1;
    private T* _values;
    private int _next;
    private int _end;

    public override void Open(long chunk)
    {
        int block = (int)(chunk / _chunksPerBlock);
        if (block != _block)
        {
            _pin.Dispose();
            _pin = rows.BlockMemory(block).Pin();
            _values = (T*)_pin.Pointer;
            _block = block;
        }
        Chunk = chunk;
        Tile = -1;
        _next = (int)(chunk % _chunksPerBlock) * Plan.ChunkRows;
        _end = Math.Min(_next + Plan.ChunkRows, rows.BlockRows(block));
    }

    public override bool Next()
    {
        if (_next >= _end)
        {
            _pin.Dispose();
            _block = -1;
            return false;
        }
        Tile++;
        Rows = Math.Min(Plan.TileRows, _end - _next);
        First = (long)_block * rows.RowsPerBlock + _next;
        X = _values + (nint)_next * Features;
        Stride = Features;
        _next += Rows;
        if (NeedsCopy(isLast: _next == rows.BlockRows(_block)))
            CopyTile();
        return true;
    }

    private void CopyTile()
    {
        int stride = CopyStride;
        T* copy = (_copy ??= new AlignedArray<T>((long)Plan.TileRows * stride)).Pointer;
        for (int i = 0; i < Rows; i++)
            Unsafe.CopyBlockUnaligned(copy + (nint)i * stride, X + (nint)i * Features, (uint)(Features * sizeof(T)));
        X = copy;
        Stride = stride;
    }
}

/// <summary>
/// Dense rows for kernels in double precision: each tile is widened, and moved to the centres of its columns, when it is visited, so that no second table is
/// held.
/// </summary>
/// <param name="rows">The rows.</param>
/// <param name="centres">What is taken off each column; none for nothing.</param>
internal sealed class WidenedRows<TStored>(DenseRows<TStored> rows, double[] centres) : RowBlocks<double>(rows.Count, rows.Features)
    where TStored : unmanaged, IBinaryFloatingPointIeee754<TStored>
{
    internal override long Stored => rows.Stored;

    internal override TilePlan Plan(int classes) => DenseTiles.Plan<double>(Count, rows.RowsPerBlock, Features, classes);

    internal override RowReader<double> Reader(TilePlan plan) => new WideningReader<TStored>(rows, centres, plan);

    internal override ColumnSummary Summarise(RowWeights weights, int threads, CancellationToken cancellationToken) =>
        DenseSummary.Of(rows, weights, centres, threads, cancellationToken);

    internal override RowBlocks<double> Only(ReadOnlySpan<long> places) => new WidenedRows<TStored>((DenseRows<TStored>)rows.Only(places), centres);

    internal override RowBlocks<double> Widened() => this;

    private protected override void Copy(long row, Span<double> destination)
    {
        rows.CopyRow(row, destination);
        if (centres.Length > 0)
            VectorArithmetic.AddScaled(-1, centres, destination);
    }
}

/// <summary>Reads tiles of one precision as tiles of double precision.</summary>
internal sealed unsafe class WideningReader<TStored>(DenseRows<TStored> rows, double[] centres, TilePlan plan) : DenseTileReader<double>(plan, rows.Features)
    where TStored : unmanaged, IBinaryFloatingPointIeee754<TStored>
{
    private readonly int _chunksPerBlock = DenseTiles.ChunksPerBlock(rows.RowsPerBlock, plan.ChunkRows);
    private AlignedArray<double>? _tile;
    private int _block;
    private int _next;
    private int _end;

    public override void Open(long chunk)
    {
        _block = (int)(chunk / _chunksPerBlock);
        Chunk = chunk;
        Tile = -1;
        _next = (int)(chunk % _chunksPerBlock) * Plan.ChunkRows;
        _end = Math.Min(_next + Plan.ChunkRows, rows.BlockRows(_block));
    }

    public override bool Next()
    {
        if (_next >= _end)
            return false;
        Tile++;
        Rows = Math.Min(Plan.TileRows, _end - _next);
        First = (long)_block * rows.RowsPerBlock + _next;
        int stride = CopyStride;
        _tile ??= new AlignedArray<double>((long)Plan.TileRows * stride);
        ReadOnlySpan<TStored> values = rows.Block(_block).Slice(_next * Features, Rows * Features);
        for (int i = 0; i < Rows; i++)
        {
            Span<double> row = _tile.Span.Slice(i * stride, Features);
            Widen(values.Slice(i * Features, Features), row);
            if (centres.Length > 0)
                VectorArithmetic.AddScaled(-1, centres, row);
        }
        X = _tile.Pointer;
        Stride = stride;
        _next += Rows;
        return true;
    }

    private static void Widen(ReadOnlySpan<TStored> source, Span<double> destination)
    {
        if (typeof(TStored) == typeof(float))
            VectorArithmetic.Widen(MemoryMarshal.Cast<TStored, float>(source), destination);
        else
            MemoryMarshal.Cast<TStored, double>(source).CopyTo(destination);
    }
}
