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

        Reduced<V, T>(scaled, out V moved, out V mantissa);
        V result = LogReduced<V, T>(Number<V, T>(V.ShiftRightBits(moved, MantissaBits<T>())) - bias, mantissa - one);

        V special = V.Select(V.Equal(x, zero), V.Create(T.NegativeInfinity), V.Select(V.LessThan(x, zero), V.Create(T.NaN), x));
        V regular = V.And(V.LessThan(zero, x), V.LessThan(x, V.Create(T.PositiveInfinity)));
        return V.Select(regular, result, special);
    }

    /// <summary>log(1 + x) for 0 ≤ x ≤ 2¹²⁶ (2¹⁰²²), to 2 units in the last place however small x is.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Log1P<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Create(T.One);
        V sum = one + x;
        Reduced<V, T>(sum, out V moved, out V mantissa);
        // What rounding took from 1 + x comes back, scaled as the mantissa is: where the exponent is 0 that gives x itself.
        V part = sum - one;
        V lost = (one - (sum - part)) + (x - part);
        V power = V.SubtractBits(BitConstant<V, T>(254UL << 23, 2046UL << 52), V.AndNot(moved, MantissaMask<V, T>()));
        V k = Number<V, T>(V.ShiftRightBits(moved, MantissaBits<T>())) - Constant<V, T>(127, 1023);
        return LogReduced<V, T>(k, V.MultiplyAdd(lost, power, mantissa - one));
    }

    /// <summary>x = 2ᵏ · mantissa with the mantissa in [√½, √2); the exponent bits of <paramref name="moved"/> are those of 2ᵏ.</summary>
    [MethodImpl(AggressiveInlining)]
    private static void Reduced<V, T>(V x, out V moved, out V mantissa) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Moving the bits of √½ to those of 1 makes the exponent step at √½ · 2ᵏ.
        V rootHalf = BitConstant<V, T>(0x3f3504f3, 0x3fe6a09e00000000);
        moved = V.AddBits(x, V.SubtractBits(V.Create(T.One), rootHalf));
        mantissa = V.AddBits(V.And(moved, MantissaMask<V, T>()), rootHalf);
    }

    /// <summary>k ln 2 + log(1 + f).</summary>
    [MethodImpl(AggressiveInlining)]
    private static V LogReduced<V, T>(V k, V f) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V s = f / (V.Constant(2) + f);
        V halfSquare = V.Constant(0.5) * f * f;
        V correction = V.MultiplyAdd(k, Constant<V, T>(1.428606820309417232e-06, 1.90821492927058770002e-10), s * (halfSquare + LogRemainder<V, T>(s * s)));
        return V.MultiplyAdd(k, Constant<V, T>(0.693145751953125, 6.93147180369123816490e-01), f - (halfSquare - correction));
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

    [MethodImpl(AggressiveInlining)]
    private static V MantissaMask<V, T>() where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        BitConstant<V, T>(0x7fffff, 0xfffffffffffff);
}
