using System.Numerics;

namespace Logits.Claims.Arithmetic;

/// <summary>Which way a result that does not fit is rounded.</summary>
internal enum Rounding
{
    Down,
    Up,
}

/// <summary>A binary floating-point number mantissa · 2^exponent without limits of its own; precision is asked for by each operation.</summary>
internal readonly record struct BigFloat(BigInteger Mantissa, long Exponent) : IComparable<BigFloat>
{
    public static BigFloat Zero => default;

    public int Sign => Mantissa.Sign;

    /// <summary>The exponent e with 2^(e−1) ≤ |value| &lt; 2^e; meaningless for zero.</summary>
    public long Magnitude => BitLength(Mantissa) + Exponent;

    public static long BitLength(BigInteger value) => (long)BigInteger.Abs(value).GetBitLength();

    /// <summary>The nearest number of at most <paramref name="bits"/> bits on the side asked for.</summary>
    public BigFloat Round(int bits, Rounding rounding)
    {
        long excess = BitLength(Mantissa) - bits;
        if (excess <= 0)
        {
            return this;
        }
        BigInteger shifted = Mantissa >> (int)excess; // floors, also below zero
        if (rounding == Rounding.Up && shifted << (int)excess != Mantissa)
        {
            shifted += 1;
        }
        return new(shifted, Exponent + excess);
    }

    public static BigFloat operator -(BigFloat a) => new(-a.Mantissa, a.Exponent);

    public static BigFloat Add(BigFloat a, BigFloat b, int bits, Rounding rounding)
    {
        if (a.Sign == 0)
        {
            return b.Round(bits, rounding);
        }
        if (b.Sign == 0)
        {
            return a.Round(bits, rounding);
        }
        if (a.Magnitude < b.Magnitude)
        {
            (a, b) = (b, a);
        }
        // A summand far below the last bit kept only decides the direction of rounding.
        if (a.Magnitude - b.Magnitude > bits + BitLength(a.Mantissa) + 8)
        {
            int shift = bits + 4;
            b = new(b.Sign, a.Exponent - shift);
        }
        long exponent = Math.Min(a.Exponent, b.Exponent);
        BigInteger sum = (a.Mantissa << (int)(a.Exponent - exponent)) + (b.Mantissa << (int)(b.Exponent - exponent));
        return new BigFloat(sum, exponent).Round(bits, rounding);
    }

    public static BigFloat Multiply(BigFloat a, BigFloat b, int bits, Rounding rounding) =>
        new BigFloat(a.Mantissa * b.Mantissa, a.Exponent + b.Exponent).Round(bits, rounding);

    public static BigFloat Divide(BigFloat a, BigFloat b, int bits, Rounding rounding)
    {
        if (a.Sign == 0)
        {
            return a;
        }
        int shift = (int)Math.Max(0, bits + 2 + BitLength(b.Mantissa) - BitLength(a.Mantissa));
        BigInteger quotient = BigInteger.DivRem(a.Mantissa << shift, b.Mantissa, out BigInteger remainder);
        bool negative = (a.Sign < 0) != (b.Sign < 0);
        if (!remainder.IsZero)
        {
            // The quotient is truncated towards zero.
            quotient += rounding == Rounding.Down ? (negative ? -1 : 0) : (negative ? 0 : 1);
        }
        return new BigFloat(quotient, a.Exponent - b.Exponent - shift).Round(bits, rounding);
    }

    public static BigFloat Of(Rational value, int bits, Rounding rounding) =>
        Divide(new(value.Numerator, 0), new(value.Denominator, 0), bits, rounding);

    /// <summary>The value as an integer multiple of 2^−<paramref name="fractionBits"/>, rounded down.</summary>
    public BigInteger ToFixed(int fractionBits)
    {
        long shift = Exponent + fractionBits;
        return shift >= 0 ? Mantissa << (int)shift : shift < -BitLength(Mantissa) - 1 ? (Sign < 0 ? -1 : 0) : Mantissa >> (int)-shift;
    }

    public double ToDouble()
    {
        BigFloat rounded = Round(60, Rounding.Down);
        return Math.ScaleB((double)rounded.Mantissa, (int)Math.Clamp(rounded.Exponent, -5000, 5000));
    }

    public int CompareTo(BigFloat other)
    {
        if (Sign != other.Sign || Sign == 0)
        {
            return Sign.CompareTo(other.Sign);
        }
        if (Magnitude != other.Magnitude)
        {
            return Sign * Magnitude.CompareTo(other.Magnitude);
        }
        long exponent = Math.Min(Exponent, other.Exponent);
        return (Mantissa << (int)(Exponent - exponent)).CompareTo(other.Mantissa << (int)(other.Exponent - exponent));
    }
}
