using System.Numerics;
using Logits.Numerics;
using Logits.Tests.Reference;

namespace Logits.Tests.LogPartitions;

/// <summary>The stated error bounds, at every length and in every register shape, against 200-bit arithmetic.</summary>
public class AccuracyTests
{
    private static readonly int[] Lengths = [.. Enumerable.Range(1, 256)];

    [Fact]
    public void Floats_keep_the_bounds_at_every_length_in_every_shape() => AtEveryLength<float>();

    [Fact]
    public void Doubles_keep_the_bounds_at_every_length_in_every_shape() => AtEveryLength<double>();

    [Theory]
    [InlineData(1_000), InlineData(32_000)]
    public void Long_rows_keep_the_bounds(int classes)
    {
        Random random = new(classes);
        CheckRows([.. Enumerable.Range(0, classes).Select(_ => (float)(20 * random.NextDouble() - 10))], classes);
        CheckRows([.. Enumerable.Range(0, classes).Select(_ => 20 * random.NextDouble() - 10)], classes);
        // Equal terms of which each rounding goes the same way.
        CheckRows([.. Enumerable.Range(0, classes).Select(k => k == 7 ? 0.1f : -8.2f)], classes);
        CheckRows([.. Enumerable.Range(0, classes).Select(k => k == 7 ? 0.1 : -8.2)], classes);
    }

    [Fact]
    public void Value_keeps_its_relative_bound_where_it_nearly_vanishes()
    {
        Random random = new(2);
        for (int trial = 0; trial < 300; trial++)
        {
            int classes = 2 + trial % 30;
            double[] logits = [.. Enumerable.Range(0, classes).Select(_ => 6 * random.NextDouble())];
            double value = LogPartition.Value<double>(logits), target = Math.ScaleB(1 - 2 * random.NextDouble(), -random.Next(38));
            for (int k = 0; k < classes; k++)
                logits[k] += target - value;
            CheckValue<double>(logits);
            CheckValue<float>([.. logits.Select(o => (float)o)]);
        }
        CheckValue<double>([-Math.Log(2), -Math.Log(2)]);
        CheckValue<double>([0, -40]);
        CheckValue<float>([0, -40]);
        CheckValue<double>([1e-9, -80]);
    }

    private static void AtEveryLength<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int classes in Lengths)
        {
            Random random = new(classes);
            int distinct = classes <= 64 ? 17 : 2;
            T[] logits = [.. Enumerable.Range(0, distinct * classes).Select(_ => T.CreateTruncating(30 * random.NextDouble() - 15))];
            // Rows enough to fill the widest register side by side, and one more.
            CheckRows(logits, classes, 17);
        }
    }

    /// <summary>Checks what the hardware chooses in full and that every other shape stays within the bounds too.</summary>
    private static void CheckRows<T>(T[] distinct, int classes, int rows = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Wide[] exact = [.. distinct.Select(o => Wide.From(double.CreateTruncating(o)))];
        Wide[] values = [.. Enumerable.Range(0, distinct.Length / classes).Select(r => Wide.LogPartition(exact.AsSpan(r * classes, classes)))];
        T[] logits = [.. Enumerable.Range(0, rows * classes).Select(i => distinct[i % distinct.Length])];
        Check<SingleLane<T>, T>(logits, classes, exact, values);
        Check<Lanes128<T>, T>(logits, classes, exact, values);
        Check<Lanes256<T>, T>(logits, classes, exact, values);
        Check<Lanes512<T>, T>(logits, classes, exact, values);
    }

    private static void Check<V, T>(T[] logits, int classes, Wide[] exact, Wide[] values)
        where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double epsilon = Epsilon<T>();
        int rows = logits.Length / classes;
        T[] softmax = new T[logits.Length], logSoftmax = new T[logits.Length], value = new T[rows], inPlace = [.. logits];
        Kernel.Run<Softmaxes, V, T>(logits, classes, softmax, classes, T.One);
        Kernel.Run<LogSoftmaxes, V, T>(logits, classes, logSoftmax, classes, T.One);
        Kernel.Run<Values, V, T>(logits, classes, value, 1, T.One);
        Kernel.Run<Softmaxes, V, T>(inPlace, classes, inPlace, classes, T.One);
        Assert.Equal(softmax, inPlace);
        for (int i = 0; i < values.Length; i++)
        {
            double max = logits.Skip(i * classes).Take(classes).Max(double.CreateTruncating), spread = 0;
            double[] logs = new double[classes], probabilities = new double[classes], distances = new double[classes];
            for (int k = 0; k < classes; k++)
            {
                Wide log = exact[i * classes + k] - values[i];
                logs[k] = log.ToDouble();
                probabilities[k] = Wide.Exp(log).ToDouble();
                distances[k] = max - double.CreateTruncating(logits[i * classes + k]);
                spread += probabilities[k] * distances[k];
            }
            double others = 1 - Math.Exp(logs.Max()), mean = others > 0 ? spread / others : 0;
            for (int row = i; row < rows; row += values.Length)
            {
                AssertWithin(32 * epsilon, values[i].ToDouble(), value[row], "Value", classes);
                for (int k = 0; k < classes; k++)
                {
                    AssertWithin((distances[k] + 8) * epsilon, probabilities[k], softmax[row * classes + k], "Softmax", classes);
                    AssertWithin((8 + mean) * epsilon, logs[k], logSoftmax[row * classes + k], "LogSoftmax", classes);
                }
            }
        }
    }

    private static void CheckValue<T>(T[] logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double expected = Wide.LogPartition([.. logits.Select(o => Wide.From(double.CreateTruncating(o)))]).ToDouble();
        if (Math.Abs(expected) >= Math.ScaleB(1, -40))
            AssertWithin(32 * Epsilon<T>(), expected, LogPartition.Value<T>(logits), "Value", logits.Length);
    }

    private static double Epsilon<T>() => typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);

    private static void AssertWithin<T>(double bound, double expected, T actual, string what, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double error = Math.Abs(double.CreateTruncating(actual) - expected), allowed = bound * Math.Abs(expected) + 2 * double.CreateTruncating(T.Epsilon);
        Assert.True(error <= allowed, $"{what} of {classes} {typeof(T).Name}: {actual} instead of {expected}, {error / allowed} of the bound");
    }
}
