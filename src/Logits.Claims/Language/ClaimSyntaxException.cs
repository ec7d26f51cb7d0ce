using System.Globalization;
using System.Text;

namespace Logits.Claims.Language;

/// <summary>A text that cannot be read as a claim. The message is one or two sentences: what is wrong and what to write instead.</summary>
public sealed class ClaimSyntaxException : Exception
{
    /// <summary>An error at a place in a claim.</summary>
    /// <param name="message">What is wrong and what to do.</param>
    /// <param name="text">The claim's text.</param>
    /// <param name="span">Where in it.</param>
    public ClaimSyntaxException(string message, string text, SourceSpan span) : base(message)
    {
        Text = text;
        Span = span;
    }

    /// <summary>The claim's text.</summary>
    public string Text { get; }

    /// <summary>Where in the text.</summary>
    public SourceSpan Span { get; }

    /// <summary>The column, counted from 1 in characters as a reader counts them.</summary>
    public int Column => Characters(Text[..Math.Min(Span.Start, Text.Length)]) + 1;

    /// <summary>
    /// Two lines to print under each other: the claim, or the part of a long one around the place, and a caret under what is wrong.
    /// </summary>
    public (string Line, string Carets) Pointer
    {
        get
        {
            int start = Math.Min(Span.Start, Text.Length);
            int end = Math.Min(Span.End, Text.Length);
            int from = Math.Max(0, start - Context);
            int to = Math.Min(Text.Length, Math.Max(start + 1, Math.Min(end, start + Context)) + Context);
            string before = Printable((from > 0 ? "…" : "") + Text[from..start]);
            string marked = Printable(Text[start..Math.Min(end, to)]);
            string after = Printable(Text[Math.Min(end, to)..to] + (to < Text.Length ? "…" : ""));
            return ((before + marked + after).TrimEnd(), new string(' ', Characters(before)) + new string('^', Math.Max(1, Characters(marked))));
        }
    }

    private const int Context = 60;

    private static int Characters(string text) => new StringInfo(text).LengthInTextElements;

    /// <summary>Control characters and halves of characters as one blank each, so that the caret stays under its place.</summary>
    private static string Printable(string text) => string.Concat(text.EnumerateRunes().Select(rune => Rune.IsControl(rune) ? " " : rune.ToString()));
}
