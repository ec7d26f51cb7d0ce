using Logits.Claims.Arithmetic;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Evaluating;

/// <summary>What must hold of a polynomial for an expression to be defined.</summary>
internal readonly record struct Condition(Polynomial Polynomial, Signs Signs);

/// <summary>
/// Exact expressions. What an operation needs (a divisor that is not zero, a logarithm of something positive) and the facts do
/// not give is kept as a condition and becomes a fact.
/// </summary>
internal sealed class ExactArithmetic(FactBase facts, bool splitsTies = false) : IArithmetic<Quotient>
{
    private readonly List<Condition> _conditions = [];

    public FactBase Facts { get; private set; } = facts;

    public IReadOnlyList<Condition> Conditions => _conditions;

    /// <summary>Whether a term p·log p of a p that may be 0 was met: what holds for p &gt; 0 then holds at 0 by continuity, but not strictly.</summary>
    public bool UsesContinuity { get; private set; }

    public Quotient Of(Rational value) => Quotient.Of(value);

    public Quotient Add(Quotient a, Quotient b) => a + b;

    public Quotient Negate(Quotient a) => -a;

    public Quotient Multiply(Quotient a, Quotient b) => a * b;

    public Quotient Divide(Quotient a, Quotient b)
    {
        Require(b, Signs.NonZero);
        return a / b;
    }

    public Quotient Exp(Quotient a) => LogPowers.Exp(a);

    public Quotient Log(Quotient a)
    {
        Require(a, Signs.Positive);
        return LogPowers.Log(a, factor => Facts.SignsOf(factor) == Signs.Positive);
    }

    public Quotient Power(Quotient a, int exponent)
    {
        if (exponent < 0)
        {
            Require(a, Signs.NonZero);
        }
        return a.Pow(exponent);
    }

    public Quotient TimesLog(Quotient p, Quotient q)
    {
        if (p.IsZero)
        {
            return p;
        }
        if (p.Equals(q) && Facts.SignsOf(p) == Signs.NonNegative)
        {
            UsesContinuity = true;
            return p * LogPowers.Log(q, factor => Facts.SignsOf(factor).Within(Signs.NonNegative));
        }
        return p * Log(q);
    }

    public Quotient Max(IReadOnlyList<Quotient> values)
    {
        foreach (Quotient candidate in values)
        {
            if (values.All(other => SignsOfDifference(candidate, other).Within(Signs.NonNegative)))
            {
                return candidate;
            }
        }
        // Where ties will be asked for anyway, they say which entry is largest as well.
        throw new NeedsCaseException(splitsTies ? CaseKind.Ties : CaseKind.Maximum, values);
    }

    public Quotient[] ArgmaxIndicator(IReadOnlyList<Quotient> values)
    {
        Quotient? max = values.FirstOrDefault(candidate => values.All(other => SignsOfDifference(candidate, other).Within(Signs.NonNegative)));
        Signs[] signs = max is null ? [Signs.Any] : [.. values.Select(value => SignsOfDifference(value, max))];
        if (signs.Any(sign => sign is not (Signs.Negative or Signs.Zero)))
        {
            throw new NeedsCaseException(CaseKind.Ties, values);
        }
        int ties = signs.Count(sign => sign == Signs.Zero);
        return [.. signs.Select(sign => sign == Signs.Zero ? Quotient.Of(new Rational(1, ties)) : Quotient.Zero)];
    }

    public Signs SignsOfDifference(Quotient a, Quotient b) => Facts.SignsOf(a - b);

    /// <summary>Makes sure that the quotient has one of the signs, by a condition where the facts do not say so.</summary>
    public void Require(Quotient quotient, Signs signs)
    {
        Signs known = Facts.SignsOf(quotient);
        if (known.Within(signs))
        {
            return;
        }
        if ((known & signs) == 0)
        {
            throw new NoValueException(signs == Signs.NonZero
                ? "nothing can be said, because a divisor is 0 everywhere"
                : "nothing can be said, because a logarithm, or a power whose exponent is no whole number, is taken of what is never positive");
        }
        Polynomial polynomial = quotient.Numerator;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            if (signs != Signs.NonZero && power % 2 != 0 && Facts.SignsOf(factor) != Signs.Positive)
            {
                polynomial *= factor;
            }
        }
        Require(polynomial, signs);
    }

    private void Require(Polynomial polynomial, Signs signs)
    {
        Content content = Content.Of(polynomial);
        if (signs == Signs.NonZero)
        {
            foreach ((Atom atom, _) in content.Monomial.Factors)
            {
                Add(Polynomial.Of(atom), Signs.NonZero);
            }
            Add(content.Primitive, Signs.NonZero);
        }
        else
        {
            Polynomial reduced = polynomial * Monomial.Of([], content.Monomial.Exponent).Inverse() * content.Coefficient.Abs().Reciprocal();
            Add(reduced, signs);
        }
    }

    /// <summary>Keeps what is known of a quotient whose divisors are positive.</summary>
    public void Learn(Quotient quotient, Signs signs)
    {
        if (!Facts.SignsOf(quotient).Within(signs) && quotient.Denominator.All(factor => Facts.SignsOf(factor.Factor) == Signs.Positive))
        {
            Facts = Facts.With(quotient.Numerator, signs);
        }
    }

    private void Add(Polynomial polynomial, Signs signs)
    {
        if (!Facts.SignsOf(polynomial).Within(signs))
        {
            _conditions.Add(new(polynomial, signs));
            Facts = Facts.With(polynomial, signs);
        }
    }
}
