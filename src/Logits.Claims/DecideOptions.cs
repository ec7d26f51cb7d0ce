using Logits.Claims.Language;

namespace Logits.Claims;

/// <summary>How far to go in deciding a claim, or in checking a certificate.</summary>
public sealed record DecideOptions
{
    /// <summary>The sizes to decide, in place of those the claim names; null for the claim's own.</summary>
    public SizeRange? Sizes { get; init; }

    /// <summary>Time after which the verdict is <see cref="Undecided"/>.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Memory, in bytes, that the largest expression may take, counted by its terms; beyond it the verdict is <see cref="Undecided"/>.</summary>
    public long MemoryLimit { get; init; } = 512L << 20;

    /// <summary>Whether a refuted claim is repaired.</summary>
    public bool Repair { get; init; } = true;
}
