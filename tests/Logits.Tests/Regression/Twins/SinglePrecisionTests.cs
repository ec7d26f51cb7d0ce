using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>
/// Tables large enough for float32 to be used, made of few rows that occur often: the rounding of a logit is the same in all of its rows, so nothing averages
/// out, and plain loops over the few tell the truth.
/// </summary>
public class SinglePrecisionTests
{
    /// <summary>Numbers kept per row, so that rows × features × classes is beyond what float64 is used for at once.</summary>
    private const int Rows = 60_000;

    public static TheoryData<string, int> Cases
    {
        get
        {
            TheoryData<string, int> cases = [];
            foreach (string kind in new[] { "plain", "far", "very far", "farther", "large logits", "small columns", "one pattern a class" })
                foreach (int seed in kind.Contains("far") ? new[] { 1, 3 } : [1])
                    cases.Add(kind, seed);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void What_float32_certifies_is_true(string kind, int seed)
    {
        Table few = Few(kind, seed);
        int[] order = [.. Enumerable.Range(0, few.Rows).SelectMany(i => Enumerable.Repeat(i, (int)few.Weights[i]))];
        new Random(seed).Shuffle(order);
        Table many = (few with { Weights = [] }).Pick(order, "repeated");
        foreach (double strength in new[] { 1e-3, 1e-7 })
        {
            Table judge = few with { Strength = strength };
            double optimum = PlainNewton.Optimum(judge).Value;
            SoftmaxProblem problem = SoftmaxProblem.Of(many.Dense<float>(), many.Labels, many.Options);
            foreach (double tolerance in new[] { 1e-2, 1e-6, 1e-8 })
            {
                FitResult fit = problem.Solve(new FitOptions { Strength = strength, Tolerance = tolerance });
                Certificate.Holds(judge, fit, optimum);
                Assert.True(fit.Report.StopReason == StopReason.Converged,
                    $"{judge}, tolerance {tolerance}: {fit.Report.StopReason}, gap {fit.Report.RelativeGap:G3}, {fit.Report.Precision}");
            }
        }
    }

    [Fact, Trait("Category", "Nightly")]
    public void What_float32_certifies_is_true_for_many_seeds() => Assert.All(Enumerable.Range(10, 10).SelectMany(seed =>
        Cases.Select(c => (c.Data.Item1, seed))).Distinct(), c => What_float32_certifies_is_true(c.Item1, c.seed));

    [Fact]
    public void Nothing_is_certified_in_float32()
    {
        Table few = Few("plain", 1);
        Table many = (few with { Weights = [] }).Pick([.. Enumerable.Range(0, few.Rows).SelectMany(i => Enumerable.Repeat(i, (int)few.Weights[i]))],
            "repeated");
        foreach (double tolerance in new[] { 1e-3, 1e-10 })
        {
            FitReport report = many.Fit<float>(o => o with { Tolerance = tolerance }).Report;
            Assert.Equal((StopReason.Converged, "float64", "float32"), (report.StopReason, report.Precision, report.DataPrecision));
        }
    }

    /// <summary>Each row with the weight of how often it occurs.</summary>
    private static Table Few(string kind, int seed)
    {
        Random random = new(seed);
        const int d = 5, classes = 8;
        int patterns = kind == "one pattern a class" ? classes : 30;
        List<double> x = [], weights = [];
        List<int> labels = [];
        double spread = kind == "large logits" ? 0.02 : 0.5;
        for (int pattern = 0; pattern < patterns; pattern++)
        {
            double[] row = [.. Enumerable.Range(0, d).Select(j => Value(kind, j, 2 * random.NextDouble() - 1))];
            double[] shares = [.. Enumerable.Range(0, classes).Select(k => k == pattern % classes ? 1 : spread * random.NextDouble() * random.NextDouble())];
            for (int k = 0; k < classes; k++)
                if (Math.Round(Rows / patterns * shares[k] / shares.Sum()) is var count && count > 0)
                {
                    x.AddRange(row);
                    labels.Add(k);
                    weights.Add(count);
                }
        }
        return new Table(kind, [.. x], d, [.. labels], classes) { Weights = [.. weights] };
    }

    private static double Value(string kind, int j, double number) => (float)(kind switch
    {
        "far" => 100 + number,
        "farther" => j == 0 ? 100_000 + number : number,
        "very far" => j < 2 ? 10_000 + number : number,
        "small columns" => Math.Pow(10, -j) * number,
        _ => number,
    });
}
