using System.Globalization;

namespace Logits.Cli.Terminal;

/// <summary>Numbers as people read them, the same in every culture.</summary>
internal static class Figures
{
    public static string Count(double value) =>
        value == Math.Floor(value) ? value.ToString("N0", CultureInfo.InvariantCulture) : Significant(value, 6);

    public static string Count(long number, string singular, string? plural = null) =>
        $"{number.ToString("N0", CultureInfo.InvariantCulture)} {(number == 1 ? singular : plural ?? singular + "s")}";

    public static string Percent(double share) => double.IsNaN(share) ? "–" : (100 * share).ToString("0.0", CultureInfo.InvariantCulture) + " %";

    /// <summary>A number to so many significant digits, in exponent form only where it is very large or very small.</summary>
    public static string Significant(double value, int digits = 4)
    {
        if (double.IsNaN(value))
            return "–";
        if (double.IsInfinity(value))
            return value > 0 ? "∞" : "−∞";
        if (value == 0)
            return "0";
        int exponent = (int)Math.Floor(Math.Log10(Math.Abs(value)));
        // Rounding may carry into the next power of ten: 9.9996 is 10.00.
        if (Math.Round(Math.Abs(value) / Math.Pow(10, exponent), digits - 1) >= 10)
            exponent++;
        string text = exponent is < -4 or > 6
            ? value.ToString("0." + new string('0', digits - 1) + "e+0", CultureInfo.InvariantCulture)
            : value.ToString("F" + Math.Max(0, digits - 1 - exponent), CultureInfo.InvariantCulture);
        return text.Replace('-', '−').Replace("e+", "e").Replace("e−", "e-");
    }

    public static string Duration(double seconds) => seconds switch
    {
        < 1 => $"{Math.Max(1, Math.Round(seconds * 1000)).ToString(CultureInfo.InvariantCulture)} ms",
        < 100 => $"{Significant(seconds, 3)} s",
        _ => $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s",
    };

    /// <summary>The first names of a list, and how many more there are.</summary>
    public static string Names(IReadOnlyCollection<string> names, int most = 10)
    {
        string first = string.Join(", ", names.Take(most).Select(Name));
        return names.Count <= most ? first : $"{first} and {(names.Count - most).ToString("N0", CultureInfo.InvariantCulture)} more";
    }

    /// <summary>A name on one line: control characters are shown as their symbols, and a very long name is cut.</summary>
    public static string Name(string name)
    {
        const int most = 60;
        string line = string.Concat(name.Select(c => c switch { '\n' => '␊', '\r' => '␍', '\t' => '␉', < ' ' => '␀', _ => c }));
        return line.Length == 0 ? "\"\"" : line.Length <= most ? line : line[..(char.IsHighSurrogate(line[most - 1]) ? most - 1 : most)] + "…";
    }
}
