using System.Numerics;

namespace Logits.Tests.Reference;

/// <summary>
/// A fixed-point number of 200 binary places on integers: slow, plain, and precise to about 58 decimal places, with the exponential and logarithm that
/// the laws are checked against. Validated itself against the committed output of mpmath.
/// </summary>
internal readonly record struct Wide(BigInteger Units)
{
    public const int Places = 200;
    private static readonly Wide Ln2 = LogOfTwo();

    public static Wide One => new(BigInteger.One << Places);

    public static Wide From(double x)
    {
        if (x == 0)
            return default;
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52 & 0x7ff);
        BigInteger mantissa = (bits & 0xfffffffffffff) | (exponent == 0 ? 0 : 1L << 52);
        int shift = Math.Max(exponent, 1) - 1075 + Places;
        BigInteger units = shift >= 0 ? mantissa << shift : mantissa >> -shift;
        return new(x < 0 ? -units : units);
    }

    public static Wide operator +(Wide a, Wide b) => new(a.Units + b.Units);
    public static Wide operator -(Wide a, Wide b) => new(a.Units - b.Units);
    public static Wide operator *(Wide a, Wide b) => new(a.Units * b.Units >> Places);
    public static Wide operator /(Wide a, Wide b) => new((a.Units << Places) / b.Units);
    public static Wide operator /(Wide a, int b) => new(a.Units / b);
    public static bool operator <(Wide a, Wide b) => a.Units < b.Units;
    public static bool operator >(Wide a, Wide b) => a.Units > b.Units;

    public double ToDouble()
    {
        int excess = (int)Math.Max(0, (long)BigInteger.Abs(Units).GetBitLength() - 62);
        return Math.ScaleB((double)(long)(Units >> excess), excess - Places);
    }

    /// <summary>exp, to 10⁻⁵⁵ absolutely for results up to 1.</summary>
    public static Wide Exp(Wide x)
    {
        BigInteger n = BigInteger.Divide(x.Units, Ln2.Units);
        if (n < -Places)
            return default;
        Wide r = new((x.Units - n * Ln2.Units) >> 8), term = One, sum = One;
        for (int k = 1; !term.Units.IsZero && k < 60; k++)
            sum += term = term * r / k;
        for (int i = 0; i < 8; i++)
            sum *= sum;
        return new(n >= 0 ? sum.Units << (int)n : sum.Units >> (int)-n);
    }

    /// <summary>log by Newton's method on exp, for x between 10⁻³⁰ and 10³⁰.</summary>
    public static Wide Log(Wide x)
    {
        Wide y = From(Math.Log(x.ToDouble()));
        for (int i = 0; i < 4; i++)
            y += x * Exp(default(Wide) - y) - One;
        return y;
    }

    private static Wide LogOfTwo()
    {
        // ln 2 = Σ 1 / (k 2ᵏ).
        BigInteger sum = 0;
        for (int k = 1; k <= Places + 20; k++)
            sum += (BigInteger.One << (Places + 20 - k)) / k;
        return new(sum >> 20);
    }

    /// <summary>A(o) = log Σ exp(o_j), shifted by the largest.</summary>
    public static Wide LogPartition(params ReadOnlySpan<Wide> logits)
    {
        Wide max = logits[0], sum = default;
        foreach (Wide logit in logits)
            max = logit > max ? logit : max;
        foreach (Wide logit in logits)
            sum += Exp(logit - max);
        return max + Log(sum);
    }
}
