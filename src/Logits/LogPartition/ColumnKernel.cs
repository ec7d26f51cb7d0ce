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

    /// <summary>Columns that are summed plainly before they enter the compensated sum: few enough for their roundings not to matter.</summary>
    private const int ColumnsPerPart = 4;

    public static int RowsAtOnce => V.Count;

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Softmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        V max = Load(in logits, classes, ref block);
        if (AnyNotFinite(max))
        {
            EachRow<Softmaxes>(in logits, classes, ref destination, classes, scale);
            return;
        }
        V inverse = V.Create(T.One) / Exponentials(ref block, classes, max, V.Create(scale));
        for (int k = 0; k < classes; k++)
            (V.Load(in Unsafe.Add(ref block, k * V.Count)) * inverse).Scatter(ref Unsafe.Add(ref destination, k), classes);
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LogSoftmax(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        V max = Load(in logits, classes, ref block);
        if (AnyNotFinite(max))
        {
            EachRow<LogSoftmaxes>(in logits, classes, ref destination, classes, scale);
            return;
        }
        V factor = V.Create(scale), log = V.Log1P(Excess(in block, classes, max, factor));
        for (int k = 0; k < classes; k++)
            ((V.Load(in Unsafe.Add(ref block, k * V.Count)) - max) * factor - log).Scatter(ref Unsafe.Add(ref destination, k), classes);
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Value(ref readonly T logits, int classes, ref T destination, T scale)
    {
        Span<T> buffer = stackalloc T[MaxClasses * MaxLanes];
        ref T block = ref MemoryMarshal.GetReference(buffer);
        V max = Load(in logits, classes, ref block);
        if (AnyNotFinite(max))
        {
            EachRow<Values>(in logits, classes, ref destination, 1, scale);
            return;
        }
        V factor = V.Create(scale), log = V.Log1P(Excess(in block, classes, max, factor));
        V value = max * factor + log;
        value.Store(ref destination);
        if (scale == T.One)
            for (int row = 0; row < V.Count; row++)
                if (CancellingValue.Cancels(value[row], log[row]))
                    Unsafe.Add(ref destination, row) = CancellingValue.Of(in Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), classes);
    }

    /// <summary>Transposes the rows into the block and returns the largest logit of each.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Load(ref readonly T logits, int classes, ref T block)
    {
        V max = V.Create(T.NegativeInfinity);
        for (int k = 0; k < classes; k++)
        {
            V column = V.Gather(in Unsafe.Add(ref Unsafe.AsRef(in logits), k), classes);
            column.Store(ref Unsafe.Add(ref block, k * V.Count));
            max = V.Max(max, column);
        }
        return max;
    }

    /// <summary>Replaces the block by exp((o − max)·scale) and returns the sums.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Exponentials(ref T block, int classes, V max, V scale)
    {
        CompensatedSum<V, T> sum = default;
        for (int k = 0; k < classes;)
        {
            V part = default;
            for (int end = Math.Min(k + ColumnsPerPart, classes); k < end; k++)
            {
                ref T column = ref Unsafe.Add(ref block, k * V.Count);
                V exponential = VectorMath.ExpNonPositive<V, T>((V.Load(in column) - max) * scale);
                exponential.Store(ref column);
                part += exponential;
            }
            sum.Add(part);
        }
        return sum.Total;
    }

    /// <summary>Σ exp((o − max)·scale) − 1 of each row, the sum without one largest term.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static V Excess(ref readonly T block, int classes, V max, V scale)
    {
        CompensatedSum<V, T> sum = default;
        V one = V.Create(T.One), ties = V.Create(T.NegativeOne);
        for (int k = 0; k < classes;)
        {
            V part = default;
            for (int end = Math.Min(k + ColumnsPerPart, classes); k < end; k++)
            {
                V difference = V.Load(in Unsafe.Add(ref Unsafe.AsRef(in block), k * V.Count)) - max;
                V tied = V.Equal(difference, default);
                ties += V.And(tied, one);
                part += V.AndNot(VectorMath.ExpNonPositive<V, T>(difference * scale), tied);
            }
            sum.Add(part);
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
