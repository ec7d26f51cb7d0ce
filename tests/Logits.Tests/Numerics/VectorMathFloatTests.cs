namespace Logits.Tests.Numerics;

/// <summary>Every float there is, against the double kernels, whose own error is 2⁻²⁹ of a float's.</summary>
public class VectorMathFloatTests
{
    /// <summary>Odd, so that every bit of the arguments takes both values.</summary>
    private const long Sparse = 977;

    private const uint NegativeZero = 0x80000000;
    private const uint TwoTo126 = 0x7e800000;

    public static TheoryData<int> Widths => new(Shape.Widths);

    [Theory, MemberData(nameof(Widths))]
    public void Exp_is_within_1_ulp(int width) => AssertWithin<Exp>(1, width, DefaultStride(width), 0, uint.MaxValue);

    [Theory, MemberData(nameof(Widths))]
    public void Exp_of_what_is_not_positive_is_within_1_ulp(int width) =>
        AssertWithin<ExpNonPositive>(1, width, DefaultStride(width), NegativeZero, uint.MaxValue);

    [Theory, MemberData(nameof(Widths))]
    public void Log_is_within_1_ulp(int width) => AssertWithin<Log>(1, width, DefaultStride(width), 0, uint.MaxValue);

    [Theory, MemberData(nameof(Widths))]
    public void Log1P_is_within_2_ulp(int width) => AssertWithin<Log1P>(2, width, Sparse, 0, TwoTo126);

    [Theory, MemberData(nameof(Widths)), Trait("Category", "Nightly")]
    public void Every_float_in_every_width(int width)
    {
        AssertWithin<Exp>(1, width, 1, 0, uint.MaxValue);
        AssertWithin<ExpNonPositive>(1, width, 1, NegativeZero, uint.MaxValue);
        AssertWithin<Log>(1, width, 1, 0, uint.MaxValue);
        AssertWithin<Log1P>(2, width, 1, 0, TwoTo126);
    }

    /// <summary>Every float where the hardware does the work; registers that are emulated take a sample.</summary>
    private static long DefaultStride(int width) => width == Shape.Native && width >= 256 ? 1 : width <= Shape.Native ? Sparse : 10 * Sparse + 1;

    /// <summary>Checks the floats whose bits are first, first + stride, … up to last.</summary>
    private static void AssertWithin<F>(double bound, int width, long stride, uint first, uint last) where F : IFunction
    {
        const int Block = 2048;
        long blocks = (last - first) / (stride * Block) + 1;
        Lock gate = new();
        double worst = 0;
        Parallel.For(0L, blocks, () => 0.0, (block, _, local) =>
        {
            Span<float> x = stackalloc float[Block], y = stackalloc float[Block];
            Span<double> wide = stackalloc double[Block], expected = stackalloc double[Block];
            long start = first + block * Block * stride;
            for (int i = 0; i < Block; i++)
                wide[i] = x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(start + i * stride, last));
            Shape.Apply<F, float>(width, x, y);
            Shape.Apply<F, double>(Shape.Native, wide, expected);
            return Math.Max(local, Ulp.LargestError(y, expected));
        }, local =>
        {
            lock (gate)
                worst = Math.Max(worst, local);
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{typeof(F).Name} in {width} bits: at most {worst:F4} ulp");
        Assert.True(worst <= bound, $"{worst} ulp");
    }
}
