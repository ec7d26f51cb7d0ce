using System.Numerics;
using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>
/// Tables built against the certificate: what a sum rounds away, labels that are almost probabilities, weights and columns beyond all measure.
/// </summary>
public class EnemyTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(51, 2)];

    /// <summary>One number a billion times as large as all others: grids and scales are made for it, and the rest must not drown.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void One_value_far_out(int seed) => Each(seed, table =>
    {
        foreach (double size in new[] { 1e4, 1e8 })
        {
            double[] x = [.. table.X];
            x[0] = (float)(size * Math.Max(1, Math.Abs(x[0])));
            Holds<double>(table with { Name = $"{table.Name}, one value of {size:G1}", X = x });
        }
    });

    /// <summary>Weights from 10⁻¹⁵ to 1: light rows are as good as absent, and their gap is, too.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Weights_of_all_sizes(int seed) => Each(seed, table =>
    {
        Random random = new(seed);
        Table weighted = table with { Name = table.Name + ", weights of all sizes",
            Weights = [.. Enumerable.Range(0, table.Rows).Select(i => table.IsFirst(i) ? 1 : Math.Pow(10, -15 * random.NextDouble()))] };
        Holds<double>(weighted);
        Holds<float>(weighted);
    });

    /// <summary>Labels that sum to 1 only to the 10⁻⁶ that is allowed: the objective of the normalised ones, to as much, and no gap below its own.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Labels_that_hardly_sum_to_1(int seed)
    {
        Table table = Tables.SoftLabels(seed);
        foreach (double off in new[] { 9e-7, -9e-7 })
        {
            FitResult one = table.Fit<double>(o => o with { Tolerance = 1e-10 });
            FitResult other = (table with { Soft = [.. table.Soft.Select(s => s * (1 + off))] }).Fit<double>(o => o with { Tolerance = 1e-10 });
            Assert.Equal(StopReason.Converged, other.Report.StopReason);
            Assert.Equal(one.Report.Objective, other.Report.Objective, 3e-6 * one.Report.Objective);
        }
    }

    /// <summary>Strengths at the ends of what there is.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Strengths_beyond_all_measure(int seed) => Each(seed, table =>
    {
        foreach (double strength in new[] { 1e-13, 1e-11, 1e6, 1e15 })
        {
            Table other = table with { Strength = strength };
            FitReport report = other.Fit<double>().Report;
            Certificate.Holds(other, other.Fit<double>(), PlainNewton.Optimum(other).Value);
            if (strength >= 1)
                Assert.True(report.StopReason == StopReason.Converged, $"{other}: {report.StopReason}, {report.RelativeGap:G3}");
        }
    });

    /// <summary>Classes of one row each among thousands, and nothing but the intercept to tell them.</summary>
    [Fact]
    public void A_column_that_says_nothing()
    {
        int[] labels = [.. Enumerable.Range(0, 5000).Select(i => i < 4 ? i : 0)];
        double[] x = [.. Enumerable.Range(0, 5000).Select(i => i % 2 == 0 ? 1.0 : 1.0 + 1.0 / 1024)];
        foreach (double strength in new[] { 1e-9, 1e-3, 1 })
        {
            Table table = new("nothing to tell", x, 1, labels, 4) { Strength = strength };
            Holds<double>(table);
            Holds<float>(table);
        }
    }

    /// <summary>What is called converged is within the tolerance, whatever is asked for; a tolerance that rounding forbids ends otherwise.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Converged_is_within_the_tolerance(int seed) => Each(seed, table =>
    {
        foreach (double strength in new[] { table.Strength, 0 })
            foreach (double tolerance in new[] { 0.3, 1e-9, 1e-15 })
            {
                Check(table.Fit<double>(o => o with { Strength = strength, Tolerance = tolerance }).Report);
                Check(table.Fit<float>(o => o with { Strength = strength, Tolerance = tolerance }).Report);

                void Check(FitReport report) => Assert.True(report.StopReason != StopReason.Converged
                    || report.RelativeGap <= tolerance, $"{table}, λ {strength}: converged with {report.RelativeGap:G3} for {tolerance}");
            }
    });

    [Fact, Trait("Category", "Nightly")]
    public void Many_tables() => Assert.All(Enumerable.Range(100, 20), seed =>
    {
        One_value_far_out(seed);
        Weights_of_all_sizes(seed);
        Strengths_beyond_all_measure(seed);
        Converged_is_within_the_tolerance(seed);
    });

    private static void Holds<T>(Table table) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double optimum = PlainNewton.Optimum(table).Value;
        foreach (double tolerance in new[] { 1e-2, 1e-6, 1e-9 })
            Certificate.Holds(table, table.Fit<T>(o => o with { Tolerance = tolerance }), optimum);
    }

    private static void Each(int seed, Action<Table> check) => Assert.All(Tables.Of(seed), check);
}
