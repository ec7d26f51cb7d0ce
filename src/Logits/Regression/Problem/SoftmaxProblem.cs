using System.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// A softmax regression without its penalty: all that rows, labels and weights decide, built once, to be solved as often as one likes: along a path of
/// strengths, from another model.
/// </summary>
/// <remarks>One solve at a time: a problem keeps working memory between them.</remarks>
public abstract class SoftmaxProblem
{
    private protected SoftmaxProblem()
    {
    }

    /// <summary>n, the number of rows.</summary>
    public abstract long Rows { get; }

    /// <summary>d, the number of features.</summary>
    public abstract int Features { get; }

    /// <summary>K, the number of classes.</summary>
    public abstract int Classes { get; }

    /// <summary>The default strength: 1/Σw for frequencies, 1 over the rows of positive weight for importances.</summary>
    public abstract double DefaultStrength { get; }

    /// <summary>Reads the rows once for what every solve needs to know of them.</summary>
    /// <param name="rows">n×d features, all finite.</param>
    /// <param name="labels">n labels of K classes, each of which some row of positive weight has.</param>
    /// <param name="options">Threads, memory and row weights; the rest is for the solves.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, a feature or weight is not usable, or a class has no row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static SoftmaxProblem Of<T>(RowBlocks<T> rows, Labels labels, FitOptions? options = null, CancellationToken cancellationToken = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(labels);
        options ??= new FitOptions();
        FitInput.Check(rows.Count, rows.Features, labels, options);
        return options.RowWeights.Span.Contains(0)
            ? new WeightyRows(options.RowWeights.Span).Problem(rows, labels, options, cancellationToken)
            : Of(rows, labels, options, [], cancellationToken);
    }

    /// <param name="rows">The rows, all of positive weight.</param>
    /// <param name="labels">Their labels.</param>
    /// <param name="options">Threads, memory and row weights.</param>
    /// <param name="places">Their places among the rows that the caller knows; none where they are the same.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    internal static SoftmaxProblem Of<T>(RowBlocks<T> rows, Labels labels, FitOptions options, long[] places, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // In standard deviations: float32 has seven digits for a column, of which the solver wants most.
        const double farForSingle = 32, farForDouble = 1024;
        SoftmaxProblem<T> problem = new(rows, labels, options, cancellationToken) { PlacesOfRows = places };
        double[] centres = problem.Columns.Centres(typeof(T) == typeof(float) ? farForSingle : farForDouble);
        if (centres.Length == 0 || rows.Centred(centres) is not { } centred)
            return problem;
        return new CentredProblem(
            new SoftmaxProblem<double>(centred, labels, options, cancellationToken) { PlacesOfRows = places, ExactRows = new ExactRows<T>(rows),
                Centres = centres },
            centres, typeof(T) == typeof(float) ? "float32" : "float64");
    }

    /// <summary>Minimises loss plus ridge penalty.</summary>
    /// <param name="options">Strength, tolerance and iterations.</param>
    /// <param name="start">Where to begin; null begins at zero weights.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellationToken">Ends the solve with the best model so far; nothing is thrown.</param>
    /// <exception cref="ArgumentException">The start has other sizes.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    public FitResult Solve(FitOptions options, SoftmaxModel? start = null, IProgress<FitProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Solve(Penalty.OfRidge(options.Strength ?? DefaultStrength), options, start, progress, cancellationToken);
    }

    /// <summary>Minimises loss plus any penalty; <see cref="FitOptions.Strength"/> is not read.</summary>
    /// <param name="penalty">R(W).</param>
    /// <param name="options">Tolerance and iterations.</param>
    /// <param name="start">Where to begin; null begins at zero weights.</param>
    /// <param name="progress">Told after every iteration.</param>
    /// <param name="cancellationToken">Ends the solve with the best model so far; nothing is thrown.</param>
    /// <exception cref="ArgumentException">The start has other sizes.</exception>
    public abstract FitResult Solve(
        Penalty penalty, FitOptions options, SoftmaxModel? start = null, IProgress<FitProgress>? progress = null,
            CancellationToken cancellationToken = default);
}
