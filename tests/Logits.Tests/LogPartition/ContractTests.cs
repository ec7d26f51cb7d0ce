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
