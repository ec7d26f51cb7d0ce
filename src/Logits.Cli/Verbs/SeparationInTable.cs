using System.Globalization;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;

namespace Logits.Cli.Verbs;

/// <summary>A separation in the table's own names.</summary>
/// <param name="Complete">Whether every row gains.</param>
/// <param name="Maximal">Whether it is proved that nothing else separates.</param>
/// <param name="Classes">The classes told apart without error.</param>
/// <param name="Features">The features that do it, most telling first.</param>
/// <param name="Rows">How many rows of the table gain.</param>
/// <param name="ExampleRows">Some of their numbers in the table, from 1.</param>
/// <param name="Pairs">Which class is told apart from which.</param>
/// <param name="EmptyCells">What never occurs together.</param>
internal sealed record SeparationInTable(
    bool Complete, bool Maximal, IReadOnlyList<string> Classes, IReadOnlyList<string> Features, long Rows, IReadOnlyList<long> ExampleRows,
    IReadOnlyList<PairInTable> Pairs, IReadOnlyList<EmptyCellInTable> EmptyCells)
{
    private const int Most = 10;

    public static SeparationInTable Of(Separation separation, TableEncoding encoding, Func<int, long> tableRow) => new(
        separation.Complete,
        separation.Maximal,
        [.. separation.Classes.Select(k => encoding.Classes[k])],
        [.. separation.Features.Select(j => encoding.FeatureNames[j])],
        separation.SeparatedRows,
        [.. separation.ExampleRows.Select(tableRow)],
        [.. separation.Pairs.Select(p => new PairInTable(encoding.Classes[p.Class], encoding.Classes[p.From]))],
        [.. separation.Cells.Select(c => EmptyCellInTable.Of(c, encoding))]);

    /// <summary>What stands where, for a sentence: "educ 2 never occurs where vote is 0 (237 rows)"; empty where there is nothing of the kind.</summary>
    public string Cells(string label)
    {
        string first = string.Join("; ", EmptyCells.Take(Most).Select(c =>
            $"{Figures.Name(label)} {Figures.Name(c.Class)} never occurs where {c.Where} ({Figures.Count(c.Rows, "row")})"));
        return EmptyCells.Count <= Most ? first : $"{first}; and {EmptyCells.Count - Most:N0} more such";
    }

    /// <summary>
    /// Who is told apart from whom: "4 apart from 6 and 8", with each two classes named once, beginning with the class that is apart from most.
    /// </summary>
    public string Apart()
    {
        HashSet<(string A, string B)> left = [.. Pairs.Select(p => string.CompareOrdinal(p.Class, p.From) < 0 ? (p.Class, p.From) : (p.From, p.Class))];
        string[] all = [.. Classes.Concat(Pairs.Select(p => p.From)).Distinct()];
        List<string> groups = [];
        for (int named = 0; left.Count > 0 && named < Most;)
        {
            // Of classes apart from equally many the first in the model's order.
            string one = all.MaxBy(c => left.Count(p => p.A == c || p.B == c))!;
            string[] others = [.. all.Where(c => left.Contains((one, c)) || left.Contains((c, one))).Take(Most - named)];
            foreach (string other in others)
                left.RemoveWhere(p => p == (one, other) || p == (other, one));
            named += others.Length;
            groups.Add($"{Figures.Name(one)} apart from {List([.. others.Select(Figures.Name)])}");
        }
        return string.Join(", ", groups) + (left.Count > 0 ? $" and {Figures.Count(left.Count, "more pair")}" : "");
    }

    private static string List(string[] names) => names.Length == 1 ? names[0] : $"{string.Join(", ", names[..^1])} and {names[^1]}";
}

/// <summary>Two classes told apart.</summary>
internal sealed record PairInTable(string Class, string From);

/// <summary>A class that never occurs where something holds.</summary>
/// <param name="Class">The class.</param>
/// <param name="Where">What holds there: "vote is 0", "shop is b".</param>
/// <param name="Rows">In how many rows it holds.</param>
internal sealed record EmptyCellInTable(string Class, string Where, long Rows)
{
    public static EmptyCellInTable Of(EmptyCell cell, TableEncoding encoding)
    {
        string where = Category(cell, encoding)
            ?? string.Join(" and ", cell.Features.Zip(cell.Values, (j, value) => Condition(j, InTable(j, value, encoding), encoding)));
        return new EmptyCellInTable(encoding.Classes[cell.Class], where, cell.Rows);
    }

    /// <summary>All features of a category at 0 are its reference; null where the features are not those.</summary>
    private static string? Category(EmptyCell cell, TableEncoding encoding)
    {
        (ColumnEncoding column, int first) = ColumnOf(cell.Features[0], encoding);
        return column.Reference is { } reference && cell.Features.SequenceEqual(Enumerable.Range(first, column.FeatureCount))
            && cell.Features.Zip(cell.Values).All(f => InTable(f.First, f.Second, encoding) == 0)
            ? $"{Figures.Name(column.Name)} is {Figures.Name(reference)}"
            : null;
    }

    private static string Condition(int feature, double value, TableEncoding encoding)
    {
        (ColumnEncoding column, int first) = ColumnOf(feature, encoding);
        string name = Figures.Name(column.Name);
        if (column.MissingIndicator && feature == first + column.FeatureCount - 1)
            return value == 0 ? $"{name} is not missing" : $"{name} is missing";
        if (column.Levels.Count > 0 && value is 0 or 1)
            return $"{name} is {(value == 0 ? "not " : "")}{Figures.Name(column.Levels[1 + feature - first])}";
        return $"{Figures.Name(encoding.FeatureNames[feature])} is {value.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−')}";
    }

    /// <summary>The column that a feature comes from, and the first of its features.</summary>
    private static (ColumnEncoding Column, int First) ColumnOf(int feature, TableEncoding encoding)
    {
        int first = 0, c = 0;
        for (; first + encoding.Columns[c].FeatureCount <= feature; c++)
            first += encoding.Columns[c].FeatureCount;
        return (encoding.Columns[c], first);
    }

    /// <summary>A value of the (standardised) rows in the table's units, without the rounding of the way there and back.</summary>
    private static double InTable(int feature, double value, TableEncoding encoding)
    {
        if (!encoding.IsStandardized)
            return value;
        double inTable = encoding.Centers[feature] + encoding.Scales[feature] * value;
        double grid = (Math.Abs(encoding.Centers[feature]) + Math.Abs(encoding.Scales[feature] * value)) * 1e-6, whole = Math.Round(inTable);
        return Math.Abs(inTable - whole) <= grid ? whole : inTable;
    }
}
