using System.Numerics;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Tests.Numerics;

/// <summary>The register shapes as test data, and functions applied to whole spans in one of them.</summary>
internal static class Shape
{
    /// <summary>The widths in bits; 0 is the single lane.</summary>
    public static readonly int[] Widths = [0, 128, 256, 512];

    /// <summary>The widest width that this hardware has, the one that the product uses.</summary>
    public static int Native =>
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 0;

    public static void Apply<F, T>(int width, ReadOnlySpan<T> x, Span<T> y) where F : IFunction where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        switch (width)
        {
            case 0: Apply<F, SingleLane<T>, T>(x, y); break;
            case 128: Apply<F, Lanes128<T>, T>(x, y); break;
            case 256: Apply<F, Lanes256<T>, T>(x, y); break;
            case 512: Apply<F, Lanes512<T>, T>(x, y); break;
            default: throw new ArgumentOutOfRangeException(nameof(width));
        }
    }

    private static void Apply<F, V, T>(ReadOnlySpan<T> x, Span<T> y)
        where F : IFunction where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Assert.Equal(0, x.Length % V.Count);
        for (int i = 0; i < x.Length; i += V.Count)
            F.Of<V, T>(V.Load(in x[i])).Store(ref y[i]);
    }
}

internal interface IFunction
{
    static abstract V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}

internal readonly struct Exp : IFunction
{
    public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Exp<V, T>(x);
}

internal readonly struct ExpNonPositive : IFunction
{
    public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.ExpNonPositive<V, T>(x);
}

internal readonly struct Log : IFunction
{
    public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Log<V, T>(x);
}

internal readonly struct Log1P : IFunction
{
    public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> => VectorMath.Log1P<V, T>(x);
}
