using System.Numerics;
using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>One fit: sets the parts up, lets the optimiser run, decides when it may stop, and gives account.</summary>
internal sealed class Fitting<T>(DenseRows<T> rows, Labels labels, FitOptions options, IProgress<FitProgress>? progress) : IStoppingRule
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double _strength = options.Strength ?? 1.0 / rows.Count;
    private readonly Iterate _iterate = new(labels.Classes * (rows.Features + 1));
    private RowPasses<T>? _passes;
    private SoftmaxObjective<T>? _objective;
    private SeparationTest<T>? _separationTest;
    private DualityGap? _dualityGap;
    private Separation? _separation;
    private double _gap;
    private double _lowerBound;
    private int _otherPasses;

    private bool IsCertified => _strength > 0;

    public FitResult Run(CancellationToken cancellationToken)
    {
        long start = options.Clock.GetTimestamp();
        Outcome outcome = Minimize(cancellationToken);
        double seconds = options.Clock.GetElapsedTime(start).TotalSeconds;

        double penalty = _strength / 2 * VectorArithmetic.Dot(Weights(_iterate.Point), Weights(_iterate.Point));
        FitReport report = new()
        {
            Objective = _iterate.Value,
            DataLoss = _iterate.Value - penalty,
            Strength = _strength,
            GradientNorm = VectorArithmetic.Norm(_iterate.Gradient),
            Gap = _gap,
            GapCertified = IsCertified,
            StopReason = Reason(outcome),
            Iterations = _iterate.Iteration,
            Gradients = _objective?.Evaluations ?? 0,
            HessianVectorProducts = _objective?.Products ?? 0,
            OtherPasses = _otherPasses + (_separationTest?.Passes ?? 0),
            Seconds = seconds,
            Threads = options.Threads,
            Precision = typeof(T) == typeof(float) ? "float32" : "float64",
            Rows = rows.Count,
            Features = rows.Features,
            Classes = labels.Classes,
            Separation = _separation,
        };
        return new FitResult(new SoftmaxModel(Weights(_iterate.Point), _iterate.Point.AsSpan(^labels.Classes..)), report);
    }

    public bool IsSatisfied(Iterate iterate)
    {
        if (!IsCertified)
            return (_separation = _separationTest!.Complete(iterate.Point)) is not null;
        _dualityGap ??= new DualityGap(_strength, _objective!.Curvature, _passes!.ColumnMeans, _passes.RowVariance, iterate.Gradient, labels.Classes);
        _lowerBound = Math.Max(_lowerBound, iterate.Value - _dualityGap.Bound(iterate.Point, _objective!.DataLoss, iterate.Gradient));
        // Bounds found at other points carry roundings of their own, and may meet above the value.
        _gap = Math.Max(0, iterate.Value - _lowerBound);
        return IsSmall(_gap, iterate);
    }

    public bool IsSatisfied(Iterate iterate, double newtonGap, ReadOnlySpan<double> step)
    {
        if (IsCertified)
            return false;
        _gap = newtonGap;
        if (!IsSmall(newtonGap, iterate))
            return false;
        _separation = _separationTest!.QuasiComplete(step);
        return true;
    }

    public bool WouldSatisfy(Iterate iterate, ReadOnlySpan<double> residual) =>
        IsCertified && IsSmall(2 * _dualityGap!.Bound(iterate.Point, _objective!.DataLoss, residual), iterate);

    private Outcome Minimize(CancellationToken cancellationToken)
    {
        // What is known of zero weights before any row is read: the loss is log K, and no loss is below 0.
        _iterate.Value = _gap = Math.Log(labels.Classes);
        double[] gram;
        bool isFull = rows.Features <= SoftmaxRegression.MostGramFeatures;
        try
        {
            _passes = new RowPasses<T>(rows, options.RowWeights.Span, labels.Classes, options.Threads, cancellationToken);
            FitInput.CheckFeatures(rows, _passes.ColumnScales);
            gram = GramMatrix.Compute(_passes, rows.Features, diagonalOnly: !isFull);
            _otherPasses = 2;
        }
        catch (OperationCanceledException)
        {
            return Outcome.Cancelled;
        }
        _objective = new SoftmaxObjective<T>(_passes, labels, rows.Features, _strength);
        _separationTest = IsCertified ? null : new SeparationTest<T>(_passes, labels, rows.Features);
        IPreconditioner preconditioner = isFull
            ? new KroneckerPreconditioner(_objective.Curvature.Eigenvectors, gram, labels.Classes, rows.Features, _strength, options.Threads)
            : new DiagonalPreconditioner(_objective.Curvature.Diagonal, gram, labels.Classes, rows.Features, _strength);
        return new NewtonCg(_objective, preconditioner, this).Minimize(_iterate, options.MaxIterations, Report);
    }

    private bool IsSmall(double gap, Iterate iterate) => gap <= options.Tolerance * Math.Abs(iterate.Value);

    private void Report(Iterate iterate) =>
        progress?.Report(new FitProgress(
            iterate.Iteration, iterate.Value, _gap / Math.Abs(iterate.Value), IsCertified, options.Tolerance, _objective!.Evaluations, _objective.Products));

    private StopReason Reason(Outcome outcome) => outcome switch
    {
        _ when _separation is not null => StopReason.NoFiniteOptimum,
        Outcome.Satisfied => StopReason.Converged,
        Outcome.IterationLimit => StopReason.IterationLimit,
        Outcome.Cancelled => StopReason.Cancelled,
        _ => StopReason.NumericalFailure,
    };

    private Span<double> Weights(double[] point) => point.AsSpan(..^labels.Classes);
}
