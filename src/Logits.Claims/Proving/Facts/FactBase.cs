using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.Facts;

/// <summary>What is known of the signs of polynomials: from hypotheses, conditions and the case at hand. Immutable.</summary>
internal sealed class FactBase
{
    private readonly Dictionary<Polynomial, Signs> _signs;

    private FactBase(Dictionary<Polynomial, Signs> signs, IReadOnlyList<(Polynomial, Signs)> known, bool contradictory)
    {
        _signs = signs;
        Known = known;
        IsContradictory = contradictory;
    }

    public static FactBase Empty { get; } = new([], [], false);

    /// <summary>The facts, each polynomial primitive.</summary>
    public IReadOnlyList<(Polynomial Polynomial, Signs Signs)> Known { get; }

    /// <summary>Two facts exclude each other, so that anything follows.</summary>
    public bool IsContradictory { get; }

    public FactBase With(Polynomial polynomial, Signs signs)
    {
        Signs before = SignsOf(polynomial);
        if (before.Within(signs))
        {
            return this;
        }
        if ((before & signs) == 0)
        {
            return new(_signs, Known, contradictory: true);
        }
        (Polynomial core, Signs outside) = Core(polynomial);
        if (core.IsConstant)
        {
            return this;
        }
        Signs allowed = Signs.None;
        foreach (Signs sign in (Signs[])[Signs.Negative, Signs.Zero, Signs.Positive])
        {
            if ((sign.Times(outside) & signs) != 0)
            {
                allowed |= sign;
            }
        }
        allowed &= _signs.GetValueOrDefault(core, Signs.Any);
        var extended = new Dictionary<Polynomial, Signs>(_signs) { [core] = allowed };
        var result = new FactBase(extended, [.. Known.Where(fact => !fact.Polynomial.Equals(core)), (core, allowed)], IsContradictory || allowed == Signs.None);
        return SignOfSymbol(core, allowed) is { } about ? result.With(about.Symbol, about.Signs) : result;
    }

    /// <summary>a·v + c ≥ 0 with a &gt; 0 and c &lt; 0 says that v &gt; 0; so with the signs turned round.</summary>
    private static (Polynomial Symbol, Signs Signs)? SignOfSymbol(Polynomial polynomial, Signs signs)
    {
        if (polynomial.Terms.Count != 2 || polynomial.Constant.IsZero)
        {
            return null;
        }
        (Monomial monomial, Rational slope) = polynomial.Terms.First(term => !term.Monomial.IsOne);
        if (monomial is not { Factors: [(Symbol symbol, 1)], Exponent.IsZero: true })
        {
            return null;
        }
        Signs oriented = slope.Sign > 0 ? signs : signs.Negate();
        int threshold = -(polynomial.Constant.Sign * slope.Sign);
        return threshold > 0 && oriented.Within(Signs.NonNegative) ? (Polynomial.Of(symbol), Signs.Positive)
            : threshold < 0 && oriented.Within(Signs.NonPositive) ? (Polynomial.Of(symbol), Signs.Negative)
            : null;
    }

    public Signs SignsOf(Quotient quotient)
    {
        Signs signs = SignsOf(quotient.Numerator);
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            // A denominator is not zero where the quotient is defined.
            signs = signs.Times(SignsOf(factor).Power(power) & Signs.NonZero);
        }
        return signs;
    }

    public Signs SignsOf(Polynomial polynomial)
    {
        if (polynomial.IsZero)
        {
            return Signs.Zero;
        }
        Signs byTerms = Signs.Zero;
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            byTerms = byTerms.Plus(SignsExtensions.Of(coefficient.Sign).Times(SignsOf(monomial)));
        }
        if (byTerms is Signs.Negative or Signs.Positive || polynomial.Terms.Count == 1)
        {
            return byTerms;
        }
        (Polynomial core, Signs outside) = Core(polynomial);
        Signs known = _signs.GetValueOrDefault(core, Signs.Any);
        if (!core.Contains(atom => atom is Symbol or SumOf))
        {
            known &= SignsOfNumber(core);
        }
        return byTerms & outside.Times(known);
    }

    public Signs SignsOf(Monomial monomial)
    {
        Signs signs = Signs.Positive;
        foreach ((Atom atom, int power) in monomial.Factors)
        {
            Signs factor = SignsOf(atom);
            signs = signs.Times((power < 0 ? factor & Signs.NonZero : factor).Power(power));
        }
        return signs;
    }

    private Signs SignsOf(Atom atom) => atom switch
    {
        LogOf log => SignsOf(log.Argument - Polynomial.One),
        SumOf sum => SignsOf(sum.Body) is Signs.Positive ? Signs.Positive
            : SignsOf(sum.Body).Within(Signs.NonNegative) ? Signs.NonNegative
            : _signs.GetValueOrDefault(Polynomial.Of(atom), Signs.Any),
        InverseOf inverse => SignsOf(inverse.Argument),
        _ => _signs.GetValueOrDefault(Polynomial.Of(atom), Signs.Any),
    };

    /// <summary>
    /// The polynomial as a factor of known signs times what facts are kept about: a symbol, a primitive polynomial, or L for
    /// e^A − e^B = e^B (e^L − 1) with L = A − B, which has the sign of L.
    /// </summary>
    private (Polynomial Core, Signs Outside) Core(Polynomial polynomial)
    {
        Content content = Content.Of(polynomial);
        Signs outside = SignsExtensions.Of(content.Coefficient.Sign);
        if (content.Primitive.IsConstant)
        {
            (Atom Atom, int Power)[] unknown = [.. content.Monomial.Factors.Where(factor => !SignsOf(factor.Atom).Within(Signs.Positive) && !SignsOf(factor.Atom).Within(Signs.Negative))];
            if (unknown.Length == 1 && unknown[0].Power % 2 != 0)
            {
                Monomial rest = content.Monomial * Monomial.Of(unknown[0].Atom, -unknown[0].Power);
                return (Polynomial.Of(unknown[0].Atom), outside.Times(SignsOf(Monomial.Of(rest.Factors, Polynomial.Zero))));
            }
            return unknown.Length == 0
                ? (Polynomial.One, outside.Times(SignsOf(content.Monomial)))
                : (Polynomial.Of(Rational.One, Monomial.Of(unknown, Polynomial.Zero)), outside.Times(SignsOf(Monomial.Of(content.Monomial.Factors.Except(unknown), Polynomial.Zero))));
        }
        outside = outside.Times(SignsOf(content.Monomial));
        if (ExponentialDifference.LogRatio(content.Primitive) is { IsZero: false } ratio)
        {
            (Polynomial core, Signs inner) = Core(ratio);
            return (core, outside.Times(inner));
        }
        return (content.Primitive, outside);
    }

    /// <summary>The sign of a number made of rationals, exp and log, where intervals of 200 bits tell it.</summary>
    private static Signs SignsOfNumber(Polynomial polynomial)
    {
        try
        {
            Interval value = new Interpretation<Interval>(new IntervalArithmetic(200), _ => Interval.Unknown).Of(polynomial);
            return value.Sign is { } sign ? SignsExtensions.Of(sign) : Signs.Any;
        }
        catch (UndefinedException)
        {
            return Signs.Any;
        }
    }
}
