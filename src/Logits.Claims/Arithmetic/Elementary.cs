using System.Collections.Concurrent;
using System.Numerics;

namespace Logits.Claims.Arithmetic;

/// <summary>
/// Enclosures of exp and log of one number. Both sum a series in fixed point with <see cref="Guard"/> bits beyond those asked
/// for; each of the fewer than 2^16 operations errs by at most one unit of the last place, so half the guard bits cover
/// the error, and the result is widened by that much.
/// </summary>
internal static class Elementary
{
    private const int Guard = 64;

    private static readonly ConcurrentDictionary<int, BigInteger> LogTwo = new();

    public static (BigFloat Low, BigFloat High) Exp(BigFloat x, int bits)
    {
        if (x.Sign == 0)
        {
            return (new(1, 0), new(1, 0));
        }
        if (x.Magnitude < -2L * bits)
        {
            // 1 − |x|·2 < exp x < 1 + |x|·2, and both are next to 1 at this precision.
            BigFloat tiny = new(1, -2L * bits + 1);
            return (BigFloat.Add(new(1, 0), -tiny, bits, Rounding.Down), BigFloat.Add(new(1, 0), tiny, bits, Rounding.Up));
        }
        // x = k·log 2 + r, then exp r = (exp(r / 2^m))^(2^m). The quotient k needs as many more bits as x has before its point.
        int halvings = 8;
        int working = bits + Guard + halvings;
        int extra = (int)Math.Max(0, x.Magnitude);
        BigInteger value = x.ToFixed(working + extra);
        BigInteger logTwo = LogTwoFixed(working + extra);
        BigInteger k = value / logTwo;
        BigInteger reduced = (value - (k * logTwo)) >> (extra + halvings);
        BigInteger one = BigInteger.One << working;
        BigInteger sum = one;
        BigInteger term = one;
        for (int i = 1; !term.IsZero && term != BigInteger.MinusOne; i++)
        {
            term = ((term * reduced) >> working) / i;
            sum += term;
        }
        for (int i = 0; i < halvings; i++)
        {
            sum = (sum * sum) >> working;
        }
        return Widen(sum, (long)k - working, bits);
    }

    public static (BigFloat Low, BigFloat High) Log(BigFloat x, int bits)
    {
        if (x.Mantissa.IsOne && x.Exponent == 0)
        {
            return (BigFloat.Zero, BigFloat.Zero);
        }
        // x = 2^k·m with m in [3/4, 3/2); log m = 2 artanh((m − 1) / (m + 1)). Cancellation near 1 costs the bits that are added here.
        long k = x.Magnitude;
        long mantissaBits = BigFloat.BitLength(x.Mantissa);
        BigFloat m = new(x.Mantissa, -mantissaBits);
        if (m.CompareTo(new(3, -2)) < 0)
        {
            m = new(m.Mantissa, m.Exponent + 1);
            k--;
        }
        BigFloat distance = BigFloat.Add(m, new(-1, 0), int.MaxValue >> 1, Rounding.Down);
        int cancelled = k == 0 ? (int)Math.Max(0, -distance.Magnitude) : 0;
        int working = bits + Guard + cancelled + 8;
        BigInteger numerator = distance.ToFixed(working + 4);
        BigInteger denominator = BigFloat.Add(m, new(1, 0), int.MaxValue >> 1, Rounding.Down).ToFixed(working + 4);
        BigInteger sum = TwiceArtanh((numerator << working) / denominator, working) + (k * LogTwoFixed(working + 64) >> 64);
        return Widen(sum, -working, bits);
    }

    private static BigInteger TwiceArtanh(BigInteger z, int working)
    {
        BigInteger square = (z * z) >> working;
        BigInteger power = z;
        BigInteger sum = z;
        for (int i = 3; !power.IsZero && power != BigInteger.MinusOne; i += 2)
        {
            power = (power * square) >> working;
            sum += power / i;
        }
        return sum << 1;
    }

    private static BigInteger LogTwoFixed(int working) =>
        LogTwo.GetOrAdd(working, static bits => TwiceArtanh((BigInteger.One << (bits + 32)) / 3, bits + 32) >> 32);

    private static (BigFloat Low, BigFloat High) Widen(BigInteger sum, long exponent, int bits)
    {
        BigInteger error = BigInteger.One << (Guard / 2);
        return (new BigFloat(sum - error, exponent).Round(bits, Rounding.Down), new BigFloat(sum + error, exponent).Round(bits, Rounding.Up));
    }
}
