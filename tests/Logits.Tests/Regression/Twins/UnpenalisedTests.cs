using System.Numerics;
using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Without a penalty coefficients may be free, and nothing about the columns' units or redundancy may show in what is reached.</summary>
public class UnpenalisedTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(42, 3)];

    [Theory, MemberData(nameof(Seeds))]
    public void The_optimum_is_reached_and_called_one(int seed) => Assert.All(Finite(seed), table =>
    {
        double optimum = PlainNewton.Optimum(table).Value;
        Reaches(table, table.Fit<double>(), optimum);
        Reaches(table, table.Fit<float>(), optimum);
        Reaches(table, table.Fit<double>(sparse: true), optimum);
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Redundant_columns_are_named_and_change_nothing(int seed) => Assert.All(Finite(seed), table =>
    {
        double optimum = PlainNewton.Optimum(table).Value;
        int d = table.Features;
        foreach ((string name, Func<double[], double[]> more) in new (string, Func<double[], double[]>)[]
        {
            ("negative", r => [-r[0]]),
            ("twice", r => [r[0], r[0]]),
            ("constant", _ => [2]),
            ("combination", r => [2 * r[0] + 3 * r[^1] + 1]),
            ("all of them", r => [-r[0], r[^1], 2 * r[0] + 3 * r[^1] + 1, 7, r.Sum()]),
            ("large", r => [4096 * r[0]]),
            ("two large", r => [65536 * r[0], 131072 * r[0]]),
            ("far", r => [r[0] + 4096]),
        })
        {
            int added = more(new double[d]).Length;
            Table redundant = table.Map(d + added, r => [.. r, .. more(r)], name);
            Check(redundant.Fit<double>());
            Check(redundant.Fit<float>());
            // The redundant columns first: others are the redundant ones then, and as many.
            Table turned = table.Map(d + added, r => [.. more(r), .. r], name + " first");
            FitResult fit = turned.Fit<double>();
            Reaches(turned, fit, optimum);
            Assert.True(added == fit.Report.DependentColumns.Count, $"{turned}: {fit.Report.DependentColumns.Count} dependent columns");
            Combine(turned, fit.Report.DependentColumns);
            // With a penalty it is another problem, with an optimum of its own.
            Table penalised = redundant with { Strength = 1e-6 };
            Certificate.Holds(penalised, penalised.Fit<float>(), PlainNewton.Optimum(penalised).Value);

            void Check(FitResult result)
            {
                Reaches(redundant, result, optimum);
                Assert.True(Enumerable.Range(d, added).SequenceEqual(result.Report.DependentColumns.Select(c => c.Feature).Order()),
                    $"{redundant}, {result.Report.DataPrecision}: {string.Join(", ", result.Report.DependentColumns.Select(c => c.Feature))}");
                Combine(redundant, result.Report.DependentColumns);
            }
        }
    });

    /// <summary>All levels of a category, and a group within them, beside the intercept.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void The_dummy_trap(int seed)
    {
        Table one = Tables.OneCategory(seed, pure: false) with { Strength = 0 };
        int levels = one.Features + 1;
        Table all = one.Map(levels + 1, r => [r.Contains(1) ? 0 : 1, .. r, r[..(r.Length / 2)].Sum()], "all levels and a group");
        double entropy = Entropy(one);
        Reaches(one, one.Fit<double>(), entropy);
        foreach (FitResult fit in new[] { all.Fit<double>(), all.Fit<float>(), all.Fit<double>(sparse: true) })
        {
            Reaches(all, fit, entropy);
            Assert.Equal([levels - 1, levels], fit.Report.DependentColumns.Select(c => c.Feature).Order());
            Combine(all, fit.Report.DependentColumns);
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Columns_in_another_unit(int seed) => Assert.All(Finite(seed), table =>
    {
        double optimum = PlainNewton.Optimum(table).Value;
        FitResult fit = table.Fit<double>();
        foreach ((double scale, double shift) in new[] { (1e4, 0), (1e-4, 0), (1.0, 4096.0), (1, -65536), (16, 4096), (1.0 / 16384, 1) })
        {
            Table twin = table.Map(table.Features, r => [scale * r[0] + shift, .. r.AsSpan(1).ToArray()], $"column 0 times {scale} plus {shift}");
            Reaches(twin, twin.Fit<double>(), optimum);
            Twins.Agree(table, fit, twin, twin.Fit<double>());
            Table rounded = twin with { X = [.. twin.X.Select(x => (double)(float)x)] };
            if (rounded.X.AsSpan().SequenceEqual(twin.X))
                Reaches(twin, twin.Fit<float>(), optimum);
        }
    });

    /// <summary>The infimum is the entropy of the label within the levels, whether it is reached or not; with a pure level it is not.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void One_category_alone(int seed)
    {
        foreach (bool pure in new[] { false, true })
        {
            Table table = Tables.OneCategory(seed, pure) with { Strength = 0 };
            int[] order = [.. Enumerable.Range(0, table.Rows)];
            new Random(seed).Shuffle(order);
            double entropy = Entropy(table);
            foreach (Table twin in new[] { table, table.Pick(order, "shuffled"), table.Pick([.. order.OrderBy(i => table.Indices[i])], "by class"),
                table.Collapsed() })
                foreach (FitResult fit in new[] { twin.Fit<double>(), twin.Fit<float>(), twin.Fit<double>(sparse: true) })
                {
                    if (!pure)
                        Reaches(twin, fit, entropy);
                    Assert.True(fit.Report.StopReason == (pure ? StopReason.NoFiniteOptimum : StopReason.Converged),
                        $"{twin}: {fit.Report.StopReason}, {fit.Report.Objective:G17}, entropy {entropy:G17}");
                    Assert.InRange(fit.Report.Objective, entropy * (1 - 1e-12), entropy * (1 + 1e-5));
                }
        }
    }

    [Fact, Trait("Category", "Nightly")]
    public void Many_tables() => Assert.All(Enumerable.Range(100, 40), seed =>
    {
        The_optimum_is_reached_and_called_one(seed);
        Redundant_columns_are_named_and_change_nothing(seed);
        The_dummy_trap(seed);
        Columns_in_another_unit(seed);
        One_category_alone(seed);
    });

    /// <summary>
    /// Tables whose optimum is known to be finite: each row has each class, to some share. Their numbers are multiples of 1/256, so that sums of them are exact
    /// in float32.
    /// </summary>
    private static IEnumerable<Table> Finite(int seed)
    {
        foreach (Table table in new[] { Tables.Numbers(seed), Tables.Correlated(seed), Tables.SoftLabels(seed), Tables.Importances(seed),
            Tables.Imbalanced(seed) })
        {
            double largest = table.X.Max(Math.Abs);
            double[] x = new double[table.X.Length];
            for (int j = 0; j < table.Features; j++)
            {
                double scale = Enumerable.Range(0, table.Rows).Max(i => Math.Abs(table.X[i * table.Features + j]));
                for (int i = 0; i < table.Rows; i++)
                    x[i * table.Features + j] = Math.Round(4 * 256 * table.X[i * table.Features + j] / scale) / 256;
            }
            yield return table with
            {
                X = x,
                Indices = [],
                Soft = [.. Enumerable.Range(0, table.Rows * table.Classes).Select(m =>
                    0.9 * table.Share(m / table.Classes, m % table.Classes) + 0.1 / table.Classes)],
                Strength = 0,
            };
        }
    }

    private static void Reaches(Table table, FitResult fit, double optimum)
    {
        FitReport report = fit.Report;
        double value = new PlainObjective(table, 0).Value(fit.Model);
        string what = $"{table}: {report.StopReason} after {report.Iterations}, {report.DataPrecision}, {report.Precision}, objective {report.Objective:G17}, plainly {value:G17}, optimum {optimum:G17}, gap {report.RelativeGap:G3}";
        Assert.True(report.StopReason == StopReason.Converged && !report.GapCertified && report.RelativeGap <= 1e-6, what);
        Assert.True(Math.Abs(value - report.Objective) <= 1e-11 * value, $"VALUE {what}");
        Assert.True(Math.Abs(value - optimum) <= 1e-9 * optimum, $"OPTIMUM {what}");
    }

    /// <summary>Each combination gives its column in each row, and names no column that is itself dependent.</summary>
    private static void Combine(Table table, IReadOnlyList<DependentColumn> dependent)
    {
        foreach (DependentColumn column in dependent)
            for (int i = 0; i < table.Rows; i++)
            {
                double sum = column.Constant, size = Math.Abs(sum) + Enumerable.Range(0, table.Rows).Max(r =>
                    Math.Abs(table.X[r * table.Features + column.Feature]));
                foreach ((int feature, double coefficient) in column.Terms)
                {
                    Assert.DoesNotContain(feature, dependent.Select(c => c.Feature));
                    sum += coefficient * table.X[i * table.Features + feature];
                    size += Math.Abs(coefficient * table.X[i * table.Features + feature]);
                }
                Assert.True(Math.Abs(sum - table.X[i * table.Features + column.Feature]) <= 1e-7 * (size + 1), $"{table}: column {column.Feature} = {column.Constant} + {string.Join(" + ", column.Terms)}, off by {sum - table.X[i * table.Features + column.Feature]:G3} in row {i}");
            }
    }

    /// <summary>Σ over levels of the share of rows times the entropy of their labels.</summary>
    private static double Entropy(Table table)
    {
        double entropy = 0, total = 0;
        foreach (IGrouping<int, int> level in Enumerable.Range(0, table.Rows).GroupBy(i =>
            Array.IndexOf(table.X, 1, i * table.Features, table.Features) is var at && at < 0 ? -1 : at % table.Features))
        {
            double weight = level.Sum(table.Weight);
            total += weight;
            for (int k = 0; k < table.Classes; k++)
                if (level.Where(i => table.Indices[i] == k).Sum(table.Weight) is var count && count > 0)
                    entropy -= count * Math.Log(count / weight);
        }
        return entropy / total;
    }
}
