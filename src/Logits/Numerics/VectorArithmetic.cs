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

    /// <summary>‖a + s b + t c‖².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredSum(ReadOnlySpan<double> a, double s, ReadOnlySpan<double> b, double t, ReadOnlySpan<double> c)
    {
        ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(a), vb = MemoryMarshal.Cast<double, Vector<double>>(b),
            vc = MemoryMarshal.Cast<double, Vector<double>>(c);
        Vector<double> sum = default;
        for (int j = 0; j < va.Length; j++)
        {
            Vector<double> term = va[j] + s * vb[j] + t * vc[j];
            sum += term * term;
        }
        double total = Vector.Sum(sum);
        for (int j = va.Length * Vector<double>.Count; j < a.Length; j++)
        {
            double term = a[j] + s * b[j] + t * c[j];
            total += term * term;
        }
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

    /// <summary>b = factor · a for vectors that may be long.</summary>
    public static void CopyScaled(double factor, ReadOnlySpan<double> a, Span<double> b, int threads) => Share(a, b, threads, (from, to) =>
    {
        from.CopyTo(to);
        Scale(factor, to);
    });

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
    public static void AddScaled(double factor, ReadOnlySpan<double> a, Span<double> b, int threads) =>
        Share(a, b, threads, (from, to) => AddScaled(factor, from, to));

    /// <summary>destination = a ⊙ b for vectors that may be long.</summary>
    public static unsafe void Multiply(ReadOnlySpan<double> a, double[] b, Span<double> destination, int threads)
    {
        fixed (double* first = destination)
        {
            double* start = first;
            // Where a piece begins is where its numbers lie from the start.
            Share(a, destination, threads, (from, to) =>
            {
                fixed (double* at = to)
                {
                    ReadOnlySpan<Vector<double>> va = MemoryMarshal.Cast<double, Vector<double>>(from);
                    ReadOnlySpan<double> own = b.AsSpan((int)(at - start), from.Length);
                    ReadOnlySpan<Vector<double>> vb = MemoryMarshal.Cast<double, Vector<double>>(own);
                    Span<Vector<double>> vd = MemoryMarshal.Cast<double, Vector<double>>(to);
                    for (int j = 0; j < va.Length; j++)
                        vd[j] = va[j] * vb[j];
                    for (int j = va.Length * Vector<double>.Count; j < from.Length; j++)
                        to[j] = from[j] * own[j];
                }
            });
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
    public static void ScaleAndAdd(double factor, Span<double> a, ReadOnlySpan<double> b, int threads) =>
        Share(b, a, threads, (from, to) => ScaleAndAdd(factor, to, from));

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

    private delegate void PieceWork(ReadOnlySpan<double> from, Span<double> to);

    /// <summary>Works on like pieces of two vectors.</summary>
    private static unsafe void Share(ReadOnlySpan<double> a, Span<double> b, int threads, PieceWork work)
    {
        if (a.Length <= Piece)
        {
            work(a, b);
            return;
        }
        fixed (double* first = a, second = b)
        {
            double* pa = first, pb = second;
            int length = a.Length;
            Share((length + Piece - 1) / Piece, threads, p =>
            {
                int from = p * Piece, count = Math.Min(Piece, length - from);
                work(new ReadOnlySpan<double>(pa + from, count), new Span<double>(pb + from, count));
            });
        }
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
