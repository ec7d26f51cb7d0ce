using System.Runtime.InteropServices;

namespace Logits.Regression;

/// <summary>
/// The rows of positive weight as exact tests see them: constant features left out, two-valued ones mapped to 0 and 1, a last column of ones for the
/// intercept, and rows that agree in everything, classes of the label included, merged into cells.
/// </summary>
internal sealed class SeparationTable
{
    /// <summary>Up to so many values the cells are kept in memory; beyond that they are read again from the rows.</summary>
    private const long MostKept = 1 << 24;

    private readonly IExactRows _rows;
    private readonly double[] _raw;
    private readonly List<int> _first = [];
    private readonly List<long> _count = [];
    private readonly List<double> _weight = [];
    private readonly List<int> _own = [];
    private readonly List<OwnClasses> _ownClasses = [];
    private readonly List<double[]> _kept = [];
    private readonly double[] _constant;
    private bool _keeps;

    public SeparationTable(IExactRows rows, Labels labels, ReadOnlySpan<double> weights, WorkBudget budget)
    {
        _rows = rows;
        _raw = new double[rows.Features];
        _constant = new double[rows.Features];
        Classes = labels.Classes;
        CellOfRow = new int[rows.Count];
        Columns = FindColumns(weights, budget);
        _keeps = true;
        Merge(labels, weights, budget);
    }

    /// <summary>K.</summary>
    public int Classes { get; }

    /// <summary>The features that are not constant.</summary>
    public SeparationColumn[] Columns { get; }

    /// <summary>The number of columns, the intercept's included.</summary>
    public int Width => Columns.Length + 1;

    /// <summary>The number of different rows.</summary>
    public int Cells => _first.Count;

    /// <summary>The most pairs that any cell has.</summary>
    public int MostPairs => _ownClasses.Max(own => own.Pairs.Length);

    /// <summary>The cell of each row, −1 for rows without weight.</summary>
    public int[] CellOfRow { get; }

    /// <summary>Every combination of classes that some label gives shares.</summary>
    public IReadOnlyList<OwnClasses> Labels => _ownClasses;

    /// <summary>d, the number of features of the given rows.</summary>
    public int Features => _rows.Features;

    /// <summary>The index of a cell's classes among <see cref="Labels"/>.</summary>
    public int Label(int cell) => _own[cell];

    /// <summary>The classes that a cell's label gives a share.</summary>
    public OwnClasses Own(int cell) => _ownClasses[_own[cell]];

    /// <summary>How many rows a cell holds.</summary>
    public long Count(int cell) => _count[cell];

    /// <summary>The weight of a cell's rows.</summary>
    public double Weight(int cell) => _weight[cell];

    /// <summary>The mapped columns of a cell and a final 1. Valid until the next call with the same buffer.</summary>
    public ReadOnlySpan<double> Row(int cell, double[] buffer)
    {
        if (cell < _kept.Count)
            return _kept[cell];
        _rows.CopyRow(_first[cell], _raw);
        Map(_raw, buffer);
        return buffer;
    }

    /// <summary>Coefficients of the features, K×d and then K intercepts, as coefficients of the columns, K × width.</summary>
    public double[] Mapped(ReadOnlySpan<double> direction)
    {
        double[] mapped = new double[Classes * Width];
        for (int k = 0; k < Classes; k++)
        {
            Span<double> row = mapped.AsSpan(k * Width, Width);
            row[^1] = direction[Classes * Features + k];
            bool[] isColumn = new bool[Features];
            for (int j = 0; j < Columns.Length; j++)
            {
                SeparationColumn column = Columns[j];
                double slope = direction[k * Features + column.Feature];
                isColumn[column.Feature] = true;
                row[j] = column.IsBinary ? slope * (column.High - column.Low) : slope;
                row[^1] += column.IsBinary ? slope * column.Low : 0;
            }
            for (int feature = 0; feature < Features; feature++)
                if (!isColumn[feature])
                    row[^1] += direction[k * Features + feature] * _constant[feature];
        }
        return mapped;
    }

    private void Map(ReadOnlySpan<double> raw, Span<double> mapped)
    {
        for (int j = 0; j < Columns.Length; j++)
            mapped[j] = Columns[j].Map(raw[Columns[j].Feature]);
        mapped[Columns.Length] = 1;
    }

    private SeparationColumn[] FindColumns(ReadOnlySpan<double> weights, WorkBudget budget)
    {
        int d = _rows.Features;
        double[] low = new double[d], high = new double[d];
        bool[] many = new bool[d], fractional = new bool[d];
        Array.Fill(low, double.PositiveInfinity);
        Array.Fill(high, double.NegativeInfinity);
        for (int i = 0; i < _rows.Count; i++)
        {
            budget.Spend(d);
            if (!weights.IsEmpty && !(weights[i] > 0))
                continue;
            _rows.CopyRow(i, _raw);
            for (int j = 0; j < d; j++)
            {
                double x = _raw[j];
                if (!double.IsFinite(x))
                    throw new ArgumentException($"Feature {j} of row {i} is {x}, not a finite number.");
                // A value strictly inside, or outside two values that were seen already, is a third one.
                many[j] |= low[j] < high[j] && x != low[j] && x != high[j];
                fractional[j] |= x != Math.Floor(x) || Math.Abs(x) >= 1L << 52;
                low[j] = Math.Min(low[j], x);
                high[j] = Math.Max(high[j], x);
            }
        }
        low.CopyTo(_constant, 0);
        return [.. Enumerable.Range(0, d).Where(j => low[j] < high[j])
            .Select(j => new SeparationColumn(j, !many[j], low[j], high[j], !many[j] || !fractional[j]))];
    }

    private void Merge(Labels labels, ReadOnlySpan<double> weights, WorkBudget budget)
    {
        Dictionary<string, int> ownIndex = [];
        Dictionary<int, int> newest = [];
        List<int> older = [];
        double[] mapped = new double[Width], buffer = new double[Width];
        for (int i = 0; i < _rows.Count; i++)
        {
            budget.Spend(2 * Width);
            CellOfRow[i] = -1;
            if (!weights.IsEmpty && !(weights[i] > 0))
                continue;
            _rows.CopyRow(i, _raw);
            Map(_raw, mapped);
            int own = OwnIndex(labels, i, ownIndex), hash = Hash(mapped, own), cell = newest.GetValueOrDefault(hash, -1);
            while (cell >= 0 && !(_own[cell] == own && Row(cell, buffer).SequenceEqual(mapped)))
                cell = older[cell];
            if (cell < 0)
            {
                cell = Cells;
                older.Add(newest.GetValueOrDefault(hash, -1));
                newest[hash] = cell;
                _first.Add(i);
                _count.Add(0);
                _weight.Add(0);
                _own.Add(own);
                _keeps &= (cell + 1L) * Width <= MostKept;
                if (_keeps)
                    _kept.Add([.. mapped]);
            }
            CellOfRow[i] = cell;
            CollectionsMarshal.AsSpan(_count)[cell]++;
            CollectionsMarshal.AsSpan(_weight)[cell] += weights.IsEmpty ? 1 : weights[i];
        }
    }

    private int OwnIndex(Labels labels, int row, Dictionary<string, int> index)
    {
        int[] own = labels.AreIndices
            ? [labels.Indices[row]]
            : [.. Own(labels.Probabilities.Slice(row * labels.Classes, labels.Classes))];
        string key = new(MemoryMarshal.Cast<int, char>(own));
        if (!index.TryGetValue(key, out int found))
        {
            index[key] = found = _ownClasses.Count;
            _ownClasses.Add(new OwnClasses(own, labels.Classes));
        }
        return found;
    }

    private static List<int> Own(ReadOnlySpan<double> shares)
    {
        List<int> own = [];
        for (int k = 0; k < shares.Length; k++)
            if (shares[k] > 0)
                own.Add(k);
        return own;
    }

    private static int Hash(ReadOnlySpan<double> mapped, int own)
    {
        ulong hash = (ulong)own;
        foreach (double z in mapped)
            // Adding 0 makes one of both zeros.
            hash = (hash ^ BitConverter.DoubleToUInt64Bits(z + 0.0)) * 0x9E3779B97F4A7C15 + (hash >> 29);
        return (int)(hash >> 32);
    }
}
