using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>One number: what is left over beside full registers, and hardware without any.</summary>
internal readonly struct SingleLane<T>(T value) : ILanes<SingleLane<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly T Value = value;

    public static int Count => 1;

    public T this[int lane] => Value;

    private static T AllBitsSet => Bits.To<T>(ulong.MaxValue);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Create(T value) => new(value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Constant(double value) =>
        new(typeof(T) == typeof(float) ? Unsafe.BitCast<float, T>((float)value) : Unsafe.BitCast<double, T>(value));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Load(ref readonly T source) => new(source);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Gather(ref readonly T source, nint stride) => new(source);

    [MethodImpl(AggressiveInlining)]
    public void Store(ref T destination) => destination = Value;

    [MethodImpl(AggressiveInlining)]
    public void Scatter(ref T destination, nint stride) => destination = Value;

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> operator +(SingleLane<T> a, SingleLane<T> b) => new(a.Value + b.Value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> operator -(SingleLane<T> a, SingleLane<T> b) => new(a.Value - b.Value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> operator *(SingleLane<T> a, SingleLane<T> b) => new(a.Value * b.Value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> operator /(SingleLane<T> a, SingleLane<T> b) => new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> MultiplyAdd(SingleLane<T> a, SingleLane<T> b, SingleLane<T> c) => new(T.MultiplyAddEstimate(a.Value, b.Value, c.Value));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Max(SingleLane<T> a, SingleLane<T> b) => new(a.Value > b.Value ? a.Value : b.Value);

    [MethodImpl(AggressiveInlining)]
    public static T Largest(SingleLane<T> a) => a.Value;

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Min(SingleLane<T> a, SingleLane<T> b) => new(a.Value < b.Value ? a.Value : b.Value);

    public static double WideSum(SingleLane<T> a) => double.CreateTruncating(a.Value);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Equal(SingleLane<T> a, SingleLane<T> b) => new(a.Value == b.Value ? AllBitsSet : T.Zero);

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> LessThan(SingleLane<T> a, SingleLane<T> b) => new(a.Value < b.Value ? AllBitsSet : T.Zero);

    [MethodImpl(AggressiveInlining)]
    public static bool Any(SingleLane<T> mask) => Bits.Of(mask.Value) != 0;

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Select(SingleLane<T> mask, SingleLane<T> a, SingleLane<T> b) => Or(And(a, mask), AndNot(b, mask));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> And(SingleLane<T> a, SingleLane<T> b) => new(Bits.To<T>(Bits.Of(a.Value) & Bits.Of(b.Value)));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> AndNot(SingleLane<T> a, SingleLane<T> b) => new(Bits.To<T>(Bits.Of(a.Value) & ~Bits.Of(b.Value)));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> Or(SingleLane<T> a, SingleLane<T> b) => new(Bits.To<T>(Bits.Of(a.Value) | Bits.Of(b.Value)));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> AddBits(SingleLane<T> a, SingleLane<T> b) => new(Bits.To<T>(Bits.Of(a.Value) + Bits.Of(b.Value)));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> SubtractBits(SingleLane<T> a, SingleLane<T> b) => new(Bits.To<T>(Bits.Of(a.Value) - Bits.Of(b.Value)));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> ShiftLeftBits(SingleLane<T> a, int count) => new(Bits.To<T>(Bits.Of(a.Value) << count));

    [MethodImpl(AggressiveInlining)]
    public static SingleLane<T> ShiftRightBits(SingleLane<T> a, int count) => new(Bits.To<T>(Bits.Of(a.Value) >> count));
}
