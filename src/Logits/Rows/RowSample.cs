namespace Logits.Rows;

/// <summary>
/// So many of n rows, one drawn from each of as many stretches of like length: evenly over the table, and yet in no step with anything that repeats in it. The
/// draw is a hash of the stretch, so it depends on n and the size alone.
/// </summary>
internal readonly struct RowSample(long count, long size)
{
    /// <summary>How many rows are drawn.</summary>
    public long Size { get; } = Math.Min(count, size);

    /// <summary>Whether a row is drawn.</summary>
    public bool Contains(long row)
    {
        if (Size == count)
            return true;
        long stretch = (long)((Int128)row * Size / count);
        return Row(stretch) == row;
    }

    /// <summary>The row drawn from a stretch.</summary>
    public long Row(long stretch)
    {
        long from = (long)(((Int128)stretch * count + Size - 1) / Size), to = (long)(((Int128)(stretch + 1) * count + Size - 1) / Size);
        return from + (long)(Mix((ulong)stretch) % (ulong)(to - from));
    }

    /// <summary>A number from 0 to 1 that belongs to a row, for draws of each row on its own.</summary>
    public static double Uniform(long row) => (Mix((ulong)row) >> 11) * (1.0 / (1L << 53));

    /// <summary>A step of SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
