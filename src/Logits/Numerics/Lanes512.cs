using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>A 512-bit register: 16 floats or 8 doubles.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector512<T> Value = value;

    public static int Count => Vector512<T>.Count;

    public T this[int lane] => Value[lane];

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Create(T value) => new(Vector512.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector512.Create((float)value).As<float, T>())
        : new(Vector512.Create(value).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Load(ref readonly T source) => new(Vector512.LoadUnsafe(in source));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Gather(ref readonly T source, nint stride) => new(Vector512.Create(
        Lanes256<T>.Gather(in source, stride).Value,
        Lanes256<T>.Gather(in Unsafe.Add(ref Unsafe.AsRef(in source), Lanes256<T>.Count * stride), stride).Value));

    [MethodImpl(AggressiveInlining)]
    public void Scatter(ref T destination, nint stride)
    {
        new Lanes256<T>(Value.GetLower()).Scatter(ref destination, stride);
        new Lanes256<T>(Value.GetUpper()).Scatter(ref Unsafe.Add(ref destination, Lanes256<T>.Count * stride), stride);
    }

    [MethodImpl(AggressiveInlining)]
    public void Store(ref T destination) => Value.StoreUnsafe(ref destination);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> a, Lanes512<T> b) => new(a.Value + b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> a, Lanes512<T> b) => new(a.Value - b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> a, Lanes512<T> b) => new(a.Value * b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> a, Lanes512<T> b) => new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> MultiplyAdd(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c) => typeof(T) == typeof(float)
        ? new(Vector512.MultiplyAddEstimate(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector512.MultiplyAddEstimate(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MaxNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static T Largest(Lanes512<T> a) => Lanes256<T>.Largest(new(Vector256.MaxNative(a.Value.GetLower(), a.Value.GetUpper())));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> a, Lanes512<T> b) => new(Vector512.MinNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static double WideSum(Lanes512<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector512.Sum(a.Value.AsDouble());
        (Vector512<double> lower, Vector512<double> upper) = Vector512.Widen(a.Value.AsSingle());
        return Vector512.Sum(lower + upper);
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> a, Lanes512<T> b) => new(Vector512.Equals(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> LessThan(Lanes512<T> a, Lanes512<T> b) => new(Vector512.LessThan(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => mask.Value.AsUInt64() != Vector512<ulong>.Zero;

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> a, Lanes512<T> b) => new(Vector512.ConditionalSelect(mask.Value, a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> And(Lanes512<T> a, Lanes512<T> b) => new(a.Value & b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> AndNot(Lanes512<T> a, Lanes512<T> b) => new(Vector512.AndNot(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> Or(Lanes512<T> a, Lanes512<T> b) => new(a.Value | b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> AddBits(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() + b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() + b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> SubtractBits(Lanes512<T> a, Lanes512<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() - b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() - b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> ShiftLeftBits(Lanes512<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() << count).As<uint, T>())
        : new((a.Value.AsUInt64() << count).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes512<T> ShiftRightBits(Lanes512<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() >>> count).As<uint, T>())
        : new((a.Value.AsUInt64() >>> count).As<ulong, T>());
}
