using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// A dense table of n rows and d features, row-major, held as a sequence of equal blocks of whole rows (the last may be shorter).
/// Everything that sums over rows sums over blocks, so a table never has to be one array.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the precision of the data and of the kernels that read it.</typeparam>
public sealed class DenseRows<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T>[] _blocks;

    /// <summary>Wraps <paramref name="values"/>, n×d row-major, without copying it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="values"/> is not n·d.</exception>
    public DenseRows(ReadOnlyMemory<T> values, int count, int features) : this(count, features)
    {
        if (values.Length != (long)count * features)
            throw new ArgumentException($"{count} rows of {features} features need {(long)count * features} values, but there are {values.Length}.", nameof(values));
        for (int b = 0; b < _blocks.Length; b++)
            _blocks[b] = values.Slice(b * RowsPerBlock * features, BlockRows(b) * features);
    }

    internal DenseRows(IReadOnlyList<T[]> blocks, int count, int features) : this(count, features)
    {
        for (int b = 0; b < _blocks.Length; b++)
            _blocks[b] = blocks[b].AsMemory(0, BlockRows(b) * features);
    }

    private DenseRows(int count, int features)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Rows hold float or double, not {typeof(T).Name}.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Count = count;
        Features = features;
        RowsPerBlock = BlockSize(features);
        _blocks = new ReadOnlyMemory<T>[(count - 1) / RowsPerBlock + 1];
    }

    /// <summary>n, the number of rows.</summary>
    public int Count { get; }

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>The number of rows of every block but the last. It depends on d alone, so that sums over blocks do too.</summary>
    public int RowsPerBlock { get; }

    /// <summary>The number of blocks.</summary>
    public int BlockCount => _blocks.Length;

    /// <summary>The rows of one block, row-major; the last block may hold fewer than <see cref="RowsPerBlock"/>.</summary>
    public ReadOnlySpan<T> Block(int index) => _blocks[index].Span;

    /// <summary>One row of d features.</summary>
    public ReadOnlySpan<T> this[int row] => _blocks[row / RowsPerBlock].Span.Slice(row % RowsPerBlock * Features, Features);

    internal int BlockRows(int block) => Math.Min(RowsPerBlock, Count - block * RowsPerBlock);

    /// <summary>About 2²⁰ values a block, in whole multiples of 64 rows.</summary>
    internal static int BlockSize(int features) => Math.Max(1, (1 << 20) / features / 64) * 64;
}
