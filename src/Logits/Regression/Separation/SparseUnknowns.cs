using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// The entries of a direction that exact elimination must find: those of independent columns, relative to the last class, and where a rounded direction
/// is known, classes that move alike share theirs and columns that have none stay without.
/// </summary>
internal sealed class SparseUnknowns
{
    /// <summary>Entries of a class that differ by less, relative to the largest of their column, are alike.</summary>
    private const double Alike = 1e-7;

    private readonly SeparationTable _table;
    private readonly int[] _group;
    private readonly int[] _index;

    /// <summary>All entries of all independent columns.</summary>
    public SparseUnknowns(SeparationTable table, Lineality lineality)
        : this(table, lineality, [.. Enumerable.Range(0, table.Classes)], _ => true)
    {
    }

    /// <summary>Those that a rounded direction has, which is relative to the last class.</summary>
    public SparseUnknowns(double[] direction, SeparationTable table, Lineality lineality)
        : this(table, lineality, Groups(direction, table), i => direction[i] != 0) =>
        Values = [.. Enumerable.Range(0, _index.Length).Where(i => _index[i] >= 0 && _group[i / table.Width] == i / table.Width).Select(i => direction[i])];

    private SparseUnknowns(SeparationTable table, Lineality lineality, int[] group, Func<int, bool> isUsed)
    {
        (_table, _group) = (table, group);
        _index = new int[table.Classes * table.Width];
        Array.Fill(_index, -1);
        for (int k = 0; k < table.Classes; k++)
            foreach (int j in lineality.IndependentColumns)
                if (group[k] != k)
                    _index[k * table.Width + j] = _index[group[k] * table.Width + j];
                else if (group[^1] != k && isUsed(k * table.Width + j))
                    _index[k * table.Width + j] = Count++;
    }

    public int Count { get; }

    /// <summary>The rounded direction's entry for each unknown.</summary>
    public double[] Values { get; } = [];

    /// <summary>⟨a, δ⟩ of a constraint, as coefficients of the unknowns.</summary>
    public void Fill(int own, int other, ReadOnlySpan<double> row, Span<double> vector)
    {
        vector.Clear();
        for (int j = 0; j < row.Length; j++)
        {
            if (_index[own * row.Length + j] is >= 0 and int first)
                vector[first] += row[j];
            if (_index[other * row.Length + j] is >= 0 and int second)
                vector[second] -= row[j];
        }
    }

    /// <summary>The same exactly, times a power of two.</summary>
    public BigInteger[] Equation(int own, int other, ReadOnlySpan<double> row)
    {
        BigInteger[] whole = Dyadic.Whole(row), equation = new BigInteger[Count];
        for (int j = 0; j < row.Length; j++)
        {
            if (_index[own * row.Length + j] is >= 0 and int first)
                equation[first] += whole[j];
            if (_index[other * row.Length + j] is >= 0 and int second)
                equation[second] -= whole[j];
        }
        return equation;
    }

    /// <summary>K × width entries from those of the unknowns.</summary>
    public BigInteger[] Full(ReadOnlySpan<BigInteger> unknowns)
    {
        BigInteger[] full = new BigInteger[_index.Length];
        for (int i = 0; i < full.Length; i++)
            full[i] = _index[i] >= 0 ? unknowns[_index[i]] : 0;
        return full;
    }

    /// <summary>For each class the first that moves as it does.</summary>
    private static int[] Groups(double[] direction, SeparationTable table)
    {
        int width = table.Width;
        double[] largest = [.. Enumerable.Range(0, width).Select(j => Enumerable.Range(0, table.Classes).Max(k => Math.Abs(direction[k * width + j])))];
        return [.. Enumerable.Range(0, table.Classes).Select(k => Enumerable.Range(0, k).FirstOrDefault(
            l => Enumerable.Range(0, width).All(j => Math.Abs(direction[k * width + j] - direction[l * width + j]) <= Alike * largest[j]), k))];
    }
}
