using System.Numerics;
using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Wherever a solve begins, it ends at the same optimum, and what it certifies is true.</summary>
public class WarmStartTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(31, 2)];

    [Theory, MemberData(nameof(Seeds))]
    public void Any_start_leads_to_the_optimum(int seed) => Assert.All(Tables.Of(seed), table =>
    {
        double optimum = PlainNewton.Optimum(table).Value;
        Check<double>();
        Check<float>();

        void Check<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            SoftmaxProblem problem = SoftmaxProblem.Of(table.Dense<T>(), table.Labels, table.Options);
            FitResult cold = problem.Solve(table.Options);
            Certificate.Holds(table, cold, optimum);
            foreach ((string name, SoftmaxModel start) in Starts(problem, table, cold.Model, seed))
            {
                Table twin = table with { Name = $"{table.Name}, {typeof(T).Name}, from {name}" };
                FitResult warm = problem.Solve(table.Options, start);
                Certificate.Holds(twin, warm, optimum);
                Twins.Agree(table, cold, twin, warm);
                foreach (int iterations in new[] { 0, 1 })
                    Certificate.Holds(twin, problem.Solve(table.Options with { MaxIterations = iterations }, start), optimum);
            }
        }
    });

    [Fact, Trait("Category", "Nightly")]
    public void Any_start_on_many_tables() => Assert.All(Enumerable.Range(100, 20), Any_start_leads_to_the_optimum);

    private static IEnumerable<(string, SoftmaxModel)> Starts(SoftmaxProblem problem, Table table, SoftmaxModel optimum, int seed)
    {
        Random random = new(seed);
        yield return ("the optimum", optimum);
        yield return ("more strength", problem.Solve(table.Options with { Strength = 30 * table.Strength }).Model);
        yield return ("less strength", problem.Solve(table.Options with { Strength = table.Strength / 30 }).Model);
        yield return ("another gauge", optimum.WithReference(1));
        foreach (double size in new[] { 0.01, 1, 30 })
        {
            double largest = table.X.Max(Math.Abs);
            yield return ($"a random model of size {size}", new SoftmaxModel(
                [.. Enumerable.Range(0, table.Classes * table.Features).Select(_ => size / largest * (2 * random.NextDouble() - 1))],
                [.. Enumerable.Range(0, table.Classes).Select(_ => size * (2 * random.NextDouble() - 1))]));
        }
        yield return ("intercepts far apart",
            new SoftmaxModel(new double[table.Classes * table.Features], [.. Enumerable.Range(0, table.Classes).Select(k => 40.0 * k)]));
    }
}
