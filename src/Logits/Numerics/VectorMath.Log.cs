using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <remarks>
/// log(x) = k ln 2 + log(1 + f) with 1 + f in [√½, √2); with s = f / (2 + f), log(1 + f) = f − s (f − R(s²)), arranged so that f, which is exact, is added last
/// (the reduction and the polynomials are those of fdlibm's e_log.c and e_logf.c).
/// </remarks>
internal static partial class VectorMath
{
    /// <summary>log x; −∞ of 0, NaN of a negative number or NaN, +∞ of +∞.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V zero = V.Create(T.Zero), one = V.Create(T.One);
        V denormal = V.LessThan(x, Constant<V, T>(1.17549435e-38, 2.2250738585072014e-308));
        V scaled = V.Select(denormal, x * Constant<V, T>(16777216, 18014398509481984), x);
        V bias = V.Select(denormal, Constant<V, T>(127 + 24, 1023 + 54), Constant<V, T>(127, 1023));

        // Moving the bits of √½ to those of 1 makes the exponent step at √½ · 2ᵏ.
        V rootHalf = BitConstant<V, T>(0x3f3504f3, 0x3fe6a09e00000000);
        V moved = V.AddBits(scaled, V.SubtractBits(one, rootHalf));
        V integer = Constant<V, T>(8388608, 4503599627370496);
        V k = V.Or(V.ShiftRightBits(moved, MantissaBits<T>()), integer) - integer - bias;
        V f = V.AddBits(V.And(moved, BitConstant<V, T>(0x7fffff, 0xfffffffffffff)), rootHalf) - one;

        V s = f / (V.Constant(2) + f);
        V halfSquare = V.Constant(0.5) * f * f;
        V correction = V.MultiplyAdd(k, Constant<V, T>(1.428606820309417232e-06, 1.90821492927058770002e-10), s * (halfSquare + LogRemainder<V, T>(s * s)));
        V result = V.MultiplyAdd(k, Constant<V, T>(0.693145751953125, 6.93147180369123816490e-01), f - (halfSquare - correction));

        V special = V.Select(V.Equal(x, zero), V.Create(T.NegativeInfinity), V.Select(V.LessThan(x, zero), V.Create(T.NaN), x));
        V regular = V.And(V.LessThan(zero, x), V.LessThan(x, V.Create(T.PositiveInfinity)));
        return V.Select(regular, result, special);
    }

    /// <summary>log(1 + x) for x ≥ 0, to 2 units in the last place however small x is.</summary>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static V Log1P<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // What rounding took from 1 + x comes back to first order.
        V one = V.Create(T.One);
        V sum = one + x;
        V part = sum - one;
        V error = (one - (sum - part)) + (x - part);
        return Log<V, T>(sum) + error / sum;
    }

    /// <summary>R(z) = 2/3 z + 2/5 z² + …, of least error for z = s² ≤ 0.0295.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V LogRemainder<V, T>(V z) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V r;
        if (typeof(T) == typeof(float))
        {
            r = V.Constant(0.24279078841);
            r = V.MultiplyAdd(r, z, V.Constant(0.28498786688));
            r = V.MultiplyAdd(r, z, V.Constant(0.40000972152));
            r = V.MultiplyAdd(r, z, V.Constant(0.66666662693));
        }
        else
        {
            r = V.Constant(1.479819860511658591e-01);
            r = V.MultiplyAdd(r, z, V.Constant(1.531383769920937332e-01));
            r = V.MultiplyAdd(r, z, V.Constant(1.818357216161805012e-01));
            r = V.MultiplyAdd(r, z, V.Constant(2.222219843214978396e-01));
            r = V.MultiplyAdd(r, z, V.Constant(2.857142874366239149e-01));
            r = V.MultiplyAdd(r, z, V.Constant(3.999999999940941908e-01));
            r = V.MultiplyAdd(r, z, V.Constant(6.666666666666735130e-01));
        }
        return r * z;
    }
}
