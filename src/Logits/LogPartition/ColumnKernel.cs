using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// As many rows at once as a register has lanes, one row a lane: short rows fill the registers this way, and nothing is ever summed across lanes.
/// </summary>
internal readonly struct ColumnKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest row; its block must stay in the first-level cache beside source and destination.</summary>
    public const int MaxClasses = 64;

    private const int MaxLanes = 16;

    public static int RowsAtOnce => V.Count;

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Softmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        Load(in logits, classes, ref block, out V min, out V max);
        if (AnyNotFinite(max))
        {
            EachRow<Softmaxes>(in logits, classes, ref destination, classes, scale);
            return;
        }
        V sum = NearExponential.Serves<V, T>(min - max, scale)
            ? Exponentials<NearExponential>(ref block, classes, max, scale)
            : Exponentials<WideExponential>(ref block, classes, max, scale);
        Write(in block, classes, ref destination, default, V.Create(T.One) / sum, default);
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LogSoftmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        Load(in logits, classes, ref block, out V min, out V max);
        if (AnyNotFinite(max))
        {
            EachRow<LogSoftmaxes>(in logits, classes, ref destination, classes, scale);
            return;
        }
        V log = V.Log1P(Excess(in block, classes, min, max, scale));
        Write(in block, classes, ref destination, max, V.Create(scale), log);
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Value(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        Load(in logits, classes, ref block, out V min, out V max);
        if (AnyNotFinite(max))
        {
            EachRow<Values>(in logits, classes, ref destination, 1, scale);
            return;
        }
        V log = V.Log1P(Excess(in block, classes, min, max, scale));
        V value = max * V.Create(scale) + log;
        value.Store(ref destination);
        if (scale == T.One && V.Any(V.And(V.Create(T.One), V.LessThan(V.Max(value, default(V) - value) * V.Constant(4), log))))
            for (int row = 0; row < V.Count; row++)
                if (CancellingValue.Cancels(value[row], log[row]))
                    Unsafe.Add(ref destination, row) = CancellingValue.Of(in Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), classes);
    }

    /// <summary>Transposes the rows into the block and finds the smallest and the largest logit of each.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static void Load(ref readonly T logits, int classes, ref T block, out V min, out V max)
    {
        ref T source = ref Unsafe.AsRef(in logits);
        V low = V.Create(T.PositiveInfinity), high = V.Create(T.NegativeInfinity);
        if (classes < 4)
            for (int k = 0; k < classes; k++)
            {
                V column = V.Gather(in Unsafe.Add(ref source, k), classes);
                column.Store(ref Unsafe.Add(ref block, k * V.Count));
                low = V.Min(low, column);
                high = V.Max(high, column);
            }
        else
            for (int i = 0; i < classes; i += 4)
            {
                // The last four may overlap the ones before.
                int k = Math.Min(i, classes - 4);
                V.GatherFour(in Unsafe.Add(ref source, k), classes, out V a, out V b, out V c, out V d);
                ref T column = ref Unsafe.Add(ref block, k * V.Count);
                a.Store(ref column);
                b.Store(ref Unsafe.Add(ref column, V.Count));
                c.Store(ref Unsafe.Add(ref column, 2 * V.Count));
                d.Store(ref Unsafe.Add(ref column, 3 * V.Count));
                low = V.Min(low, V.Min(V.Min(a, b), V.Min(c, d)));
                high = V.Max(high, V.Max(V.Max(a, b), V.Max(c, d)));
            }
        min = low;
        max = high;
    }

    /// <summary>Transposes (block − shift)·factor − offset into rows.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static void Write(ref readonly T block, int classes, ref T destination, V shift, V factor, V offset)
    {
        ref T columns = ref Unsafe.AsRef(in block);
        if (classes < 4)
            for (int k = 0; k < classes; k++)
                ((V.Load(in Unsafe.Add(ref columns, k * V.Count)) - shift) * factor - offset).Scatter(ref Unsafe.Add(ref destination, k), classes);
        else
            for (int i = 0; i < classes; i += 4)
            {
                int k = Math.Min(i, classes - 4);
                ref T column = ref Unsafe.Add(ref columns, k * V.Count);
                V a = (V.Load(in column) - shift) * factor - offset, b = (V.Load(in Unsafe.Add(ref column, V.Count)) - shift) * factor - offset;
                V c = (V.Load(in Unsafe.Add(ref column, 2 * V.Count)) - shift) * factor - offset, d = (V.Load(in Unsafe.Add(ref column, 3 * V.Count)) - shift) * factor - offset;
                V.ScatterFour(a, b, c, d, ref Unsafe.Add(ref destination, k), classes);
            }
    }

    /// <summary>Replaces the block by exp((o − max)·scale) and returns the sums.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Exponentials<E>(ref T block, int classes, V max, T scale) where E : IExponential
    {
        CompensatedSum<V, T> sum = default;
        V rate = V.Create(E.Rate(scale));
        for (int k = 0; k < classes; k++)
        {
            ref T column = ref Unsafe.Add(ref block, k * V.Count);
            V exponential = E.Of<V, T>(V.Load(in column) - max, rate);
            exponential.Store(ref column);
            sum.Add(exponential);
        }
        return sum.Total;
    }

    /// <summary>Σ exp((o − max)·scale) − 1 of each row, the sum without one largest term.</summary>
    private static V Excess(ref readonly T block, int classes, V min, V max, T scale) => NearExponential.Serves<V, T>(min - max, scale)
        ? Excess<NearExponential>(in block, classes, max, scale)
        : Excess<WideExponential>(in block, classes, max, scale);

    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Excess<E>(ref readonly T block, int classes, V max, T scale) where E : IExponential
    {
        CompensatedSum<V, T> sum = default;
        V rate = V.Create(E.Rate(scale)), one = V.Create(T.One), ties = V.Create(T.NegativeOne);
        for (int k = 0; k < classes; k++)
        {
            V difference = V.Load(in Unsafe.Add(ref Unsafe.AsRef(in block), k * V.Count)) - max;
            V tied = V.Equal(difference, default);
            ties += V.And(tied, one);
            sum.Add(V.AndNot(E.Of<V, T>(difference, rate), tied));
        }
        return ties + sum.Total;
    }

    [MethodImpl(AggressiveInlining)]
    private static bool AnyNotFinite(V x) => V.Any(V.AndNot(V.Create(T.One), V.Equal(x - x, V.Create(T.Zero))));

    private static void EachRow<TOperation>(ref readonly T logits, int classes, ref T destination, int results, T scale) where TOperation : IOperation
    {
        for (int row = 0; row < V.Count; row++)
            TOperation.Apply<RowKernel<SingleLane<T>, T>, T>(
                in Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), classes, ref Unsafe.Add(ref destination, row * results), scale);
    }
}
