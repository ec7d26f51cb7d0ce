using Logits.Claims.Certificates.Checking;

namespace Logits.Claims.Certificates.Exporting;

/// <summary>
/// An inequality between polynomials that a proof comes down to: the difference is ≥ 0, or &gt; 0 where strict, because of the facts. Exponentials
/// and logarithms in it are letters of which nothing but the facts is used.
/// </summary>
/// <param name="Difference">What is not negative.</param>
/// <param name="Strict">Whether it is positive.</param>
/// <param name="Facts">What is known of the letters, and of the factors that the proof multiplies.</param>
internal sealed record Obligation(Fraction Difference, bool Strict, IReadOnlyList<(Fraction Quantity, SignSet Signs)> Facts);
