using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Tables of the shapes that people brought, and that a fit once got wrong.</summary>
public class PeoplesTablesTests
{
    /// <summary>
    /// 300 shops, the j-th with 1/j² as many rows as the first, standardised: rare levels are columns of rare, large numbers. Without random numbers.
    /// </summary>
    [Fact]
    public void A_category_with_rare_levels() => Rare(1000);

    [Theory, Trait("Category", "Nightly")]
    [InlineData(5_000)]
    [InlineData(20_000)]
    [InlineData(60_000)]
    [InlineData(200_000)]
    public void A_large_category_with_rare_levels(int rows) => Rare(rows);

    /// <summary>One class has nothing but zeros in a column where others have more: no finite optimum, among columns that hide it.</summary>
    [Theory]
    [InlineData(2000, 3)]
    [InlineData(8000, 7)]
    public void A_class_at_zero(int rows, int features)
    {
        foreach (int seed in new[] { 1, 2, 3 })
        {
            Random random = new(seed);
            double[] x = new double[rows * features];
            int[] labels = new int[rows];
            for (int i = 0; i < rows; i++)
            {
                labels[i] = i < 3 ? i : random.Next(10) == 0 ? 2 : random.Next(2);
                for (int j = 1; j < features; j++)
                    x[i * features + j] = random.Next(5) + (labels[i] == 1 ? random.Next(2) : 0);
                x[i * features] = labels[i] == 2 || random.Next(6) == 0 ? 0 : Math.Round(100 * random.NextDouble()) + 10;
            }
            Table table = new("a class at zero", x, features, labels, 3) { Strength = 0 };
            foreach (FitResult fit in new[] { table.Fit<double>(), table.Fit<float>(),
                table.Pick([.. Enumerable.Range(0, rows).OrderBy(i => labels[i])], "by class").Fit<float>() })
                Assert.True(fit.Report.StopReason == StopReason.NoFiniteOptimum,
                    $"{table}, seed {seed}: {fit.Report.StopReason} after {fit.Report.Iterations}, {fit.Report.Objective:G9}");
        }
    }

    /// <summary>
    /// Makers of aeroplanes and their engines: 43 cells, most of them pure. By rows, sorted or not, as by weighted cells: the entropy, and no optimum.
    /// </summary>
    [Theory]
    [InlineData(1)]
    public void Mostly_pure_cells(int seed)
    {
        Random random = new(seed);
        List<double> x = [], weights = [];
        List<int> labels = [];
        double entropy = 0, total = 0;
        const int levels = 35;
        for (int level = 0; level < levels; level++)
        {
            double[] counts = [.. Enumerable.Range(0, 6).Select(k =>
                k == level % 6 ? Math.Ceiling(1500.0 / ((level + 1) * (level + 1))) : level < 8 && k == (level + 1) % 6 ? 1.0 + random.Next(20) : 0)];
            for (int k = 0; k < 6; k++)
                if (counts[k] > 0)
                {
                    x.AddRange(Enumerable.Range(1, levels - 1).Select(l => l == level ? 1.0 : 0));
                    labels.Add(k);
                    weights.Add(counts[k]);
                    entropy -= counts[k] * Math.Log(counts[k] / counts.Sum());
                    total += counts[k];
                }
        }
        entropy /= total;
        Table cells = new("cells", [.. x], levels - 1, [.. labels], 6) { Weights = [.. weights], Strength = 0 };
        int[] order = [.. Enumerable.Range(0, cells.Rows).SelectMany(i => Enumerable.Repeat(i, (int)weights[i]))];
        Table sorted = (cells with { Weights = [] }).Pick(order, "sorted");
        random.Shuffle(order);
        Table shuffled = (cells with { Weights = [] }).Pick(order, "shuffled");
        foreach (Table table in new[] { cells, sorted, shuffled })
        {
            foreach (FitResult fit in new[] { table.Fit<double>(), table.Fit<float>(), table.Fit<float>(sparse: true) })
            {
                Assert.True(fit.Report.StopReason == StopReason.NoFiniteOptimum,
                    $"{table}: {fit.Report.StopReason} after {fit.Report.Iterations}, {fit.Report.Objective:G17}, entropy {entropy:G17}");
                Assert.InRange(fit.Report.Objective, entropy * (1 - 1e-12), entropy * (1 + 1e-5));
            }
            foreach (double strength in new[] { 1e-4, 1e-8 })
            {
                Table penalised = table with { Strength = strength }, judge = cells with { Strength = strength };
                double optimum = PlainNewton.Optimum(judge).Value;
                foreach (FitResult fit in new[] { penalised.Fit<double>(), penalised.Fit<float>() })
                {
                    Certificate.Holds(judge, fit, optimum);
                    Assert.True(fit.Report.StopReason == StopReason.Converged, $"{penalised}: {fit.Report.StopReason}, {fit.Report.RelativeGap:G3}");
                }
            }
        }
    }

    private static void Rare(int size)
    {
        const int shops = 300;
        List<int> shop = [], labels = [];
        List<double> x = [];
        for (int j = 1; j <= shops; j++)
            for (int i = 0; i < size / (j * j) + 1; i++)
            {
                double h = (i * 7919L + j * 104729L) % 1000 / 1000.0, number = (i * 31L + j * 17) % 100 / 100.0, v = h + number + j % 7 / 7.0;
                shop.Add(j - 1);
                x.Add(number);
                labels.Add(v < 1 ? 0 : v < 1.7 ? 1 : 2);
            }
        int n = shop.Count;
        // The first shop is the reference; every column is standardised.
        double[] values = new double[n * shops], shares = new double[shops];
        foreach (int s in shop)
            shares[s] += 1.0 / n;
        double mean = x.Average(), deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)));
        for (int i = 0; i < n; i++)
        {
            for (int s = 1; s < shops; s++)
                values[i * shops + s - 1] = (float)(((shop[i] == s ? 1 : 0) - shares[s]) / Math.Sqrt(shares[s] * (1 - shares[s])));
            values[i * shops + shops - 1] = (float)((x[i] - mean) / deviation);
        }
        Table table = new("shops", values, shops, [.. labels], 3) { Strength = 1.0 / n };
        FitResult fit = table.Fit<float>(), precise = table.Fit<double>(o => o with { Tolerance = 1e-9 });
        Assert.Equal((StopReason.Converged, StopReason.Converged), (fit.Report.StopReason, precise.Report.StopReason));
        // The optimum by one to judge the other: what a model reaches is above the infimum, whoever found it.
        double reached = new PlainObjective(table, table.Strength).Value(precise.Model);
        Certificate.Holds(table, precise, reached);
        Certificate.Holds(table, fit, reached);
        Assert.InRange(fit.Report.Iterations, 1, 20);
    }
}
