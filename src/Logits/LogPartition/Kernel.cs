using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits;

/// <summary>
/// The operations on consecutive rows of logits, a multiple of <see cref="RowsAtOnce"/>, each multiplied by a scale, the inverse temperature. In place is
/// allowed.
/// </summary>
internal interface IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int RowsAtOnce { get; }

    static abstract void Softmax(ref readonly T logits, int rows, int classes, ref T destination, T scale);

    static abstract void LogSoftmax(ref readonly T logits, int rows, int classes, ref T destination, T scale);

    /// <summary>One result a row.</summary>
    static abstract void Value(ref readonly T logits, int rows, int classes, ref T destination, T scale);
}

/// <summary>One of the operations, whatever the kernel.</summary>
internal interface IOperation
{
    static abstract void Apply<K, T>(ref readonly T logits, int rows, int classes, ref T destination, T scale)
        where K : IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

internal readonly struct Softmaxes : IOperation
{
    public static void Apply<K, T>(ref readonly T logits, int rows, int classes, ref T destination, T scale)
        where K : IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => K.Softmax(in logits, rows, classes, ref destination, scale);
}

internal readonly struct LogSoftmaxes : IOperation
{
    public static void Apply<K, T>(ref readonly T logits, int rows, int classes, ref T destination, T scale)
        where K : IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => K.LogSoftmax(in logits, rows, classes, ref destination, scale);
}

internal readonly struct Values : IOperation
{
    public static void Apply<K, T>(ref readonly T logits, int rows, int classes, ref T destination, T scale)
        where K : IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => K.Value(in logits, rows, classes, ref destination, scale);
}

/// <summary>A function of one row, for registers of any shape that the row fills.</summary>
internal interface IRowFunction<T, TResult> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    TResult In<V>() where V : struct, ILanes<V, T>;
}

/// <summary>Runs an operation over rows with the kernels that suit the hardware and the length of the rows.</summary>
internal static class Kernel
{
    /// <summary>In the widest registers of this hardware; a row has K results or 1.</summary>
    public static void Run<TOperation, T>(ReadOnlySpan<T> logits, int classes, Span<T> destination, int results, T scale)
        where TOperation : IOperation where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated)
            Run<TOperation, Lanes512<T>, T>(logits, classes, destination, results, scale);
        else if (Vector256.IsHardwareAccelerated)
            Run<TOperation, Lanes256<T>, T>(logits, classes, destination, results, scale);
        else if (Vector128.IsHardwareAccelerated)
            Run<TOperation, Lanes128<T>, T>(logits, classes, destination, results, scale);
        else
            Run<TOperation, SingleLane<T>, T>(logits, classes, destination, results, scale);
    }

    /// <summary>In registers of a given shape: short rows side by side where there are enough of them, the others one by one.</summary>
    public static void Run<TOperation, V, T>(ReadOnlySpan<T> logits, int classes, Span<T> destination, int results, T scale)
        where TOperation : IOperation where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = logits.Length / classes, done = 0;
        if (classes <= ColumnKernel<V, T>.MaxClasses && V.Count > 1)
            done = Run<TOperation, ColumnKernel<V, T>, T>(0, rows, logits, classes, destination, results, scale);
        if (classes >= V.Count)
            Run<TOperation, RowKernel<V, T>, T>(done, rows, logits, classes, destination, results, scale);
        else
            Run<TOperation, RowKernel<SingleLane<T>, T>, T>(done, rows, logits, classes, destination, results, scale);
    }

    private static int Run<TOperation, K, T>(int row, int rows, ReadOnlySpan<T> logits, int classes, Span<T> destination, int results, T scale)
        where TOperation : IOperation where K : struct, IKernel<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int whole = (rows - row) / K.RowsAtOnce * K.RowsAtOnce;
        if (whole > 0)
            TOperation.Apply<K, T>(in logits[row * classes], whole, classes, ref destination[row * results], scale);
        return row + whole;
    }

    /// <summary>Evaluates a function of one row in the widest registers that a row of this length fills.</summary>
    public static TResult InWidestRegisters<F, T, TResult>(F function, int length)
        where F : struct, IRowFunction<T, TResult>, allows ref struct where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (Vector512.IsHardwareAccelerated && length >= Vector512<T>.Count)
            return function.In<Lanes512<T>>();
        if (Vector256.IsHardwareAccelerated && length >= Vector256<T>.Count)
            return function.In<Lanes256<T>>();
        if (Vector128.IsHardwareAccelerated && length >= Vector128<T>.Count)
            return function.In<Lanes128<T>>();
        return function.In<SingleLane<T>>();
    }
}
