using System.Numerics;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>What must not show in a fit, not in its last bit: threads, memory, what was solved before, and how the rows came.</summary>
public class SameBitsTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(21, 2)];

    /// <summary>Many chunks of rows, and classes to either side of the number up to which S̄ is formed in every pass.</summary>
    [Theory]
    [InlineData(3000, 7, 3)]
    [InlineData(600, 4, 64)]
    [InlineData(600, 4, 65)]
    public void Any_number_of_threads(int rows, int features, int classes)
    {
        Table table = Large(rows, features, classes);
        foreach (double strength in classes == 3 ? new[] { 1e-4, 0 } : [1e-4])
        {
            Check<double>(false);
            Check<double>(true);
            Check<float>(false);
            Check<float>(true);

            void Check<T>(bool sparse) where T : unmanaged, IBinaryFloatingPointIeee754<T>
            {
                FitResult one = table.Fit<T>(o => o with { Strength = strength, Threads = 1, MaxIterations = 4 }, sparse);
                foreach (int threads in classes == 3 ? new[] { 2, 3, 8 } : [3])
                    Twins.SameBits(one, table.Fit<T>(o => o with { Strength = strength, Threads = threads, MaxIterations = 4 }, sparse),
                        $"{table}, λ {strength}, {typeof(T).Name}, sparse {sparse}, {threads} threads");
            }
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Any_number_of_threads_for_any_table(int seed) => Assert.All(Tables.Of(seed), table =>
    {
        FitResult one = table.Fit<double>(o => o with { Threads = 1 });
        Twins.SameBits(one, table.Fit<double>(o => o with { Threads = 3 }), table.ToString());
        one = table.Fit<float>(o => o with { Threads = 1 });
        Twins.SameBits(one, table.Fit<float>(o => o with { Threads = 3 }), table.ToString());
    });

    /// <summary>With little memory probabilities are computed again and there is no Gram matrix: other means, the same answer.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void Any_amount_of_memory(int seed) => Assert.All([.. Tables.Of(seed), Large(1200, 6, 5), Large(700, 4, 66)], table =>
    {
        FitResult much = table.Fit<double>();
        foreach (long bytes in new[] { 0, 20_000, 100_000, 300_000, 1_000_000 })
        {
            FitResult little = table.Fit<double>(o => o with { MemoryBytes = bytes });
            Twins.Agree(table, much, table with { Name = $"{bytes} bytes" }, little);
        }
    });

    [Theory, MemberData(nameof(Seeds))]
    public void Solved_again(int seed) =>
        Assert.All([.. Tables.Of(seed).Where((_, i) => i % 2 == seed % 2), Large(1200, 6, 5), Large(700, 4, 66), WeightedWide(seed)], table =>
    {
        Check<double>(table);
        Check<float>(table);

        static void Check<T>(Table table) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            SoftmaxProblem problem = SoftmaxProblem.Of(table.Dense<T>(), table.Labels, table.Options);
            FitResult first = problem.Solve(table.Options);
            Twins.SameBits(SoftmaxProblem.Of(table.Dense<T>(), table.Labels, table.Options).Solve(table.Options), first, $"{table}, fresh");
            foreach (double other in new[] { 1e-6, 0, 10 })
                problem.Solve(table.Options with { Strength = other, MaxIterations = 3 });
            Twins.SameBits(first, problem.Solve(table.Options), $"{table}, again");
            // Rows' weights belong to the problem; a solve need not repeat them.
            Twins.SameBits(first, problem.Solve(new FitOptions { Strength = table.Strength }), $"{table}, solved with strength alone");
        }
    });

    [Theory]
    [InlineData(3000, 1500)]
    [InlineData(300, 5000)]
    public void Rows_in_blocks_and_in_one_array(int rows, int features)
    {
        Random random = new(rows);
        float[] x = [.. Enumerable.Range(0, rows * features).Select(_ => random.Next(8) == 0 ? (float)random.NextDouble() : 0)];
        Labels labels = Labels.FromIndices(Enumerable.Range(0, rows).Select(i => (i * 7 + (x[i * features] > 0 ? 1 : 0)) % 3).ToArray(), 3);
        DenseRowsBuilder<float> builder = new(features);
        for (int i = 0; i < rows; i++)
            x.AsSpan(i * features, features).CopyTo(builder.AddRow());
        Assert.True(builder.BlockCount > 1);
        FitOptions options = new() { Strength = 1e-2, MaxIterations = 2, MemoryBytes = 1 << 24, Threads = 2 };
        Twins.SameBits(SoftmaxRegression.Fit(new DenseRows<float>(x, rows, features), labels, options),
            SoftmaxRegression.Fit(builder.ToRows(), labels, options), "blocks");
    }

    private static Table WeightedWide(int seed)
    {
        Table table = SameBitsTests.Large(20, 50, 2);
        return table with { Name = "wide and weighted", Weights = [.. Enumerable.Range(0, 20).Select(i => (double)(1 + (i * seed) % 3))] };
    }

    /// <summary>Clouds that overlap, one for each class.</summary>
    internal static Table Large(int rows, int features, int classes)
    {
        Random random = new(rows + classes);
        int[] labels = [.. Enumerable.Range(0, rows).Select(i => i < classes ? i : random.Next(classes))];
        double[] centres = [.. Enumerable.Range(0, classes * features).Select(_ => 2 * random.NextDouble() - 1)], x = new double[rows * features];
        for (int m = 0; m < x.Length; m++)
            x[m] = random.Next(3) == 0 ? 0 : (float)(centres[labels[m / features] * features + m % features] + 3 * random.NextDouble());
        return new Table("large", x, features, labels, classes);
    }
}
