using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>The steps of <see cref="ClassMajor{T}"/> for a block of columns, in registers of one shape.</summary>
internal static unsafe class ClassTile<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The most columns of a block.</summary>
    public const int MaxColumns = 256;

    private const int FirstLevelCacheBytes = 32 << 10;

    /// <summary>As many columns as stay in the first-level cache between the steps; where not even a few do, many, so that memory is read in order.</summary>
    public static int Columns(int classes)
    {
        int fit = FirstLevelCacheBytes / sizeof(T) / classes / ClassMajor<T>.StrideUnit * ClassMajor<T>.StrideUnit;
        return fit == 0 ? MaxColumns : Math.Min(fit, MaxColumns);
    }

    /// <summary>The largest of each column.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Maxima(T* tile, nint stride, int columns, int classes, T* maxima)
    {
        for (int k = 0; k < classes; k += 4)
        {
            // The last of four classes may come again.
            T* first = tile + k * stride, second = tile + Math.Min(k + 1, classes - 1) * stride;
            T* third = tile + Math.Min(k + 2, classes - 1) * stride, fourth = tile + Math.Min(k + 3, classes - 1) * stride;
            for (int i = 0; i < columns; i += V.Count)
            {
                V max = V.Max(V.Max(V.Load(in first[i]), V.Load(in second[i])), V.Max(V.Load(in third[i]), V.Load(in fourth[i])));
                (k == 0 ? max : V.Max(V.Load(in maxima[i]), max)).Store(ref maxima[i]);
            }
        }
    }

    /// <summary>From maxima and sums to log-partition functions and the reciprocals of the sums.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Finish(T* sums, int columns, T* maxima)
    {
        V one = V.Create(T.One);
        for (int i = 0; i < columns; i += V.Count)
        {
            V sum = V.Load(in sums[i]);
            (V.Load(in maxima[i]) + VectorMath.Log<V, T>(sum)).Store(ref maxima[i]);
            (one / sum).Store(ref sums[i]);
        }
    }

    /// <summary>Multiplies each column by its factor.</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Scale(T* tile, nint stride, int columns, int classes, T* factors)
    {
        for (int k = 0; k < classes; k++, tile += stride)
            for (int i = 0; i < columns; i += V.Count)
                (V.Load(in tile[i]) * V.Load(in factors[i])).Store(ref tile[i]);
    }

    /// <summary>u ← w p (u − mean).</summary>
    [MethodImpl(AggressiveOptimization)]
    public static void Center(T* probabilities, T* changes, nint stride, int columns, int classes, T* means, T* weights)
    {
        for (int k = 0; k < classes; k++, probabilities += stride, changes += stride)
            for (int i = 0; i < columns; i += V.Count)
                (V.Load(in weights[i]) * V.Load(in probabilities[i]) * (V.Load(in changes[i]) - V.Load(in means[i]))).Store(ref changes[i]);
    }
}
