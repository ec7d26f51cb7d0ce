using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.Facts;

/// <summary>Differences of two exponentials, which have the sign of the difference of their exponents.</summary>
internal static class ExponentialDifference
{
    /// <summary>L for a polynomial c·e^A − d·e^B with c, d &gt; 0: the polynomial has the sign of L = A − B + log c − log d. Null for any other.</summary>
    public static Polynomial? LogRatio(Polynomial polynomial)
    {
        if (polynomial.Terms.Count != 2)
        {
            return null;
        }
        ((Monomial first, Rational c), (Monomial second, Rational d)) = (polynomial.Terms[0], polynomial.Terms[1]);
        if (first.Factors.Count > 0 || second.Factors.Count > 0 || c.Sign * d.Sign > 0)
        {
            return null;
        }
        if (c.Sign < 0)
        {
            (first, c, second, d) = (second, d, first, c);
        }
        return (first.Exponent - second.Exponent) + LogPowers.Log(Quotient.Of(c / -d), _ => true).Numerator;
    }
}
