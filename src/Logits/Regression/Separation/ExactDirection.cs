using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// A direction of whole numbers, a row of coefficients a class over the columns of a <see cref="SeparationTable"/>, and the exact sign of what it does to the
/// difference of two logits. A double with a bound on its error decides nearly always, and whole numbers of any length decide the rest.
/// </summary>
internal sealed class ExactDirection
{
    /// <summary>Longer entries are beyond what a double can bound with room to spare.</summary>
    private const int MostBits = 900;

    private readonly BigInteger[] _entries;
    private readonly double[] _rounded;
    private readonly int[] _group;
    private readonly int[] _used;
    private readonly bool _isWhole;
    private readonly bool _isShort;
    private readonly int _shift;

    /// <param name="entries">K × width, row-major.</param>
    /// <param name="table">The columns that they belong to.</param>
    public ExactDirection(BigInteger[] entries, SeparationTable table)
    {
        _entries = entries;
        (Classes, Width) = (table.Classes, table.Width);
        ReduceToLowestTerms();
        long mostBits = _entries.Max(e => BigInteger.Abs(e).GetBitLength());
        _shift = (int)Math.Max(0, mostBits - MostBits);
        _isShort = mostBits <= MostBits;
        _rounded = [.. _entries.Select(e => (double)e)];
        _group = [.. Enumerable.Range(0, Classes).Select(k => Enumerable.Range(0, k).FirstOrDefault(
            l => Class(l).SequenceEqual(Class(k)), k))];
        _used = [.. Enumerable.Range(0, Width).Where(j => Enumerable.Range(0, Classes).Any(k => !this[k, j].IsZero))];
        _isWhole = mostBits <= 52 && _used.All(j => j == Width - 1 || table.Columns[j].IsWhole);
    }

    public int Classes { get; }

    public int Width { get; }

    public BigInteger this[int k, int column] => _entries[k * Width + column];

    /// <summary>All entries, K × width.</summary>
    public ReadOnlySpan<BigInteger> Entries => _entries;

    /// <summary>The columns that have an entry which is not 0, the intercept's among them.</summary>
    public ReadOnlySpan<int> UsedColumns => _used;

    /// <summary>The columns of features that move logits against each other, by the range of logits that each contributes, largest first.</summary>
    public int[] ColumnsByRange(SeparationTable table)
    {
        double[] rounded = Rounded();
        return [.. _used.Where(j => j < Width - 1).Select(j => (Column: j, Range: Range(j)))
            .Where(c => c.Range > 0).OrderByDescending(c => c.Range).Select(c => c.Column)];

        double Range(int j)
        {
            double[] slopes = [.. Enumerable.Range(0, Classes).Select(k => rounded[k * Width + j])];
            SeparationColumn column = table.Columns[j];
            return (slopes.Max() - slopes.Min()) * (column.IsBinary ? 1 : column.High - column.Low);
        }
    }

    /// <summary>All entries as doubles, times a power of two that brings them within range.</summary>
    public double[] Rounded() => [.. _entries.Select(e => Ratio(e, 0))];

    /// <summary>A number times 2^−exponent as a double, times the same power of two as <see cref="Rounded"/>.</summary>
    public double Ratio(BigInteger number, int exponent)
    {
        int surplus = (int)Math.Max(0, BigInteger.Abs(number).GetBitLength() - 64);
        return Math.ScaleB((double)(number >> surplus), surplus - exponent - _shift);
    }

    /// <summary>Whether no logit moves against another, whatever the row.</summary>
    public bool IsNull => _group.All(g => g == 0);

    /// <summary>The change of each logit, rounded, and for each a number that the terms' sizes sum up to.</summary>
    public void Logits(ReadOnlySpan<double> row, Span<double> logits, Span<double> sizes)
    {
        for (int k = 0; k < Classes; k++)
        {
            if (_group[k] != k)
            {
                (logits[k], sizes[k]) = (logits[_group[k]], sizes[_group[k]]);
                continue;
            }
            ReadOnlySpan<double> rounded = _rounded.AsSpan(k * Width, Width);
            double sum = 0, size = 0;
            foreach (int j in _used)
            {
                double term = rounded[j] * row[j];
                sum += term;
                size += Math.Abs(term);
            }
            (logits[k], sizes[k]) = (sum, size);
        }
    }

    /// <summary>The sign of u_own − u_other, exactly, given what <see cref="Logits"/> said.</summary>
    public int Sign(int own, int other, ReadOnlySpan<double> row, ReadOnlySpan<double> logits, ReadOnlySpan<double> sizes)
    {
        if (_group[own] == _group[other])
            return 0;
        double difference = logits[own] - logits[other], size = sizes[own] + sizes[other];
        // Roundings: of each entry, each product and each sum, at most 2⁻⁵² of the terms' sizes each. No term underflows, because entries are whole.
        if (_isShort && Math.Abs(difference) > (Width + 5) * Math.ScaleB(1, -51) * size)
            return Math.Sign(difference);
        // Whole numbers below 2⁵³ are added without rounding.
        if (_isWhole && size < 1L << 52)
            return Math.Sign(difference);
        return Margin(own, other, row).Sign;
    }

    /// <summary>u_own − u_other up to a positive power of two, exactly.</summary>
    private BigInteger Margin(int own, int other, ReadOnlySpan<double> row)
    {
        int lowest = int.MaxValue;
        foreach (int j in _used)
            if (row[j] != 0 && _entries[own * Width + j] != _entries[other * Width + j])
                lowest = Math.Min(lowest, Dyadic.Of(row[j]).Exponent);
        BigInteger sum = 0;
        foreach (int j in _used)
        {
            BigInteger entry = _entries[own * Width + j] - _entries[other * Width + j];
            if (row[j] == 0 || entry.IsZero)
                continue;
            Dyadic x = Dyadic.Of(row[j]);
            sum += entry * x.Significand << x.Exponent - lowest;
        }
        return sum;
    }

    private ReadOnlySpan<BigInteger> Class(int k) => _entries.AsSpan(k * Width, Width);

    private void ReduceToLowestTerms()
    {
        BigInteger divisor = _entries.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        if (divisor > 1)
            for (int j = 0; j < _entries.Length; j++)
                _entries[j] /= divisor;
    }
}
