using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>What an expression is worth where n is left open: vectors and matrices are functions of the names of positions.</summary>
internal abstract record OpenValue;

internal sealed record OpenScalar(Quotient Value) : OpenValue;

/// <param name="Beyond">Names of the positions after the n-th.</param>
/// <param name="HasGeneric">Whether there are n positions before those.</param>
/// <param name="Entry">The entry at a position.</param>
internal sealed record OpenVector(IReadOnlyList<string> Beyond, bool HasGeneric, Func<string, Quotient> Entry) : OpenValue;

internal sealed record OpenMatrix(IReadOnlyList<string> Beyond, bool HasGeneric, Func<string, string, Quotient> Entry) : OpenValue;

/// <summary>A maximum was met, of the entries with this generic one, and no position of a largest entry has been named.</summary>
internal sealed class NeedsLargestException(Quotient entry) : Exception("the position of a largest entry is needed")
{
    /// <summary>The entry at <see cref="SumOf.Index"/>.</summary>
    public Quotient Entry { get; } = entry;
}
