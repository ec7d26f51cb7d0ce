using System.Numerics;
using Logits.Tests.Reference;

namespace Logits.Tests.LogPartitions;

/// <summary>The error bounds of smooth extremes and of temperatures, on rows made to break them, against 200-bit arithmetic.</summary>
public class SmoothExtremeAccuracyTests
{
    private static readonly int[] Lengths = [1, 2, 3, 7, 8, 9, 16, 31, 64, 100, 257];
    private static readonly double[] Sharpnesses = [1e-30, 1e-12, 1e-3, 0.1, 1 / 3.0, 1, Math.PI, 10, 1e3, 1e12, 1e30];
    private static readonly double[] Temperatures = [1e-25, 1e-3, 0.1, 1 / 3.0, 0.7, 1.5, Math.PI, 30, 1e4, 1e25];

    public static TheoryData<string> Shapes => new(Rows.Keys);

    /// <summary>Rows of a length, for numbers of about the given size.</summary>
    private static readonly Dictionary<string, Func<Random, int, double, double[]>> Rows = new()
    {
        ["all tied"] = (random, count, size) => [.. Enumerable.Repeat(size * (2 * random.NextDouble() - 1), count)],
        ["two values, many ties"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(k => k % 3 == 0 ? size : -size / 7)],
        ["one apart"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(k => k == count / 2 ? size : size / 3)],
        ["neighbours"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(_ => size * (1 + random.Next(4) * Math.ScaleB(1, -23)))],
        ["spread"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(_ => size * (2 * random.NextDouble() - 1))],
        ["of every size"] = (random, count, size) =>
            [.. Enumerable.Range(0, count).Select(_ => size * Math.ScaleB(2 * random.NextDouble() - 1, -random.Next(40)))],
        ["large and close"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(_ => 1e4 * size + size * random.NextDouble())],
        ["none above 0"] = (random, count, size) => [.. Enumerable.Range(0, count).Select(_ => -size * random.NextDouble())],
    };

    [Theory, MemberData(nameof(Shapes))]
    public void Smooth_extremes_keep_their_bound(string shape)
    {
        foreach (double sharpness in Sharpnesses)
            // Where sharpness times value is about 1 the terms matter as they are; below, the sum does; above, the extreme.
            foreach (double scaled in (double[])[1e-4, 1, 30])
                foreach (int count in Lengths)
                {
                    double[] values = Rows[shape](new Random(count), count, scaled / sharpness);
                    CheckSmooth(values, sharpness);
                    CheckSmooth(Array.ConvertAll(values, x => (float)x), sharpness);
                }
    }

    [Fact]
    public void Smooth_extremes_that_nearly_vanish_keep_their_bound()
    {
        foreach (double sharpness in Sharpnesses)
            foreach (int count in Lengths)
            {
                double[] values = Rows["spread"](new Random(count), count, 3 / sharpness);
                double value = LogPartition.SmoothMax<double>(values, sharpness);
                values = [.. values.Select(x => x - value)];
                CheckSmooth(values, sharpness);
                CheckSmooth(Array.ConvertAll(values, x => (float)x), sharpness);
            }
    }

    [Theory, MemberData(nameof(Shapes))]
    public void Temperatures_keep_their_bounds(string shape)
    {
        foreach (double temperature in Temperatures)
            foreach (double scaled in (double[])[1e-4, 1, 30])
                foreach (int count in Lengths)
                {
                    double[] logits = Rows[shape](new Random(count), count, scaled * temperature);
                    CheckTempered(logits, temperature);
                    CheckTempered(Array.ConvertAll(logits, x => (float)x), temperature);
                }
    }

    private static void CheckSmooth<T>(T[] values, double sharpness) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // All is taken times a power of two, which makes the sharpness about 1 and no number too small for 200 places.
        int power = Math.ILogB(sharpness);
        Wide scaled = Times(sharpness, -power);
        Wide[] exact = Array.ConvertAll(values, x => Times(double.CreateTruncating(x), power) * scaled);
        Wide bound = Wide.From(32 * Epsilon<T>()) * (Largest(exact) + Wide.Log(Wide.From(values.Length))) + Times(2 * double.CreateTruncating(T.Epsilon),
            power) * scaled;
        AssertWithin(bound, Wide.LogPartition(exact), Times(double.CreateTruncating(LogPartition.SmoothMax<T>(values, sharpness)), power) * scaled,
            "SmoothMax");
        Wide[] negative = Array.ConvertAll(exact, x => default(Wide) - x);
        AssertWithin(bound, default(Wide) - Wide.LogPartition(negative),
            Times(double.CreateTruncating(LogPartition.SmoothMin<T>(values, sharpness)), power) * scaled, "SmoothMin");

        void AssertWithin(Wide allowed, Wide expected, Wide actual, string what) =>
            Assert.True(!(Distance(expected, actual) > allowed),
                $"{what} of {values.Length} {typeof(T).Name} at {sharpness}: {Distance(expected, actual).ToDouble() / allowed.ToDouble()} of the bound; {string.Join(", ", values.Take(8))}");
    }

    private static void CheckTempered<T>(T[] logits, double temperature) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double epsilon = Epsilon<T>(), tiny = 2 * double.CreateTruncating(T.Epsilon);
        int power = -Math.ILogB(temperature);
        Wide scaled = Times(temperature, power);
        Wide[] exact = Array.ConvertAll(logits, o => Times(double.CreateTruncating(o), power) / scaled);
        Wide value = Wide.LogPartition(exact), max = exact.Aggregate((a, b) => a > b ? a : b);
        T[] softmax = new T[logits.Length], logSoftmax = new T[logits.Length];
        LogPartition.Softmax(logits, softmax, temperature);
        LogPartition.LogSoftmax(logits, logSoftmax, temperature);

        Wide bound = Wide.From(32 * epsilon) * (Largest(exact) + Wide.Log(Wide.From(logits.Length)));
        AssertWithin(bound.ToDouble(), value, LogPartition.Value<T>(logits, temperature), "Value");
        double spread = exact.Sum(o => (Wide.Exp(o - value) * (max - o)).ToDouble());
        double others = (Wide.One - Wide.Exp(max - value)).ToDouble();
        for (int k = 0; k < logits.Length; k++)
        {
            Wide log = exact[k] - value, p = Wide.Exp(log);
            AssertWithin((2 * (max - exact[k]).ToDouble() + 16) * epsilon * p.ToDouble(), p, softmax[k], "Softmax");
            AssertWithin((2 * (others > 0 ? spread / others : 0) + 16) * epsilon * Math.Abs(log.ToDouble()), log, logSoftmax[k], "LogSoftmax");
        }

        void AssertWithin(double allowed, Wide expected, T actual, string what)
        {
            double error = Distance(expected, Wide.From(double.CreateTruncating(actual))).ToDouble();
            Assert.True(error <= allowed + tiny,
                $"{what} of {logits.Length} {typeof(T).Name} at {temperature}: {actual} instead of {expected.ToDouble()}, {error / allowed} of the bound; {string.Join(", ", logits.Take(8))}");
        }
    }

    /// <summary>x·2ᵖ, exactly where it has no bits below 2⁻²⁰⁰.</summary>
    private static Wide Times(double x, int power)
    {
        if (x == 0)
            return default;
        int own = Math.ILogB(x), shift = own + power;
        BigInteger units = Wide.From(Math.ScaleB(x, -own)).Units;
        return new(shift >= 0 ? units << shift : units >> -shift);
    }

    private static Wide Largest(Wide[] numbers) => numbers.Select(x => new Wide(BigInteger.Abs(x.Units))).Aggregate((a, b) => a > b ? a : b);

    private static Wide Distance(Wide a, Wide b) => new(BigInteger.Abs(a.Units - b.Units));

    private static double Epsilon<T>() => typeof(T) == typeof(float) ? Math.ScaleB(1, -23) : Math.ScaleB(1, -52);
}
