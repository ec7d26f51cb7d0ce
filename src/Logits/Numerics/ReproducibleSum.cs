using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Numerics;

/// <summary>
/// Sums whose bits do not depend on the order of the terms: every term is first rounded to a common grid, so coarse that all partial sums are exact in
/// float64, and so fine that at most 2⁻⁵² of the bound is lost a term.
/// </summary>
/// <remarks>
/// For a bound B on Σ|term| the grid is q = 2^(⌈log₂ B⌉ − 51). Adding and subtracting 1.5 · 2⁵² q rounds to a multiple of q, and sums of such multiples below
/// 2⁵² q are exact, hence associative. What rounding took from the terms may be summed in the same way on a grid of its own, 2²⁰ times finer: a bound that is
/// far above what the terms are does no harm then. Source: J. Demmel and H. D. Nguyen, "Fast reproducible floating-point summation", ARITH 21 (2013).
/// </remarks>
internal static class ReproducibleSum
{
    /// <summary>The number to add and subtract for terms with Σ|term| ≤ <paramref name="bound"/>; 0, which rounds nothing, for a bound of 0.</summary>
    public static double Rounder(double bound) =>
        bound == 0 ? 0 : bound <= double.MaxValue / 8 ? 1.5 * Math.ScaleB(1, Math.ILogB(bound) + 2) : double.NaN;

    /// <summary>The ratio of the finer grid, on which up to 2³⁰ remainders of terms are summed, to the grid itself.</summary>
    public const double Finer = 1.0 / (1 << 20);

    /// <summary>
    /// Adds a term: its part on the grid to <paramref name="sum"/>, and what that leaves, on the finer grid, to <paramref name="remainder"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Add(double term, double rounder, ref double sum, ref double remainder)
    {
        double rounded = Round(term, rounder);
        sum += rounded;
        remainder += Round(term - rounded, rounder * Finer);
    }

    /// <summary>The term rounded to the grid of <paramref name="rounder"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Round(double term, double rounder) => term + rounder - rounder;

    /// <summary>sums[j] += terms[j], rounded by rounders[j]; the terms are cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drain<T>(Span<T> terms, ReadOnlySpan<double> rounders, Span<double> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        ref double rounder = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(rounders);
        ref double sum = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(sums);
        ref T term = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(terms);
        if (typeof(T) == typeof(float))
            for (; j + 4 <= terms.Length; j += 4)
            {
                nuint at = (nuint)j;
                Vector256<double> t = Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref term), at).ToVector256Unsafe());
                Vector256<double> r = Vector256.LoadUnsafe(ref rounder, at);
                (Vector256.LoadUnsafe(ref sum, at) + (t + r - r)).StoreUnsafe(ref sum, at);
            }
        for (; j < terms.Length; j++)
            sums[j] += Round(double.CreateTruncating(terms[j]), rounders[j]);
        terms.Clear();
    }

    /// <summary>sums[j] += terms[j], all rounded to the grid of one rounder.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drain<T>(ReadOnlySpan<T> terms, double rounder, Span<double> sums) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int j = 0;
        if (typeof(T) == typeof(float))
        {
            Vector256<double> r = Vector256.Create(rounder);
            ref double sum = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(sums);
            ref T term = ref System.Runtime.InteropServices.MemoryMarshal.GetReference(terms);
            for (; j + 4 <= terms.Length; j += 4)
            {
                Vector256<double> t = Vector256.WidenLower(Vector128.LoadUnsafe(ref Unsafe.As<T, float>(ref term), (nuint)j).ToVector256Unsafe());
                (Vector256.LoadUnsafe(ref sum, (nuint)j) + (t + r - r)).StoreUnsafe(ref sum, (nuint)j);
            }
        }
        for (; j < terms.Length; j++)
            sums[j] += Round(double.CreateTruncating(terms[j]), rounder);
    }

    /// <summary>Adds terms[j] to sums[j] and remainders[j], by rounders[j]; the terms are cleared.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Drain(Span<double> terms, ReadOnlySpan<double> rounders, Span<double> sums, Span<double> remainders)
    {
        int j = 0;
        for (; j + 4 <= terms.Length; j += 4)
        {
            Vector256<double> t = Vector256.Create<double>(terms[j..]), r = Vector256.Create(rounders[j..]), rounded = t + r - r, finer = r * Finer;
            (Vector256.Create<double>(sums[j..]) + rounded).CopyTo(sums[j..]);
            (Vector256.Create<double>(remainders[j..]) + (t - rounded + finer - finer)).CopyTo(remainders[j..]);
        }
        for (; j < terms.Length; j++)
            Add(terms[j], rounders[j], ref sums[j], ref remainders[j]);
        terms.Clear();
    }
}
