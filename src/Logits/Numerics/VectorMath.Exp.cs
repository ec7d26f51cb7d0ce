using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <remarks>
/// exp(x) = 2ⁿ exp(r) with n = round(x / ln 2) and |r| ≤ ln 2 / 2. The high part of ln 2 has so few bits that its product with n is exact; exp(r) is a
/// polynomial of least relative error (2⁻²⁸ of degree 6 for float, 2⁻⁵⁷ of degree 11 for double). 2ⁿ is applied as two factors, because it need not be a
/// normal number where the result is a denormal or just below the overflow.
/// </remarks>
internal static partial class VectorMath
{
    /// <summary>eˣ; +∞ above the range, 0 below it, NaN of NaN.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Exp<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = V.Min(Constant<V, T>(89, 710), x);
        V negative = V.LessThan(x, V.Create(T.Zero));
        V bias = V.Select(negative, PowerBits<V, T>(64, 512), PowerBits<V, T>(-64, -512));
        V rest = V.Select(negative, Constant<V, T>(5.421010862427522e-20, 7.458340731200207e-155),
            Constant<V, T>(1.8446744073709552e+19, 1.3407807929942597e+154));
        return Exp<V, T>(x, bias, rest);
    }

    /// <summary>eˣ of x ≤ 0 (or NaN) at less cost.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V ExpNonPositive<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Exp<V, T>(x, PowerBits<V, T>(64, 512), Constant<V, T>(5.421010862427522e-20, 7.458340731200207e-155));

    /// <summary>Whether this hardware has what <see cref="Exp2Near"/> needs, a product and a sum rounded once.</summary>
    public static bool HasExp2Near => Fma.IsSupported || AdvSimd.IsSupported;

    /// <summary>The least exponent of 2 that <see cref="Exp2Near"/> takes.</summary>
    [MethodImpl(AggressiveInlining)]
    public static T LeastExponent<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => Constant<SingleLane<T>, T>(-126, -1022).Value;

    /// <summary>
    /// 2 to the power of x·<paramref name="rate"/>, of which the relative error grows with the size of the exponent, as that of the product does: by half a
    /// unit in the last place of 1 for each unit of x·rate·ln 2, and a sixth more from log₂ e itself. For exponents from <see cref="LeastExponent"/> to 0, NaN
    /// of NaN.
    /// </summary>
    /// <remarks>
    /// 2ⁿ · 2ᶠ, |f| ≤ ½, where 2ᶠ is a polynomial of least relative error (2⁻²³ of degree 5 for float, 2⁻⁵⁸ of degree 11 for double), exact at 0.
    /// </remarks>
    [MethodImpl(AggressiveInlining)]
    public static V Exp2Near<V, T>(V x, V rate) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // As above, and the lowest bits are those of the biased exponent.
        V shifter = Constant<V, T>(12582912.0 + 127, 6755399441055744.0 + 1023);
        V shifted = V.MultiplyAdd(x, rate, shifter);
        V f = V.MultiplyAdd(x, rate, shifter - shifted);
        return Exp2Reduced<V, T>(f) * V.ShiftLeftBits(shifted, MantissaBits<T>());
    }

    /// <summary>2ᶠ.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Exp2Reduced<V, T>(V f) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V p;
        if (typeof(T) == typeof(float))
        {
            p = V.Constant(0.001326472731307149);
            p = V.MultiplyAdd(p, f, V.Constant(0.009671512991189957));
            p = V.MultiplyAdd(p, f, V.Constant(0.05550733581185341));
            p = V.MultiplyAdd(p, f, V.Constant(0.24022242426872253));
            p = V.MultiplyAdd(p, f, V.Constant(0.6931470036506653));
        }
        else
        {
            p = V.Constant(4.434771298200377e-10);
            p = V.MultiplyAdd(p, f, V.Constant(7.073783248503134e-09));
            p = V.MultiplyAdd(p, f, V.Constant(1.0178199571842138e-07));
            p = V.MultiplyAdd(p, f, V.Constant(1.3215435282308488e-06));
            p = V.MultiplyAdd(p, f, V.Constant(1.5252733493127489e-05));
            p = V.MultiplyAdd(p, f, V.Constant(0.0001540353045711209));
            p = V.MultiplyAdd(p, f, V.Constant(0.001333355814677462));
            p = V.MultiplyAdd(p, f, V.Constant(0.00961812910759412));
            p = V.MultiplyAdd(p, f, V.Constant(0.055504108664820084));
            p = V.MultiplyAdd(p, f, V.Constant(0.2402265069591013));
            p = V.MultiplyAdd(p, f, V.Constant(0.6931471805599453));
        }
        return V.MultiplyAdd(p, f, V.Create(T.One));
    }

    /// <summary>exp(r) · 2ⁿ⁺ᶜ · 2⁻ᶜ, where <paramref name="bias"/> holds the bits of 2ᶜ and <paramref name="rest"/> is 2⁻ᶜ.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Exp<V, T>(V x, V bias, V rest) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        x = V.Max(Constant<V, T>(-104, -746), x);
        // Adding 1.5·2²³ (2⁵²) rounds to an integer and leaves it in the lowest bits.
        V shifter = Constant<V, T>(12582912.0, 6755399441055744.0);
        V shifted = V.MultiplyAdd(x, V.Constant(1.4426950408889634), shifter);
        V n = shifted - shifter;
        V high = V.MultiplyAdd(n, Constant<V, T>(-0.693145751953125, -6.93147180369123816490e-01), x);
        V power = V.AddBits(V.ShiftLeftBits(shifted, MantissaBits<T>()), bias);
        return ExpReduced<V, T>(high, n) * power * rest;
    }

    /// <summary>exp(r) for |r| ≤ ln 2 / 2, where r is <paramref name="high"/> − n times the low part of ln 2.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V ExpReduced<V, T>(V high, V n) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V one = V.Create(T.One), minusLow = Constant<V, T>(-1.428606820309417232e-06, -1.90821492927058770002e-10);
        if (Fma.IsSupported || AdvSimd.IsSupported)
        {
            V r = V.MultiplyAdd(n, minusLow, high);
            return V.MultiplyAdd(V.MultiplyAdd(ExpQuotient<V, T>(r), r, one), r, one);
        }
        else
        {
            // Products round too, so all that is not exact is kept small beside what it is added to.
            V low = n * minusLow, r = high + low;
            return one + (high + (low + r * r * ExpQuotient<V, T>(r)));
        }
    }

    /// <summary>(exp(r) − 1 − r) / r².</summary>
    [MethodImpl(AggressiveInlining)]
    private static V ExpQuotient<V, T>(V r) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V q;
        if (typeof(T) == typeof(float))
        {
            q = V.Constant(0.0013823213521391153);
            q = V.MultiplyAdd(q, r, V.Constant(0.008368823677301407));
            q = V.MultiplyAdd(q, r, V.Constant(0.04166823998093605));
            q = V.MultiplyAdd(q, r, V.Constant(0.1666651964187622));
            q = V.MultiplyAdd(q, r, V.Constant(0.4999999403953552));
        }
        else
        {
            q = V.Constant(2.500591850691971e-08);
            q = V.MultiplyAdd(q, r, V.Constant(2.763054213681712e-07));
            q = V.MultiplyAdd(q, r, V.Constant(2.755756819886976e-06));
            q = V.MultiplyAdd(q, r, V.Constant(2.4801492251772152e-05));
            q = V.MultiplyAdd(q, r, V.Constant(0.00019841269526658543));
            q = V.MultiplyAdd(q, r, V.Constant(0.0013888888944485632));
            q = V.MultiplyAdd(q, r, V.Constant(0.00833333333348524));
            q = V.MultiplyAdd(q, r, V.Constant(0.04166666666652665));
            q = V.MultiplyAdd(q, r, V.Constant(0.16666666666666427));
            q = V.MultiplyAdd(q, r, V.Constant(0.5000000000000011));
        }
        return q;
    }

    [MethodImpl(AggressiveInlining)]
    private static V Constant<V, T>(double single, double @double) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Constant(typeof(T) == typeof(float) ? single : @double);

    [MethodImpl(AggressiveInlining)]
    private static V BitConstant<V, T>(ulong single, ulong @double) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        V.Create(Bits.To<T>(typeof(T) == typeof(float) ? single : @double));

    /// <summary>The bits of 2 to the given power.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V PowerBits<V, T>(int single, int @double) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        BitConstant<V, T>((ulong)(127 + single) << 23, (ulong)(1023 + @double) << 52);

    [MethodImpl(AggressiveInlining)]
    private static int MantissaBits<T>() => typeof(T) == typeof(float) ? 23 : 52;
}
