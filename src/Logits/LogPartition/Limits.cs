using System.Numerics;
using System.Runtime.InteropServices;

namespace Logits;

/// <summary>
/// Rows whose largest logit is not finite. Each answer is the limit over every way in which finite logits approach the given ones, where that limit
/// exists, and NaN where it depends on the way.
/// </summary>
internal static class Limits
{
    /// <summary>A single +∞ takes all; several leave their shares undefined, and so does a row of −∞.</summary>
    public static void Softmax<T>(ref readonly T logits, int classes, ref T destination) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Fill(in logits, classes, ref destination, T.One, T.Zero);

    public static void LogSoftmax<T>(ref readonly T logits, int classes, ref T destination) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Fill(in logits, classes, ref destination, T.Zero, T.NegativeInfinity);

    public static T Value<T>(ref readonly T logits, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> row = MemoryMarshal.CreateReadOnlySpan(in logits, classes);
        T max = T.NegativeInfinity;
        foreach (T logit in row)
            max = T.Max(max, logit);
        return max;
    }

    private static void Fill<T>(ref readonly T logits, int classes, ref T destination, T winner, T loser) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ReadOnlySpan<T> row = MemoryMarshal.CreateReadOnlySpan(in logits, classes);
        Span<T> results = MemoryMarshal.CreateSpan(ref destination, classes);
        int infinite = 0;
        bool undefined = false;
        foreach (T logit in row)
        {
            infinite += T.IsPositiveInfinity(logit) ? 1 : 0;
            undefined |= T.IsNaN(logit);
        }
        if (infinite == 0 || undefined)
            results.Fill(T.NaN);
        else
            for (int k = 0; k < classes; k++)
                results[k] = !T.IsPositiveInfinity(row[k]) ? loser : infinite == 1 ? winner : T.NaN;
    }
}
