using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Numerics;

namespace Logits;

/// <summary>
/// The log-partition function where its two parts, the largest logit and the logarithm of the sum, nearly cancel: log1p(Σ_j exp(o_j) − 1) with the sum in
/// about 100 bits (pairs of doubles).
/// </summary>
internal static class CancellingValue
{
    /// <summary>Whether a value is so small beside its part <paramref name="log"/> that rounding would show.</summary>
    public static bool Cancels<T>(T value, T log) where T : unmanaged, IBinaryFloatingPointIeee754<T> => T.Abs(value) * T.CreateTruncating(4) < log;

    public static T Of<T>(ref readonly T logits, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        DoubleDouble sum = new(-1, 0);
        foreach (T logit in MemoryMarshal.CreateReadOnlySpan(in logits, classes))
            sum += DoubleDouble.Exp(double.CreateTruncating(logit));
        // log(1 + s) to first order in the low part of s.
        return T.CreateTruncating(Log1P(sum.High) + sum.Low / (1 + sum.High));
    }

    private static double Log1P(double x)
    {
        double sum = 1 + x, part = sum - 1, error = (1 - (sum - part)) + (x - part);
        return Math.Log(sum) + error / sum;
    }
}
