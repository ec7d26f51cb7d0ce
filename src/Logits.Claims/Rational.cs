using System.Globalization;
using System.Numerics;

namespace Logits.Claims;

/// <summary>An exact rational number in lowest terms, its denominator positive. <c>default</c> is 0.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    // Nearly all numbers met are small: both parts in machine words, unless _large holds them.
    private readonly long _numerator;
    private readonly long _denominatorLessOne;
    private readonly Large? _large;

    /// <summary>The number <paramref name="numerator"/> / <paramref name="denominator"/>.</summary>
    /// <param name="numerator">Any integer.</param>
    /// <param name="denominator">Any integer but 0.</param>
    /// <exception cref="DivideByZeroException">The denominator is 0.</exception>
    public Rational(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
        {
            throw new DivideByZeroException();
        }
        if (!denominator.IsOne)
        {
            BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
            if (denominator.Sign < 0)
            {
                divisor = -divisor;
            }
            numerator /= divisor;
            denominator /= divisor;
        }
        if (Fits(numerator) && Fits(denominator))
        {
            (_numerator, _denominatorLessOne) = ((long)numerator, (long)denominator - 1);
        }
        else
        {
            _large = new(numerator, denominator);
        }
    }

    /// <summary>A small number, in lowest terms already.</summary>
    private Rational(long numerator, long denominator) => (_numerator, _denominatorLessOne) = (numerator, denominator - 1);

    /// <summary>Numerator, in lowest terms; it carries the sign.</summary>
    public BigInteger Numerator => _large?.Numerator ?? _numerator;

    /// <summary>Denominator, in lowest terms; positive.</summary>
    public BigInteger Denominator => _large?.Denominator ?? SmallDenominator;

    /// <summary>0.</summary>
    public static Rational Zero => default;

    /// <summary>1.</summary>
    public static Rational One => new(1L, 1L);

    /// <summary>Whether the number is an integer.</summary>
    public bool IsInteger => _large is null ? _denominatorLessOne == 0 : _large.Denominator.IsOne;

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => _numerator == 0 && _large is null;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _large?.Numerator.Sign ?? Math.Sign(_numerator);

    private long SmallDenominator => _denominatorLessOne + 1;

    /// <summary>1 / this.</summary>
    /// <exception cref="DivideByZeroException">The number is 0.</exception>
    public Rational Reciprocal() => _large is null && _numerator != 0
        ? new(Math.Sign(_numerator) * SmallDenominator, Math.Abs(_numerator))
        : new(Denominator, Numerator);

    /// <summary>|this|.</summary>
    public Rational Abs() => Sign < 0 ? -this : this;

    /// <summary>The largest integer not above this number.</summary>
    public BigInteger Floor() => Numerator.Sign >= 0 ? Numerator / Denominator : -((-Numerator + Denominator - 1) / Denominator);

    /// <summary>This number to an integer power.</summary>
    /// <param name="exponent">The power; negative only where this number is not 0.</param>
    /// <exception cref="DivideByZeroException">0 to a negative power.</exception>
    public Rational Pow(int exponent)
    {
        Rational positive = new(BigInteger.Pow(Numerator, Math.Abs(exponent)), BigInteger.Pow(Denominator, Math.Abs(exponent)));
        return exponent < 0 ? positive.Reciprocal() : positive;
    }

    /// <summary>The nearest double, to within a few units in the last place; ±∞ beyond the range of double.</summary>
    public double ToDouble()
    {
        // Both parts are scaled to 128 bits so that neither overflows a double on the way.
        long numeratorShift = Math.Max(0, Numerator.GetBitLength() - 128);
        long denominatorShift = Math.Max(0, Denominator.GetBitLength() - 128);
        double quotient = (double)(Numerator >> (int)numeratorShift) / (double)(Denominator >> (int)denominatorShift);
        return Math.ScaleB(quotient, (int)(numeratorShift - denominatorShift));
    }

    /// <summary>Converts an integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Rational(int value) => new((long)value, 1L);

    /// <summary>Converts an integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational left, Rational right) => left._large is null && right._large is null
        ? Reduced(((Int128)left._numerator * right.SmallDenominator) + ((Int128)right._numerator * left.SmallDenominator), (Int128)left.SmallDenominator * right.SmallDenominator)
        : new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational left, Rational right) => left + -right;

    /// <summary>Negation.</summary>
    public static Rational operator -(Rational value) =>
        value._large is null ? new(-value._numerator, value.SmallDenominator) : new(-value.Numerator, value.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational left, Rational right) => left._large is null && right._large is null
        ? Reduced((Int128)left._numerator * right._numerator, (Int128)left.SmallDenominator * right.SmallDenominator)
        : new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Quotient.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static Rational operator /(Rational left, Rational right) => left * right.Reciprocal();

    /// <summary>Less than.</summary>
    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    /// <summary>Greater than.</summary>
    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    /// <summary>At most.</summary>
    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    /// <summary>At least.</summary>
    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    /// <summary>Equal.</summary>
    public static bool operator ==(Rational left, Rational right) => left.Equals(right);

    /// <summary>Not equal.</summary>
    public static bool operator !=(Rational left, Rational right) => !left.Equals(right);

    /// <inheritdoc/>
    public int CompareTo(Rational other) => _large is null && other._large is null
        ? ((Int128)_numerator * other.SmallDenominator).CompareTo((Int128)other._numerator * SmallDenominator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => _numerator == other._numerator && _denominatorLessOne == other._denominatorLessOne && Equals(_large, other._large);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_numerator, _denominatorLessOne, _large);

    /// <summary>An integer as its digits, another number as <c>numerator/denominator</c>.</summary>
    public override string ToString() =>
        IsInteger ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");

    private static Rational Reduced(Int128 numerator, Int128 denominator)
    {
        if (denominator == 1 && (long)numerator == numerator && numerator != long.MinValue)
        {
            return new((long)numerator, 1L);
        }
        if ((long)denominator != denominator || (long)numerator != numerator || numerator == long.MinValue)
        {
            return new((BigInteger)numerator, (BigInteger)denominator);
        }
        (long a, long b) = ((long)denominator, Math.Abs((long)numerator));
        while (b != 0)
        {
            (a, b) = (b, a % b);
        }
        return new((long)numerator / a, (long)denominator / a);
    }

    /// <summary>Whether a part fits in a machine word, its negation too.</summary>
    private static bool Fits(BigInteger value) => value <= long.MaxValue && value > long.MinValue;

    private sealed record Large(BigInteger Numerator, BigInteger Denominator);
}
