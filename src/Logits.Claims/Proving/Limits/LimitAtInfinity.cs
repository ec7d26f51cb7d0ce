using Logits.Claims.Evaluating;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.Limits;

/// <summary>
/// Limits for w → +∞ by leading terms. Of the exponentials e^(w·a) in a sum only the largest a counts, together with all that
/// tie with it; what is left is a Laurent series in 1/w. Which a is largest is a question of the case at hand.
/// </summary>
/// <param name="arithmetic">What is known.</param>
/// <param name="variable">w.</param>
internal sealed class LimitAtInfinity(ExactArithmetic arithmetic, Symbol variable)
{
    /// <summary>The limit of an expression in w.</summary>
    /// <exception cref="UndefinedException">There is none, or it is beyond leading terms.</exception>
    /// <exception cref="NeedsCaseException">It depends on which entries are largest.</exception>
    public Quotient Of(Quotient quotient)
    {
        (Polynomial growth, LaurentSeries series) = LeadingTerms(quotient.Numerator);
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            (Polynomial factorGrowth, LaurentSeries factorSeries) = LeadingTerms(factor);
            growth -= factorGrowth * (Rational)power;
            series *= factorSeries.Inverse(arithmetic).Pow(power);
        }
        return SignOfGrowth(growth) switch
        {
            Signs.Negative => Quotient.Zero,
            Signs.Zero when !series.IsUnbounded => series.LimitAtZero(),
            _ => throw new NotFiniteException(LogPowers.Exp(Quotient.Of(growth)) * series.LeadingTerm(Quotient.Of(variable))),
        };
    }

    /// <summary>A polynomial as e^growth · (series in 1/w + something exponentially smaller).</summary>
    private (Polynomial Growth, LaurentSeries Series) LeadingTerms(Polynomial polynomial)
    {
        if (polynomial.IsZero)
        {
            return (Polynomial.Zero, LaurentSeries.Zero);
        }
        var groups = new Dictionary<Polynomial, List<(Monomial, Rational)>>();
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            Polynomial growth = Polynomial.Sum(monomial.Exponent.Terms.Where(term => Grows(term.Monomial)));
            Monomial rest = Monomial.Of(monomial.Factors, monomial.Exponent - growth);
            if (!groups.TryGetValue(growth, out List<(Monomial, Rational)>? group))
            {
                groups[growth] = group = [];
            }
            group.Add((rest, coefficient));
        }
        Polynomial leader = Largest([.. groups.Keys]);
        LaurentSeries series = Expand(Polynomial.Sum(groups[leader]));
        return groups.Count > 1 && series.IsZero
            ? throw new UndefinedException("was not worked out: its leading terms cancel")
            : (leader, series);
    }

    /// <summary>Whether the exponent grows as a power of w; w·log(1 + e^w) or w·e^(−w) could grow in any way, or not at all.</summary>
    private bool Grows(Monomial monomial)
    {
        int power = monomial.PowerOf(variable);
        return power >= 0 && DependsOnVariable(monomial * Monomial.Of(variable, -power))
            ? throw new UndefinedException("was not worked out: exponentials stand inside exponentials there")
            : power > 0;
    }

    private bool DependsOnVariable(Monomial monomial) => monomial.Contains(atom => atom.Equals(variable));

    /// <summary>The exponent that all others fall behind, by the coefficients of the highest power of w.</summary>
    private Polynomial Largest(IReadOnlyList<Polynomial> exponents)
    {
        if (exponents.Count == 1)
        {
            return exponents[0];
        }
        int degree = exponents.Max(exponent => exponent.Terms.Select(term => term.Monomial.PowerOf(variable)).DefaultIfEmpty(0).Max());
        Quotient[] rates = [.. exponents.Select(exponent => Quotient.Of(Rate(exponent, degree)))];
        Quotient[] indicator = arithmetic.ArgmaxIndicator(rates);
        Polynomial[] largest = [.. exponents.Where((_, i) => !indicator[i].IsZero)];
        return largest.Length < exponents.Count ? Largest(largest)
            : throw new UndefinedException("depends on which entries tie, in a way that was not worked out");
    }

    private Signs SignOfGrowth(Polynomial growth)
    {
        if (growth.IsZero)
        {
            return Signs.Zero;
        }
        int degree = growth.Terms.Max(term => term.Monomial.PowerOf(variable));
        Polynomial rate = Rate(growth, degree);
        Signs signs = arithmetic.Facts.SignsOf(rate);
        return signs is Signs.Negative or Signs.Positive
            ? signs
            : throw new NeedsCaseException(CaseKind.Ties, [Quotient.Of(rate), Quotient.Zero]);
    }

    private Polynomial Rate(Polynomial exponent, int degree) => Polynomial.Sum(
        exponent.Terms.Where(term => term.Monomial.PowerOf(variable) == degree)
            .Select(term => (term.Monomial * Monomial.Of(variable, -degree), term.Coefficient)));

    /// <summary>A polynomial without growing exponentials as a series in 1/w; a logarithm gives what its argument's leading terms give.</summary>
    private LaurentSeries Expand(Polynomial polynomial)
    {
        LaurentSeries sum = LaurentSeries.Zero;
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            LaurentSeries product = LaurentSeries.Of(Quotient.Of(coefficient));
            foreach ((Atom atom, int power) in monomial.Factors)
            {
                LaurentSeries factor = Expand(atom);
                product *= power < 0 ? factor.Inverse(arithmetic).Pow(-power) : factor.Pow(power);
            }
            sum += product * Expand(monomial.Exponent).Exp();
        }
        return sum;
    }

    private LaurentSeries Expand(Atom atom)
    {
        if (atom.Equals(variable))
        {
            return LaurentSeries.Reciprocal;
        }
        if (!Atoms.Contains(atom, inner => inner.Equals(variable)))
        {
            return LaurentSeries.Of(Quotient.Of(atom));
        }
        if (atom is LogOf log)
        {
            (Polynomial growth, LaurentSeries series) = LeadingTerms(log.Argument);
            return Expand(growth) + series.Log(arithmetic);
        }
        throw new UndefinedException("was not worked out: exponentials stand inside exponentials there");
    }
}

/// <summary>There is no finite limit: what the limit is of grows like its leading term.</summary>
internal sealed class NotFiniteException(Quotient leadingTerm) : UndefinedException("has no finite value")
{
    /// <summary>The leading term, in w.</summary>
    public Quotient LeadingTerm { get; } = leadingTerm;
}
