using System.Globalization;
using System.Text;

namespace Logits.Data;

/// <summary>The classes that the texts of a label column stand for.</summary>
internal sealed class ClassNames
{
    private ClassNames(IReadOnlyList<string> names, int[] classOfText)
    {
        Names = names;
        ClassOfText = classOfText;
    }

    /// <summary>The names in order: by value where all are numbers, in ordinal order otherwise.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>For each distinct text, its class. Numbers written differently, 1 and 1.0, are one class.</summary>
    public int[] ClassOfText { get; }

    /// <exception cref="TableException">All texts are numbers but one is NaN or infinite.</exception>
    public static ClassNames Of(IReadOnlyList<string> texts, string label)
    {
        bool numeric = texts.All(t => TryNumber(t, out _));
        foreach (string text in numeric ? texts : [])
            if (!TryNumber(text, out double value) || !double.IsFinite(value))
                throw new TableException($"The label column '{label}' holds {text} among its numbers. Leave the label of such rows empty: they are then left out.");
        string[] canonical = [.. texts.Select(t => numeric ? Canonical(t) : t)];
        string[] names = [.. canonical.Distinct(StringComparer.Ordinal)];
        Array.Sort(names, numeric ? CompareNumbers : StringComparer.Ordinal.Compare);
        Dictionary<string, int> index = new(StringComparer.Ordinal);
        foreach (string name in names)
            index.Add(name, index.Count);
        return new ClassNames(names, [.. canonical.Select(t => index[t])]);
    }

    /// <summary>The class of a text among known names, or −1.</summary>
    public static int Find(LevelDictionary names, ReadOnlySpan<byte> text)
    {
        int found = names.Find(text);
        return found >= 0 ? found : names.Find(Encoding.UTF8.GetBytes(Canonical(Encoding.UTF8.GetString(text))));
    }

    /// <summary>A number written with a point or an exponent, in its shortest form; any other text as it is (007 stays 007).</summary>
    private static string Canonical(string text) =>
        text.AsSpan().ContainsAny(".eE+ ") && TryNumber(text, out double value) ? value.ToString("R", CultureInfo.InvariantCulture) : text;

    private static int CompareNumbers(string a, string b)
    {
        TryNumber(a, out double x);
        TryNumber(b, out double y);
        int order = x.CompareTo(y);
        return order != 0 ? order : string.CompareOrdinal(a, b);
    }

    private static bool TryNumber(string text, out double value) => CellText.TryNumber(Encoding.UTF8.GetBytes(text), out value);
}
