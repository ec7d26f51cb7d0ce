using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// Softmax regression: the weights W and intercepts b that minimise (1/Σw) Σ_i w_i [A(o_i) − ⟨y_i, o_i⟩] + λ/2 ‖W‖² with o_i = W x_i + b, in nats. All K
/// classes have weights of their own; the intercepts are never penalised.
/// </summary>
/// <remarks>
/// A truncated Newton method with preconditioned conjugate gradients (docs/mathematics.md). The result has the same bits for any number of threads. Rows of
/// <see cref="float"/> are multiplied in float32 and summed over tiles in float64, and the fit moves on to float64 by itself where float32 cannot resolve
/// what is asked for; rows of <see cref="double"/> are float64 throughout.
/// </remarks>
public static class SoftmaxRegression
{
    /// <summary>Fits a model from zero weights. To fit one table many times, build a <see cref="SoftmaxProblem"/> once.</summary>
    /// <param name="rows">n×d features, all finite.</param>
    /// <param name="labels">n labels of K classes, each of which some row of positive weight has.</param>
    /// <param name="options">Strength, tolerance, threads and row weights.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellationToken">Ends the fit with the best model so far; nothing is thrown.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, a feature or weight is not usable, or a class has no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for what the sizes call for.</exception>
    public static FitResult Fit<T>(
        RowBlocks<T> rows, Labels labels, FitOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        options ??= new FitOptions();
        long start = options.Clock.GetTimestamp();
        try
        {
            SoftmaxProblem problem = SoftmaxProblem.Of(rows, labels, options, cancellationToken);
            FitResult result = problem.Solve(options, null, progress, cancellationToken);
            return result with { Report = result.Report with { Seconds = options.Clock.GetElapsedTime(start).TotalSeconds,
                OtherPasses = result.Report.OtherPasses + 1 } };
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return FitResult.Unstarted(rows.Count, rows.Features, labels.Classes, options, typeof(T) == typeof(float) ? "float32" : "float64");
        }
    }
}
