using System.Numerics;

namespace Logits.Claims.Judging.Numbers;

/// <summary>
/// A constant written with rationals, exponentials and logarithms, as a quotient of two sums. Numbers that look alike are equal; of numbers that look different
/// nothing is said, and what would grow too long is left out (null).
/// </summary>
internal sealed class ExactNumber
{
    private readonly ExactSum _above;
    private readonly ExactSum _below;

    private ExactNumber(ExactSum above, ExactSum below) => (_above, _below) = (above, below);

    private ExactNumber(ExactSum above) : this(above, ExactSum.One)
    {
    }

    public bool IsZero => _above.IsZero;

    /// <summary>The number as a rational, or null where it is written with more.</summary>
    public Rational? Constant => IsWhole ? _above.Constant : null;

    private bool IsWhole => ReferenceEquals(_below, ExactSum.One);

    public static ExactNumber Of(Rational value) => new(ExactSum.Of(value));

    public static ExactNumber? Add(ExactNumber a, ExactNumber b)
    {
        if (a._below.Equals(b._below))
        {
            return Over(ExactSum.Add(a._above, b._above), a._below);
        }
        return ExactSum.Multiply(a._above, b._below) is { } left && ExactSum.Multiply(b._above, a._below) is { } right
            ? Over(ExactSum.Add(left, right), ExactSum.Multiply(a._below, b._below))
            : null;
    }

    public ExactNumber Negate() => new(_above.Times(-1), _below);

    public static ExactNumber? Multiply(ExactNumber a, ExactNumber b) =>
        a.IsZero || b.IsZero ? Of(Rational.Zero) : Over(ExactSum.Multiply(a._above, b._above), ExactSum.Multiply(a._below, b._below));

    public ExactNumber? Inverse() => IsZero ? null : Over(_below, _above);

    public ExactNumber? Exp()
    {
        if (!IsWhole)
        {
            return null;
        }
        ExactNumber? product = Of(Rational.One);
        ExactSum exponent = ExactSum.Zero;
        foreach ((ExactMonomial monomial, Rational coefficient) in _above.Terms)
        {
            // exp(c·log A) = A^c for whole c; of the power of a prime what is left over stays an exponential.
            if (monomial.AsLogarithm is { } argument && (argument.Constant is not null || coefficient.IsInteger))
            {
                BigInteger whole = coefficient.Floor();
                if (BigInteger.Abs(whole) > 64 || product is null)
                {
                    return null;
                }
                ExactNumber? power = new ExactNumber(argument).Power((int)whole);
                product = power is null ? null : Multiply(product, power);
                exponent = ExactSum.Add(exponent, ExactSum.Of(monomial, coefficient - new Rational(whole, 1)));
            }
            else
            {
                exponent = ExactSum.Add(exponent, ExactSum.Of(monomial, coefficient));
            }
        }
        return product is null ? null : Multiply(product, new(ExactSum.Of(ExactMonomial.Exp(exponent), Rational.One)));
    }

    /// <summary>The logarithm of a positive number.</summary>
    public ExactNumber? Log() => _above.Log() is { } above && _below.Log() is { } below ? new(ExactSum.Add(above, below.Times(-1))) : null;

    private ExactNumber? Power(int exponent)
    {
        ExactNumber? power = Of(Rational.One);
        for (int i = 0; i < Math.Abs(exponent) && power is not null; i++)
        {
            power = Multiply(power, this);
        }
        return exponent < 0 ? power?.Inverse() : power;
    }

    private static ExactNumber? Over(ExactSum? above, ExactSum? below)
    {
        if (above is null || below is null)
        {
            return null;
        }
        if (above.IsZero)
        {
            return Of(Rational.Zero);
        }
        if (below.Terms.Count == 1)
        {
            (ExactMonomial monomial, Rational coefficient) = below.Terms.Single();
            return ExactSum.Multiply(above, ExactSum.Of(monomial.Inverse(), coefficient.Reciprocal())) is { } whole ? new(whole) : null;
        }
        return above.RatioTo(below) is { } ratio ? Of(ratio) : new(above, below);
    }

    /// <summary>The number in the language of claims.</summary>
    public override string ToString() => IsWhole ? _above.ToString() : $"({_above})/({_below})";
}
