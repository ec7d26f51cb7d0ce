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
/// <param name="facts">What is known.</param>
/// <param name="splitsTies">Whether a maximum asks for the entries that tie.</param>
/// <param name="isSmooth">Whether what is evaluated is differentiated, so that it must be defined around the point too: a root then is not taken of 0.</param>
internal sealed class ExactArithmetic(FactBase facts, bool splitsTies = false, bool isSmooth = false) : IArithmetic<Quotient>
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
        Signs signs = p.IsZero ? Signs.Zero : Facts.SignsOf(p);
        if (signs == Signs.Zero)
        {
            return Quotient.Zero;
        }
        if (isSmooth || signs == Signs.Positive || Facts.SignsOf(q) == Signs.Positive)
        {
            return p * Log(q);
        }
        if (p.Equals(q))
        {
            Require(p, Signs.NonNegative);
        }
        else if (signs != Signs.NonNegative || Facts.SignsOf(q) != Signs.NonNegative)
        {
            throw new NeedsCaseException(CaseKind.Sign, [SignBearer(p)]);
        }
        UsesContinuity = true;
        return p * LogPowers.Log(q, factor => Facts.SignsOf(factor).Within(Signs.NonNegative));
    }

    public Quotient Power(Quotient a, Quotient exponent)
    {
        Signs signs = a.IsZero ? Signs.Zero : Facts.SignsOf(a);
        Signs rises = Facts.SignsOf(exponent);
        if (signs == Signs.Zero && !isSmooth)
        {
            return rises == Signs.Positive ? Quotient.Zero
                : (rises & Signs.Positive) == 0 ? throw new NoValueException("nothing can be said, because 0 is taken to a power that is not positive")
                : throw new NeedsCaseException(CaseKind.Sign, [SignBearer(exponent)]);
        }
        return isSmooth || !signs.HasFlag(Signs.Zero) || (rises & Signs.Positive) == 0
            ? Exp(exponent * Log(a))
            : throw new NeedsCaseException(CaseKind.Sign, [SignBearer(a)]);
    }

    /// <summary>What the sign of a quotient depends on: the only factor of unknown sign, where there is one.</summary>
    private Quotient SignBearer(Quotient quotient)
    {
        Content content = Content.Of(quotient.Numerator);
        Atom[] open = [.. content.Monomial.Factors.Select(factor => factor.Atom).Where(atom => Facts.SignsOf(Polynomial.Of(atom)) is not (Signs.Positive or Signs.Negative or Signs.Zero))];
        return open.Length > 0 ? Quotient.Of(open[0])
            : content.Primitive.IsConstant ? quotient
            : Quotient.Of(content.Primitive);
    }

    /// <summary>Sees to it that the quotient is known to have one of the signs; asks for the case where it is not.</summary>
    public void RequireKnown(Quotient quotient, Signs signs)
    {
        Signs known = Facts.SignsOf(quotient);
        if (!known.Within(signs))
        {
            throw known is Signs.Positive or Signs.Negative or Signs.Zero
                ? new UndefinedException("was not worked out: its leading terms cancel")
                : new NeedsCaseException(CaseKind.Sign, [SignBearer(quotient)]);
        }
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
