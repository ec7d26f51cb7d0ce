using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>One row at a time, consecutive logits in the lanes of a register: what long rows and single rows need. A row has at least one register of logits.</summary>
internal readonly struct RowKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int RowsAtOnce => 1;

    public static void Softmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        (T min, T max) = Extremes(in logits, classes);
        if (!T.IsFinite(max))
        {
            Limits.Softmax(in logits, classes, ref destination);
            return;
        }
        T sum = NearExponential.Serves(min - max, scale)
            ? Exponentials<NearExponential>(in logits, classes, ref destination, max, scale)
            : Exponentials<WideExponential>(in logits, classes, ref destination, max, scale);
        Multiply(ref destination, classes, T.One / sum);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LogSoftmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        (T min, T max) = Extremes(in logits, classes);
        if (!T.IsFinite(max))
        {
            Limits.LogSoftmax(in logits, classes, ref destination);
            return;
        }
        T log = VectorMath.Log1P<SingleLane<T>, T>(new(Excess(in logits, classes, min, max, scale))).Value;
        V shift = V.Create(max), factor = V.Create(scale), log1P = V.Create(log);
        int tail = classes - V.Count;
        V last = (V.Load(in At(in logits, tail)) - shift) * factor - log1P;
        for (int i = 0; i < tail; i += V.Count)
            ((V.Load(in At(in logits, i)) - shift) * factor - log1P).Store(ref Unsafe.Add(ref destination, i));
        last.Store(ref Unsafe.Add(ref destination, tail));
    }

    public static void Value(ref readonly T logits, int classes, ref T destination, T scale)
    {
        (T min, T max) = Extremes(in logits, classes);
        if (!T.IsFinite(max))
        {
            destination = Limits.Value(in logits, classes);
            return;
        }
        T log = VectorMath.Log1P<SingleLane<T>, T>(new(Excess(in logits, classes, min, max, scale))).Value;
        destination = max * scale + log;
        if (scale == T.One && CancellingValue.Cancels(destination, log))
            destination = CancellingValue.Of(in logits, classes);
    }

    /// <summary>The smallest and the largest logit; NaN, or any others, where one is NaN.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static (T Min, T Max) Extremes(ref readonly T logits, int classes)
    {
        int tail = classes - V.Count;
        V max = V.Load(in At(in logits, tail)), min = max, max2 = max, min2 = max;
        int i = 0;
        for (; i <= classes - 2 * V.Count; i += 2 * V.Count)
        {
            V a = V.Load(in At(in logits, i)), b = V.Load(in At(in logits, i + V.Count));
            max = V.Max(max, a);
            min = V.Min(min, a);
            max2 = V.Max(max2, b);
            min2 = V.Min(min2, b);
        }
        if (i < tail)
        {
            V a = V.Load(in At(in logits, i));
            max = V.Max(max, a);
            min = V.Min(min, a);
        }
        return (-V.Largest(default(V) - V.Min(min, min2)), V.Largest(V.Max(max, max2)));
    }

    /// <summary>Writes exp((o − max)·scale) and returns the sum.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Exponentials<E>(ref readonly T logits, int classes, ref T destination, T max, T scale) where E : IExponential
    {
        V shift = V.Create(max), rate = V.Create(E.Rate(scale));
        CompensatedSum<V, T> sum = default;
        // The last register may overlap the one before it; it is read before anything is written, because the destination may be the source.
        int tail = classes - V.Count, i = 0;
        V last = E.Of<V, T>(V.Load(in At(in logits, tail)) - shift, rate);
        for (; i <= tail - V.Count; i += 2 * V.Count)
        {
            V a = E.Of<V, T>(V.Load(in At(in logits, i)) - shift, rate), b = E.Of<V, T>(V.Load(in At(in logits, i + V.Count)) - shift, rate);
            a.Store(ref Unsafe.Add(ref destination, i));
            b.Store(ref Unsafe.Add(ref destination, i + V.Count));
            sum.Add(a + b);
        }
        if (i < tail)
        {
            V a = E.Of<V, T>(V.Load(in At(in logits, i)) - shift, rate);
            a.Store(ref Unsafe.Add(ref destination, i));
            sum.Add(a);
            i += V.Count;
        }
        if (i < classes)
        {
            sum.Add(V.And(last, LastLanes(classes - i)));
            last.Store(ref Unsafe.Add(ref destination, tail));
        }
        return sum.AcrossLanes();
    }

    /// <summary>
    /// Σ exp((o − max)·scale) − 1, the sum without one largest term: exact to a relative error even where all other terms vanish beside 1.
    /// </summary>
    public static T Excess(ref readonly T logits, int classes, T min, T max, T scale) => NearExponential.Serves(min - max, scale)
        ? Excess<NearExponential>(in logits, classes, max, scale)
        : Excess<WideExponential>(in logits, classes, max, scale);

    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Excess<E>(ref readonly T logits, int classes, T max, T scale) where E : IExponential
    {
        V shift = V.Create(max), rate = V.Create(E.Rate(scale)), one = V.Create(T.One), ties = default;
        CompensatedSum<V, T> sum = default;
        int tail = classes - V.Count, i = 0;
        for (; i <= tail - V.Count; i += 2 * V.Count)
        {
            V a = V.Load(in At(in logits, i)) - shift, b = V.Load(in At(in logits, i + V.Count)) - shift;
            V tied = V.Equal(a, default), tied2 = V.Equal(b, default);
            ties += V.And(tied, one) + V.And(tied2, one);
            sum.Add(V.AndNot(E.Of<V, T>(a, rate), tied) + V.AndNot(E.Of<V, T>(b, rate), tied2));
        }
        // What is left is less than two registers; of the last one the lanes that the one before it has are left out.
        for (; i < classes; i += V.Count)
        {
            int start = Math.Min(i, tail);
            V a = V.Load(in At(in logits, start)) - shift, lanes = LastLanes(Math.Min(classes - i, V.Count)), tied = V.Equal(a, default);
            ties += V.And(V.And(tied, one), lanes);
            sum.Add(V.And(V.AndNot(E.Of<V, T>(a, rate), tied), lanes));
        }
        CompensatedSum<V, T> largest = default;
        largest.Add(ties);
        return largest.AcrossLanes() - T.One + sum.AcrossLanes();
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static void Multiply(ref T values, int classes, T factor)
    {
        V f = V.Create(factor);
        int tail = classes - V.Count;
        V last = V.Load(in At(in values, tail)) * f;
        for (int i = 0; i < tail; i += V.Count)
            (V.Load(in At(in values, i)) * f).Store(ref Unsafe.Add(ref values, i));
        last.Store(ref Unsafe.Add(ref values, tail));
    }

    /// <summary>A mask of the last <paramref name="count"/> lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V LastLanes(int count)
    {
        ReadOnlySpan<uint> words = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u, ~0u];
        int size = Unsafe.SizeOf<T>() / sizeof(uint);
        return V.Load(in Unsafe.As<uint, T>(ref Unsafe.Add(ref MemoryMarshal.GetReference(words), 16 - (V.Count - count) * size)));
    }

    [MethodImpl(AggressiveInlining)]
    private static ref readonly T At(ref readonly T row, int index) => ref Unsafe.Add(ref Unsafe.AsRef(in row), index);
}
