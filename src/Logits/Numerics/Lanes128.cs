using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>A 128-bit register: 4 floats or 2 doubles.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector128<T> Value = value;

    public static int Count => Vector128<T>.Count;

    public T this[int lane] => Value[lane];

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Create(T value) => new(Vector128.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector128.Create((float)value).As<float, T>())
        : new(Vector128.Create(value).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Load(ref readonly T source) => new(Vector128.LoadUnsafe(in source));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Gather(ref readonly T source, nint stride)
    {
        ref T s = ref Unsafe.AsRef(in source);
        if (typeof(T) == typeof(double))
            return new(Vector128.Create(Bits.Double(s), Bits.Double(Unsafe.Add(ref s, stride))).As<double, T>());
        return new(Vector128.Create(
            Bits.Single(s), Bits.Single(Unsafe.Add(ref s, stride)),
            Bits.Single(Unsafe.Add(ref s, 2 * stride)), Bits.Single(Unsafe.Add(ref s, 3 * stride))).As<float, T>());
    }

    [MethodImpl(AggressiveInlining)]
    public void Scatter(ref T destination, nint stride)
    {
        destination = Value.ToScalar();
        Unsafe.Add(ref destination, stride) = Value.GetElement(1);
        if (typeof(T) == typeof(double))
            return;
        Unsafe.Add(ref destination, 2 * stride) = Value.GetElement(2);
        Unsafe.Add(ref destination, 3 * stride) = Value.GetElement(3);
    }

    [MethodImpl(AggressiveInlining)]
    public void Store(ref T destination) => Value.StoreUnsafe(ref destination);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> a, Lanes128<T> b) => new(a.Value + b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> a, Lanes128<T> b) => new(a.Value - b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> a, Lanes128<T> b) => new(a.Value * b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> a, Lanes128<T> b) => new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> MultiplyAdd(Lanes128<T> a, Lanes128<T> b, Lanes128<T> c) => typeof(T) == typeof(float)
        ? new(Vector128.MultiplyAddEstimate(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector128.MultiplyAddEstimate(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MaxNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static T Largest(Lanes128<T> a)
    {
        Vector128<T> pairs = Vector128.MaxNative(a.Value, Vector128.Shuffle(a.Value.AsUInt64(), Vector128.Create(1UL, 0)).As<ulong, T>());
        if (typeof(T) == typeof(float))
            pairs = Vector128.MaxNative(pairs, Vector128.Shuffle(pairs.AsUInt32(), Vector128.Create(1U, 0, 3, 2)).As<uint, T>());
        return pairs.ToScalar();
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> a, Lanes128<T> b) => new(Vector128.MinNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static double WideSum(Lanes128<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector128.Sum(a.Value.AsDouble());
        (Vector128<double> lower, Vector128<double> upper) = Vector128.Widen(a.Value.AsSingle());
        return Vector128.Sum(lower + upper);
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> a, Lanes128<T> b) => new(Vector128.Equals(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> LessThan(Lanes128<T> a, Lanes128<T> b) => new(Vector128.LessThan(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(Lanes128<T> mask) => mask.Value.AsUInt64() != Vector128<ulong>.Zero;

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> a, Lanes128<T> b) => new(Vector128.ConditionalSelect(mask.Value, a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> And(Lanes128<T> a, Lanes128<T> b) => new(a.Value & b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> AndNot(Lanes128<T> a, Lanes128<T> b) => new(Vector128.AndNot(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> Or(Lanes128<T> a, Lanes128<T> b) => new(a.Value | b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> AddBits(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() + b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() + b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> SubtractBits(Lanes128<T> a, Lanes128<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() - b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() - b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> ShiftLeftBits(Lanes128<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() << count).As<uint, T>())
        : new((a.Value.AsUInt64() << count).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes128<T> ShiftRightBits(Lanes128<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() >>> count).As<uint, T>())
        : new((a.Value.AsUInt64() >>> count).As<ulong, T>());
}
