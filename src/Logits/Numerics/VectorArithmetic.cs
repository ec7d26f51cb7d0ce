using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Logits.Numerics;

/// <summary>The few operations on float64 vectors that optimisers are made of.</summary>
internal static class VectorArithmetic
{
    /// <summary>Long vectors are worked on in pieces of this length, which several threads share out; sums are added up piece by piece, in order.</summary>
    private const int Piece = 1 << 15;

    /// <summary>⟨a, b⟩.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> even = default, odd = default;
        int j = 0;
        for (; j + 2 <= va.Length; j += 2)
        {
            even += va[j] * vb[j];
            odd += va[j + 1] * vb[j + 1];
        }
        if (j < va.Length)
            even += va[j] * vb[j];
        double total = Vector.Sum(even + odd);
        for (j = va.Length * Vector<double>.Count; j < a.Length; j++)
            total += a[j] * b[j];
        return total;
    }

    /// <summary>⟨a, b⟩ of vectors that may be long; the same bits for any number of threads.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int threads)
    {
        if (a.Length <= Piece)
            return Dot(a, b);
        double[] pieces = new double[(a.Length + Piece - 1) / Piece];
        unsafe
        {
            fixed (double* first = a, second = b)
            {
                double* pa = first, pb = second;
                int length = a.Length;
                Share(pieces.Length, threads, p =>
                {
                    int from = p * Piece, count = Math.Min(Piece, length - from);
                    pieces[p] = Dot(new ReadOnlySpan<double>(pa + from, count), new ReadOnlySpan<double>(pb + from, count));
                });
            }
        }
        double total = 0;
        foreach (double piece in pieces)
            total += piece;
        return total;
    }

    /// <summary>Σ |a_j b_j| for b of no negative entry.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double AbsoluteDot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        Vector<double> sum = default;
        for (int j = 0; j < va.Length; j++)
            sum += Vector.Abs(va[j]) * vb[j];
        double total = Vector.Sum(sum);
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
            total += Math.Abs(a[j]) * b[j];
        return total;
    }

    /// <summary>‖a‖.</summary>
    public static double Norm(ReadOnlySpan<double> a) => Math.Sqrt(Dot(a, a));

    /// <summary>a *= factor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(double factor, Span<double> a)
    {
        Span<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        for (int j = 0; j < va.Length; j++)
            va[j] *= factor;
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
            a[j] *= factor;
    }

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

    /// <summary>b += factor · a for vectors that may be long.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> b, int threads)
    {
        if (a.Length <= Piece)
        {
            AddScaled(factor, a, b);
            return;
        }
        unsafe
        {
            fixed (double* first = a, second = b)
            {
                double* pa = first, pb = second;
                int length = a.Length;
                Share((length + Piece - 1) / Piece, threads, p =>
                {
                    int from = p * Piece, count = Math.Min(Piece, length - from);
                    AddScaled(factor, new ReadOnlySpan<double>(pa + from, count), new Span<double>(pb + from, count));
                });
            }
        }
    }

    /// <summary>a = factor · a + b.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ScaleAndAdd(double factor, Span<double> a, ReadOnlySpan<double> b)
    {
        Span<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a);
        ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(b);
        for (int j = 0; j < va.Length; j++)
            va[j] = factor * va[j] + vb[j];
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
            a[j] = factor * a[j] + b[j];
    }

    /// <summary>a = factor · a + b for vectors that may be long.</summary>
    public static void ScaleAndAdd(double factor, Span<double> a, ReadOnlySpan<double> b, int threads)
    {
        if (a.Length <= Piece)
        {
            ScaleAndAdd(factor, a, b);
            return;
        }
        unsafe
        {
            fixed (double* first = a, second = b)
            {
                double* pa = first, pb = second;
                int length = a.Length;
                Share((length + Piece - 1) / Piece, threads, p =>
                {
                    int from = p * Piece, count = Math.Min(Piece, length - from);
                    ScaleAndAdd(factor, new Span<double>(pa + from, count), new ReadOnlySpan<double>(pb + from, count));
                });
            }
        }
    }

    /// <summary>destination = source, in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Widen(ReadOnlySpan<float> source, Span<double> destination)
    {
        int j = 0;
        for (; j + Vector<float>.Count <= source.Length; j += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(source[j..]), out Vector<double> lower, out Vector<double> upper);
            lower.CopyTo(destination[j..]);
            upper.CopyTo(destination[(j + Vector<double>.Count)..]);
        }
        for (; j < source.Length; j++)
            destination[j] = source[j];
    }

    private static void Share(int pieces, int threads, Action<int> work)
    {
        const int worthSharing = 8;
        if (threads == 1 || pieces < worthSharing)
            for (int p = 0; p < pieces; p++)
                work(p);
        else
            Parallel.For(0, pieces, new ParallelOptions { MaxDegreeOfParallelism = threads }, work);
    }
}
