using Logits.Claims.Certificates;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.Inequalities;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>
/// The variance argument for every n: a difference that is Σ_k Σ_l g(k, l) is not negative where g(k, l) + g(l, k) is a sum of squares, as
/// p_k p_l (v_k − v_l)² is.
/// </summary>
internal static class DoubleSumProver
{
    public static DoubleSumNode? Prove(Quotient difference, FactBase facts)
    {
        // Divisors that are sums stand in the numerator, as negative powers.
        Monomial below = Monomial.Of(Content.Of(difference.Numerator).Monomial.Factors.Where(factor => factor.Power < 0), Polynomial.Zero).Inverse();
        Polynomial denominator = difference.DenominatorProduct * below;
        if (facts.SignsOf(denominator) != Signs.Positive || Summation.UnsummedTwice(difference.Numerator * below, "k", "l") is not { } body)
        {
            return null;
        }
        Polynomial exchanged = IndexRenaming.Of(IndexRenaming.Of(IndexRenaming.Of(body, "k", "g1"), "l", "k"), "g1", "l");
        return ConeProver.Prove(body + exchanged, facts, strict: false) is { } products
            ? new(ClaimText.Of(denominator), ClaimText.Of(body), products)
            : null;
    }
}
