using Logits.Claims.Certificates;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>A polynomial known not to be negative, with the reason as a product.</summary>
/// <param name="Polynomial">The product multiplied out.</param>
/// <param name="IsStrict">Whether it is known to be positive.</param>
/// <param name="Factors">Factors that are not negative.</param>
/// <param name="Square">What is squared as a further factor, if anything is.</param>
internal sealed record Generator(Polynomial Polynomial, bool IsStrict, IReadOnlyList<Polynomial> Factors, Polynomial? Square)
{
    public Product Times(Rational coefficient) => new(
        ClaimText.Of(coefficient),
        [.. Factors.Where(factor => !factor.Equals(Polynomial.One)).Select(ClaimText.Of)],
        Square is null ? null : ClaimText.Of(Square));
}
