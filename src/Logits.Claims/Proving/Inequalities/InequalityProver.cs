using Logits.Claims.Certificates;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>
/// Shows that a difference is positive or not negative: after multiplying by a positive denominator as a combination of products
/// that are not negative, after exponentiating, or after bounding its logarithms by log t ≥ 1 − 1/t.
/// </summary>
internal static class InequalityProver
{
    public static ProofNode? Prove(Quotient difference, FactBase facts, bool strict)
    {
        Polynomial denominator = Polynomial.One;
        bool negative = false;
        foreach ((Polynomial factor, int power) in difference.Denominator)
        {
            Signs signs = facts.SignsOf(factor);
            if (power % 2 != 0 && signs is not (Signs.Positive or Signs.Negative))
            {
                return null;
            }
            negative ^= power % 2 != 0 && signs == Signs.Negative;
            denominator *= Polynomial.Pow(factor, power);
        }
        if (negative)
        {
            denominator = -denominator;
        }
        Polynomial numerator = negative ? -difference.Numerator : difference.Numerator;
        bool hasLogs = numerator.Terms.Any(term => term.Monomial.Contains(atom => atom is LogOf { Argument.IsConstant: false }));
        ProofNode? proof = hasLogs ? Exponentiate(numerator, denominator, facts, strict) : Combine(numerator, denominator, facts, strict);
        proof ??= hasLogs ? Combine(numerator, denominator, facts, strict) : Exponentiate(numerator, denominator, facts, strict);
        return proof ?? (hasLogs ? LogBoundProver.Prove(numerator, denominator, facts, strict) : null);
    }

    private static CombinationNode? Combine(Polynomial numerator, Polynomial denominator, FactBase facts, bool strict)
    {
        // A common monomial of known sign is taken out, so that negative powers do not stand in the way.
        Monomial common = Content.Of(numerator).Monomial;
        Monomial scale = Monomial.Of(common.Factors.Where(factor => factor.Power < 0), Polynomial.Zero);
        Signs signs = facts.SignsOf(scale);
        if (signs is not (Signs.Positive or Signs.Negative))
        {
            scale = Monomial.One;
            signs = Signs.Positive;
        }
        Polynomial multiplier = denominator * scale.Inverse() * (signs == Signs.Positive ? Rational.One : -Rational.One);
        Polynomial target = numerator * scale.Inverse() * (signs == Signs.Positive ? Rational.One : -Rational.One);
        return ConeProver.Prove(target, facts, strict) is { } products ? new(ClaimText.Of(multiplier), products) : null;
    }

    /// <summary>Multiplier · difference = log of a quotient without logarithms: compare its numerator and denominator.</summary>
    private static ExponentialNode? Exponentiate(Polynomial numerator, Polynomial denominator, FactBase facts, bool strict)
    {
        if (numerator.IsZero)
        {
            return null;
        }
        Content content = Content.Of(numerator);
        Monomial scale = Monomial.Of(content.Monomial.Factors.Where(factor => factor.Atom is not LogOf), content.Monomial.Exponent);
        Signs signs = facts.SignsOf(scale);
        if (signs is not (Signs.Positive or Signs.Negative))
        {
            return null;
        }
        Rational factor = content.Coefficient.Abs().Reciprocal() * (signs == Signs.Positive ? 1 : -1);
        Polynomial logarithm = numerator * scale.Inverse() * factor;
        if (LogarithmOf(logarithm) is not { } ratio)
        {
            return null;
        }
        Quotient value = Quotient.Of(Polynomial.One);
        foreach ((Polynomial argument, int power) in ratio.Powers)
        {
            value *= Quotient.Of(argument).Pow(power);
        }
        value *= LogPowers.Exp(Quotient.Of(ratio.Exponent));
        Quotient difference = value - Quotient.One;
        Polynomial bottom = difference.DenominatorProduct;
        if (facts.SignsOf(bottom) != Signs.Positive)
        {
            return null;
        }
        ProofNode? proof = Combine(difference.Numerator, bottom, facts, strict);
        proof ??= strict ? null : DoubleSumProver.Prove(difference, facts);
        return proof is null ? null : new(ClaimText.Of(denominator * scale.Inverse() * factor), Text(ratio.Powers, ratio.Exponent), proof);
    }

    /// <summary>Reads Σ k·log P + L as the logarithm of Π P^k · e^L; null where a coefficient is no integer or a logarithm stands elsewhere.</summary>
    public static (IReadOnlyList<(Polynomial Argument, int Power)> Powers, Polynomial Exponent)? LogarithmOf(Polynomial polynomial)
    {
        var powers = new List<(Polynomial, int)>();
        Polynomial exponent = Polynomial.Zero;
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            if (monomial.Factors is [(LogOf log, 1)] && monomial.Exponent.IsZero)
            {
                if (!coefficient.IsInteger || coefficient.Abs() > 64)
                {
                    return null;
                }
                powers.Add((log.Argument, (int)coefficient.Numerator));
            }
            else if (monomial.Contains(atom => atom is LogOf { Argument.IsConstant: false }) || !monomial.Exponent.IsZero)
            {
                return null;
            }
            else
            {
                exponent += Polynomial.Of(coefficient, monomial);
            }
        }
        return (powers, exponent);
    }

    public static PowerProduct Text(IEnumerable<(Polynomial Argument, int Power)> powers, Polynomial exponent) => new(
        [.. powers.Select(power => new BasePower(ClaimText.Of(power.Argument), ClaimText.Of(power.Power)))], ClaimText.Of(exponent));
}
