using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>A 256-bit register: 8 floats or 4 doubles.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public readonly Vector256<T> Value = value;

    public static int Count => Vector256<T>.Count;

    public T this[int lane] => Value[lane];

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Create(T value) => new(Vector256.Create(value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Constant(double value) => typeof(T) == typeof(float)
        ? new(Vector256.Create((float)value).As<float, T>())
        : new(Vector256.Create(value).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Load(ref readonly T source) => new(Vector256.LoadUnsafe(in source));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Gather(ref readonly T source, nint stride) => new(Vector256.Create(
        Lanes128<T>.Gather(in source, stride).Value,
        Lanes128<T>.Gather(in Unsafe.Add(ref Unsafe.AsRef(in source), Lanes128<T>.Count * stride), stride).Value));

    [MethodImpl(AggressiveInlining)]
    public void Scatter(ref T destination, nint stride)
    {
        new Lanes128<T>(Value.GetLower()).Scatter(ref destination, stride);
        new Lanes128<T>(Value.GetUpper()).Scatter(ref Unsafe.Add(ref destination, Lanes128<T>.Count * stride), stride);
    }

    [MethodImpl(AggressiveInlining)]
    public static void GatherFour(ref readonly T source, nint stride, out Lanes256<T> a, out Lanes256<T> b, out Lanes256<T> c, out Lanes256<T> d)
    {
        ref T s = ref Unsafe.AsRef(in source);
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            // Row k in the lower half and row k + 4 in the upper.
            ref float f = ref Unsafe.As<T, float>(ref s);
            Transpose(Rows(ref f, stride), Rows(ref Unsafe.Add(ref f, stride), stride), Rows(ref Unsafe.Add(ref f, 2 * stride), stride),
                Rows(ref Unsafe.Add(ref f, 3 * stride), stride), out Vector256<float> a4, out Vector256<float> b4, out Vector256<float> c4, out Vector256<float> d4);
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
    public static void ScatterFour(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c, Lanes256<T> d, ref T destination, nint stride)
    {
        if (typeof(T) == typeof(float) && Avx.IsSupported)
        {
            ref float f = ref Unsafe.As<T, float>(ref destination);
            Transpose(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle(), d.Value.AsSingle(),
                out Vector256<float> row0, out Vector256<float> row1, out Vector256<float> row2, out Vector256<float> row3);
            row0.GetLower().StoreUnsafe(ref f);
            row1.GetLower().StoreUnsafe(ref Unsafe.Add(ref f, stride));
            row2.GetLower().StoreUnsafe(ref Unsafe.Add(ref f, 2 * stride));
            row3.GetLower().StoreUnsafe(ref Unsafe.Add(ref f, 3 * stride));
            row0.GetUpper().StoreUnsafe(ref Unsafe.Add(ref f, 4 * stride));
            row1.GetUpper().StoreUnsafe(ref Unsafe.Add(ref f, 5 * stride));
            row2.GetUpper().StoreUnsafe(ref Unsafe.Add(ref f, 6 * stride));
            row3.GetUpper().StoreUnsafe(ref Unsafe.Add(ref f, 7 * stride));
        }
        else
        {
            a.Scatter(ref destination, stride);
            b.Scatter(ref Unsafe.Add(ref destination, 1), stride);
            c.Scatter(ref Unsafe.Add(ref destination, 2), stride);
            d.Scatter(ref Unsafe.Add(ref destination, 3), stride);
        }
    }

    [MethodImpl(AggressiveInlining)]
    private static Vector256<float> Rows(ref readonly float row, nint stride) =>
        Vector256.Create(Vector128.LoadUnsafe(in row), Vector128.LoadUnsafe(in Unsafe.Add(ref Unsafe.AsRef(in row), 4 * stride)));

    /// <summary>The transposes of the two 4×4 matrices in the lower and the upper halves.</summary>
    [MethodImpl(AggressiveInlining)]
    private static void Transpose(
        Vector256<float> a, Vector256<float> b, Vector256<float> c, Vector256<float> d,
        out Vector256<float> k, out Vector256<float> l, out Vector256<float> m, out Vector256<float> n)
    {
        Vector256<float> ab = Avx.UnpackLow(a, b), cd = Avx.UnpackLow(c, d), abHigh = Avx.UnpackHigh(a, b), cdHigh = Avx.UnpackHigh(c, d);
        k = Avx.Shuffle(ab, cd, 0b01_00_01_00);
        l = Avx.Shuffle(ab, cd, 0b11_10_11_10);
        m = Avx.Shuffle(abHigh, cdHigh, 0b01_00_01_00);
        n = Avx.Shuffle(abHigh, cdHigh, 0b11_10_11_10);
    }

    [MethodImpl(AggressiveInlining)]
    public void Store(ref T destination) => Value.StoreUnsafe(ref destination);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> a, Lanes256<T> b) => new(a.Value + b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> a, Lanes256<T> b) => new(a.Value - b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> a, Lanes256<T> b) => new(a.Value * b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> a, Lanes256<T> b) => new(a.Value / b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> MultiplyAdd(Lanes256<T> a, Lanes256<T> b, Lanes256<T> c) => typeof(T) == typeof(float)
        ? new(Vector256.MultiplyAddEstimate(a.Value.AsSingle(), b.Value.AsSingle(), c.Value.AsSingle()).As<float, T>())
        : new(Vector256.MultiplyAddEstimate(a.Value.AsDouble(), b.Value.AsDouble(), c.Value.AsDouble()).As<double, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MaxNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static T Largest(Lanes256<T> a) => Lanes128<T>.Largest(new(Vector128.MaxNative(a.Value.GetLower(), a.Value.GetUpper())));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> a, Lanes256<T> b) => new(Vector256.MinNative(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static double WideSum(Lanes256<T> a)
    {
        if (typeof(T) == typeof(double))
            return Vector256.Sum(a.Value.AsDouble());
        (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(a.Value.AsSingle());
        return Vector256.Sum(lower + upper);
    }

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> a, Lanes256<T> b) => new(Vector256.Equals(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> LessThan(Lanes256<T> a, Lanes256<T> b) => new(Vector256.LessThan(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static bool Any(Lanes256<T> mask) => mask.Value.AsUInt64() != Vector256<ulong>.Zero;

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> a, Lanes256<T> b) => new(Vector256.ConditionalSelect(mask.Value, a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> And(Lanes256<T> a, Lanes256<T> b) => new(a.Value & b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> AndNot(Lanes256<T> a, Lanes256<T> b) => new(Vector256.AndNot(a.Value, b.Value));

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> Or(Lanes256<T> a, Lanes256<T> b) => new(a.Value | b.Value);

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> AddBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() + b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() + b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> SubtractBits(Lanes256<T> a, Lanes256<T> b) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() - b.Value.AsUInt32()).As<uint, T>())
        : new((a.Value.AsUInt64() - b.Value.AsUInt64()).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> ShiftLeftBits(Lanes256<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() << count).As<uint, T>())
        : new((a.Value.AsUInt64() << count).As<ulong, T>());

    [MethodImpl(AggressiveInlining)]
    public static Lanes256<T> ShiftRightBits(Lanes256<T> a, int count) => typeof(T) == typeof(float)
        ? new((a.Value.AsUInt32() >>> count).As<uint, T>())
        : new((a.Value.AsUInt64() >>> count).As<ulong, T>());
}
