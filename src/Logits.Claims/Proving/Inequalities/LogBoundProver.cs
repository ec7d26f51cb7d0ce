using Logits.Claims.Certificates;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>
/// Gibbs' inequality and its kin: gathers a sum of logarithms as Σ weight · log t by its weights, bounds each log t by 1 − 1/t, and shows
/// that what is left is not negative.
/// </summary>
internal static class LogBoundProver
{
    public static LogBoundNode? Prove(Polynomial numerator, Polynomial denominator, FactBase facts, bool strict)
    {
        Content content = Content.Of(numerator);
        Monomial scale = Monomial.Of(content.Monomial.Factors.Where(factor => factor.Atom is not LogOf), content.Monomial.Exponent);
        Signs signs = facts.SignsOf(scale);
        if (signs is not (Signs.Positive or Signs.Negative))
        {
            return null;
        }
        Polynomial outside = Polynomial.Of(content.Coefficient.Abs().Reciprocal() * (signs == Signs.Positive ? 1 : -1), scale.Inverse());
        Polynomial target = numerator * outside;
        Polynomial multiplier = denominator * outside;
        foreach (Gathered? gathered in (Gathered?[])[ByWeight(target, facts), UnderSum(target, facts), JensenSums.Gather(target, facts)])
        {
            if (gathered is not null && Bound(gathered, facts, strict) is { } bound)
            {
                return new(
                    ClaimText.Of(multiplier * gathered.Multiplier),
                    ClaimText.Of(gathered.Rest),
                    [.. gathered.Terms.Select(term => new WeightedLog(ClaimText.Of(term.Weight), InequalityProver.Text(term.Powers, term.Exponent), gathered.Index))],
                    bound);
            }
        }
        return null;
    }

    private static CombinationNode? Bound(Gathered gathered, FactBase facts, bool strict)
    {
        Quotient sum = Quotient.Zero;
        foreach ((Polynomial weight, var powers, Polynomial exponent) in gathered.Terms)
        {
            Quotient inverse = LogPowers.Exp(Quotient.Of(-exponent));
            foreach ((Polynomial argument, int power) in powers)
            {
                inverse *= Quotient.Of(argument).Pow(-power);
            }
            sum += Quotient.Of(weight) * (Quotient.One - inverse);
        }
        if (gathered.Index is { } index)
        {
            sum = Summation.Over(index, sum);
        }
        sum += Quotient.Of(gathered.Rest);
        Polynomial denominator = sum.DenominatorProduct;
        return facts.SignsOf(denominator) == Signs.Positive && ConeProver.Prove(sum.Numerator, facts, strict) is { } products
            ? new(ClaimText.Of(denominator), products)
            : null;
    }

    /// <summary>Where the target is a sum over all positions, the same for what is summed.</summary>
    private static Gathered? UnderSum(Polynomial target, FactBase facts) =>
        Summation.Unsummed(target) is { } body && ByWeight(body, facts) is { Rest.IsZero: true } gathered ? gathered with { Index = SumOf.Index } : null;

    /// <summary>Terms with the same positive monomial outside their logarithm (or, standing in for log e^x, symbol) go together.</summary>
    private static Gathered? ByWeight(Polynomial target, FactBase facts)
    {
        var groups = new Dictionary<Monomial, Polynomial>();
        foreach ((Monomial monomial, Rational coefficient) in target.Terms)
        {
            (Atom Atom, int Power)[] logs = [.. monomial.Factors.Where(factor => factor.Atom is LogOf { Argument.IsConstant: false })];
            if (logs.Length == 0)
            {
                continue;
            }
            if (logs.Length > 1 || logs[0].Power != 1)
            {
                return null;
            }
            Monomial weight = monomial * Monomial.Of(logs[0].Atom, -1);
            groups[weight] = groups.GetValueOrDefault(weight, Polynomial.Zero) + Polynomial.Of(coefficient, Monomial.Of(logs[0].Atom));
        }
        Polynomial rest = Polynomial.Zero;
        foreach ((Monomial monomial, Rational coefficient) in target.Terms)
        {
            if (monomial.Factors.Any(factor => factor.Atom is LogOf { Argument.IsConstant: false }))
            {
                continue;
            }
            // The longest weight that leaves something without exponentials behind.
            Monomial? weight = groups.Keys.Where(candidate => IsSimple(monomial / candidate)).OrderByDescending(candidate => candidate.Degree).FirstOrDefault();
            if (weight is null)
            {
                rest += Polynomial.Of(coefficient, monomial);
            }
            else
            {
                groups[weight] += Polynomial.Of(coefficient, monomial / weight);
            }
        }
        var terms = new List<WeightedLogarithm>();
        foreach ((Monomial weight, Polynomial logarithm) in groups)
        {
            Signs signs = facts.SignsOf(weight);
            if (!signs.Within(Signs.NonNegative) || InequalityProver.LogarithmOf(logarithm) is not { } read
                || read.Powers.Any(power => facts.SignsOf(power.Argument) != Signs.Positive))
            {
                return null;
            }
            terms.Add(new(Polynomial.Of(Rational.One, weight), read.Powers, read.Exponent));
        }
        return terms.Count == 0 ? null : new(Polynomial.One, rest, terms);
    }

    private static bool IsSimple(Monomial monomial) => !monomial.IsOne && monomial.Exponent.IsZero && monomial.Factors.All(factor => factor.Power > 0);
}

/// <summary>multiplier · target = rest + Σ terms.</summary>
/// <param name="Multiplier">What the target is multiplied by.</param>
/// <param name="Rest">What no weight takes.</param>
/// <param name="Terms">The weighted logarithms.</param>
/// <param name="Index">The index that the terms are summed over, where n is left open.</param>
internal sealed record Gathered(Polynomial Multiplier, Polynomial Rest, IReadOnlyList<WeightedLogarithm> Terms, string? Index = null);

/// <summary>weight · log(Π argument^power · e^exponent).</summary>
internal sealed record WeightedLogarithm(Polynomial Weight, IReadOnlyList<(Polynomial Argument, int Power)> Powers, Polynomial Exponent);
