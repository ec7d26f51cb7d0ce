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

    /// <summary>The column, counted from 1 in characters as a terminal shows them.</summary>
    public int Column => Span.Start + 1;
}
