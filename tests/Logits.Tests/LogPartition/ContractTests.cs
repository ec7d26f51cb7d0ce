using System.Numerics;
using Logits.Tests.Reference;

namespace Logits.Tests.LogPartitions;

/// <summary>What the public members promise beside their formulas.</summary>
public class ContractTests
{
    [Fact]
    public void Nothing_is_allocated()
    {
        double[] logits = [.. Enumerable.Range(0, 1200).Select(i => Math.Sin(i))], results = new double[1200], values = new double[100];
        void Everything()
        {
            LogPartition.SoftmaxRows<double>(logits, 12, results);
            LogPartition.LogSoftmaxRows<double>(logits, 1200, results);
            LogPartition.ValueRows<double>(logits, 12, values);
            LogPartition.HessianVectorProductRows<double>(logits, 12, logits, results);
            values[0] = LogPartition.SmoothMax<double>(logits, 3) + LogPartition.SmoothMin<double>(logits, 3);
        }
        Everything();
        long before = GC.GetAllocatedBytesForCurrentThread();
        Everything();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => LogPartition.SoftmaxRows<double>(new double[7], 3, new double[7]));
        Assert.Throws<ArgumentException>(() => LogPartition.SoftmaxRows<double>(new double[6], 3, new double[5]));
        Assert.Throws<ArgumentException>(() => LogPartition.ValueRows<double>(new double[6], 3, new double[3]));
        Assert.Throws<ArgumentException>(() => LogPartition.HessianVectorProduct<double>(new double[3], new double[2], new double[3]));
        Assert.Throws<ArgumentException>(() => LogPartition.SoftmaxRows<double>(new double[6], 0, new double[6]));
    }

    [Fact]
    public void A_destination_that_half_overlaps_is_refused()
    {
        double[] shared = new double[10];
        Assert.Throws<ArgumentException>(() => LogPartition.Softmax<double>(shared.AsSpan(0, 5), shared.AsSpan(1, 5)));
        Assert.Throws<ArgumentException>(() => LogPartition.ValueRows<double>(shared, 5, shared.AsSpan(0, 2)));
    }

    [Theory]
    [InlineData(0), InlineData(-1), InlineData(double.NaN), InlineData(double.PositiveInfinity)]
    public void Temperatures_and_sharpnesses_are_positive_and_finite(double number)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LogPartition.Value<double>([1, 2], number));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogPartition.SmoothMax<double>([1, 2], number));
        Assert.Throws<ArgumentOutOfRangeException>(() => LogPartition.SmoothMin<double>([1, 2], number));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Categorical([1, 2]).Tempered(number));
    }

    [Theory]
    [InlineData(1), InlineData(3), InlineData(10), InlineData(16), InlineData(63), InlineData(130), InlineData(256), InlineData(300)]
    public void A_row_is_answered_as_on_its_own(int classes)
    {
        RowsAreIndependent<float>(classes, Math.ScaleB(1, -15));
        RowsAreIndependent<double>(classes, Math.ScaleB(1, -41));
    }

    /// <summary>Rows of every kind beside one another: everyday ones, ones with terms that vanish, and ones that are not finite.</summary>
    private static void RowsAreIndependent<T>(int classes, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        const int Rows = 300;
        Random random = new(classes);
        T[] logits = [.. Enumerable.Range(0, Rows * classes).Select(i =>
            T.CreateTruncating(i / classes < 200 && i / classes % 7 == 3 ? 3000 * random.NextDouble() : 9 * random.NextDouble()))];
        logits[5 * classes] = T.NaN;
        logits[25 * classes] = T.NegativeInfinity;
        logits[151 * classes] = T.PositiveInfinity;
        logits.AsSpan(152 * classes, classes).Fill(T.NegativeInfinity);
        T[] softmax = new T[logits.Length], logSoftmax = new T[logits.Length], values = new T[Rows];
        LogPartition.SoftmaxRows<T>(logits, classes, softmax);
        LogPartition.LogSoftmaxRows<T>(logits, classes, logSoftmax);
        LogPartition.ValueRows<T>(logits, classes, values);
        T[] alone = new T[classes];
        for (int row = 0; row < Rows; row++)
        {
            ReadOnlySpan<T> one = logits.AsSpan(row * classes, classes);
            LogPartition.Softmax(one, alone);
            AssertNear(alone, softmax.AsSpan(row * classes, classes));
            LogPartition.LogSoftmax(one, alone);
            AssertNear(alone, logSoftmax.AsSpan(row * classes, classes));
            AssertNear([LogPartition.Value(one)], values.AsSpan(row, 1));
        }

        void AssertNear(ReadOnlySpan<T> expected, ReadOnlySpan<T> actual)
        {
            for (int k = 0; k < expected.Length; k++)
                if (T.IsFinite(expected[k]))
                    Assert.InRange(Math.Abs(double.CreateTruncating(actual[k] - expected[k])), 0,
                        Math.Abs(double.CreateTruncating(expected[k])) * tolerance + 2 * double.CreateTruncating(T.Epsilon));
                else
                    Assert.Equal(expected[k], actual[k]);
        }
    }

    [Fact]
    public void Other_number_types_are_refused() => Assert.Throws<NotSupportedException>(() => LogPartition.Value<Half>([Half.One]));

    [Fact]
    public void The_product_with_the_Hessian_keeps_its_bound_at_every_length()
    {
        for (int classes = 1; classes <= 256; classes++)
        {
            CheckProduct<double>(classes, Math.ScaleB(1, -52));
            CheckProduct<float>(classes, Math.ScaleB(1, -23));
        }
    }

    private static void CheckProduct<T>(int classes, double epsilon) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(classes);
        T[] p = new T[classes], v = [.. Enumerable.Range(0, classes).Select(_ => T.CreateTruncating(2 * random.NextDouble() - 1))];
        LogPartition.Softmax<T>([.. Enumerable.Range(0, classes).Select(_ => T.CreateTruncating(6 * random.NextDouble()))], p);
        T[] product = new T[classes], inPlace = [.. v];
        LogPartition.HessianVectorProduct<T>(p, v, product);
        LogPartition.HessianVectorProduct<T>(p, inPlace, inPlace);
        Assert.Equal(product, inPlace);

        Wide[] exactP = [.. p.Select(x => Wide.From(double.CreateTruncating(x)))], exactV = [.. v.Select(x => Wide.From(double.CreateTruncating(x)))];
        Wide mean = default;
        double meanSize = 0;
        for (int k = 0; k < classes; k++)
        {
            mean += exactP[k] * exactV[k];
            meanSize += Math.Abs((exactP[k] * exactV[k]).ToDouble());
        }
        for (int k = 0; k < classes; k++)
        {
            double expected = (exactP[k] * (exactV[k] - mean)).ToDouble();
            double bound = 4 * epsilon * exactP[k].ToDouble() * (Math.Abs(exactV[k].ToDouble()) + meanSize);
            Assert.InRange(double.CreateTruncating(product[k]), expected - bound, expected + bound);
        }
    }
}
