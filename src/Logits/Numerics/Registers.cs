using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>512 bits of floats.</summary>
internal readonly unsafe struct Single512 : IRegister<Vector512<float>, float>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Create(float value) => Vector512.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Load(float* source, Vector512<float> mask, bool whole) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, default) : LaneByLane.Load(source, mask);

    [MethodImpl(AggressiveInlining)]
    public static void Store(float* target, Vector512<float> value, Vector512<float> mask, bool whole)
    {
        if (Avx512F.IsSupported)
            Avx512F.MaskStore(target, mask, value);
        else
            LaneByLane.Store(target, value, mask);
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> a, Vector512<float> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> a, Vector512<float> b, Vector512<float> c) => Vector512.MultiplyAddEstimate(a, b, c);
}

/// <summary>512 bits of doubles.</summary>
internal readonly unsafe struct Double512 : IRegister<Vector512<double>, double>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Create(double value) => Vector512.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Load(double* source, Vector512<double> mask, bool whole) =>
        Avx512F.IsSupported ? Avx512F.MaskLoad(source, mask, default) : LaneByLane.Load(source, mask);

    [MethodImpl(AggressiveInlining)]
    public static void Store(double* target, Vector512<double> value, Vector512<double> mask, bool whole)
    {
        if (Avx512F.IsSupported)
            Avx512F.MaskStore(target, mask, value);
        else
            LaneByLane.Store(target, value, mask);
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Add(Vector512<double> a, Vector512<double> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> MultiplyAdd(Vector512<double> a, Vector512<double> b, Vector512<double> c) => Vector512.MultiplyAddEstimate(a, b, c);
}

/// <summary>256 bits of floats.</summary>
internal readonly unsafe struct Single256 : IRegister<Vector256<float>, float>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Create(float value) => Vector256.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Load(float* source, Vector256<float> mask, bool whole) =>
        whole ? Vector256.Load(source) : Vector128.Load(source).ToVector256();

    [MethodImpl(AggressiveInlining)]
    public static void Store(float* target, Vector256<float> value, Vector256<float> mask, bool whole)
    {
        if (whole)
            value.Store(target);
        else
            value.GetLower().Store(target);
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Add(Vector256<float> a, Vector256<float> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> MultiplyAdd(Vector256<float> a, Vector256<float> b, Vector256<float> c) => Vector256.MultiplyAddEstimate(a, b, c);
}

/// <summary>256 bits of doubles.</summary>
internal readonly unsafe struct Double256 : IRegister<Vector256<double>, double>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Create(double value) => Vector256.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Load(double* source, Vector256<double> mask, bool whole) =>
        whole ? Vector256.Load(source) : Vector128.Load(source).ToVector256();

    [MethodImpl(AggressiveInlining)]
    public static void Store(double* target, Vector256<double> value, Vector256<double> mask, bool whole)
    {
        if (whole)
            value.Store(target);
        else
            value.GetLower().Store(target);
    }

    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Add(Vector256<double> a, Vector256<double> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> MultiplyAdd(Vector256<double> a, Vector256<double> b, Vector256<double> c) => Vector256.MultiplyAddEstimate(a, b, c);
}

/// <summary>128 bits of floats.</summary>
internal readonly unsafe struct Single128 : IRegister<Vector128<float>, float>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Create(float value) => Vector128.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Load(float* source, Vector128<float> mask, bool whole) => Vector128.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(float* target, Vector128<float> value, Vector128<float> mask, bool whole) => value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> a, Vector128<float> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> a, Vector128<float> b, Vector128<float> c) => Vector128.MultiplyAddEstimate(a, b, c);
}

/// <summary>128 bits of doubles.</summary>
internal readonly unsafe struct Double128 : IRegister<Vector128<double>, double>
{
    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Create(double value) => Vector128.Create(value);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Load(double* source, Vector128<double> mask, bool whole) => Vector128.Load(source);

    [MethodImpl(AggressiveInlining)]
    public static void Store(double* target, Vector128<double> value, Vector128<double> mask, bool whole) => value.Store(target);

    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Add(Vector128<double> a, Vector128<double> b) => a + b;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> MultiplyAdd(Vector128<double> a, Vector128<double> b, Vector128<double> c) => Vector128.MultiplyAddEstimate(a, b, c);
}

/// <summary>One float.</summary>
internal readonly unsafe struct Single1 : IRegister<float, float>
{
    public static float Create(float value) => value;

    public static float Load(float* source, float mask, bool whole) => *source;

    public static void Store(float* target, float value, float mask, bool whole) => *target = value;

    public static float Add(float a, float b) => a + b;

    public static float MultiplyAdd(float a, float b, float c) => float.MultiplyAddEstimate(a, b, c);
}

/// <summary>One double.</summary>
internal readonly unsafe struct Double1 : IRegister<double, double>
{
    public static double Create(double value) => value;

    public static double Load(double* source, double mask, bool whole) => *source;

    public static void Store(double* target, double value, double mask, bool whole) => *target = value;

    public static double Add(double a, double b) => a + b;

    public static double MultiplyAdd(double a, double b, double c) => double.MultiplyAddEstimate(a, b, c);
}

/// <summary>Masked access where the hardware has none.</summary>
internal static unsafe class LaneByLane
{
    public static X Load<X, T>(T* source, X mask) where X : unmanaged where T : unmanaged
    {
        X value = default;
        for (int lane = 0; lane < sizeof(X) / sizeof(T); lane++)
            if (((byte*)&mask)[lane * sizeof(T)] != 0)
                ((T*)&value)[lane] = source[lane];
        return value;
    }

    public static void Store<X, T>(T* target, X value, X mask) where X : unmanaged where T : unmanaged
    {
        for (int lane = 0; lane < sizeof(X) / sizeof(T); lane++)
            if (((byte*)&mask)[lane * sizeof(T)] != 0)
                target[lane] = ((T*)&value)[lane];
    }
}
