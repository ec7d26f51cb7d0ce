using System.Numerics;

namespace Logits.Rows;

/// <summary>Collects rows one at a time, in blocks that are never copied again, for a table whose length is not known beforehand.</summary>
/// <param name="features">d, the number of features of every row.</param>
public sealed class DenseRowsBuilder<T>(int features) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<T[]> _blocks = [];
    private readonly int _rowsPerBlock = DenseRows<T>.BlockSize(features);

    /// <summary>The number of rows so far.</summary>
    public long Count { get; private set; }

    /// <summary>d, the number of features.</summary>
    public int Features { get; } = features;

    /// <summary>The number of blocks so far.</summary>
    public int BlockCount => _blocks.Count;

    /// <summary>Appends a row and returns its d features, to be filled in by the caller; they start as zeros.</summary>
    public Span<T> AddRow()
    {
        int position = (int)(Count % _rowsPerBlock);
        if (position == 0)
            _blocks.Add([]);
        ref T[] block = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_blocks)[^1];
        if ((position + 1) * Features > block.Length)
            // A small table should not pay for a whole block: the first one grows, and is the only one that is ever moved.
            Array.Resize(ref block, (_blocks.Count > 1 ? _rowsPerBlock : Math.Min(_rowsPerBlock, Math.Max(64, position * 2))) * Features);
        Count++;
        return block.AsSpan(position * Features, Features);
    }

    /// <summary>The rows of one block so far, row-major, open to change (to standardise columns in place, say).</summary>
    public Span<T> Block(int index) => _blocks[index].AsSpan(0, (int)Math.Min(_rowsPerBlock, Count - (long)index * _rowsPerBlock) * Features);

    /// <summary>One row so far, open to change.</summary>
    public Span<T> this[long row] => Block((int)(row / _rowsPerBlock)).Slice((int)(row % _rowsPerBlock) * Features, Features);

    /// <summary>The rows collected so far, without a copy.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public DenseRows<T> ToRows() =>
        Count > 0 ? new DenseRows<T>(_blocks, Count, Features) : throw new InvalidOperationException("No row was added.");
}
