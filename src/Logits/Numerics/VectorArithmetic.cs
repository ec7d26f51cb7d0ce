using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Logits.Numerics;

/// <summary>The few operations on float64 vectors that optimisers are made of.</summary>
internal static class VectorArithmetic
{
    /// <summary>⟨a, b⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sum = default;
        for (int j = 0; j < va.Length; j++)
            sum += va[j] * vb[j];
        double total = Vector.Sum(sum);
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
            total += a[j] * b[j];
        return total;
    }

    /// <summary>‖a‖.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>b += factor · a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        Span<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (int j = 0; j < va.Length; j++)
            vb[j] += factor * va[j];
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
            b[j] += factor * a[j];
    }
}
