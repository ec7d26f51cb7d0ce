using Logits.Claims.Evaluating;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>Sums over all positions 1..n, n left open, as atoms; and what is summed back from them.</summary>
internal static class Summation
{
    public static Symbol Size { get; } = new("n");

    /// <summary>Σ over the index of a quotient whose denominator does not have the index.</summary>
    public static Quotient Over(string index, Quotient quotient)
    {
        Quotient below = Quotient.One;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            below *= factor.Terms.Any(term => IndexRenaming.Mentions(term.Monomial, index))
                ? throw new UndefinedException("a sum of quotients whose divisor varies with the position")
                : Quotient.Of(factor).Pow(-power);
        }
        return Quotient.Of(Polynomial.Sum(quotient.Numerator.Terms.Select(term => (Over(index, term.Monomial), term.Coefficient)))) * below;
    }

    private static Monomial Over(string index, Monomial monomial)
    {
        var inside = Monomial.Of(
            monomial.Factors.Where(factor => IndexRenaming.Mentions(Monomial.Of(factor.Atom), index)),
            Polynomial.Sum(monomial.Exponent.Terms.Where(term => IndexRenaming.Mentions(term.Monomial, index))));
        if (inside.Contains(atom => atom is SumOf))
        {
            throw new UndefinedException("a sum whose terms hold a sum over others");
        }
        Atom sum = inside.IsOne ? Size : new SumOf(IndexRenaming.Of(inside, index, SumOf.Index));
        return monomial / inside * Monomial.Of(sum);
    }

    /// <summary>g with Σ_k g(k) equal to the polynomial, where each term is a multiple of exactly one sum, or of n.</summary>
    public static Polynomial? Unsummed(Polynomial polynomial)
    {
        var terms = new List<(Monomial, Rational)>();
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            (Atom Atom, int Power)[] sums = [.. monomial.Factors.Where(factor => factor.Atom is SumOf || factor.Atom.Equals(Size))];
            if (sums is not [(var atom, 1)])
            {
                return null;
            }
            Monomial rest = monomial / Monomial.Of(atom);
            terms.Add((atom is SumOf sum ? rest * sum.Body : rest, coefficient));
        }
        return Polynomial.Sum(terms);
    }

    /// <summary>g with Σ_k Σ_l g(k, l) equal to the polynomial, where each term is a multiple of exactly two sums.</summary>
    public static Polynomial? UnsummedTwice(Polynomial polynomial, string first, string second)
    {
        var terms = new List<(Monomial, Rational)>();
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            Atom[] sums = [.. monomial.Factors.Where(factor => (factor.Atom is SumOf || factor.Atom.Equals(Size)) && factor.Power > 0)
                .SelectMany(factor => Enumerable.Repeat(factor.Atom, factor.Power))];
            if (sums.Length != 2)
            {
                return null;
            }
            Monomial rest = monomial / Monomial.Of(sums[0]) / Monomial.Of(sums[1]);
            Monomial Body(Atom atom, string index) => atom is SumOf sum ? IndexRenaming.Of(sum.Body, SumOf.Index, index) : Monomial.One;
            terms.Add((rest * Body(sums[0], first) * Body(sums[1], second), coefficient));
        }
        return Polynomial.Sum(terms);
    }
}
