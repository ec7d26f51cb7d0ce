using System.Numerics;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>The same problem put another way has the same answer.</summary>
public class TwinTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(11, 3)];

    private static FitOptions Tight(FitOptions options) => options with { Tolerance = 1e-10 };

    [Theory, MemberData(nameof(Seeds))]
    public void Rows_in_any_order(int seed) => Each(seed, table =>
    {
        int[] order = [.. Enumerable.Range(0, table.Rows)];
        new Random(seed).Shuffle(order);
        Reordered(table, order, "shuffled");
        if (table.Indices.Length > 0)
            Reordered(table, [.. Enumerable.Range(0, table.Rows).OrderBy(i => table.Indices[i])], "by class");
        Reordered(table, [.. Enumerable.Range(0, table.Rows).OrderBy(i =>
            string.Join(',', table.X.AsSpan(i * table.Features, table.Features).ToArray()), StringComparer.Ordinal)], "by features");
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Weights_and_repeated_rows(int seed) => Each(seed, table =>
    {
        Random random = new(seed);
        Table weighted = table with { Weights = [.. Enumerable.Range(0, table.Rows).Select(i => table.IsFirst(i) ? 1.0 : random.Next(4))] };
        int[] order = [.. Enumerable.Range(0, table.Rows).SelectMany(i => Enumerable.Repeat(i, (int)weighted.Weights[i]))];
        Table repeated = (weighted with { Weights = [] }).Pick(order, "repeated");
        int[] rows = [.. Enumerable.Range(0, table.Rows).Select(i => Array.IndexOf(order, i))];
        Twins.Agree(weighted, weighted.Fit<double>(Tight), repeated, repeated.Fit<double>(Tight), rows);
        // The default strength counts rows, too.
        Twins.Agree(weighted, weighted.Fit<double>(o => Tight(o) with { Strength = null }), repeated,
            repeated.Fit<double>(o => Tight(o) with { Strength = null }), rows);
        Table collapsed = repeated.Collapsed();
        FitResult whole = repeated.Fit<double>(o => Tight(o) with { Strength = null }), few = collapsed.Fit<double>(o => Tight(o) with { Strength = null });
        Assert.Equal(whole.Report.Strength, few.Report.Strength, 1e-15);
        Assert.Equal(whole.Report.Objective, few.Report.Objective, whole.Report.Gap + few.Report.Gap + 1e-12 * whole.Report.Objective);
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Rows_of_weight_0_and_absent_rows(int seed) => Each(seed, table =>
    {
        Random random = new(seed);
        Table weighted = table with { Weights = [.. Enumerable.Range(0, table.Rows).Select(i =>
            table.IsFirst(i) || random.Next(3) > 0 ? 0.3 + random.NextDouble() : 0)] };
        int[] present = [.. Enumerable.Range(0, table.Rows).Where(i => weighted.Weights[i] > 0)],
            rows = [.. Enumerable.Range(0, table.Rows).Select(i => Array.IndexOf(present, i))];
        Table absent = weighted.Pick(present, "absent");
        // What stands in rows that count for nothing must not show, however large.
        foreach (double size in new[] { 1, 1e9, 1e15 })
        {
            Table odd = weighted with { X = [.. weighted.X.Select((x, m) => weighted.Weights[m / table.Features] > 0 ? x : size * (x + 1))] };
            foreach (double? strength in new double?[] { table.Strength, null })
            {
                FitResult one = odd.Fit<double>(o => Tight(o) with { Strength = strength }),
                    other = absent.Fit<double>(o => Tight(o) with { Strength = strength });
                Twins.Agree(odd with { Name = $"{odd.Name}, {size:G1} at weight 0" }, one, absent, other, rows);
                Assert.Equal(other.Report.Rows, one.Report.Rows);
            }
        }
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Importances_in_another_unit(int seed) => Each(seed, table =>
    {
        Random random = new(seed);
        Table weighted = table with { Weights = [.. Enumerable.Range(0, table.Rows).Select(_ => 0.1 + random.NextDouble())],
            WeightsAre = WeightMeaning.Importances };
        foreach (double unit in new[] { 1e-200, 3 })
        {
            Table scaled = weighted with { Name = $"times {unit}", Weights = [.. weighted.Weights.Select(w => unit * w)] };
            foreach (double? strength in new double?[] { table.Strength, null })
                Twins.Agree(weighted, weighted.Fit<double>(o => Tight(o) with { Strength = strength }), scaled,
                    scaled.Fit<double>(o => Tight(o) with { Strength = strength }));
        }
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Classes_under_other_names(int seed) => Each(seed, table =>
    {
        int[] names = [.. Enumerable.Range(0, table.Classes)];
        new Random(seed).Shuffle(names);
        double[] soft = new double[table.Soft.Length];
        for (int m = 0; m < soft.Length; m++)
            soft[m / table.Classes * table.Classes + names[m % table.Classes]] = table.Soft[m];
        Table renamed = table with { Name = "renamed", Indices = [.. table.Indices.Select(y => names[y])], Soft = soft };
        Twins.Agree(table, table.Fit<double>(Tight), renamed, renamed.Fit<double>(Tight), classes: names);
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Both_precisions_and_both_forms(int seed) => Each(seed, table =>
    {
        FitResult fit = table.Fit<double>(Tight);
        Twins.Agree(table, fit, table with { Name = "float32" }, table.Fit<float>(Tight));
        Twins.Agree(table, fit, table with { Name = "sparse" }, table.Fit<double>(Tight, sparse: true));
        Twins.Agree(table, fit, table with { Name = "sparse float32" }, table.Fit<float>(Tight, sparse: true));
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Labels_as_indices_and_as_certainties(int seed) => Each(seed, table =>
    {
        Table certain = table with { Name = "certain",
            Soft = [.. Enumerable.Range(0, table.Rows).SelectMany(i => Enumerable.Range(0, table.Classes).Select(k => table.Share(i, k)))] };
        Twins.Agree(table, table.Fit<double>(Tight), certain, certain.Fit<double>(Tight));
    });

    /// <summary>A soft label is as many rows of certain labels.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Shares_and_weighted_rows(int seed)
    {
        Table table = Tables.SoftLabels(seed);
        int[] order = [.. Enumerable.Range(0, table.Rows * table.Classes).Where(m => table.Soft[m] > 0)];
        Table split = table.Pick([.. order.Select(m => m / table.Classes)], "split") with
        {
            Soft = [],
            Indices = [.. order.Select(m => m % table.Classes)],
            Weights = [.. order.Select(m => table.Soft[m])],
        };
        Twins.Agree(table, table.Fit<double>(Tight), split, split.Fit<double>(Tight),
            rows: [.. Enumerable.Range(0, table.Rows).Select(i => Array.FindIndex(order, m => m / table.Classes == i))]);
    }

    [Fact, Trait("Category", "Nightly")]
    public void Many_tables() => Assert.All(Enumerable.Range(100, 30), seed =>
    {
        Rows_in_any_order(seed);
        Weights_and_repeated_rows(seed);
        Rows_of_weight_0_and_absent_rows(seed);
        Importances_in_another_unit(seed);
        Classes_under_other_names(seed);
        Both_precisions_and_both_forms(seed);
    });

    private static void Reordered(Table table, int[] order, string name)
    {
        int[] rows = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            rows[order[i]] = i;
        Table twin = table.Pick(order, name);
        Twins.Agree(table, table.Fit<double>(Tight), twin, twin.Fit<double>(Tight), rows);
        Twins.Agree(table, table.Fit<float>(), twin, twin.Fit<float>(), rows);
    }

    private static void Each(int seed, Action<Table> check) => Assert.All(Tables.Of(seed), check);
}
