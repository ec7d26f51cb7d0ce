using System.Numerics;
using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// Softmax regression: the weights W and intercepts b that minimise (1/Σw) Σ_i w_i [A(o_i) − ⟨y_i, o_i⟩] + λ/2 ‖W‖² with o_i = W x_i + b, in nats. All K classes have
/// weights of their own; the intercepts are never penalised.
/// </summary>
/// <remarks>
/// A truncated Newton method with conjugate gradients preconditioned by S̄ ⊗ (XᵀX/n) + λI (docs/mathematics.md). The result has the same bits for any number of
/// threads. Rows of <see cref="float"/> are multiplied in float32 and summed over tiles in float64; rows of <see cref="double"/> are float64 throughout.
/// </remarks>
public static class SoftmaxRegression
{
    /// <summary>Beyond this many features the Gram matrix costs more memory and time than it saves, and only its diagonal is used.</summary>
    internal const int MostGramFeatures = 2048;

    /// <summary>Fits a model from zero weights.</summary>
    /// <param name="rows">n×d features, all finite.</param>
    /// <param name="labels">n labels of K classes, each of which some row of positive weight has.</param>
    /// <param name="options">Strength, tolerance, threads and row weights.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellationToken">Ends the fit with the best model so far; nothing is thrown.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, a feature or weight is not usable, or a class has no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public static FitResult Fit<T>(
        DenseRows<T> rows, Labels labels, FitOptions? options = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new FitOptions();
        FitInput.Check(rows.Count, labels, options);
        return new Fitting<T>(rows, labels, options, progress).Run(cancellationToken);
    }
}
