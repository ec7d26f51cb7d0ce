using System.Globalization;
using System.Numerics;

namespace Logits.Claims;

/// <summary>An exact rational number in lowest terms, its denominator positive. <c>default</c> is 0.</summary>
public readonly struct Rational : IEquatable<Rational>, IComparable<Rational>
{
    private readonly BigInteger denominatorLessOne;

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
        BigInteger divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
        {
            divisor = -divisor;
        }
        Numerator = numerator / divisor;
        denominatorLessOne = denominator / divisor - BigInteger.One;
    }

    /// <summary>Numerator, in lowest terms; it carries the sign.</summary>
    public BigInteger Numerator { get; }

    /// <summary>Denominator, in lowest terms; positive.</summary>
    public BigInteger Denominator => denominatorLessOne + BigInteger.One;

    /// <summary>0.</summary>
    public static Rational Zero => default;

    /// <summary>1.</summary>
    public static Rational One => new(BigInteger.One, BigInteger.One);

    /// <summary>Whether the number is an integer.</summary>
    public bool IsInteger => denominatorLessOne.IsZero;

    /// <summary>Whether the number is 0.</summary>
    public bool IsZero => Numerator.IsZero;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => Numerator.Sign;

    /// <summary>1 / this.</summary>
    /// <exception cref="DivideByZeroException">The number is 0.</exception>
    public Rational Reciprocal() => new(Denominator, Numerator);

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
    public static implicit operator Rational(int value) => new(value, BigInteger.One);

    /// <summary>Converts an integer.</summary>
    /// <param name="value">The integer.</param>
    public static implicit operator Rational(BigInteger value) => new(value, BigInteger.One);

    /// <summary>Sum.</summary>
    public static Rational operator +(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    /// <summary>Difference.</summary>
    public static Rational operator -(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator - right.Numerator * left.Denominator, left.Denominator * right.Denominator);

    /// <summary>Negation.</summary>
    public static Rational operator -(Rational value) => new(-value.Numerator, value.Denominator);

    /// <summary>Product.</summary>
    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>Quotient.</summary>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is 0.</exception>
    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

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
    public int CompareTo(Rational other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Rational other) => Numerator == other.Numerator && denominatorLessOne == other.denominatorLessOne;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Rational other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, denominatorLessOne);

    /// <summary>An integer as its digits, another number as <c>numerator/denominator</c>.</summary>
    public override string ToString() =>
        IsInteger ? Numerator.ToString(CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
