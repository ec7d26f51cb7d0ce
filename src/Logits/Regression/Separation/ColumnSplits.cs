using System.Numerics;

namespace Logits.Regression;

/// <summary>
/// Separating directions that counting finds in one pass, before any fit. Where some classes have z ≤ t in every row and the others z ≥ t, the logits of
/// the others may grow with z − t: z being a column, or 1 − Σ of the two-valued columns that encode one category, which is 1 at its reference level. A
/// class that never occurs at a level is such a split, and so is one that occurs only at a column's least or greatest value.
/// </summary>
internal sealed class ColumnSplits
{
    private readonly SeparationTable _table;
    private readonly int[][] _groups;
    private readonly double[] _low;
    private readonly double[] _high;
    private readonly long[] _ones;
    private readonly long _rows;

    public ColumnSplits(SeparationTable table, WorkBudget budget)
    {
        _table = table;
        _groups = [.. Enumerable.Range(0, table.Columns.Length).Select(j => new[] { j }), .. Categories(table, budget)];
        int n = _groups.Length, classes = table.Classes;
        (_low, _high, _ones) = (new double[n * classes], new double[n * classes], new long[n]);
        Array.Fill(_low, double.PositiveInfinity);
        Array.Fill(_high, double.NegativeInfinity);
        double[] buffer = new double[table.Width];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(2L * n);
            _rows += table.Count(cell);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            for (int g = 0; g < n; g++)
            {
                double z = Value(g, row);
                _ones[g] += z == 1 ? table.Count(cell) : 0;
                foreach (int k in table.Own(cell).Own)
                {
                    _low[g * classes + k] = Math.Min(_low[g * classes + k], z);
                    _high[g * classes + k] = Math.Max(_high[g * classes + k], z);
                }
            }
        }
    }

    /// <summary>A direction for each column and each way to split the classes by it.</summary>
    public IEnumerable<ExactDirection> Directions()
    {
        for (int g = 0; g < _groups.Length; g++)
        {
            int[] order = Order(g);
            for (int split = 1; split < order.Length; split++)
            {
                double highest = order.Take(split).Max(k => High(g, k)), lowest = order.Skip(split).Min(k => Low(g, k));
                if (highest <= lowest && Low(g, order[0]) < order.Max(k => High(g, k)))
                    yield return Direction(g, order.AsSpan(split), highest, lowest);
            }
        }
    }

    /// <summary>The classes that never occur where a two-valued column, or a category, has one of its values.</summary>
    public IEnumerable<EmptyCell> EmptyCells()
    {
        for (int g = 0; g < _groups.Length; g++)
        {
            SeparationColumn[] columns = [.. _groups[g].Select(j => _table.Columns[j])];
            if (!columns.All(c => c.IsBinary))
                continue;
            foreach (int k in Order(g).Order())
                if (Low(g, k) == High(g, k) && _ones[g] > 0 && _ones[g] < _rows)
                {
                    double missing = 1 - Low(g, k);
                    // Of a category only the reference level says anything that its columns do not say one by one.
                    if (columns.Length == 1 || missing == 1)
                        yield return new EmptyCell(k, [.. columns.Select(c => c.Feature)],
                            [.. columns.Select(c => columns.Length == 1 && missing == 1 ? c.High : c.Low)], missing == 1 ? _ones[g] : _rows - _ones[g]);
                }
        }
    }

    private double Low(int group, int k) => _low[group * _table.Classes + k];

    private double High(int group, int k) => _high[group * _table.Classes + k];

    /// <summary>The classes that occur, by their least value and then their greatest.</summary>
    private int[] Order(int group) =>
        [.. Enumerable.Range(0, _table.Classes).Where(k => Low(group, k) <= High(group, k)).OrderBy(k => Low(group, k)).ThenBy(k => High(group, k))];

    private double Value(int group, ReadOnlySpan<double> row)
    {
        int[] columns = _groups[group];
        if (columns.Length == 1)
            return row[columns[0]];
        double value = 1;
        foreach (int j in columns)
            value -= row[j];
        return value;
    }

    /// <summary>z − t for the classes above, with t the point where both sides touch, or half way between them.</summary>
    private ExactDirection Direction(int group, ReadOnlySpan<int> above, double highest, double lowest)
    {
        Dyadic a = Dyadic.Of(highest), b = Dyadic.Of(lowest);
        int exponent = Math.Min(0, Math.Min(a.Exponent, b.Exponent));
        BigInteger slope = BigInteger.One << 1 - exponent, threshold = a.At(exponent) + b.At(exponent);
        BigInteger[] entries = new BigInteger[_table.Classes * _table.Width];
        int[] columns = _groups[group];
        foreach (int k in above)
        {
            foreach (int j in columns)
                entries[k * _table.Width + j] = columns.Length == 1 ? slope : -slope;
            entries[(k + 1) * _table.Width - 1] = (columns.Length == 1 ? 0 : slope) - threshold;
        }
        return new ExactDirection(entries, _table);
    }

    /// <summary>Runs of neighbouring two-valued columns of which no row has two at 1: where the encoding puts a category's levels.</summary>
    private static List<int[]> Categories(SeparationTable table, WorkBudget budget)
    {
        int columns = table.Columns.Length;
        // The furthest column to the left of each that shares a 1 with it.
        int[] clash = new int[columns];
        Array.Fill(clash, -1);
        double[] buffer = new double[table.Width];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(columns);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            int last = -1;
            for (int j = 0; j < columns; j++)
                if (!table.Columns[j].IsBinary)
                    last = j;
                else if (row[j] == 1)
                {
                    clash[j] = Math.Max(clash[j], last);
                    last = j;
                }
        }
        List<int[]> runs = [];
        for (int from = 0, to; from < columns; from = to)
        {
            for (to = from + 1; to < columns && table.Columns[from].IsBinary && table.Columns[to].IsBinary && clash[to] < from;)
                to++;
            if (to - from > 1)
                runs.Add([.. Enumerable.Range(from, to - from)]);
        }
        return runs;
    }
}
