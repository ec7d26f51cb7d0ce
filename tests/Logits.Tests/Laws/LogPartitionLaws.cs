using CsCheck;
using Logits.Tests.Reference;

namespace Logits.Tests.Laws;

/// <summary>What makes the log-partition function what it is, for random rows.</summary>
public class LogPartitionLaws
{
    private const double Epsilon = 2.220446049250313e-16;
    private const int Cases = 300;

    private static readonly Gen<double[]> Rows = Gen.Double[-20, 20].Array[1, 40];
    private static readonly Gen<(double[] A, double[] B)> RowPairs =
        Gen.Int[1, 12].SelectMany(k => Gen.Select(Gen.Double[-20, 20].Array[k], Gen.Double[-20, 20].Array[k]));

    [Fact]
    public void The_gradient_of_the_value_is_the_softmax() => RowPairs.Always(pair =>
    {
        (double[] o, _) = pair;
        double[] p = Softmax(o);
        for (int j = 0; j < o.Length; j++)
        {
            // A central difference with steps of 2⁻⁴⁰ in 200-bit arithmetic errs by about 2⁻⁸⁰.
            Wide slope = (Wide.LogPartition(Moved(o, j, Step)) - Wide.LogPartition(Moved(o, j, -Step))) / Wide.From(2 * Step);
            Assert.Equal(slope.ToDouble(), p[j], 50 * Epsilon * p[j]);
        }
    }, seed: "0000G0lbd4k1", count: 40);

    [Fact]
    public void The_derivative_of_the_softmax_is_the_covariance() => RowPairs.Always(pair =>
    {
        (double[] o, double[] v) = pair;
        double[] product = new double[o.Length];
        LogPartition.HessianVectorProduct<double>(Softmax(o), v, product);
        Wide step = Wide.From(Step);
        Wide[] ahead = [.. o.Select((x, k) => Wide.From(x) + step * Wide.From(v[k]))], behind = [.. o.Select((x, k) => Wide.From(x) - step * Wide.From(v[k]))];
        Wide above = Wide.LogPartition(ahead), below = Wide.LogPartition(behind);
        for (int j = 0; j < o.Length; j++)
        {
            Wide slope = (Wide.Exp(ahead[j] - above) - Wide.Exp(behind[j] - below)) / Wide.From(2 * Step);
            Assert.Equal(slope.ToDouble(), product[j], 1e-14 * v.Max(Math.Abs) + 1e-40);
        }
    }, seed: "0000G0lbd4k2", count: 40);

    [Fact]
    public void The_value_is_equivariant_and_the_softmax_invariant_under_shifts() =>
        Gen.Select(Rows, Gen.Int[-1 << 20, 1 << 20]).Always((o, shift) =>
        {
            // Rounded to multiples of 2⁻²⁰ the shifted logits are exact.
            double[] exact = [.. o.Select(x => Math.Round(x * 1048576) / 1048576)], shifted = [.. exact.Select(x => x + shift)];
            double value = LogPartition.Value<double>(exact);
            Assert.Equal(value + shift, LogPartition.Value<double>(shifted), 64 * Epsilon * (Math.Abs(value) + Math.Abs(shift)));
            Assert.Equal(Softmax(exact), Softmax(shifted));
        }, seed: "0000G0lbd4k3", count: Cases);

    [Fact]
    public void The_value_lies_between_the_largest_logit_and_log_K_above_it() => Rows.Always(o =>
    {
        double max = o.Max(), value = LogPartition.Value<double>(o), slack = 32 * Epsilon * Math.Abs(value);
        Assert.InRange(value, max, max + Math.Log(o.Length) + slack);
        if (o.Count(x => x > max - 20) > 1)
            Assert.True(value > max);
    }, seed: "0000G0lbd4k4", count: Cases);

    [Fact]
    public void Equal_logits_reach_the_upper_bound() => Gen.Select(Gen.Double[-20, 20], Gen.Int[1, 300]).Always((x, classes) =>
        Assert.Equal(x + Math.Log(classes), LogPartition.Value<double>(Enumerable.Repeat(x, classes).ToArray()), 64 * Epsilon * 26), seed: "0000G0lbd4k5",
            count: Cases);

    [Fact]
    public void The_value_is_convex() => Gen.Select(RowPairs, Gen.Double[0, 1]).Always((pair, t) =>
    {
        double[] between = [.. pair.A.Zip(pair.B, (a, b) => t * a + (1 - t) * b)];
        double chord = t * LogPartition.Value<double>(pair.A) + (1 - t) * LogPartition.Value<double>(pair.B);
        Assert.True(LogPartition.Value<double>(between) <= chord + 1e-13);
    }, seed: "0000G0lbd4k6", count: Cases);

    [Fact]
    public void Probabilities_sum_to_1() => Rows.Always(o => Assert.Equal(1, Softmax(o).Sum(), 20 * Epsilon), seed: "0000G0lbd4k7", count: Cases);

    [Fact]
    public void The_logarithm_of_the_softmax_is_the_logit_less_the_value() => Rows.Always(o =>
    {
        double[] log = new double[o.Length], p = Softmax(o);
        LogPartition.LogSoftmax<double>(o, log);
        double value = LogPartition.Value<double>(o);
        for (int k = 0; k < o.Length; k++)
        {
            Assert.Equal(o[k] - value, log[k], 1e-13);
            Assert.Equal(p[k], Math.Exp(log[k]), 100 * Epsilon * p[k]);
        }
    }, seed: "0000G0lbd4k8", count: Cases);

    [Fact]
    public void A_power_alpha_of_the_probabilities_is_the_temperature_1_over_alpha() => Gen.Select(Rows, Gen.Double[0.1, 8]).Always((o, alpha) =>
    {
        double[] tempered = new double[o.Length], p = Softmax(o);
        LogPartition.Softmax<double>(o, tempered, 1 / alpha);
        double total = p.Sum(x => Math.Pow(x, alpha));
        for (int k = 0; k < o.Length; k++)
            Assert.Equal(Math.Pow(p[k], alpha) / total, tempered[k], 1e-13);
    }, seed: "0000G0lbd4k9", count: Cases);

    [Fact]
    public void Towards_temperature_0_the_ties_at_the_top_share() => Gen.Select(Rows, Gen.Int[1, 5]).Always((o, ties) =>
    {
        double[] row = [.. o, .. Enumerable.Repeat(30.0, ties)], p = new double[row.Length];
        foreach (double temperature in (double[])[1e-3, 1e-100, double.Epsilon])
        {
            LogPartition.Softmax<double>(row, p, temperature);
            for (int k = 0; k < row.Length; k++)
                Assert.Equal(k < o.Length ? 0 : 1.0 / ties, p[k], 2 * Epsilon);
        }
    }, seed: "0000G0lbd4ka", count: Cases);

    [Fact]
    public void Towards_infinite_temperature_all_possible_classes_share() => Rows.Always(o =>
    {
        double[] p = new double[o.Length];
        LogPartition.Softmax<double>(o, p, 1e300);
        Assert.All(p, x => Assert.Equal(1.0 / o.Length, x, 4 * Epsilon));
    }, seed: "0000G0lbd4kb", count: Cases);

    [Fact]
    public void The_value_at_a_temperature_is_that_of_the_divided_logits() => Gen.Select(Rows, Gen.Double[0.1, 8]).Always((o, temperature) =>
        Assert.Equal(LogPartition.Value<double>([.. o.Select(x => x / temperature)]), LogPartition.Value<double>(o, temperature), 1e-12), seed: "0000G0lbd4kc",
            count: Cases);

    [Fact]
    public void The_smooth_extremes_bracket_and_approach_the_extremes() => Gen.Select(Rows, Gen.Double[0.1, 50]).Always((x, sharpness) =>
    {
        double room = Math.Log(x.Length) / sharpness, max = LogPartition.SmoothMax<double>(x, sharpness), min = LogPartition.SmoothMin<double>(x, sharpness);
        Assert.InRange(max, x.Max() - 1e-13, x.Max() + room + 1e-13);
        Assert.InRange(min, x.Min() - room - 1e-13, x.Min() + 1e-13);
        Assert.Equal(LogPartition.Value<double>([.. x.Select(v => v * sharpness)]) / sharpness, max, 1e-12);
        Assert.Equal(-LogPartition.SmoothMax<double>([.. x.Select(v => -v)], sharpness), min, 1e-12);
        Assert.Equal(x.Max(), LogPartition.SmoothMax<double>(x, 1e12), 1e-10);
        Assert.Equal(x.Min(), LogPartition.SmoothMin<double>(x, 1e12), 1e-10);
    }, seed: "0000G0lbd4kd", count: Cases);

    private static readonly double Step = Math.ScaleB(1, -40);

    private static Wide[] Moved(double[] o, int index, double step) => [.. o.Select((x, k) => Wide.From(x) + Wide.From(k == index ? step : 0))];

    private static double[] Softmax(double[] o)
    {
        double[] p = new double[o.Length];
        LogPartition.Softmax<double>(o, p);
        return p;
    }
}
