using System.Diagnostics;
using System.Numerics;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

/// <summary>How long one pass over the data takes that gives the loss and its gradient. It stands on internals of the library, so it stands apart.</summary>
internal static class GradientPass
{
    /// <summary>The best of several passes, at weights small and alike in no two places; at most a few seconds of them.</summary>
    public static double? Seconds<T>(RowBlocks<T> rows, Labels labels, double strength, int threads) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        SoftmaxProblem<T> problem = new(rows, labels, new FitOptions { Threads = threads }, CancellationToken.None);
        PenalisedLoss objective = new(problem.Loss, Penalty.OfRidge(strength), []);
        double[] point = new double[objective.Dimension], gradient = new double[objective.Dimension];
        for (int j = 0; j < point.Length; j++)
            point[j] = 0.01 * Math.Sin(j);
        double best = double.PositiveInfinity;
        long begin = Stopwatch.GetTimestamp();
        for (int pass = 0; pass < 20 && (pass < 3 || Stopwatch.GetElapsedTime(begin).TotalSeconds < 3); pass++)
        {
            long start = Stopwatch.GetTimestamp();
            objective.Evaluate(point, gradient);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
