using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Numerics;

namespace Logits;

/// <summary>A(λx)/λ of one row: the smooth maximum for λ &gt; 0, the smooth minimum for λ &lt; 0. λx itself is never formed: it might overflow.</summary>
internal readonly ref struct SmoothExtremeRow<T>(ReadOnlySpan<T> values, T sharpness) : IRowFunction<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _values = values;

    public T In<V>() where V : struct, ILanes<V, T>
    {
        ref readonly T first = ref MemoryMarshal.GetReference(_values);
        (T min, T max) = RowKernel<V, T>.Extremes(in first, _values.Length);
        (T extreme, T other) = T.IsPositive(sharpness) ? (max, min) : (min, max);
        if (!T.IsFinite(extreme))
            return Limit(extreme);
        T excess = RowKernel<V, T>.Excess(in first, _values.Length, other, extreme, sharpness, 0, in first);
        return extreme + VectorMath.Log1P<SingleLane<T>, T>(new(excess)).Value / sharpness;
    }

    private T Limit(T extreme)
    {
        foreach (T value in _values)
            if (T.IsNaN(value))
                return T.NaN;
        return extreme;
    }
}
