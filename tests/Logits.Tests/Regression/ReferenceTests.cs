using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>Fits against optima found by other software; Reference/regression/generate.py says how.</summary>
public class ReferenceTests
{
    public static TheoryData<string> Solvable => [.. ReferenceProblem.Names.Where(name => ReferenceProblem.Read(name).Separation is null)];

    public static TheoryData<string> Separable => [.. ReferenceProblem.Names.Where(name => ReferenceProblem.Read(name).Separation is not null)];

    private static readonly string[] BeyondFloat32 = ["badly-scaled", "digits", "far-from-origin", "large-logits", "separable-penalised"];

    [Fact]
    public void The_problems_are_there()
    {
        Assert.InRange(Solvable.Count, 15, 100);
        Assert.InRange(Separable.Count, 4, 100);
    }

    [Theory, MemberData(nameof(Solvable))]
    public void The_objective_lies_within_the_gap_that_is_stated(string name)
    {
        ReferenceProblem problem = ReferenceProblem.Read(name);
        foreach (double tolerance in new[] { 1e-2, 1e-4, 1e-6, 1e-9 })
        {
            FitReport report = problem.Fit<double>(new FitOptions { Tolerance = tolerance }).Report;
            Assert.Equal(StopReason.Converged, report.StopReason);
            Assert.Equal(problem.Strength > 0, report.GapCertified);
            Assert.InRange(report.RelativeGap, 0, tolerance);
            double excess = report.Objective - problem.Objective, rounding = 1e-14 * (1 + problem.LargestLogit);
            // An estimate may fall short of the gap; a certificate may not.
            Assert.InRange(excess, -rounding, (report.GapCertified ? report.Gap : 2 * report.Gap) + rounding);
        }
    }

    [Theory, MemberData(nameof(Solvable))]
    public void The_coefficients_are_those_of_the_optimum(string name)
    {
        ReferenceProblem problem = ReferenceProblem.Read(name);
        FitResult fit = problem.Fit<double>(new FitOptions { Tolerance = 1e-12 });
        // Where logits are large and the loss small, the rounding of the one is more than 10⁻¹² of the other.
        Assert.True(fit.Report.StopReason == StopReason.Converged
            || fit.Report.Gap <= 1e-14 * problem.LargestLogit, $"{fit.Report.StopReason}, gap {fit.Report.Gap}");
        // What the loss and the penalty gain from each other is of the first order in the weights, and so of half the gap's.
        Assert.Equal(problem.DataLoss, fit.Report.DataLoss, 1e-6 * (problem.DataLoss + 1e-3));

        // The gauge (the same shift for every class) is free in the intercepts, and in the weights too where nothing is penalised.
        SoftmaxModel expected = new SoftmaxModel(problem.Weights, problem.Intercepts).WithReference(0), actual = fit.Model.WithReference(0);
        // A gap of 10⁻¹² leaves some 10⁻⁶ to the coefficients, and to an intercept that makes up for features far from 0 as many times that as they are far.
        AssertLogitsAgree(problem, expected, actual, name == "far-from-origin" ? 1e-4 : 1e-5);
        if (problem.Strength > 0)
            AssertStronglyConvexDistance(problem, fit);
    }

    [Theory, MemberData(nameof(Solvable))]
    public void Single_precision_comes_close_and_says_how_close(string name)
    {
        ReferenceProblem problem = ReferenceProblem.Read(name);
        FitReport report = problem.Fit<float>(new FitOptions()).Report;
        // Where float32 does not resolve the tolerance a fit ends otherwise, and must not call that convergence.
        Assert.Equal(report.StopReason == StopReason.Converged, report.RelativeGap <= 1e-6);
        if (!BeyondFloat32.Contains(name))
            Assert.Equal(StopReason.Converged, report.StopReason);
        // Rounding the data to float32 is another, nearby problem.
        Assert.InRange(report.Objective - problem.Objective, -1e-4 * problem.Objective, report.Gap + 1e-4 * problem.Objective);
    }

    [Theory, MemberData(nameof(Separable))]
    public void What_has_no_optimum_is_said_to_have_none(string name)
    {
        ReferenceProblem problem = ReferenceProblem.Read(name);
        FitReport report = problem.Fit<double>(new FitOptions()).Report;
        Assert.Equal(StopReason.NoFiniteOptimum, report.StopReason);
        Separation separation = Assert.IsType<Separation>(report.Separation);
        Assert.Equal(problem.Separation!.Complete, separation.Complete);

        double[] margins = Margins(problem, separation);
        double scale = margins.Max(Math.Abs);
        Assert.True(scale > 0, "The direction moves nothing.");
        Assert.All(margins, margin => Assert.True(margin >= -1e-3 * scale, $"A row loses {-margin} of {scale}."));
        int[] gaining = [.. Enumerable.Range(0, problem.Rows).Where(row => RowMargin(margins, problem, row) > 0.01 * scale)];
        Assert.Equal(gaining.Length, separation.SeparatedRows);
        Assert.Subset(problem.Separation.Rows.ToHashSet(), gaining.ToHashSet());
        Assert.Equal(gaining.Take(10), separation.ExampleRows);
    }

    /// <summary>For each row and each other class, how much the row's own logit gains on it along the direction.</summary>
    private static double[] Margins(ReferenceProblem problem, Separation separation)
    {
        SoftmaxModel direction = new(separation.WeightDirection.Span, separation.InterceptDirection.Span);
        double[] logits = new double[problem.Rows * problem.Classes];
        direction.Logits<double>(problem.X, logits);
        return [.. Enumerable.Range(0, problem.Rows).SelectMany(row => Enumerable.Range(0, problem.Classes).Where(k => k != problem.Labels[row])
            .Select(k => logits[row * problem.Classes + problem.Labels[row]] - logits[row * problem.Classes + k]))];
    }

    private static double RowMargin(double[] margins, ReferenceProblem problem, int row) =>
        margins.AsSpan(row * (problem.Classes - 1), problem.Classes - 1).ToArray().Max();

    /// <summary>Contrasts of logits are what the data determine, whatever the scale of the columns.</summary>
    private static void AssertLogitsAgree(ReferenceProblem problem, SoftmaxModel expected, SoftmaxModel actual, double tolerance)
    {
        double[] wanted = new double[problem.Rows * problem.Classes], got = new double[wanted.Length];
        expected.Logits<double>(problem.X, wanted);
        actual.Logits<double>(problem.X, got);
        double scale = wanted.Max(Math.Abs);
        for (int i = 0; i < wanted.Length; i++)
            Assert.Equal(wanted[i], got[i], tolerance * scale);
        for (int j = 0; j < problem.Features; j++)
        {
            double size = Enumerable.Range(0, problem.Rows).Max(i => Math.Abs(problem.X[i * problem.Features + j]));
            for (int k = 0; k < problem.Classes; k++)
                Assert.Equal(size * expected.Weights[k * problem.Features + j], size * actual.Weights[k * problem.Features + j], tolerance * scale);
        }
    }

    /// <summary>λ/2 ‖W − W*‖² ≤ F(W) − F* ≤ gap.</summary>
    private static void AssertStronglyConvexDistance(ReferenceProblem problem, FitResult fit)
    {
        double distance = 0;
        for (int i = 0; i < problem.Weights.Length; i++)
            distance += (fit.Model.Weights[i] - problem.Weights[i]) * (fit.Model.Weights[i] - problem.Weights[i]);
        double rounding = 1e-20 * problem.Weights.Sum(w => w * w);
        Assert.InRange(problem.Strength / 2 * distance, 0, fit.Report.Gap + rounding + 1e-16 * problem.Objective);
    }
}
