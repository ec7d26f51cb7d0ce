using System.Numerics;

namespace Logits.Rows;

/// <summary>
/// A dense table of n rows and d features, row-major, held as a sequence of equal blocks of whole rows (the last may be shorter), so that it never has to be
/// one array.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DenseRows<T> : RowBlocks<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<T>[] _blocks;

    /// <summary>Wraps <paramref name="values"/>, n×d row-major, without copying it.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is not positive.</exception>
    /// <exception cref="ArgumentException">The length of <paramref name="values"/> is not n·d.</exception>
    public DenseRows(ReadOnlyMemory<T> values, long count, int features) : this(count, features)
    {
        if (count > values.Length / features || values.Length != count * features)
            throw new ArgumentException($"{count} rows of {features} features need {(Int128)count * features} values, but there are {values.Length}.",
                nameof(values));
        for (int b = 0; b < _blocks.Length; b++)
            _blocks[b] = values.Slice(b * RowsPerBlock * features, BlockRows(b) * features);
    }

    internal DenseRows(IReadOnlyList<T[]> blocks, long count, int features) : this(count, features)
    {
        for (int b = 0; b < _blocks.Length; b++)
            _blocks[b] = blocks[b].AsMemory(0, BlockRows(b) * features);
    }

    private DenseRows(long count, int features) : base(count, features)
    {
        RowsPerBlock = BlockSize(features);
        long blocks = (count - 1) / RowsPerBlock + 1;
        if (blocks > Array.MaxLength)
            throw new ArgumentOutOfRangeException(nameof(count), count,
                $"A table of {features} features holds at most {(Int128)Array.MaxLength * RowsPerBlock:N0} rows.");
        _blocks = new ReadOnlyMemory<T>[blocks];
    }

    /// <summary>The number of rows of every block but the last. It depends on d alone, so that sums over blocks do too.</summary>
    public int RowsPerBlock { get; }

    /// <summary>The number of blocks.</summary>
    public int BlockCount => _blocks.Length;

    /// <summary>The rows of one block, row-major; the last block may hold fewer than <see cref="RowsPerBlock"/>.</summary>
    public ReadOnlySpan<T> Block(int index) => _blocks[index].Span;

    /// <summary>One row of d features.</summary>
    public ReadOnlySpan<T> this[long row] => _blocks[row / RowsPerBlock].Span.Slice((int)(row % RowsPerBlock) * Features, Features);

    internal ReadOnlyMemory<T> BlockMemory(int index) => _blocks[index];

    internal int BlockRows(int block) => (int)Math.Min(RowsPerBlock, Count - (long)block * RowsPerBlock);

    /// <summary>About 2²⁰ values a block, in whole multiples of 64 rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">64 rows do not fit into one array.</exception>
    internal static int BlockSize(int features)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(features, Array.MaxLength / 64);
        return Math.Max(1, (1 << 20) / features / 64) * 64;
    }

    internal override long Stored => Count * Features;

    internal override TilePlan Plan(int classes) => DenseTiles.Plan<T>(Count, RowsPerBlock, Features, classes);

    internal override RowReader<T> Reader(TilePlan plan) => new DenseReader<T>(this, plan);

    internal override ColumnSummary Summarise(RowWeights weights, int threads, CancellationToken cancellationToken) =>
        DenseSummary.Of(this, weights, [], threads, cancellationToken);

    internal override RowBlocks<T> Only(ReadOnlySpan<long> rows)
    {
        DenseRowsBuilder<T> builder = new(Features);
        foreach (long row in rows)
            this[row].CopyTo(builder.AddRow());
        return builder.ToRows();
    }

    internal override RowBlocks<double> Widened() => typeof(T) == typeof(double) ? (RowBlocks<double>)(object)this : new WidenedRows<T>(this, []);

    internal override RowBlocks<double>? Centred(double[] centres) => new WidenedRows<T>(this, centres);

    private protected override void Copy(long row, Span<double> destination)
    {
        ReadOnlySpan<T> values = this[row];
        for (int j = 0; j < values.Length; j++)
            destination[j] = double.CreateTruncating(values[j]);
    }
}
