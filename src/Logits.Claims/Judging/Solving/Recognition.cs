using System.Numerics;
using Logits.Claims.Judging.Numbers;

namespace Logits.Claims.Judging.Solving;

/// <summary>Exact numbers that a double may stand for: fractions, logarithms of fractions and square roots of them. Whether one solves anything is for others to check.</summary>
internal static class Recognition
{
    private const int LargestDenominator = 64;

    public static IEnumerable<Real> Of(double value, int bits)
    {
        if (Fraction(value) is { } fraction)
        {
            yield return Certain.Of(fraction, bits);
            yield break;
        }
        if (Math.Abs(value) < 20 && Fraction(Math.Exp(value)) is { Sign: > 0 } power)
        {
            yield return Certain.Of(power, bits).Log();
        }
        if (Fraction(value * value) is { Sign: > 0 } square)
        {
            Real root = (Certain.Of(square, bits).Log() * Certain.Of(new Rational(1, 2), bits)).Exp();
            yield return value < 0 ? -root : root;
        }
    }

    /// <summary>The fraction of small denominator next to the value, by its continued fraction; null where none is next to it.</summary>
    private static Rational? Fraction(double value)
    {
        if (!double.IsFinite(value) || Math.Abs(value) > 1e9)
        {
            return null;
        }
        (BigInteger p0, BigInteger q0, BigInteger p1, BigInteger q1) = (0, 1, 1, 0);
        double rest = value;
        while (true)
        {
            BigInteger whole = new(Math.Floor(rest));
            (p0, q0, p1, q1) = (p1, q1, (whole * p1) + p0, (whole * q1) + q0);
            if (q1 > LargestDenominator)
            {
                return null;
            }
            if (Math.Abs(value - ((double)p1 / (double)q1)) <= 1e-7 * (1 + Math.Abs(value)))
            {
                return new Rational(p1, q1);
            }
            rest = 1 / (rest - Math.Floor(rest));
            if (!double.IsFinite(rest))
            {
                return null;
            }
        }
    }
}
