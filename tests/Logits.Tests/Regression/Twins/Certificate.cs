using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Judges the report of a penalised fit.</summary>
internal static class Certificate
{
    /// <param name="table">The table.</param>
    /// <param name="fit">Its fit.</param>
    /// <param name="optimum">A value of the objective at or just above its infimum.</param>
    public static void Holds(Table table, FitResult fit, double optimum)
    {
        FitReport report = fit.Report;
        double value = new PlainObjective(table, table.Strength).Value(fit.Model), rounding = 1e-12 * Math.Abs(optimum);
        string what = $"{table}: {report.StopReason} after {report.Iterations}, {report.Precision}, objective {report.Objective:G17}, plainly {value:G17}, optimum {optimum:G17}, gap {report.Gap:G3}";
        Assert.True(report.GapCertified, what);
        Assert.True(report.Strength == table.Strength, what);
        // The value is the model's: to rounding in float64, and to what the gap allows for.
        Assert.True(Math.Abs(report.Objective - value) <= Math.Max(report.Precision == "float64" ? 1e-12 * Math.Abs(value) : 0, report.Gap), $"VALUE {what}");
        Assert.True(value - optimum <= report.Gap + rounding, $"GAP {what}");
        Assert.True(report.Objective - report.Gap <= optimum + rounding, $"BOUND {what}");
        Assert.True(report.StopReason is StopReason.Converged or StopReason.IterationLimit or StopReason.NumericalFailure or StopReason.Cancelled, what);
    }
}
