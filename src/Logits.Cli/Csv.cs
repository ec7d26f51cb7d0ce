namespace Logits.Cli;

/// <summary>Comma-separated values as RFC 4180 has them.</summary>
internal static class Csv
{
    /// <summary>A field, in quotes where it holds a comma, a quote, a line break or a blank at an end.</summary>
    public static string Field(string value) =>
        value.AsSpan().ContainsAny("\",\r\n") || value.StartsWith(' ') || value.EndsWith(' ') || value.Length == 0
            ? $"\"{value.Replace("\"", "\"\"")}\""
            : value;
}
