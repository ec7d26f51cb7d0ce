using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving;

/// <summary>How a claim is split into cases that together cover everything.</summary>
internal enum CaseKind
{
    /// <summary>Which candidate is at least as large as every other.</summary>
    Maximum,

    /// <summary>Which candidates are equal to each other and larger than all others.</summary>
    Ties,

    /// <summary>Whether the only candidate is above, at or below zero.</summary>
    Sign,
}

/// <summary>An evaluation went as far as it could: what follows depends on the case.</summary>
internal sealed class NeedsCaseException(CaseKind kind, IReadOnlyList<Quotient> candidates) : Exception("a case distinction is needed")
{
    public CaseKind CaseKind { get; } = kind;

    public IReadOnlyList<Quotient> Candidates { get; } = candidates;
}
