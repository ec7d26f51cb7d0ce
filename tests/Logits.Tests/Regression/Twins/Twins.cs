using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Two fits that must agree: the same verdict, objectives within what the gaps allow and 10⁻⁶, and the same predictions.</summary>
internal static class Twins
{
    /// <param name="table">The table that <paramref name="one"/> was fitted to.</param>
    /// <param name="one">A fit.</param>
    /// <param name="twin">The table that <paramref name="other"/> was fitted to.</param>
    /// <param name="other">Another.</param>
    /// <param name="rows">The row of the twin that each row of the table is; null where they are the same.</param>
    /// <param name="classes">The class of the twin that each class is; null where they are the same.</param>
    public static void Agree(Table table, FitResult one, Table twin, FitResult other, int[]? rows = null, int[]? classes = null)
    {
        string what = $"{table}: {Say(one.Report)}; {twin.Name}: {Say(other.Report)}";
        Assert.True(one.Report.StopReason == other.Report.StopReason, what);
        Assert.True(one.Report.Strength == other.Report.Strength || Math.Abs(one.Report.Strength / other.Report.Strength - 1) < 1e-12, $"STRENGTH {what}");
        if (one.Report.StopReason != StopReason.Converged)
            return;
        double difference = one.Report.Objective - other.Report.Objective, size = Math.Abs(one.Report.Objective);
        Assert.True(Math.Abs(difference) <= 1e-6 * size, $"OBJECTIVE {difference / size:G3} {what}");
        double rounding = (one.Report.GapCertified ? 1e-12 : 1e-9) * size;
        Assert.True(-other.Report.Gap - rounding <= difference && difference <= one.Report.Gap + rounding, $"GAP {difference / size:G3} {what}");
        // By the strong convexity of the loss in the logits, a gap of 10⁻¹⁰ leaves 10⁻⁵ to probabilities: twice, and at rows of little weight more.
        double[] p = new PlainObjective(table, 0).AllProbabilities(one.Model), q = new PlainObjective(twin, 0).AllProbabilities(other.Model);
        double total = Enumerable.Range(0, table.Rows).Sum(table.Weight);
        for (int i = 0; i < table.Rows; i++)
            for (int k = 0; k < table.Classes; k++)
            {
                int there = rows is null ? i : rows[i];
                if (there < 0)
                    continue;
                double apart = Math.Abs(p[i * table.Classes + k] - q[there * table.Classes + (classes?[k] ?? k)]);
                // Pinsker: ½‖p − q‖² ≤ KL, and the weighted mean of the divergences is at most the two gaps.
                double allowed = 2 * Math.Sqrt(2 * (one.Report.Gap + other.Report.Gap + 1e-12 * size) * total / Math.Max(table.Weight(i), 1e-300));
                Assert.True(apart <= Math.Max(allowed, 1e-6) || table.Weight(i) == 0, $"PREDICTION {apart:G3} of row {i}, class {k}: {what}");
            }
    }

    public static void SameBits(FitResult one, FitResult other, string what)
    {
        Assert.True(one.Model.Weights.SequenceEqual(other.Model.Weights)
            && one.Model.Intercepts.SequenceEqual(other.Model.Intercepts), $"{what}: other coefficients");
        Assert.True(Account(one.Report).Equals(Account(other.Report)), $"{what}: {Account(one.Report)} and {Account(other.Report)}");
    }

    private static (StopReason, double, double, double, double, double, (int, int, int, string)) Account(FitReport r) =>
        (r.StopReason, r.Objective, r.DataLoss, r.Gap, r.GradientNorm, r.Strength, (r.Iterations, r.Gradients, r.HessianVectorProducts, r.Precision));

    private static string Say(FitReport r) =>
        $"{r.StopReason} after {r.Iterations}, {r.Precision}, {r.Objective:G17}, gap {r.RelativeGap:G3}, λ {r.Strength:G6}";
}
