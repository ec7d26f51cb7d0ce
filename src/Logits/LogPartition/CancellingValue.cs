using System.Numerics;
using System.Runtime.InteropServices;

namespace Logits;

/// <summary>
/// The log-partition function where its two parts, the largest logit and the logarithm of the sum, nearly cancel: log1p(Σ_j exp(o_j) − 1) with the sum in
/// about 100 bits (pairs of doubles; T. J. Dekker, "A floating-point technique for extending the available precision", 1971).
/// </summary>
internal static class CancellingValue
{
    /// <summary>Whether a value is so small beside its part <paramref name="log"/> that rounding would show.</summary>
    public static bool Cancels<T>(T value, T log) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Abs(value) * T.CreateTruncating(4) < log;

    public static T Of<T>(ref readonly T logits, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Pair sum = new(-1, 0);
        foreach (T logit in MemoryMarshal.CreateReadOnlySpan(in logits, classes))
            sum += Pair.Exp(double.CreateTruncating(logit));
        // log(1 + s) to first order in the low part of s.
        return T.CreateTruncating(Log1P(sum.High) + sum.Low / (1 + sum.High));
    }

    private static double Log1P(double x)
    {
        double sum = 1 + x, part = sum - 1, error = (1 - (sum - part)) + (x - part);
        return Math.Log(sum) + error / sum;
    }

    /// <summary>An unevaluated sum of two doubles, the second at most half a unit in the last place of the first.</summary>
    private readonly record struct Pair(double High, double Low)
    {
        // ln 2 in three parts; the first two have so few bits that their products with an exponent are exact.
        private const double Ln2High = 6.93147180369123816490e-01;
        private const double Ln2Middle = 1.908214929270822e-10;
        private const double Ln2Low = -2.3407938865678234e-23;

        public static Pair operator +(Pair a, Pair b)
        {
            double sum = a.High + b.High, part = sum - a.High;
            double error = (a.High - (sum - part)) + (b.High - part) + (a.Low + b.Low);
            return Normal(sum, error);
        }

        public static Pair operator *(Pair a, Pair b)
        {
            double product = a.High * b.High;
            double error = Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High);
            return Normal(product, error);
        }

        private static Pair Normal(double high, double low)
        {
            double sum = high + low;
            return new(sum, low - (sum - high));
        }

        private static Pair Scale(Pair a, double powerOfTwo) => new(a.High * powerOfTwo, a.Low * powerOfTwo);

        /// <summary>eˣ = 2ⁿ (1 + s)²⁵⁶ with 1 + s = exp((x − n ln 2) / 256), s by its Taylor series, squared as s ← 2s + s².</summary>
        public static Pair Exp(double x)
        {
            if (x < -700)
                return default;
            double n = Math.Round(x / Math.Log(2));
            Pair r = new Pair(x - n * Ln2High, 0) + new Pair(-n * Ln2Middle, 0) + new Pair(-n * Ln2Low, 0);
            r = Scale(r, 1.0 / 256);
            Pair s = new(1.0 / 3628800, 0);
            for (int k = 9; k >= 1; k--)
                s = s * r + InverseFactorial(k);
            s *= r;
            for (int k = 0; k < 8; k++)
                s = Scale(s, 2) + s * s;
            return Scale(s + new Pair(1, 0), Math.ScaleB(1, (int)n));
        }

        private static Pair InverseFactorial(int k)
        {
            double factorial = 1;
            for (int i = 2; i <= k; i++)
                factorial *= i;
            double high = 1 / factorial;
            return new(high, Math.FusedMultiplyAdd(-high, factorial, 1) / factorial);
        }
    }
}
