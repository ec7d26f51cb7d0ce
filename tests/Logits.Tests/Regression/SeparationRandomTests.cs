using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>A thousand small tables, each decided by the library and by an exact linear program.</summary>
public class SeparationRandomTests
{
    [Theory]
    [InlineData(1, 0)]
    [InlineData(2, 250)]
    [InlineData(3, 500)]
    [InlineData(4, 750)]
    public void The_verdict_and_what_gains_are_those_of_an_exact_linear_program(int kind, int firstSeed)
    {
        int separated = 0;
        for (int seed = firstSeed; seed < firstSeed + 250; seed++)
        {
            SeparationProblem problem = Draw(kind, new Random(seed));
            bool[] gains = SeparationOracle.Gains(Constraints(problem));
            SeparationVerdict verdict = problem.Decide();
            if (!gains.Contains(true))
            {
                Assert.True(verdict is SeparationVerdict.Overlapping, $"Seed {seed}: {verdict}.");
                continue;
            }
            separated++;
            Assert.True(verdict is SeparationVerdict.Separated, $"Seed {seed}: {verdict}.");
            Separation separation = problem.AssertSeparated(verdict);
            int others = problem.Classes - 1;
            Assert.True(separation.Maximal, $"Seed {seed}: not known to be maximal.");
            Assert.Equal(!gains.Contains(false), separation.Complete);
            Assert.Equal(Enumerable.Range(0, problem.Rows.Count).Count(i => gains.AsSpan(i * others, others).Contains(true)), separation.SeparatedRows);
        }
        Assert.InRange(separated, 50, 240);
    }

    [Fact]
    public void Random_tables_with_every_label_at_a_few_rows_raise_no_alarm()
    {
        for (int seed = 0; seed < 1000; seed++)
        {
            Random random = new(seed);
            int features = random.Next(1, 7), classes = random.Next(2, 5), rows = random.Next(40, 120);
            SeparationProblem problem = new(features, classes);
            for (int i = 0; i < rows; i++)
                problem.Add(random.Next(classes), [.. Enumerable.Range(0, features).Select(_ => Normal(random))]);
            // d + 1 rows in general position, seen with every label, leave no direction but 0.
            for (int i = 0; i <= features; i++)
                for (int k = 0; k < classes; k++)
                    problem.Add(k, problem.Rows[i]);
            SeparationVerdict verdict = problem.Decide();
            Assert.True(verdict is SeparationVerdict.Overlapping, $"Seed {seed}: {verdict}.");
        }
    }

    [Fact]
    public void Random_tables_that_a_model_labels_are_all_told_apart()
    {
        for (int seed = 0; seed < 300; seed++)
        {
            Random random = new(seed);
            int features = random.Next(1, 7), classes = random.Next(2, 5), rows = random.Next(40, 400);
            double[] weights = [.. Enumerable.Range(0, classes * (features + 1)).Select(_ => Normal(random))];
            SeparationProblem problem = new(features, classes);
            for (int i = 0; i < rows; i++)
            {
                double[] row = [.. Enumerable.Range(0, features).Select(_ => Normal(random))];
                double[] logits = [.. Enumerable.Range(0, classes).Select(
                    k => weights[k] + row.Select((x, j) => x * weights[classes + k * features + j]).Sum())];
                problem.Add(Array.IndexOf(logits, logits.Max()), row);
                // A near-duplicate of the row, with the same label.
                if (i % 10 == 0)
                    problem.Add(Array.IndexOf(logits, logits.Max()), [.. row.Select(x => x + 1e-12 * Normal(random))]);
            }
            SeparationVerdict verdict = problem.Decide();
            Assert.True(verdict is SeparationVerdict.Separated { Separation.Complete: true }, $"Seed {seed}: {verdict}.");
        }
    }

    private static SeparationProblem Draw(int kind, Random random)
    {
        int features = random.Next(1, 4), classes = random.Next(2, 4), rows = random.Next(4, kind == 4 ? 24 : 14);
        SeparationProblem problem = new(features, classes);
        for (int k = 0; k < classes; k++)
            problem.Add(k, Row());
        for (int i = classes; i < rows; i++)
            problem.Add(random.Next(classes), Row());
        return problem;

        double[] Row() => [.. Enumerable.Range(0, features).Select(_ => (double)(kind switch
        {
            1 => random.Next(2),
            2 => random.Next(-2, 3),
            3 => random.Next(-1000, 1000),
            _ => random.Next(3),
        }))];
    }

    private static int[][] Constraints(SeparationProblem problem)
    {
        int width = problem.Features + 1;
        return [.. Enumerable.Range(0, problem.Rows.Count).SelectMany(i => Enumerable.Range(0, problem.Classes).Where(k => k != problem.Labels[i]).Select(k =>
        {
            int[] constraint = new int[problem.Classes * width];
            for (int j = 0; j < width; j++)
            {
                int x = j < problem.Features ? (int)problem.Rows[i][j] : 1;
                (constraint[problem.Labels[i] * width + j], constraint[k * width + j]) = (x, -x);
            }
            return constraint;
        }))];
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
