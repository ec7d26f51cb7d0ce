using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>
/// Convexity of log-sum-exp (Hölder's inequality): for weights c + d = 1 and a sum W whose terms are w = m^c · k^d with m and k going through the
/// terms of P and Q, c·log P + d·log Q − log W = Σ (w/W) · (c·log(wP/(mW)) + d·log(wQ/(kW))).
/// </summary>
internal static class JensenSums
{
    public static Gathered? Gather(Polynomial target, FactBase facts)
    {
        Polynomial? total = null;
        Polynomial outside = Polynomial.Zero;
        var parts = new Dictionary<Polynomial, Polynomial>();
        foreach ((Monomial monomial, Rational coefficient) in target.Terms)
        {
            LogOf? log = monomial.Factors.Select(factor => factor.Atom).OfType<LogOf>().FirstOrDefault(log => !log.Argument.IsConstant);
            if (log is null)
            {
                outside += Polynomial.Of(coefficient, monomial);
                continue;
            }
            if (monomial.PowerOf(log) != 1)
            {
                return null;
            }
            if (coefficient == -1 && monomial.Equals(Monomial.Of(log)) && total is null && !parts.ContainsKey(log.Argument))
            {
                total = log.Argument;
                continue;
            }
            parts[log.Argument] = parts.GetValueOrDefault(log.Argument, Polynomial.Zero) + Polynomial.Of(coefficient, monomial / Monomial.Of(log));
        }
        if (total is null || parts.Count != 2 || facts.SignsOf(total) != Signs.Positive)
        {
            return null;
        }
        if (outside.Contains(atom => atom is LogOf) || outside.Terms.Any(term => !term.Monomial.Exponent.IsZero))
        {
            return null;
        }
        // What stands outside the logarithms was taken out of W when it was made primitive.
        Polynomial whole = total * Monomial.ExpOf(-outside);
        ((Polynomial first, Polynomial c), (Polynomial second, Polynomial d)) = (parts.First(), parts.Last());
        if (!(c + d).Equals(Polynomial.One) || !facts.SignsOf(c).Within(Signs.NonNegative) || !facts.SignsOf(d).Within(Signs.NonNegative))
        {
            return null;
        }
        if (UnderSum(whole, first, c, second, d) is { } summed)
        {
            return summed;
        }
        var terms = new List<WeightedLogarithm>();
        foreach ((Monomial monomial, Rational coefficient) in whole.Terms)
        {
            if (Match(monomial, coefficient, first, c, second, d) is not { } match)
            {
                return null;
            }
            Polynomial weight = Polynomial.Of(coefficient, monomial);
            terms.Add(new(weight * c, [(first, 1), (total, -1)], monomial.Exponent - match.First.Exponent + outside));
            terms.Add(new(weight * d, [(second, 1), (total, -1)], monomial.Exponent - match.Second.Exponent + outside));
        }
        return new(whole, Polynomial.Zero, terms);
    }

    /// <summary>The same where P, Q and W are sums over all positions, n left open.</summary>
    private static Gathered? UnderSum(Polynomial total, Polynomial first, Polynomial c, Polynomial second, Polynomial d)
    {
        if (BodyOf(total) is not { } w || BodyOf(first) is not { } m || BodyOf(second) is not { } k
            || !((c * m.Exponent) + (d * k.Exponent)).Equals(w.Exponent))
        {
            return null;
        }
        Polynomial weight = Polynomial.Of(Rational.One, w);
        return new(total, Polynomial.Zero,
        [
            new(weight * c, [(first, 1), (total, -1)], w.Exponent - m.Exponent),
            new(weight * d, [(second, 1), (total, -1)], w.Exponent - k.Exponent),
        ], SumOf.Index);
    }

    /// <summary>What is summed, where the polynomial is the sum of one exponential over all positions.</summary>
    private static Monomial? BodyOf(Polynomial polynomial) =>
        polynomial.Terms is [({ Factors: [(SumOf { Body.Factors: [] } sum, 1)], Exponent.IsZero: true }, var coefficient)] && coefficient == Rational.One ? sum.Body : null;

    private static (Monomial First, Monomial Second)? Match(
        Monomial monomial, Rational coefficient, Polynomial first, Polynomial c, Polynomial second, Polynomial d)
    {
        foreach ((Monomial m, Rational scale) in first.Terms)
        {
            foreach ((Monomial k, Rational otherScale) in second.Terms)
            {
                if (scale == Rational.One && otherScale == Rational.One && coefficient == Rational.One
                    && m.Factors.Count == 0 && k.Factors.Count == 0 && monomial.Factors.Count == 0
                    && ((c * m.Exponent) + (d * k.Exponent)).Equals(monomial.Exponent))
                {
                    return (m, k);
                }
            }
        }
        return null;
    }
}
