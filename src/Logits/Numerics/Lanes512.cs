using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
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
    public static void GatherFour(ref readonly T source, nint stride, out Lanes512<T> a, out Lanes512<T> b, out Lanes512<T> c, out Lanes512<T> d)
    {
        ref T s = ref Unsafe.AsRef(in source);
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
        {
            ref float f = ref Unsafe.As<T, float>(ref s);
            Transpose(Rows(ref f, stride), Rows(ref Unsafe.Add(ref f, stride), stride), Rows(ref Unsafe.Add(ref f, 2 * stride), stride),
                Rows(ref Unsafe.Add(ref f, 3 * stride), stride),
                out Vector512<float> a4, out Vector512<float> b4, out Vector512<float> c4, out Vector512<float> d4);
            (a, b, c, d) = (new(a4.As<float, T>()), new(b4.As<float, T>()), new(c4.As<float, T>()), new(d4.As<float, T>()));
        }
        else
        {
            a = Gather(in s, stride);
            b = Gather(in Unsafe.Add(ref s, 1), stride);
            c = Gather(in Unsafe.Add(ref s, 2), stride);
            d = Gather(in Unsafe.Add(ref s, 3), stride);
        }
    }

    [MethodImpl(AggressiveInlining)]
    public static void ScatterFour(Lanes512<T> a, Lanes512<T> b, Lanes512<T> c, Lanes512<T> d, ref T destination, nint stride)
    {
        if (typeof(T) == typeof(float) && Avx512F.IsSupported)
        {
            ref float f = ref Unsafe.As<T, float>(ref destination);
            Transpose(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle(), d.Value.AsSingle(),
                out Vector512<float> row0, out Vector512<float> row1, out Vector512<float> row2, out Vector512<float> row3);
            StoreRows(row0, ref f, stride);
            StoreRows(row1, ref Unsafe.Add(ref f, stride), stride);
            StoreRows(row2, ref Unsafe.Add(ref f, 2 * stride), stride);
            StoreRows(row3, ref Unsafe.Add(ref f, 3 * stride), stride);
        }
        else
        {
            a.Scatter(ref destination, stride);
            b.Scatter(ref Unsafe.Add(ref destination, 1), stride);
            c.Scatter(ref Unsafe.Add(ref destination, 2), stride);
            d.Scatter(ref Unsafe.Add(ref destination, 3), stride);
        }
    }

    /// <summary>Four numbers each of every fourth row.</summary>
    [MethodImpl(AggressiveInlining)]
    private static Vector512<float> Rows(ref readonly float row, nint stride)
    {
        ref float r = ref Unsafe.AsRef(in row);
        return Vector512.Create(
            Vector256.Create(Vector128.LoadUnsafe(ref r), Vector128.LoadUnsafe(ref Unsafe.Add(ref r, 4 * stride))),
            Vector256.Create(Vector128.LoadUnsafe(ref Unsafe.Add(ref r, 8 * stride)), Vector128.LoadUnsafe(ref Unsafe.Add(ref r, 12 * stride))));
    }

    [MethodImpl(AggressiveInlining)]
    private static void StoreRows(Vector512<float> rows, ref float row, nint stride)
    {
        rows.GetLower().GetLower().StoreUnsafe(ref row);
        rows.GetLower().GetUpper().StoreUnsafe(ref Unsafe.Add(ref row, 4 * stride));
        rows.GetUpper().GetLower().StoreUnsafe(ref Unsafe.Add(ref row, 8 * stride));
        rows.GetUpper().GetUpper().StoreUnsafe(ref Unsafe.Add(ref row, 12 * stride));
    }

    /// <summary>The transposes of the 4×4 matrices in the quarters.</summary>
    [MethodImpl(AggressiveInlining)]
    private static void Transpose(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d,
        out Vector512<float> k, out Vector512<float> l, out Vector512<float> m, out Vector512<float> n)
    {
        Vector512<float> ab = Avx512F.UnpackLow(a, b), cd = Avx512F.UnpackLow(c, d), abHigh = Avx512F.UnpackHigh(a, b), cdHigh = Avx512F.UnpackHigh(c, d);
        k = Avx512F.Shuffle(ab, cd, 0b01_00_01_00);
        l = Avx512F.Shuffle(ab, cd, 0b11_10_11_10);
        m = Avx512F.Shuffle(abHigh, cdHigh, 0b01_00_01_00);
        n = Avx512F.Shuffle(abHigh, cdHigh, 0b11_10_11_10);
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
