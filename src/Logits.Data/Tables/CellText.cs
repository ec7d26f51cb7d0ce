using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace Logits.Data;

/// <summary>What the text of a cell can mean in a column of a kind.</summary>
internal static class CellText
{
    private static readonly string[] MissingMarkers = ["", "NA", "N/A", "#N/A", "NULL", "None", "?"];

    private static readonly string[] DateFormats =
    [
        "yyyy-M-d", "yyyy/M/d", "d.M.yyyy", "d/M/yyyy", "M/d/yyyy", "H:mm", "H:mm:ss", "H:mm:ss.FFFFFFF",
        "yyyy-M-d H:mm", "yyyy-M-d H:mm:ss", "yyyy-M-d H:mm:ss.FFFFFFF", "yyyy-M-d'T'H:mm", "yyyy-M-d'T'H:mm:ss.FFFFFFFK", "yyyy-M-d H:mm:ss.FFFFFFFzzz",
    ];

    /// <summary>
    /// Whether the text stands for a missing value in a numeric or boolean column: nothing at all, NA, N/A, #N/A, NULL, None or ?, in any case. (In a text
    /// column only an empty field is missing: NA may be Namibia.)
    /// </summary>
    public static bool IsMissing(ReadOnlySpan<byte> text)
    {
        text = text.Trim((byte)' ');
        foreach (string marker in MissingMarkers)
            if (Ascii.EqualsIgnoreCase(text, marker))
                return true;
        return false;
    }

    /// <summary>Reads a number in the invariant culture; NaN and infinities count as numbers here and are refused where they are used.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out double value)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value))
            return true;
        text = text.Trim((byte)' ');
        bool negative = text.StartsWith((byte)'-');
        if (negative || text.StartsWith((byte)'+'))
            text = text[1..];
        value = negative ? double.NegativeInfinity : double.PositiveInfinity;
        return Ascii.EqualsIgnoreCase(text, "inf");
    }

    /// <summary>Reads true or false, in any case.</summary>
    public static bool TryBoolean(ReadOnlySpan<byte> text, out double value)
    {
        text = text.Trim((byte)' ');
        value = Ascii.EqualsIgnoreCase(text, "true") ? 1 : 0;
        return value == 1 || Ascii.EqualsIgnoreCase(text, "false");
    }

    /// <summary>Reads a cell of a numeric column, or of a boolean one, where 0 and 1 stand for false and true.</summary>
    public static bool TryRead(ColumnKind kind, ReadOnlySpan<byte> text, out double value) =>
        kind == ColumnKind.Boolean
            ? TryBoolean(text, out value) || (TryNumber(text, out value) && value is 0 or 1)
            : TryNumber(text, out value);

    public static bool IsDate(ReadOnlySpan<byte> text)
    {
        if (text.Length is < 4 or > 40 || !Utf8.IsValid(text))
            return false;
        return DateTime.TryParseExact(Encoding.UTF8.GetString(text), DateFormats, CultureInfo.InvariantCulture, DateTimeStyles.AllowWhiteSpaces, out _);
    }
}
