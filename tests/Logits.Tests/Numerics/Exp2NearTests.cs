using System.Numerics;
using Logits.Numerics;

namespace Logits.Tests.Numerics;

/// <summary>
/// The exponential of base 2, for every exponent from the least normal number's to 0, within the error it states, and what softmax makes of it.
/// </summary>
public class Exp2NearTests
{
    /// <summary>
    /// At an exponent near 0, in ε: 1 of the polynomial for float, and a rounding. It grows from there by a half, and a sixth for log₂ e, for each unit of the
    /// natural exponent.
    /// </summary>
    private const double AtZero = 1.5, PerUnit = 1 / 2.0 + 1 / 6.0;

    private const uint NegativeZero = 0x80000000;
    private static readonly double FloatEpsilon = Math.ScaleB(1, -23), DoubleEpsilon = Math.ScaleB(1, -52);

    public static TheoryData<int> Widths => new(Shape.Widths);

    [Theory, MemberData(nameof(Widths))]
    public void Floats_keep_the_bound(int width) => AssertFloats(width, stride: 977);

    [Theory, MemberData(nameof(Widths)), Trait("Category", "Nightly")]
    public void Every_float_keeps_the_bound(int width) => AssertFloats(width, stride: 1);

    [Theory, MemberData(nameof(Widths))]
    public void Doubles_keep_the_bound(int width)
    {
        RequireHardware();
        Random random = new(width + 3);
        double least = -1022 / 1.4426950408889634;
        double[] x = new double[200_000], y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            // Half of them around the middle between two whole exponents, where the reduced argument is largest.
            x[i] = Math.Max(i % 2 == 0 ? least * random.NextDouble()
                : -(random.Next(1021) + 0.5 + (random.NextDouble() - 0.5) * Math.ScaleB(1, -random.Next(40))) / 1.4426950408889634, least);
        Shape.Apply<NearExp, double>(width, x, y);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            // Times 2⁵¹², because the low parts of small pairs would be denormal.
            DoubleDouble root = DoubleDouble.Exp(x[i] / 2), scaled = new(Math.ScaleB(root.High, 256), Math.ScaleB(root.Low, 256)), expected = scaled * scaled;
            worst = Math.Max(worst, Math.Abs(Math.ScaleB(y[i], 512) - expected.High - expected.Low) / expected.High / Allowed(x[i], DoubleEpsilon));
        }
        Report(worst, width);
    }

    [Theory, MemberData(nameof(Widths))]
    public void Whole_exponents_and_0_are_exact_and_NaN_stays(int width)
    {
        RequireHardware();
        double[] x = new double[8], y = new double[8];
        for (int exponent = 0; exponent >= -1022; exponent--)
        {
            Array.Fill(x, exponent);
            Shape.Apply<NearExp2, double>(width, x, y);
            Assert.All(y, result => Assert.Equal(Math.ScaleB(1, exponent), result));
        }
        float[] single = new float[16], result = new float[16];
        for (int exponent = 0; exponent >= -126; exponent--)
        {
            Array.Fill(single, exponent);
            Shape.Apply<NearExp2, float>(width, single, result);
            Assert.All(result, r => Assert.Equal(MathF.ScaleB(1, exponent), r));
        }
        Array.Fill(x, double.NaN);
        Shape.Apply<NearExp2, double>(width, x, y);
        Assert.All(y, r => Assert.Equal(double.NaN, r));
        Array.Fill(single, float.NaN);
        Shape.Apply<NearExp2, float>(width, single, result);
        Assert.All(result, r => Assert.Equal(float.NaN, r));
    }

    /// <summary>Rows of a largest logit and of others at every distance: as short as rows are, in columns, and long.</summary>
    [Theory]
    [InlineData(2), InlineData(3), InlineData(10), InlineData(64), InlineData(257)]
    public void Softmax_keeps_its_bound_at_every_distance(int classes)
    {
        AssertSoftmax<float>(classes, i => -BitConverter.UInt32BitsToSingle((uint)(0x3a000000 + i * 4999L % 0x8ae0000)), FloatEpsilon);
        Random random = new(classes);
        AssertSoftmax<double>(classes, i => -690 * random.NextDouble(), DoubleEpsilon);
    }

    private static void AssertSoftmax<T>(int classes, Func<int, double> distance, double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rows = 60_000 / classes, next = 0;
        T[] logits = new T[rows * classes], p = new T[logits.Length];
        for (int row = 0; row < rows; row++)
            for (int k = 0; k < classes; k++)
                logits[row * classes + k] = k == row % classes ? T.Zero : T.CreateTruncating(distance(next++));
        LogPartition.SoftmaxRows<T>(logits, classes, p);
        double worst = 0;
        for (int row = 0; row < rows; row++)
        {
            DoubleDouble sum = default;
            for (int k = 0; k < classes; k++)
                sum += DoubleDouble.Exp(double.CreateTruncating(logits[row * classes + k]));
            for (int k = 0; k < classes; k++)
            {
                double o = double.CreateTruncating(logits[row * classes + k]);
                DoubleDouble e = DoubleDouble.Exp(o);
                double expected = e.High / sum.High;
                DoubleDouble error = new DoubleDouble(double.CreateTruncating(p[row * classes + k]), 0) * sum + new DoubleDouble(-e.High, -e.Low);
                worst = Math.Max(worst, (Math.Abs(error.High) / sum.High - 2 * double.CreateTruncating(T.Epsilon)) / (expected * (-o + 8) * epsilon));
            }
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{classes} {typeof(T).Name}: at most {worst:F4} of the bound");
        Assert.True(worst <= 1, $"{classes} {typeof(T).Name}: {worst} of the bound");
    }

    private static void AssertFloats(int width, long stride)
    {
        RequireHardware();
        const int Block = 2048;
        uint last = BitConverter.SingleToUInt32Bits(-126 / 1.44269502f);
        long blocks = (last - NegativeZero) / (stride * Block) + 1;
        Lock gate = new();
        double worst = 0;
        Parallel.For(0L, blocks, () => 0.0, (block, _, local) =>
        {
            Span<float> x = stackalloc float[Block], y = stackalloc float[Block];
            Span<double> wide = stackalloc double[Block], expected = stackalloc double[Block];
            for (int i = 0; i < Block; i++)
                wide[i] = x[i] = BitConverter.UInt32BitsToSingle((uint)Math.Min(NegativeZero + (block * Block + i) * stride, last));
            Shape.Apply<NearExp, float>(width, x, y);
            Shape.Apply<Exp, double>(Shape.Native, wide, expected);
            for (int i = 0; i < Block; i++)
                local = Math.Max(local, Math.Abs(y[i] - expected[i]) / expected[i] / Allowed(x[i], FloatEpsilon));
            return local;
        }, local =>
        {
            lock (gate)
                worst = Math.Max(worst, local);
        });
        Report(worst, width);
    }

    private static double Allowed(double x, double epsilon) => (AtZero + PerUnit * Math.Abs(x)) * epsilon;

    private static void Report(double worst, int width)
    {
        TestContext.Current.TestOutputHelper?.WriteLine($"in {width} bits: at most {worst:F4} of the bound");
        Assert.True(worst <= 1, $"{worst} of the bound");
    }

    private static void RequireHardware() => Assert.SkipUnless(VectorMath.HasExp2Near, "It is used where products and sums are rounded once only.");

    private readonly struct NearExp : IFunction
    {
        public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            VectorMath.Exp2Near<V, T>(x, V.Constant(1.4426950408889634));
    }

    private readonly struct NearExp2 : IFunction
    {
        public static V Of<V, T>(V x) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
            VectorMath.Exp2Near<V, T>(x, V.Constant(1));
    }
}
