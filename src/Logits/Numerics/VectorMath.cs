using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>
/// exp and log of every lane of a register, within 1 unit in the last place, denormal arguments and results included, with or without fused
/// multiply-add. One algorithm for float and double and for every register: the generic members below; the overloads put it on the hardware's own types.
/// </summary>
internal static partial class VectorMath
{
    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Exp(Vector128<float> x) => Exp<Lanes128<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x) => Exp<Lanes256<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x) => Exp<Lanes512<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Exp(Vector128<double> x) => Exp<Lanes128<double>, double>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Exp(Vector256<double> x) => Exp<Lanes256<double>, double>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Exp(Vector512<double> x) => Exp<Lanes512<double>, double>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<float> Log(Vector128<float> x) => Log<Lanes128<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<float> Log(Vector256<float> x) => Log<Lanes256<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x) => Log<Lanes512<float>, float>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector128<double> Log(Vector128<double> x) => Log<Lanes128<double>, double>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector256<double> Log(Vector256<double> x) => Log<Lanes256<double>, double>(new(x)).Value;

    [MethodImpl(AggressiveInlining)]
    public static Vector512<double> Log(Vector512<double> x) => Log<Lanes512<double>, double>(new(x)).Value;

    /// <summary>The lanes' bits, taken as integers below 2²³ (2⁵²), as numbers.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Number<V, T>(V bits) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V integer = Constant<V, T>(8388608, 4503599627370496);
        return V.Or(bits, integer) - integer;
    }
}
