using System.Numerics;

namespace Logits.Rows;

/// <summary>
/// A table of n rows and d features, as kernels see it: a sequence of tiles of rows, wherever and however they are stored. <see cref="DenseRows{T}"/> and
/// <see cref="SparseRows{T}"/> are its forms.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>: the precision of the data and of the kernels that read it.</typeparam>
public abstract class RowBlocks<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected RowBlocks(long count, int features)
    {
        if (typeof(T) != typeof(float) && typeof(T) != typeof(double))
            throw new NotSupportedException($"Rows hold float or double, not {typeof(T).Name}.");
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(features);
        Count = count;
        Features = features;
    }

    /// <summary>n, the number of rows.</summary>
    public long Count { get; }

    /// <summary>d, the number of features.</summary>
    public int Features { get; }

    /// <summary>Copies the d features of one row, which double precision holds exactly.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row.</exception>
    /// <exception cref="ArgumentException">The destination does not hold d numbers.</exception>
    public void CopyRow(long row, Span<double> destination)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        if (destination.Length != Features)
            throw new ArgumentException($"A row of {Features} features does not fit {destination.Length} numbers.", nameof(destination));
        Copy(row, destination);
    }

    private protected abstract void Copy(long row, Span<double> destination);

    /// <summary>How the rows are cut into tiles and chunks for K classes. It depends on the table and K alone, so that sums do too.</summary>
    internal abstract TilePlan Plan(int classes);

    /// <summary>One thread's way through the rows.</summary>
    internal abstract RowReader<T> Reader(TilePlan plan);

    /// <summary>The size, sum and sum of squares of each column, over the rows with weights.</summary>
    internal abstract ColumnSummary Summarise(RowWeights weights, int threads, CancellationToken cancellationToken);

    /// <summary>Some of the rows, copied.</summary>
    /// <param name="rows">Their places, at least one, ascending.</param>
    internal abstract RowBlocks<T> Only(ReadOnlySpan<long> rows);

    /// <summary>The same rows for kernels in double precision.</summary>
    internal abstract RowBlocks<double> Widened();

    /// <summary>The same rows with something taken off each column, for kernels in double precision; null where that would store zeros.</summary>
    internal virtual RowBlocks<double>? Centred(double[] centres) => null;

    /// <summary>How many numbers are stored: what one product with the rows costs a class.</summary>
    internal abstract long Stored { get; }
}
