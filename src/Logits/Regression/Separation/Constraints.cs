using System.Numerics;

namespace Logits.Regression;

/// <summary>One inequality u_own − u_other ≥ 0 of a receding direction: a pair of a cell's label.</summary>
internal readonly record struct Constraint(int Cell, int Pair);

/// <summary>A set of constraints of a <see cref="SeparationTable"/>.</summary>
internal sealed class ConstraintSet
{
    private readonly ulong[] _bits;
    private readonly int _stride;

    private ConstraintSet(ulong[] bits, int stride) => (_bits, _stride) = (bits, stride);

    public static ConstraintSet Empty(SeparationTable table)
    {
        int stride = table.MostPairs;
        return new ConstraintSet(new ulong[((long)table.Cells * stride + 63) / 64], stride);
    }

    public static ConstraintSet All(SeparationTable table)
    {
        ConstraintSet all = Empty(table);
        for (int cell = 0; cell < table.Cells; cell++)
            for (int pair = 0; pair < table.Own(cell).Pairs.Length; pair++)
                all.Add(cell, pair);
        return all;
    }

    public bool IsEmpty => !_bits.AsSpan().ContainsAnyExcept(0UL);

    public long Count => _bits.Sum(word => (long)BitOperations.PopCount(word));

    /// <summary>One of them, where there is any.</summary>
    public Constraint First(SeparationTable table)
    {
        for (int cell = 0; cell < table.Cells; cell++)
            for (int pair = 0; pair < _stride; pair++)
                if (Contains(cell, pair))
                    return new Constraint(cell, pair);
        throw new InvalidOperationException("The set is empty.");
    }

    public bool Contains(int cell, int pair)
    {
        long bit = (long)cell * _stride + pair;
        return (_bits[bit >> 6] >> (int)(bit & 63) & 1) != 0;
    }

    public void Add(int cell, int pair)
    {
        long bit = (long)cell * _stride + pair;
        _bits[bit >> 6] |= 1UL << (int)(bit & 63);
    }

    public void Remove(ConstraintSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] &= ~other._bits[i];
    }

    public void Unite(ConstraintSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            _bits[i] |= other._bits[i];
    }

    public bool IsSubsetOf(ConstraintSet other)
    {
        for (int i = 0; i < _bits.Length; i++)
            if ((_bits[i] & ~other._bits[i]) != 0)
                return false;
        return true;
    }
}
