using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// As many rows at once as a register has lanes, one row a lane: short rows fill the registers this way, and nothing is ever summed across lanes.
/// </summary>
internal readonly struct ColumnKernel<V, T> : IKernel<T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The longest row.</summary>
    public const int MaxClasses = ColumnBlock<V, T>.MaxRegisters;

    public static int RowsAtOnce => V.Count;

    public static void Softmax(ref readonly T logits, int rows, int classes, ref T destination, T scale) =>
        Run<Probabilities, Softmaxes>(in logits, rows, classes, ref destination, classes, scale);

    public static void LogSoftmax(ref readonly T logits, int rows, int classes, ref T destination, T scale) =>
        Run<LogProbabilities, LogSoftmaxes>(in logits, rows, classes, ref destination, classes, scale);

    public static void Value(ref readonly T logits, int rows, int classes, ref T destination, T scale) =>
        Run<LogSums, Values>(in logits, rows, classes, ref destination, 1, scale);

    /// <summary>Block by block; where a largest logit is not finite, row by row.</summary>
    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private static unsafe void Run<TSteps, TOperation>(ref readonly T logits, int rows, int classes, ref T destination, int results, T scale)
        where TSteps : ISteps where TOperation : IOperation
    {
        T* storage = stackalloc T[ColumnBlock<V, T>.Size];
        for (int row = 0; row < rows;)
        {
            ref T source = ref Unsafe.Add(ref Unsafe.AsRef(in logits), row * classes), target = ref Unsafe.Add(ref destination, row * results);
            ColumnBlock<V, T> block = new(storage, rows - row, classes);
            if (block.Load(in source, scale, out bool near))
                TSteps.Take(in block, near, scale, new(in Unsafe.Add(ref source, block.Rows * classes), in target), in source, ref target);
            else
                TOperation.Apply<RowKernel<SingleLane<T>, T>, T>(in source, block.Rows, classes, ref target, scale);
            row += block.Rows;
        }
    }

    private static void Logarithms(in ColumnBlock<V, T> block, bool near, T scale, Ahead<T> ahead)
    {
        if (near)
            block.Logarithms<NearExponential>(scale, ahead);
        else
            block.Logarithms<WideExponential>(scale, ahead);
    }

    /// <summary>The steps from a block that is loaded to results that are written.</summary>
    private interface ISteps
    {
        static abstract void Take(in ColumnBlock<V, T> block, bool near, T scale, Ahead<T> ahead, ref readonly T source, ref T destination);
    }

    private readonly struct Probabilities : ISteps
    {
        public static void Take(in ColumnBlock<V, T> block, bool near, T scale, Ahead<T> ahead, ref readonly T source, ref T destination)
        {
            if (near)
                block.Exponentials<NearExponential>(scale, ahead);
            else
                block.Exponentials<WideExponential>(scale, ahead);
            block.Write(ref destination);
        }
    }

    private readonly struct LogProbabilities : ISteps
    {
        public static void Take(in ColumnBlock<V, T> block, bool near, T scale, Ahead<T> ahead, ref readonly T source, ref T destination)
        {
            Logarithms(in block, near, scale, ahead);
            block.Write(ref destination);
        }
    }

    private readonly struct LogSums : ISteps
    {
        public static void Take(in ColumnBlock<V, T> block, bool near, T scale, Ahead<T> ahead, ref readonly T source, ref T destination)
        {
            Logarithms(in block, near, scale, ahead);
            block.WriteValues(in source, ref destination, scale);
        }
    }
}
