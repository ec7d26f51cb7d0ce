using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>One row at a time, consecutive logits in the lanes of a register: what long rows and single rows need. A row has at least one register of logits.</summary>
internal readonly struct RowKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Registers that are summed plainly before they enter the compensated sum: few enough for their roundings not to matter.</summary>
    private const int RegistersPerPart = 4;

    public static int RowsAtOnce => 1;

    public static void Softmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        T max = Max(in logits, classes);
        if (!T.IsFinite(max))
        {
            Limits.Softmax(in logits, classes, ref destination);
            return;
        }
        T sum = Exponentials(in logits, classes, ref destination, max, scale);
        Multiply(ref destination, classes, T.One / sum);
    }

    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LogSoftmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        T max = Max(in logits, classes);
        if (!T.IsFinite(max))
        {
            Limits.LogSoftmax(in logits, classes, ref destination);
            return;
        }
        T log = VectorMath.Log1P<SingleLane<T>, T>(new(Excess(in logits, classes, max, scale))).Value;
        V shift = V.Create(max), factor = V.Create(scale), log1P = V.Create(log);
        int tail = classes - V.Count;
        V last = (V.Load(in At(in logits, tail)) - shift) * factor - log1P;
        for (int i = 0; i < tail; i += V.Count)
            ((V.Load(in At(in logits, i)) - shift) * factor - log1P).Store(ref Unsafe.Add(ref destination, i));
        last.Store(ref Unsafe.Add(ref destination, tail));
    }

    public static void Value(ref readonly T logits, int classes, ref T destination, T scale)
    {
        T max = Max(in logits, classes);
        if (!T.IsFinite(max))
        {
            destination = Limits.Value(in logits, classes);
            return;
        }
        T log = VectorMath.Log1P<SingleLane<T>, T>(new(Excess(in logits, classes, max, scale))).Value;
        destination = max * scale + log;
        if (scale == T.One && CancellingValue.Cancels(destination, log))
            destination = CancellingValue.Of(in logits, classes);
    }

    /// <summary>The largest logit; NaN, or any other, where one is NaN.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static T Max(ref readonly T logits, int classes)
    {
        int tail = classes - V.Count;
        V a = V.Load(in At(in logits, tail)), b = a, c = a, d = a;
        int i = 0;
        for (; i <= classes - 4 * V.Count; i += 4 * V.Count)
        {
            a = V.Max(a, V.Load(in At(in logits, i)));
            b = V.Max(b, V.Load(in At(in logits, i + V.Count)));
            c = V.Max(c, V.Load(in At(in logits, i + 2 * V.Count)));
            d = V.Max(d, V.Load(in At(in logits, i + 3 * V.Count)));
        }
        for (; i < tail; i += V.Count)
            a = V.Max(a, V.Load(in At(in logits, i)));
        a = V.Max(V.Max(a, b), V.Max(c, d));
        return V.Largest(a);
    }

    /// <summary>The smallest logit; NaN, or any other, where one is NaN.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static T Min(ref readonly T logits, int classes)
    {
        int tail = classes - V.Count;
        V a = V.Load(in At(in logits, tail));
        for (int i = 0; i < tail; i += V.Count)
            a = V.Min(a, V.Load(in At(in logits, i)));
        T min = a[0];
        for (int lane = 1; lane < V.Count; lane++)
            min = a[lane] < min ? a[lane] : min;
        return min;
    }

    /// <summary>Writes exp((o − max)·scale) and returns the sum.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Exponentials(ref readonly T logits, int classes, ref T destination, T max, T scale)
    {
        V shift = V.Create(max), factor = V.Create(scale);
        CompensatedSum<V, T> sum = default;
        // The last register may overlap the one before it; it is read before anything is written, because the destination may be the source.
        int tail = classes - V.Count, full = classes - classes % V.Count;
        V last = full < classes ? Exponential(in At(in logits, tail), max, scale) : default;
        for (int i = 0; i < full;)
        {
            V part = default;
            for (int end = Math.Min(i + RegistersPerPart * V.Count, full); i < end; i += V.Count)
            {
                V exponential = VectorMath.ExpNonPositive<V, T>((V.Load(in At(in logits, i)) - shift) * factor);
                exponential.Store(ref Unsafe.Add(ref destination, i));
                part += exponential;
            }
            sum.Add(part);
        }
        if (full < classes)
        {
            sum.Add(V.And(last, LastLanes(classes - full)));
            last.Store(ref Unsafe.Add(ref destination, tail));
        }
        return sum.AcrossLanes();
    }

    /// <summary>
    /// Σ exp((o − max)·scale) − 1, the sum without one largest term: exact to a relative error even where all other terms vanish beside 1.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static T Excess(ref readonly T logits, int classes, T max, T scale)
    {
        V shift = V.Create(max), factor = V.Create(scale), one = V.Create(T.One), ties = default;
        CompensatedSum<V, T> sum = default;
        int full = classes - classes % V.Count;
        for (int i = 0; i < full;)
        {
            V part = default;
            for (int end = Math.Min(i + RegistersPerPart * V.Count, full); i < end; i += V.Count)
            {
                V difference = V.Load(in At(in logits, i)) - shift;
                V tied = V.Equal(difference, default);
                ties += V.And(tied, one);
                part += V.AndNot(VectorMath.ExpNonPositive<V, T>(difference * factor), tied);
            }
            sum.Add(part);
        }
        if (full < classes)
        {
            ref readonly T last = ref At(in logits, classes - V.Count);
            V lanes = LastLanes(classes - full), tied = V.And(V.Equal(V.Load(in last), shift), lanes);
            ties += V.And(tied, one);
            sum.Add(V.AndNot(V.And(Exponential(in last, max, scale), lanes), tied));
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

    /// <summary>For the odd register out: a second copy of the exponential in the loops above would exhaust what the compiler inlines.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Exponential(ref readonly T logits, T max, T scale) => VectorMath.ExpNonPositive<V, T>((V.Load(in logits) - V.Create(max)) * V.Create(scale));

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
