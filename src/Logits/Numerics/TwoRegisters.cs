using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>Two registers worked on in step, so that long chains of dependent operations overlap: the hardware itself looks ahead too little for that.</summary>
internal readonly struct TwoRegisters<V, T>(V low, V high) : ILanes<TwoRegisters<V, T>, T>
    where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly V _low = low;
    private readonly V _high = high;

    public static int Count => 2 * V.Count;

    public T this[int lane] => lane < V.Count ? _low[lane] : _high[lane - V.Count];

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Create(T value)
    {
        V both = V.Create(value);
        return new(both, both);
    }

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Constant(double value)
    {
        V both = V.Constant(value);
        return new(both, both);
    }

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Load(ref readonly T source) => new(V.Load(in source), V.Load(in Unsafe.Add(ref Unsafe.AsRef(in source), V.Count)));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Gather(ref readonly T source, nint stride) =>
        new(V.Gather(in source, stride), V.Gather(in Unsafe.Add(ref Unsafe.AsRef(in source), V.Count * stride), stride));

    [MethodImpl(AggressiveInlining)]
    public void Store(ref T destination)
    {
        _low.Store(ref destination);
        _high.Store(ref Unsafe.Add(ref destination, V.Count));
    }

    [MethodImpl(AggressiveInlining)]
    public void Scatter(ref T destination, nint stride)
    {
        _low.Scatter(ref destination, stride);
        _high.Scatter(ref Unsafe.Add(ref destination, V.Count * stride), stride);
    }

    [MethodImpl(AggressiveInlining)]
    public static bool Any(TwoRegisters<V, T> mask) => V.Any(V.Or(mask._low, mask._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> operator +(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(a._low + b._low, a._high + b._high);

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> operator -(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(a._low - b._low, a._high - b._high);

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> operator *(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(a._low * b._low, a._high * b._high);

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> operator /(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(a._low / b._low, a._high / b._high);

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Max(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.Max(a._low, b._low), V.Max(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static T Largest(TwoRegisters<V, T> a) => V.Largest(V.Max(a._low, a._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Min(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.Min(a._low, b._low), V.Min(a._high, b._high));

    public static TwoRegisters<V, T> Log1P(TwoRegisters<V, T> x) => new(V.Log1P(x._low), V.Log1P(x._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Equal(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.Equal(a._low, b._low), V.Equal(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> LessThan(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.LessThan(a._low, b._low), V.LessThan(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> And(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.And(a._low, b._low), V.And(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> AndNot(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.AndNot(a._low, b._low), V.AndNot(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Or(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.Or(a._low, b._low), V.Or(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> AddBits(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.AddBits(a._low, b._low), V.AddBits(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> SubtractBits(TwoRegisters<V, T> a, TwoRegisters<V, T> b) => new(V.SubtractBits(a._low, b._low), V.SubtractBits(a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> MultiplyAdd(TwoRegisters<V, T> a, TwoRegisters<V, T> b, TwoRegisters<V, T> c) =>
        new(V.MultiplyAdd(a._low, b._low, c._low), V.MultiplyAdd(a._high, b._high, c._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> Select(TwoRegisters<V, T> mask, TwoRegisters<V, T> a, TwoRegisters<V, T> b) =>
        new(V.Select(mask._low, a._low, b._low), V.Select(mask._high, a._high, b._high));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> ShiftLeftBits(TwoRegisters<V, T> a, int count) => new(V.ShiftLeftBits(a._low, count), V.ShiftLeftBits(a._high, count));

    [MethodImpl(AggressiveInlining)]
    public static TwoRegisters<V, T> ShiftRightBits(TwoRegisters<V, T> a, int count) => new(V.ShiftRightBits(a._low, count), V.ShiftRightBits(a._high, count));
}
