using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Numerics;

/// <summary>The transpose of a matrix.</summary>
internal static unsafe class Transpose<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>target[j·targetStride + i] = source[i·sourceStride + j] for i &lt; rows and j &lt; columns; the two must not overlap.</summary>
    public static void Copy(T* source, nint sourceStride, int rows, int columns, T* target, nint targetStride)
    {
        // Registers that the columns fill.
        if (Vector512.IsHardwareAccelerated && rows >= Vector512<T>.Count)
            Copy<Lanes512<T>>(source, sourceStride, rows, columns, target, targetStride);
        else if (Vector256.IsHardwareAccelerated && rows >= Vector256<T>.Count)
            Copy<Lanes256<T>>(source, sourceStride, rows, columns, target, targetStride);
        else if (Vector128.IsHardwareAccelerated && rows >= Vector128<T>.Count)
            Copy<Lanes128<T>>(source, sourceStride, rows, columns, target, targetStride);
        else
            Copy<SingleLane<T>>(source, sourceStride, rows, columns, target, targetStride);
    }

    /// <summary>For at least as many rows as the registers have lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Copy<V>(T* source, nint sourceStride, int rows, int columns, T* target, nint targetStride) where V : struct, ILanes<V, T>
    {
        // The last lanes, and the last four columns, may overlap the ones before: they are the same numbers.
        for (int row = 0; row < rows; row += V.Count)
        {
            int i = Math.Min(row, rows - V.Count);
            T* from = source + i * sourceStride, to = target + i;
            if (columns < 4)
                for (int j = 0; j < columns; j++)
                    V.Gather(in from[j], sourceStride).Store(ref to[j * targetStride]);
            else
                for (int column = 0; column < columns; column += 4)
                {
                    int j = Math.Min(column, columns - 4);
                    V.GatherFour(in from[j], sourceStride, out V a, out V b, out V c, out V d);
                    a.Store(ref to[j * targetStride]);
                    b.Store(ref to[(j + 1) * targetStride]);
                    c.Store(ref to[(j + 2) * targetStride]);
                    d.Store(ref to[(j + 3) * targetStride]);
                }
        }
    }
}
