namespace Logits.Claims.Language.Printing;

/// <summary>The characters that a claim is printed in. Both read back as the same claim.</summary>
public enum Alphabet
{
    /// <summary>What every keyboard has: <c>lambda &gt;= 0 => …</c>, <c>R^n</c>, <c>inf</c>.</summary>
    Ascii,

    /// <summary>Mathematical characters: <c>λ ≥ 0 ⇒ …</c>, <c>ℝⁿ</c>, <c>∞</c>.</summary>
    Unicode,
}
