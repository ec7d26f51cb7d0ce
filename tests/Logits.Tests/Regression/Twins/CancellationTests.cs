using System.Numerics;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>A fit that is cancelled anywhere says what it knows, and leaves nothing behind in its problem.</summary>
public class CancellationTests
{
    public static TheoryData<double, int> Cases => new() { { 1e-4, 3 }, { 0, 3 }, { 1e-4, 66 } };

    [Theory, MemberData(nameof(Cases))]
    public void A_cancelled_pass_leaves_nothing_behind(double strength, int classes)
    {
        Table table = SameBitsTests.Large(classes == 3 ? 1700 : 200, 4, classes) with { Strength = strength };
        foreach (bool sparse in new[] { false, true })
        {
            Check<double>(sparse ? table.Sparse<double>() : table.Dense<double>());
            Check<float>(sparse ? table.Sparse<float>() : table.Dense<float>());
        }

        void Check<T>(RowBlocks<T> rows) where T : unmanaged, IBinaryFloatingPointIeee754<T>
        {
            PassCounter counter = new();
            FitOptions options = table.Options with { Threads = 2 };
            SoftmaxProblem problem = SoftmaxProblem.Of(new CountedRows<T>(rows, counter), table.Labels, options);
            FitResult fresh = SoftmaxProblem.Of(rows, table.Labels, options).Solve(options);
            double optimum = fresh.Report.Objective;
            int cancelled = 0;
            for (int k = 1; k < 300; k = k < 21 ? k + 1 : k + 7)
            {
                using CancellationTokenSource source = new();
                (counter.CallAt, counter.Call) = (counter.Opened + k, source.Cancel);
                FitResult result = problem.Solve(options, cancellationToken: source.Token);
                if (result.Report.StopReason == StopReason.Cancelled)
                {
                    cancelled++;
                    Says(table, result, optimum + fresh.Report.Gap);
                    counter.CallAt = long.MaxValue;
                    if (k % 5 != 0)
                        continue;
                }
                Twins.SameBits(fresh, problem.Solve(options), $"{table}, {rows.GetType().Name}, after a cancellation at chunk {k}");
                if (result.Report.StopReason != StopReason.Cancelled)
                    break;
            }
            Assert.True(cancelled >= 5, $"{cancelled} fits were cancelled");
        }
    }

    [Fact]
    public void Cancelled_after_any_iteration()
    {
        Table table = SameBitsTests.Large(600, 5, 4) with { Strength = 1e-6 };
        double optimum = PlainNewton.Optimum(table).Value;
        SoftmaxProblem problem = SoftmaxProblem.Of(table.Dense<double>(), table.Labels, table.Options);
        FitResult fresh = problem.Solve(table.Options);
        for (int k = 0; k < 20; k++)
        {
            using CancellationTokenSource source = new();
            FitResult result = problem.Solve(table.Options, null, new Canceller(source, k), source.Token);
            Certificate.Holds(table, result, optimum);
            Assert.Equal(k < fresh.Report.Iterations ? StopReason.Cancelled : StopReason.Converged, result.Report.StopReason);
            Twins.SameBits(fresh, problem.Solve(table.Options), $"after iteration {k}");
        }
    }

    /// <summary>Nothing is known then, of a penalised fit or any other, whatever the start.</summary>
    [Theory, MemberData(nameof(Cases))]
    public void Cancelled_before_the_first_pass(double strength, int classes)
    {
        Table table = SameBitsTests.Large(300, 4, classes) with { Strength = strength };
        using CancellationTokenSource source = new();
        SoftmaxProblem problem = SoftmaxProblem.Of(table.Dense<double>(), table.Labels, table.Options);
        FitResult fresh = problem.Solve(table.Options);
        source.Cancel();
        Check(SoftmaxRegression.Fit(table.Dense<double>(), table.Labels, table.Options, cancellationToken: source.Token));
        Check(problem.Solve(table.Options, cancellationToken: source.Token));
        FitReport defaults = problem.Solve(new FitOptions(), cancellationToken: source.Token).Report;
        Assert.Equal(problem.DefaultStrength, defaults.Strength);
        FitResult started = problem.Solve(table.Options, fresh.Model, cancellationToken: source.Token);
        Check(started);
        Twins.SameBits(fresh, problem.Solve(table.Options), "afterwards");

        void Check(FitResult result)
        {
            Assert.Equal(StopReason.Cancelled, result.Report.StopReason);
            Assert.Equal(double.PositiveInfinity, result.Report.Gap);
            Assert.Equal(double.PositiveInfinity, result.Report.RelativeGap);
            Assert.Equal(double.NaN, result.Report.GradientNorm);
            Assert.False(result.Report.GapCertified);
            Assert.Equal(strength, result.Report.Strength);
            // The objective that is printed is that of the model that is given.
            Assert.Equal(new PlainObjective(table, strength).Value(result.Model), result.Report.Objective, 1e-12 * result.Report.Objective);
        }
    }

    /// <summary>The default strength of a weighted problem is that of the problem, cancelled or not.</summary>
    [Fact]
    public void Cancelled_before_the_first_pass_of_a_weighted_problem()
    {
        Table table = Tables.Frequencies(3);
        using CancellationTokenSource source = new();
        source.Cancel();
        SoftmaxProblem problem = SoftmaxProblem.Of(table.Dense<double>(), table.Labels, table.Options);
        FitReport report = problem.Solve(new FitOptions(), cancellationToken: source.Token).Report, fit = problem.Solve(new FitOptions()).Report;
        Assert.Equal((fit.Strength, fit.Rows), (report.Strength, report.Rows));
    }

    private static void Says(Table table, FitResult result, double optimum)
    {
        FitReport report = result.Report;
        double value = new PlainObjective(table, table.Strength).Value(result.Model);
        if (double.IsNaN(report.GradientNorm))
            Assert.Equal(double.PositiveInfinity, report.Gap);
        Assert.Equal(value, report.Objective, 1e-6 * value);
        if (report.GapCertified)
            Assert.True(value - optimum <= report.Gap + 1e-9
                && report.Objective - report.Gap <= optimum + 1e-9, $"{report.Objective} − {report.Gap} and {optimum}");
    }

    private sealed class Canceller(CancellationTokenSource source, int iteration) : IProgress<FitProgress>
    {
        public void Report(FitProgress value)
        {
            if (value.Iteration == iteration)
                source.Cancel();
        }
    }
}
