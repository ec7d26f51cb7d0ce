namespace Logits.Claims.Language;

/// <summary>Where in a claim's text something stands: characters <c>Start</c> to <c>Start + Length − 1</c>, counted from 0.</summary>
/// <param name="Start">First character, counted from 0.</param>
/// <param name="Length">Number of characters.</param>
public readonly record struct SourceSpan(int Start, int Length)
{
    /// <summary>First character after this span.</summary>
    public int End => Start + Length;

    /// <summary>The smallest span that covers this one and <paramref name="other"/>.</summary>
    /// <param name="other">The span to cover too.</param>
    public SourceSpan To(SourceSpan other)
    {
        int start = Math.Min(Start, other.Start);
        return new SourceSpan(start, Math.Max(End, other.End) - start);
    }
}
