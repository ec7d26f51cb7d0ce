using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>
/// A sum a lane, with the rounding of every addition kept and added up beside it: its error hardly grows with the number of terms.
/// See D. E. Knuth, The Art of Computer Programming, volume 2, section 4.2.2, theorem B.
/// </summary>
internal struct CompensatedSum<V, T>(V sum, V error) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private V _sum = sum;
    private V _error = error;

    /// <summary>The sum as far as it is rounded.</summary>
    public readonly V Rounded => _sum;

    /// <summary>What to add to it.</summary>
    public readonly V Error => _error;

    public readonly V Total
    {
        [MethodImpl(AggressiveInlining)]
        get => _sum + _error;
    }

    [MethodImpl(AggressiveInlining)]
    public void Add(V term)
    {
        V sum = _sum + term;
        V part = sum - _sum;
        _error += (_sum - (sum - part)) + (term - part);
        _sum = sum;
    }

    /// <summary>The sum over the lanes.</summary>
    [MethodImpl(AggressiveInlining)]
    public readonly T AcrossLanes() =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)(V.WideSum(_sum) + V.WideSum(_error))) : AcrossWideLanes();

    [SkipLocalsInit]
    [MethodImpl(AggressiveOptimization | NoInlining)]
    private readonly T AcrossWideLanes()
    {
        Span<T> sums = stackalloc T[V.Count], errors = stackalloc T[V.Count];
        _sum.Store(ref sums[0]);
        _error.Store(ref errors[0]);
        T sum = sums[0], error = errors[0];
        for (int lane = 1; lane < V.Count; lane++)
        {
            T next = sum + sums[lane], part = next - sum;
            error += (sum - (next - part)) + (sums[lane] - part) + errors[lane];
            sum = next;
        }
        return sum + error;
    }
}
