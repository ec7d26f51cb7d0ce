using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>
/// The work is pinned, on one small problem of each shape: more passes than this, and something has become worse. Each figure leaves room for a gradient, and
/// for one product in eight, beyond what was counted where it was written: rounding in other registers may cost so much.
/// </summary>
public class ShapeTests
{
    [Fact]
    public void Many_classes() => AssertWork<float>(ShapeProblems.Many(), null, gradients: 13, products: 25, others: 11);

    [Fact]
    public void Far_more_features_than_rows() => AssertWork<float>(ShapeProblems.Wide(), null, gradients: 1, products: 0, others: 3);

    [Fact]
    public void Very_many_rows() => AssertWork<float>(ShapeProblems.Tall(), null, gradients: 9, products: 11, others: 3);

    [Fact]
    public void A_spectrum_that_decays() => AssertWork<float>(ShapeProblems.Probe(), null, gradients: 15, products: 38, others: 6);

    [Fact]
    public void Hardly_a_penalty() => AssertWork<double>(ShapeProblems.Letters(), 1e-8, gradients: 7, products: 23, others: 6);

    [Fact]
    public void No_penalty() => AssertWork<double>(ShapeProblems.Letters(), 0, gradients: 7, products: 25, others: 6);

    [Fact]
    public void Sparse_text() => AssertWork<float>(ShapeProblems.Text(), null, gradients: 8, products: 15, others: 1);

    [Fact]
    public void Rare_categories() => AssertWork<float>(ShapeProblems.Rare(), null, gradients: 10, products: 16, others: 4);

    private static void AssertWork<T>((RowBlocks<T> Rows, Labels Labels) problem, double? strength, int gradients, int products, int others)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        FitReport report = SoftmaxRegression.Fit(problem.Rows, problem.Labels, new FitOptions { Strength = strength }).Report;
        Assert.Equal(StopReason.Converged, report.StopReason);
        Assert.Equal(strength != 0, report.GapCertified);
        Assert.InRange(report.RelativeGap, 0, 1e-6);
        Assert.True(
            report.Gradients <= gradients && report.HessianVectorProducts <= products && report.OtherPasses <= others,
            $"{report.Gradients} gradients, {report.HessianVectorProducts} products and {report.OtherPasses} other passes; at most {gradients}, {products} and {others} are expected.");
    }
}
