using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>A fitted model and the account of its fit.</summary>
/// <param name="Model">The best model found, whatever ended the fit.</param>
/// <param name="Report">What was done, how sure it is, and why it stopped.</param>
public sealed record FitResult(SoftmaxModel Model, FitReport Report)
{
    /// <summary>The model of zero weights, of which nothing is known, because the fit was cancelled before its first pass.</summary>
    internal static FitResult Unstarted(long rows, int features, int classes, FitOptions options, string precision)
    {
        RowWeights weights = new(options.RowWeights, rows, options.WeightsAre);
        FitReport report = new()
        {
            // The loss where all probabilities are 1/K.
            Objective = Math.Log(classes),
            DataLoss = Math.Log(classes),
            Strength = options.Strength ?? 1 / weights.EffectiveRows,
            GradientNorm = double.NaN,
            Gap = double.PositiveInfinity,
            GapCertified = false,
            StopReason = StopReason.Cancelled,
            Iterations = 0,
            Gradients = 0,
            HessianVectorProducts = 0,
            OtherPasses = 0,
            Seconds = 0,
            Threads = options.Threads,
            Precision = precision,
            Rows = weights.PositiveRows,
            Features = features,
            Classes = classes,
            WeightsAre = weights.AreEqual ? null : weights.Meaning,
            TotalWeight = weights.Total,
        };
        return new FitResult(new SoftmaxModel(new double[classes * features], new double[classes]), report);
    }
}
