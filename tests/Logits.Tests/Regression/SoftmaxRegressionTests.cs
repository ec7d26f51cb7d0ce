using System.Numerics;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

public class SoftmaxRegressionTests
{
    /// <summary>The work is pinned, on the first tenth of the benchmark problem: more passes than this, and something has become worse.</summary>
    [Fact]
    public void Images_are_fitted_to_the_default_gap_in_few_passes()
    {
        (DenseRows<float> rows, Labels labels) = BenchmarkImages.Read();
        FitReport report = SoftmaxRegression.Fit(rows, labels, new FitOptions { Strength = BenchmarkImages.Strength }).Report;
        Assert.Equal(StopReason.Converged, report.StopReason);
        Assert.True(report.GapCertified);
        Assert.InRange(report.RelativeGap, 0, 1e-6);
        Assert.Equal(BenchmarkImages.Optimum, report.Objective, 1e-6 * BenchmarkImages.Optimum);
        // 7 and 2 in float64 that certify, and 30 to 40, where this was written; rounding in other registers may cost a product or two.
        Assert.InRange(report.Gradients, 1, 9);
        Assert.InRange(report.HessianVectorProducts, 1, 42);
        Assert.InRange(report.OtherPasses, 0, 2);
    }

    [Theory]
    [InlineData(1, 3, 700)]
    [InlineData(5, 2, 5000)]
    [InlineData(33, 7, 2100)]
    [InlineData(100, 65, 3000)]
    public void A_fit_has_the_same_bits_on_any_number_of_threads(int features, int classes, int rows)
    {
        AssertSameBits<float>(features, classes, rows, strength: 1e-3);
        AssertSameBits<double>(features, classes, rows, strength: 1e-3);
        AssertSameBits<double>(features, classes, rows, strength: 0);
    }

    [Fact]
    public void Blocks_and_arrays_of_the_same_rows_give_the_same_bits()
    {
        (float[] x, Labels labels) = Problem<float>(17, 4, 70_000, seed: 5);
        DenseRowsBuilder<float> builder = new(17);
        for (int i = 0; i < 70_000; i++)
            x.AsSpan(i * 17, 17).CopyTo(builder.AddRow());
        FitOptions options = new() { MaxIterations = 2 };
        SoftmaxModel built = SoftmaxRegression.Fit(builder.ToRows(), labels, options).Model;
        SoftmaxModel wrapped = SoftmaxRegression.Fit(new DenseRows<float>(x, 70_000, 17), labels, options).Model;
        Assert.Equal(wrapped.Weights.ToArray(), built.Weights.ToArray());
    }

    [Fact]
    public void Without_a_strength_the_penalty_weighs_as_much_as_one_row()
    {
        (double[] x, Labels labels) = Problem<double>(3, 3, 200, seed: 2);
        DenseRows<double> rows = new(x, 200, 3);
        Assert.Equal(1.0 / 200, SoftmaxRegression.Fit(rows, labels).Report.Strength);
    }

    [Fact]
    public void Doubling_a_weight_is_repeating_the_row()
    {
        (double[] x, Labels labels) = Problem<double>(3, 3, 200, seed: 3);
        double[] repeated = [.. x, .. x.AsSpan(0, 30)];
        int[] repeatedLabels = [.. labels.Indices, .. labels.Indices[..10]];
        double[] weights = [.. Enumerable.Range(0, 200).Select(i => i < 10 ? 2.0 : 1.0)];
        FitOptions options = new() { Strength = 0.01, Tolerance = 1e-13 };
        SoftmaxModel weighted = SoftmaxRegression.Fit(new DenseRows<double>(x, 200, 3), labels, options with { RowWeights = weights }).Model;
        SoftmaxModel doubled = SoftmaxRegression.Fit(new DenseRows<double>(repeated, 210, 3), Labels.FromIndices(repeatedLabels, 3), options).Model;
        for (int j = 0; j < weighted.Weights.Length; j++)
            Assert.Equal(doubled.Weights[j], weighted.Weights[j], 1e-6);
    }

    [Fact]
    public void Labels_as_indices_and_as_certain_probabilities_are_the_same_fit()
    {
        (double[] x, Labels labels) = Problem<double>(4, 3, 300, seed: 4);
        double[] certain = new double[900];
        for (int i = 0; i < 300; i++)
            certain[i * 3 + labels.Indices[i]] = 1;
        DenseRows<double> rows = new(x, 300, 4);
        FitResult indices = SoftmaxRegression.Fit(rows, labels), probabilities = SoftmaxRegression.Fit(rows, Labels.FromProbabilities(certain, 3));
        Assert.Equal(indices.Report.Objective, probabilities.Report.Objective, 1e-13);
    }

    [Fact]
    public void More_features_than_a_Gram_matrix_is_formed_for_are_fitted_too()
    {
        (float[] x, Labels labels) = Problem<float>(FeatureGram.MostFeatures + 100, 3, 600, seed: 6);
        FitReport report = SoftmaxRegression.Fit(new DenseRows<float>(x, 600, FeatureGram.MostFeatures + 100), labels,
            new FitOptions { Strength = 0.1 }).Report;
        Assert.Equal(StopReason.Converged, report.StopReason);
        Assert.InRange(report.RelativeGap, 0, 1e-6);
    }

    [Fact]
    public void Columns_of_zeros_and_columns_that_repeat_do_no_harm()
    {
        (double[] x, Labels labels) = Problem<double>(6, 3, 400, seed: 7);
        for (int i = 0; i < 400; i++)
            (x[i * 6 + 1], x[i * 6 + 4]) = (0, x[i * 6 + 3]);
        foreach (double strength in new[] { 0, 1e-3 })
        {
            FitResult fit = SoftmaxRegression.Fit(new DenseRows<double>(x, 400, 6), labels, new FitOptions { Strength = strength });
            Assert.Equal(StopReason.Converged, fit.Report.StopReason);
            Assert.Equal(0, fit.Model.Weights[1], 1e-9);
        }
    }

    [Fact]
    public void Cancelling_keeps_the_best_model_and_says_its_gap()
    {
        (float[] x, Labels labels) = Problem<float>(20, 5, 20_000, seed: 8);
        DenseRows<float> rows = new(x, 20_000, 20);
        using CancellationTokenSource source = new();
        List<FitProgress> seen = [];
        FitOptions options = new() { Strength = 1e-3, Tolerance = 1e-12 };
        FitResult cancelled = SoftmaxRegression.Fit(rows, labels, options, new Reporter(p =>
        {
            seen.Add(p);
            if (p.Iteration == 2)
                source.Cancel();
        }), source.Token);
        Assert.Equal(StopReason.Cancelled, cancelled.Report.StopReason);
        Assert.Equal(2, cancelled.Report.Iterations);
        Assert.Equal(seen[^1].Objective, cancelled.Report.Objective);
        double optimum = SoftmaxRegression.Fit(rows, labels, options with { Tolerance = 1e-6 }).Report.Objective;
        Assert.InRange(cancelled.Report.Objective - optimum, 0, cancelled.Report.Gap);

        source.Cancel();
        FitReport before = SoftmaxRegression.Fit(rows, labels, options, cancellationToken: source.Token).Report;
        Assert.Equal((StopReason.Cancelled, 0, Math.Log(5)), (before.StopReason, before.Iterations, before.Objective));
    }

    [Fact]
    public void Running_out_of_iterations_is_not_convergence()
    {
        (double[] x, Labels labels) = Problem<double>(5, 3, 500, seed: 9);
        FitReport report = SoftmaxRegression.Fit(new DenseRows<double>(x, 500, 5), labels, new FitOptions { MaxIterations = 1 }).Report;
        Assert.Equal((StopReason.IterationLimit, 1), (report.StopReason, report.Iterations));
        Assert.True(report.RelativeGap > 1e-6);
    }

    [Fact]
    public void Progress_never_rises_and_the_bound_never_loosens()
    {
        (double[] x, Labels labels) = Problem<double>(8, 4, 1000, seed: 10);
        List<FitProgress> seen = [];
        SoftmaxRegression.Fit(new DenseRows<double>(x, 1000, 8), labels, new FitOptions { Strength = 1e-4 }, new Reporter(seen.Add));
        Assert.True(seen.Count > 2);
        Assert.All(seen.Zip(seen.Skip(1)), pair => Assert.True(pair.Second.Objective <= pair.First.Objective
            && pair.Second.RelativeGap * pair.Second.Objective <= pair.First.RelativeGap * pair.First.Objective * (1 + 1e-12)));
    }

    [Fact]
    public void Bad_input_is_refused_with_what_and_where()
    {
        DenseRows<double> rows = new(new double[] { 1, 2, 3, 4, 5, 6 }, 3, 2);
        Labels labels = Labels.FromIndices(new[] { 0, 1, 0 }, 2);
        Assert.Contains("3 rows but 2 labels", Refusal(() => SoftmaxRegression.Fit(rows, Labels.FromIndices(new[] { 0, 1 }, 2))), StringComparison.Ordinal);
        Assert.Contains("class 2", Refusal(() => SoftmaxRegression.Fit(rows, Labels.FromIndices(new[] { 0, 1, 0 }, 3))), StringComparison.Ordinal);
        Assert.Contains("weight of row 1", Refusal(() => Fit(new FitOptions { RowWeights = new[] { 1.0, -1, 1 } })), StringComparison.Ordinal);
        Assert.Contains("weight of row 2", Refusal(() => Fit(new FitOptions { RowWeights = new[] { 1.0, 1, double.NaN } })), StringComparison.Ordinal);
        Assert.Contains("All row weights are 0", Refusal(() => Fit(new FitOptions { RowWeights = new double[3] })), StringComparison.Ordinal);
        Assert.Contains("2 row weights", Refusal(() => Fit(new FitOptions { RowWeights = new double[2] })), StringComparison.Ordinal);
        Assert.Contains("strength", Refusal(() => Fit(new FitOptions { Strength = -1 })), StringComparison.Ordinal);
        Assert.Contains("tolerance", Refusal(() => Fit(new FitOptions { Tolerance = 0 })), StringComparison.Ordinal);
        Assert.Contains("thread", Refusal(() => Fit(new FitOptions { Threads = 0 })), StringComparison.Ordinal);
        foreach (double bad in new[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity })
            Assert.Contains("Feature 1 of row 1", Refusal(() => SoftmaxRegression.Fit(new DenseRows<double>(new[] { 1, 2, 3, bad, 5, 6 }, 3, 2), labels)),
                StringComparison.Ordinal);
        Assert.Contains("row 1 is 2", Refusal(() => Labels.FromIndices(new[] { 0, 2 }, 2)), StringComparison.Ordinal);
        Assert.Contains("row 1 is not a probability", Refusal(() => Labels.FromProbabilities(new[] { 0.5, 0.5, 0.5, 0.6 }, 2)), StringComparison.Ordinal);
        Assert.Contains("6 values", Refusal(() => new DenseRows<double>(new double[5], 3, 2)), StringComparison.Ordinal);

        void Fit(FitOptions options) => SoftmaxRegression.Fit(rows, labels, options);
    }

    private static string Refusal(Action action) => Assert.ThrowsAny<ArgumentException>(action).Message;

    private static void AssertSameBits<T>(int features, int classes, int rows, double strength) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (T[] x, Labels labels) = Problem<T>(features, classes, rows, seed: 11);
        FitOptions options = new() { Strength = strength, Threads = 1, MaxIterations = 4 };
        FitResult one = SoftmaxRegression.Fit(new DenseRows<T>(x, rows, features), labels, options);
        foreach (int threads in new[] { 2, 3, 8 })
        {
            FitResult more = SoftmaxRegression.Fit(new DenseRows<T>(x, rows, features), labels, options with { Threads = threads });
            Assert.Equal(one.Model.Weights.ToArray(), more.Model.Weights.ToArray());
            Assert.Equal(one.Model.Intercepts.ToArray(), more.Model.Intercepts.ToArray());
            Assert.Equal((one.Report.Objective, one.Report.Gap, one.Report.HessianVectorProducts),
                (more.Report.Objective, more.Report.Gap, more.Report.HessianVectorProducts));
        }
    }

    /// <summary>Overlapping classes: labels drawn from a softmax of random weights.</summary>
    private static (T[] X, Labels Labels) Problem<T>(int features, int classes, int rows, int seed) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(seed);
        double[] weights = [.. Enumerable.Range(0, classes * features).Select(_ => (random.NextDouble() - 0.5) * 4 / Math.Sqrt(features))];
        T[] x = new T[rows * features];
        int[] labels = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            double best = double.NegativeInfinity;
            for (int j = 0; j < features; j++)
                x[i * features + j] = T.CreateTruncating(2 * random.NextDouble() - 1 + j % 3);
            for (int k = 0; k < classes; k++)
            {
                double logit = -Math.Log(-Math.Log(random.NextDouble()));
                for (int j = 0; j < features; j++)
                    logit += weights[k * features + j] * double.CreateTruncating(x[i * features + j]);
                if (logit > best)
                    (best, labels[i]) = (logit, k);
            }
        }
        for (int k = 0; k < classes; k++)
            labels[k] = k;
        return (x, Labels.FromIndices(labels, classes));
    }

    private sealed class Reporter(Action<FitProgress> action) : IProgress<FitProgress>
    {
        public void Report(FitProgress value) => action(value);
    }
}
