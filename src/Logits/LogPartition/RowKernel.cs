using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// One row at a time, consecutive logits in the lanes of a register: what long rows and single rows need. A row has at least one register of logits.
/// </summary>
internal readonly struct RowKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static int RowsAtOnce => 1;

    [MethodImpl(AggressiveOptimization)]
    public static void Softmax(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        for (int row = 0; row < rows; row++)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row * classes);
            int ahead = row < rows - 1 ? classes : 0;
            (T min, T max) = Extremes(in source, classes);
            if (!T.IsFinite(max))
            {
                Limits.Softmax(in source, classes, ref target);
                continue;
            }
            T sum = NearExponential.Serves(min - max, scale)
                ? Exponentials<NearExponential>(in source, classes, ref target, max, scale, ahead)
                : Exponentials<WideExponential>(in source, classes, ref target, max, scale, ahead);
            Write(in target, classes, ref target, T.Zero, T.One / sum, T.Zero);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    public static void LogSoftmax(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        for (int row = 0; row < rows; row++)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row * classes);
            (T min, T max) = Extremes(in source, classes);
            if (T.IsFinite(max))
                Write(in source, classes, ref target, max, scale, Log1P(Excess(in source, classes, min, max, scale, row < rows - 1 ? classes : 0, in target)));
            else
                Limits.LogSoftmax(in source, classes, ref target);
        }
    }

    [MethodImpl(AggressiveOptimization)]
    public static void Value(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        for (int row = 0; row < rows; row++)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row);
            int ahead = row < rows - 1 ? classes : 0;
            (T min, T max) = Extremes(in source, classes);
            if (!T.IsFinite(max))
            {
                target = Limits.Value(in source, classes);
                continue;
            }
            T log = Log1P(Excess(in source, classes, min, max, scale, ahead, in source));
            target = max * scale + log;
            if (scale == T.One && CancellingValue.Cancels(target, log))
                target = CancellingValue.Of(in source, classes);
        }
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

    /// <summary>
    /// Writes exp((o − max)·scale) and returns the sum; meanwhile the row <paramref name="ahead"/> of this one is fetched, because this pass computes and the
    /// first one of the next row waits for memory.
    /// </summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Exponentials<E>(ref readonly T logits, int classes, ref T destination, T max, T scale, int ahead) where E : IExponential
    {
        V shift = V.Create(max), rate = V.Create(E.Rate(scale));
        CompensatedSum<V, T> sum = default;
        // The last register may overlap the one before it; it is read before anything is written, because the destination may be the source.
        int tail = classes - V.Count, i = 0;
        V last = E.Of<V, T>(V.Load(in At(in logits, tail)) - shift, rate);
        for (; i <= tail - 3 * V.Count; i += 4 * V.Count)
        {
            Prefetch.Four<V, T>(in At(in logits, i + ahead));
            sum.Add(Exponential<E>(in logits, i, ref destination, shift, rate) + Exponential<E>(in logits, i + V.Count, ref destination, shift, rate));
            sum.Add(Exponential<E>(in logits, i + 2 * V.Count, ref destination, shift, rate) + Exponential<E>(in logits, i + 3 * V.Count, ref destination, shift, rate));
        }
        for (; i < tail; i += V.Count)
            sum.Add(Exponential<E>(in logits, i, ref destination, shift, rate));
        if (i < classes)
        {
            sum.Add(V.And(last, LastLanes(classes - i)));
            last.Store(ref Unsafe.Add(ref destination, tail));
        }
        return sum.AcrossLanes();
    }

    [MethodImpl(AggressiveInlining)]
    private static V Exponential<E>(ref readonly T logits, int index, ref T destination, V shift, V rate) where E : IExponential
    {
        V exponential = E.Of<V, T>(V.Load(in At(in logits, index)) - shift, rate);
        exponential.Store(ref Unsafe.Add(ref destination, index));
        return exponential;
    }

    /// <summary>
    /// Σ exp((o − max)·scale) − 1, the sum without one largest term: exact to a relative error even where all other terms vanish beside 1.
    /// </summary>
    /// <remarks>Meanwhile the row <paramref name="ahead"/> of this one is fetched, and the <paramref name="destination"/>.</remarks>
    public static T Excess(ref readonly T logits, int classes, T min, T max, T scale, int ahead, ref readonly T destination) => NearExponential.Serves(min - max, scale)
        ? Excess<NearExponential>(in logits, classes, max, scale, ahead, in destination)
        : Excess<WideExponential>(in logits, classes, max, scale, ahead, in destination);

    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Excess<E>(ref readonly T logits, int classes, T max, T scale, int ahead, ref readonly T destination) where E : IExponential
    {
        V shift = V.Create(max), rate = V.Create(E.Rate(scale)), ties = default;
        CompensatedSum<V, T> sum = default;
        int tail = classes - V.Count, i = 0;
        for (; i <= tail - 3 * V.Count; i += 4 * V.Count)
        {
            Prefetch.Four<V, T>(in At(in logits, i + ahead));
            Prefetch.Four<V, T>(in At(in destination, i));
            sum.Add(Smaller<E>(in logits, i, shift, rate, ref ties) + Smaller<E>(in logits, i + V.Count, shift, rate, ref ties));
            sum.Add(Smaller<E>(in logits, i + 2 * V.Count, shift, rate, ref ties) + Smaller<E>(in logits, i + 3 * V.Count, shift, rate, ref ties));
        }
        for (; i <= tail; i += V.Count)
            sum.Add(Smaller<E>(in logits, i, shift, rate, ref ties));
        if (i < classes)
        {
            V lanes = LastLanes(classes - i), lastTies = default;
            sum.Add(V.And(Smaller<E>(in logits, tail, shift, rate, ref lastTies), lanes));
            ties = V.AddBits(ties, V.And(lastTies, lanes));
        }
        return T.CreateTruncating(V.WideSum(VectorMath.Number<V, T>(ties)) - 1) + sum.AcrossLanes();
    }

    [MethodImpl(AggressiveInlining)]
    private static V Smaller<E>(ref readonly T logits, int index, V shift, V rate, ref V ties) where E : IExponential =>
        SmallerTerm.Of<E, V, T>(V.Load(in At(in logits, index)) - shift, rate, ref ties);

    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static T Log1P(T x) => VectorMath.Log1P<SingleLane<T>, T>(new(x)).Value;

    /// <summary>Writes (source − shift)·factor − offset; the destination may be the source.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static void Write(ref readonly T source, int classes, ref T destination, T shift, T factor, T offset)
    {
        V s = V.Create(shift), f = V.Create(factor), constant = V.Create(-offset);
        int tail = classes - V.Count;
        V last = V.MultiplyAdd(V.Load(in At(in source, tail)) - s, f, constant);
        for (int i = 0; i < tail; i += V.Count)
            V.MultiplyAdd(V.Load(in At(in source, i)) - s, f, constant).Store(ref Unsafe.Add(ref destination, i));
        last.Store(ref Unsafe.Add(ref destination, tail));
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
