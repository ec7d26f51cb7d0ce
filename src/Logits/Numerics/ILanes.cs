using System.Numerics;
using System.Runtime.CompilerServices;

namespace Logits.Numerics;

/// <summary>
/// N numbers of type <typeparamref name="T"/> that are worked on together: one shape of SIMD register, or a single number.
/// An algorithm written against it is compiled once for each shape, with no cost over the hardware's own types.
/// </summary>
internal interface ILanes<V, T> :
    IAdditionOperators<V, V, V>, ISubtractionOperators<V, V, V>, IMultiplyOperators<V, V, V>, IDivisionOperators<V, V, V>
    where V : struct, ILanes<V, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    static abstract int Count { get; }

    static abstract V Create(T value);

    /// <summary>A constant, rounded to the precision of T.</summary>
    static abstract V Constant(double value);

    static abstract V Load(ref readonly T source);

    /// <summary>The numbers at <paramref name="source"/>, <paramref name="source"/> + stride, … : one a lane.</summary>
    static abstract V Gather(ref readonly T source, nint stride);

    /// <summary>Four neighbouring <see cref="Gather"/>s.</summary>
    static virtual void GatherFour(ref readonly T source, nint stride, out V a, out V b, out V c, out V d)
    {
        ref T s = ref Unsafe.AsRef(in source);
        a = V.Gather(in s, stride);
        b = V.Gather(in Unsafe.Add(ref s, 1), stride);
        c = V.Gather(in Unsafe.Add(ref s, 2), stride);
        d = V.Gather(in Unsafe.Add(ref s, 3), stride);
    }

    /// <summary>Four neighbouring <see cref="Scatter"/>s.</summary>
    static virtual void ScatterFour(V a, V b, V c, V d, ref T destination, nint stride)
    {
        a.Scatter(ref destination, stride);
        b.Scatter(ref Unsafe.Add(ref destination, 1), stride);
        c.Scatter(ref Unsafe.Add(ref destination, 2), stride);
        d.Scatter(ref Unsafe.Add(ref destination, 3), stride);
    }

    void Store(ref T destination);

    void Scatter(ref T destination, nint stride);

    T this[int lane] { get; }

    /// <summary>The largest lane; NaN, or any other, where one is NaN.</summary>
    static abstract T Largest(V a);

    /// <summary>The sum of the lanes, added up in double precision.</summary>
    static abstract double WideSum(V a);

    /// <summary>a·b + c, rounded once where the hardware does that at full speed and twice elsewhere.</summary>
    static abstract V MultiplyAdd(V a, V b, V c);

    /// <summary>The larger; <paramref name="b"/> where either is NaN.</summary>
    static abstract V Max(V a, V b);

    /// <summary>The smaller; <paramref name="b"/> where either is NaN.</summary>
    static abstract V Min(V a, V b);

    /// <summary>A lane of ones where the comparison holds and of zeros elsewhere.</summary>
    static abstract V Equal(V a, V b);

    static abstract V LessThan(V a, V b);

    /// <summary>Whether any bit of any lane is set.</summary>
    static abstract bool Any(V mask);

    static abstract V Select(V mask, V a, V b);

    static abstract V And(V a, V b);

    /// <summary>The bits of <paramref name="a"/> that are clear in <paramref name="b"/>.</summary>
    static abstract V AndNot(V a, V b);

    static abstract V Or(V a, V b);

    /// <summary>The sum of the lanes' bits taken as integers.</summary>
    static abstract V AddBits(V a, V b);

    static abstract V SubtractBits(V a, V b);

    static abstract V ShiftLeftBits(V a, int count);

    /// <summary>The lanes' bits, taken as unsigned integers, shifted right.</summary>
    static abstract V ShiftRightBits(V a, int count);
}
