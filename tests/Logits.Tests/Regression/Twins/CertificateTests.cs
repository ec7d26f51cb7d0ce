using System.Numerics;
using Logits.Optimization;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>What a fit says of itself, computed again by plain loops: the objective at its model, and a gap that holds the infimum.</summary>
public class CertificateTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 4)];

    [Theory, MemberData(nameof(Seeds))]
    public void Every_certificate_holds(int seed) => Assert.All(Tables.Of(seed), Check);

    [Fact, Trait("Category", "Nightly")]
    public void Every_certificate_of_many_tables_holds() => Assert.All(Enumerable.Range(100, 50).SelectMany(Tables.Of), Check);

    [Theory]
    [InlineData(80)]
    [InlineData(200)]
    public void Every_certificate_of_many_classes_holds(int classes) => CheckTolerances(Tables.ManyClasses(7, classes), 1e-6);

    private static void Check(Table table)
    {
        CheckTolerances(table, 1e-2, 1e-6, 1e-10);
        for (double strength = 1e2; strength > 1e-7; strength /= 100)
        {
            Table other = table with { Strength = strength };
            Certificate.Holds(other, other.Fit<float>(), PlainNewton.Optimum(other).Value);
        }
    }

    private static void CheckTolerances(Table table, params double[] tolerances)
    {
        double optimum = PlainNewton.Optimum(table).Value;
        foreach (double tolerance in tolerances)
        {
            Check(table, table.Fit<double>(o => o with { Tolerance = tolerance }), optimum, tolerance);
            Check(table, table.Fit<float>(o => o with { Tolerance = tolerance }), optimum, tolerance);
            Check(table, table.Fit<double>(o => o with { Tolerance = tolerance }, sparse: true), optimum, tolerance);
        }
        foreach (int iterations in new[] { 0, 1, 3 })
            Certificate.Holds(table, table.Fit<double>(o => o with { MaxIterations = iterations }), optimum);
    }

    private static void Check(Table table, FitResult fit, double optimum, double tolerance)
    {
        Certificate.Holds(table, fit, optimum);
        Assert.True(fit.Report.StopReason == StopReason.Converged, $"{table}: {fit.Report.StopReason} after {fit.Report.Iterations}, tolerance {tolerance:G2}, gap {fit.Report.RelativeGap:G3}, {fit.Report.Precision}");
    }
}
