using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>exp(d·scale) of the differences d ≤ 0 between the logits of a row and their largest.</summary>
internal interface IExponential
{
    /// <summary>What <see cref="Of"/> takes beside a difference, for a scale.</summary>
    static abstract T Rate<T>(T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    static abstract V Of<V, T>(V difference, V rate) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

/// <summary>
/// Where no exponential of the row is a denormal or 0, as in almost every row: an error that grows with the difference, as the bounds allow, at half the cost.
/// </summary>
internal readonly struct NearExponential : IExponential
{
    /// <summary>Whether it serves a row whose smallest and largest logits differ by this.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool Serves<T>(T difference, T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorMath.HasExp2Near && difference * Rate(scale) >= VectorMath.LeastExponent<T>();

    /// <summary>Whether it serves all of several rows.</summary>
    [MethodImpl(AggressiveInlining)]
    public static bool Serves<V, T>(V differences, T scale) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorMath.HasExp2Near &&
        !V.Any(V.AndNot(V.Create(T.One), V.LessThan(V.Create(VectorMath.LeastExponent<T>()), differences * V.Create(Rate(scale)))));

    [MethodImpl(AggressiveInlining)]
    public static T Rate<T>(T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        scale * SingleLane<T>.Constant(1.4426950408889634).Value;

    [MethodImpl(AggressiveInlining)]
    public static V Of<V, T>(V difference, V rate) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorMath.Exp2Near<V, T>(difference, rate);
}

/// <summary>In every row.</summary>
internal readonly struct WideExponential : IExponential
{
    [MethodImpl(AggressiveInlining)]
    public static T Rate<T>(T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T> => scale;

    [MethodImpl(AggressiveInlining)]
    public static V Of<V, T>(V difference, V rate) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        VectorMath.ExpNonPositive<V, T>(difference * rate);
}

/// <summary>In every row of scale 1, at hardly more than the cost where no exponential vanishes; one that would be a denormal is 0.</summary>
internal readonly struct FlushedExponential : IExponential
{
    [MethodImpl(AggressiveInlining)]
    public static T Rate<T>(T scale) where T : unmanaged, IBinaryFloatingPointIeee754<T> => NearExponential.Rate(scale);

    [MethodImpl(AggressiveInlining)]
    public static V Of<V, T>(V difference, V rate) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        // The exponent below the least one is that of 0.
        VectorMath.Exp2Near<V, T>(V.Max(V.Constant(typeof(T) == typeof(float) ? -127 / Log2E : -1023 / Log2E), difference), rate);

    private const double Log2E = 1.4426950408889634;
}

/// <summary>The terms of a sum of exponentials but for the largest ones.</summary>
internal static class SmallerTerm
{
    /// <summary>The exponential of a difference; but 0 of no difference, which is counted, as an integer.</summary>
    [MethodImpl(AggressiveInlining)]
    public static V Of<E, V, T>(V difference, V rate, ref V ties)
        where E : IExponential where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        V tied = V.Equal(difference, default);
        // A lane of ones is −1 as an integer.
        ties = V.SubtractBits(ties, tied);
        return V.AndNot(E.Of<V, T>(difference, rate), tied);
    }
}
