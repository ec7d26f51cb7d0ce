namespace Logits.Tests.LogPartitions;

/// <summary>Every row of the table in docs/mathematics.md, in short rows, in whole batches of them, and in long rows.</summary>
public class ExtendedRealsTests
{
    private const double Inf = double.PositiveInfinity;
    private static readonly int[] Paddings = [0, 1, 5, 30, 200];

    [Fact]
    public void An_empty_row_throws()
    {
        Assert.Throws<ArgumentException>(() => LogPartition.Value<double>([]));
        Assert.Throws<ArgumentException>(() => LogPartition.Softmax<double>([], []));
        Assert.Throws<ArgumentException>(() => LogPartition.LogSoftmax<double>([], []));
        Assert.Throws<ArgumentException>(() => LogPartition.HessianVectorProduct<double>([], [], []));
        Assert.Throws<ArgumentException>(() => LogPartition.SmoothMax<double>([], 1));
        Assert.Throws<ArgumentException>(() => new Categorical([]));
    }

    [Fact]
    public void Minus_infinity_has_probability_0() => Check([1, -Inf, 1], Math.Log(2) + 1, [0.5, 0, 0.5], [-Math.Log(2), -Inf, -Math.Log(2)]);

    [Fact]
    public void Nothing_but_minus_infinity_has_no_distribution()
    {
        Check([-Inf, -Inf], -Inf, [double.NaN, double.NaN], [double.NaN, double.NaN]);
        Assert.Throws<ArgumentException>(() => new Categorical([-Inf, -Inf]));
    }

    [Fact]
    public void One_plus_infinity_takes_all()
    {
        Check([3, Inf, -Inf], Inf, [0, 1, 0], [-Inf, 0, -Inf]);
        Categorical certain = new([3, Inf]);
        Assert.Equal(1, certain.Mode);
        Assert.Equal(0, certain.Entropy());
    }

    [Fact]
    public void Several_plus_infinities_have_no_known_shares()
    {
        Check([Inf, 3, Inf], Inf, [double.NaN, 0, double.NaN], [double.NaN, -Inf, double.NaN]);
        Assert.Throws<ArgumentException>(() => new Categorical([Inf, 3, Inf]));
    }

    [Theory]
    [InlineData(double.NaN, 1.0), InlineData(1.0, double.NaN), InlineData(Inf, double.NaN), InlineData(-Inf, double.NaN), InlineData(double.NaN, double.NaN)]
    public void NaN_propagates(double a, double b)
    {
        Check([a, b], double.NaN, [double.NaN, double.NaN], [double.NaN, double.NaN], padNaN: true);
        Assert.Throws<ArgumentException>(() => new Categorical([a, b]));
    }

    [Fact]
    public void Denormal_probabilities_are_not_flushed()
    {
        double[] p = new double[2];
        LogPartition.Softmax<double>([0, -740], p);
        Assert.InRange(p[1], 4.1e-322, 4.4e-322);
        float[] single = new float[2];
        LogPartition.Softmax<float>([0, -100], single);
        Assert.InRange(single[1], 3.5e-44f, 4e-44f);
    }

    [Fact]
    public void Large_logits_do_not_overflow() =>
        Check([1000, 1001], 1001.3132616875182, [0.26894142136999512, 0.73105857863000488], [-1.3132616875182228, -0.31326168751822286]);

    [Fact]
    public void Smooth_extremes_of_infinities_are_those_of_the_values()
    {
        Assert.Equal(Inf, LogPartition.SmoothMax<double>([1, Inf], 2));
        Assert.Equal(-Inf, LogPartition.SmoothMin<double>([1, -Inf], 2));
        Assert.Equal(-Inf, LogPartition.SmoothMax<double>([-Inf, -Inf], 2));
        Assert.Equal(double.NaN, LogPartition.SmoothMax<double>([Inf, double.NaN], 2));
    }

    /// <summary>Also with classes of logit −∞ added, which change nothing, and as the second row among ordinary ones.</summary>
    private static void Check(double[] logits, double value, double[] softmax, double[] logSoftmax, bool padNaN = false)
    {
        bool allNaN = padNaN || double.IsNegativeInfinity(value);
        foreach (int padding in Paddings)
        {
            double[] row = [.. logits, .. Enumerable.Repeat(-Inf, padding)];
            int classes = row.Length, rows = 40;
            double[] batch = [.. Enumerable.Range(0, rows * classes).Select(i => i / classes == 1 ? row[i % classes] : i % 7)];
            double[] values = new double[rows], p = new double[batch.Length], log = new double[batch.Length];
            LogPartition.ValueRows<double>(batch, classes, values);
            LogPartition.SoftmaxRows<double>(batch, classes, p);
            LogPartition.LogSoftmaxRows<double>(batch, classes, log);
            AssertClose(value, values[1]);
            AssertClose([.. softmax, .. Enumerable.Repeat(allNaN ? double.NaN : 0, padding)], p.AsSpan(classes, classes));
            AssertClose([.. logSoftmax, .. Enumerable.Repeat(allNaN ? double.NaN : -Inf, padding)], log.AsSpan(classes, classes));
            Assert.All(values.Where((_, r) => r != 1), v => Assert.True(double.IsFinite(v)));

            float[] single = new float[classes];
            LogPartition.Softmax<float>([.. row.Select(o => (float)o)], single);
            for (int k = 0; k < softmax.Length; k++)
                Assert.Equal((float)softmax[k], single[k], 1e-6f);
            AssertClose(value, LogPartition.Value<double>(row));
        }
    }

    private static void AssertClose(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual)
    {
        for (int k = 0; k < expected.Length; k++)
            AssertClose(expected[k], actual[k]);
    }

    private static void AssertClose(double expected, double actual)
    {
        if (double.IsFinite(expected))
            Assert.Equal(expected, actual, 1e-14 * Math.Max(1, Math.Abs(expected)));
        else
            Assert.Equal(expected, actual);
    }
}
