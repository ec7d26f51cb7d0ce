using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>As many rows at once as a register has lanes, one row a lane: short rows fill the registers this way, and nothing is ever summed across lanes.</summary>
internal readonly struct ColumnKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest row.</summary>
    public const int MaxClasses = ColumnBlock<V, T>.MaxRegisters;

    public static int RowsAtOnce => V.Count;

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Softmax(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        Span<T> storage = stackalloc T[ColumnBlock<V, T>.Size];
        for (int row = 0; row < rows;)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row * classes);
            ColumnBlock<V, T> block = new(storage, rows - row, classes);
            if (block.Load(in source, scale, out bool near))
            {
                if (near)
                    block.Exponentials<NearExponential>(scale, in Unsafe.Add(ref source, block.Rows * classes), in target);
                else
                    block.Exponentials<WideExponential>(scale, in Unsafe.Add(ref source, block.Rows * classes), in target);
                block.Write(ref target);
            }
            else
                RowKernel<SingleLane<T>, T>.Softmax(in source, block.Rows, classes, ref target, scale);
            row += block.Rows;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void LogSoftmax(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        Span<T> storage = stackalloc T[ColumnBlock<V, T>.Size];
        for (int row = 0; row < rows;)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row * classes);
            ColumnBlock<V, T> block = new(storage, rows - row, classes);
            if (block.Load(in source, scale, out bool near))
            {
                Logarithms(in block, near, scale, in Unsafe.Add(ref source, block.Rows * classes), in target);
                block.Write(ref target);
            }
            else
                RowKernel<SingleLane<T>, T>.LogSoftmax(in source, block.Rows, classes, ref target, scale);
            row += block.Rows;
        }
    }

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Value(ref readonly T logits, int rows, int classes, ref T destination, T scale)
    {
        Span<T> storage = stackalloc T[ColumnBlock<V, T>.Size];
        for (int row = 0; row < rows;)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row);
            ColumnBlock<V, T> block = new(storage, rows - row, classes);
            if (block.Load(in source, scale, out bool near))
            {
                Logarithms(in block, near, scale, in Unsafe.Add(ref source, block.Rows * classes), in target);
                block.WriteValues(in source, ref target, scale);
            }
            else
                RowKernel<SingleLane<T>, T>.Value(in source, block.Rows, classes, ref target, scale);
            row += block.Rows;
        }
    }

    private static void Logarithms(ref readonly ColumnBlock<V, T> block, bool near, T scale, ref readonly T next, ref readonly T destination)
    {
        if (near)
            block.Logarithms<NearExponential>(scale, in next, in destination);
        else
            block.Logarithms<WideExponential>(scale, in next, in destination);
    }
}
