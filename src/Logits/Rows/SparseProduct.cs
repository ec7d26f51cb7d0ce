using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>Sums of a few long rows, each with a factor: what both products of sparse rows are made of.</summary>
internal static unsafe class SparseProduct
{
    /// <summary>The numbers that rows are padded to.</summary>
    public static int Unit<T>() where T : unmanaged => 16 / sizeof(T);

    /// <summary>destination = start + Σ_e values[e] · rows[indices[e]], entry after entry, so that the bits depend on nothing else.</summary>
    /// <param name="indices">Which rows.</param>
    /// <param name="values">Their factors.</param>
    /// <param name="rows">Row r begins at r·<paramref name="width"/>.</param>
    /// <param name="width">The length of a row, a multiple of <see cref="Unit"/>.</param>
    /// <param name="start">A row to begin with; null for zeros.</param>
    /// <param name="destination">One row.</param>
    public static void Combine<TIndex, T>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<T> values, T* rows, int width, T* start, T* destination)
        where TIndex : unmanaged, IBinaryInteger<TIndex>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int k = 0;
        if (Vector512.IsHardwareAccelerated)
            k = Combine<Lanes512<T>, TIndex, T>(indices, values, rows, width, start, destination, k);
        if (Vector256.IsHardwareAccelerated)
            k = Combine<Lanes256<T>, TIndex, T>(indices, values, rows, width, start, destination, k);
        if (Vector128.IsHardwareAccelerated)
            k = Combine<Lanes128<T>, TIndex, T>(indices, values, rows, width, start, destination, k);
        Combine<SingleLane<T>, TIndex, T>(indices, values, rows, width, start, destination, k);
    }

    /// <summary>As many numbers of the row, from <paramref name="k"/> on, as registers of this shape take. The first that is left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Combine<V, TIndex, T>(ReadOnlySpan<TIndex> indices, ReadOnlySpan<T> values, T* rows, int width, T* start, T* destination, int k)
        where V : struct, ILanes<V, T>
        where TIndex : unmanaged, IBinaryInteger<TIndex>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (; k + 4 * V.Count <= width; k += 4 * V.Count)
        {
            V a = Start<V, T>(start, k), b = Start<V, T>(start, k + V.Count), c = Start<V, T>(start, k + 2 * V.Count), d = Start<V, T>(start, k + 3 * V.Count);
            for (int e = 0; e < indices.Length; e++)
            {
                V factor = V.Create(values[e]);
                T* row = rows + (nint)int.CreateTruncating(indices[e]) * width + k;
                a = V.MultiplyAdd(factor, V.Load(in row[0]), a);
                b = V.MultiplyAdd(factor, V.Load(in row[V.Count]), b);
                c = V.MultiplyAdd(factor, V.Load(in row[2 * V.Count]), c);
                d = V.MultiplyAdd(factor, V.Load(in row[3 * V.Count]), d);
            }
            a.Store(ref destination[k]);
            b.Store(ref destination[k + V.Count]);
            c.Store(ref destination[k + 2 * V.Count]);
            d.Store(ref destination[k + 3 * V.Count]);
        }
        for (; k + V.Count <= width; k += V.Count)
        {
            V a = Start<V, T>(start, k);
            for (int e = 0; e < indices.Length; e++)
                a = V.MultiplyAdd(V.Create(values[e]), V.Load(in rows[(nint)int.CreateTruncating(indices[e]) * width + k]), a);
            a.Store(ref destination[k]);
        }
        return k;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Start<V, T>(T* start, int k) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        start == null ? default : V.Load(in start[k]);
}
