using System.Numerics;
using Logits.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>One solve of a problem: chooses the precision, lets the optimiser run, and gives account.</summary>
internal sealed class SoftmaxSolve<T>(SoftmaxProblem<T> problem, Penalty penalty, FitOptions options, IProgress<FitProgress>? progress)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>
    /// An unpenalised fit goes on to this relative gap, where rounding allows: there is no proof to be had at the tolerance, and one more step is cheap.
    /// </summary>
    private const double UnpenalisedTolerance = 1e-12;

    /// <summary>So many multiplications a product are next to nothing in float64, too.</summary>
    private const double FewMultiplications = 2e6;

    /// <summary>So often a fit stops to ask whether there is an optimum, because its steps go on as they do where there is none.</summary>
    private const int MostHalts = 2;

    /// <summary>What the question whether there is an optimum may always cost.</summary>
    private const long FewestDecisionMultiplications = 2_000_000_000;

    /// <summary>What float32 resolves of an unpenalised objective.</summary>
    private const double SingleTolerance = 1e-7;

    private readonly Iterate _iterate = new(problem.Classes * (problem.Features + 1));
    private readonly List<(ISoftmaxLoss Loss, int Evaluations, int Products, int OtherPasses)> _losses = [];
    /// <summary>Passes over all rows that a start from a smaller problem took; where it is the same problem, there is nothing left for float32 to do.</summary>
    private int _startPasses;
    private double _gap = double.PositiveInfinity;
    private StepProof? _proof;
    private double[]? _lastStep;
    private SeparationVerdict? _verdict;

    private int Gradients => _losses.Sum(l => l.Loss.Evaluations - l.Evaluations);

    private int Products => _losses.Sum(l => l.Loss.Products - l.Products);

    /// <summary>Whether the problem is so small that there is nothing to be saved by float32.</summary>
    private bool IsSmall => (double)problem.RowsOf.Stored * problem.Classes <= FewMultiplications;

    private bool IsCertified => penalty.Strength > 0;

    public FitResult Run(SoftmaxModel? start)
    {
        long begin = options.Clock.GetTimestamp();
        if (start is not null)
        {
            start.Weights.CopyTo(_iterate.Point);
            start.Intercepts.CopyTo(_iterate.Point.AsSpan(start.Weights.Length));
            Gauge.TakeOff(_iterate.Point, problem.Classes);
        }
        Outcome outcome;
        ColumnSpace? space = null;
        try
        {
            space = IsCertified ? null : problem.ColumnSpace;
            outcome = IsCertified ? RunCertified() : RunUnpenalised(space!.Fixed);
            if (outcome == Outcome.Stalled && start is not null)
            {
                // A start can be so far off that nothing leads away from it.
                Array.Clear(_iterate.Point);
                outcome = IsCertified ? RunCertified() : RunUnpenalised(space!.Fixed);
            }
        }
        catch (OperationCanceledException) when (problem.CancellationToken.IsCancellationRequested)
        {
            outcome = Outcome.Cancelled;
        }
        if (double.IsInfinity(_iterate.Value) && start is null)
            // Known before any pass: all probabilities are 1/K.
            _iterate.Value = Math.Log(problem.Classes);
        if (space is not null && outcome != Outcome.Cancelled)
            Spread(space);
        return new FitResult(Model(), Report(outcome, space, options.Clock.GetElapsedTime(begin).TotalSeconds));
    }

    private Outcome RunCertified()
    {
        if (_iterate.Point.AsSpan().IndexOfAnyExcept(0) < 0)
            _startPasses += problem.Start(penalty, options, _iterate.Point);
        if (typeof(T) == typeof(double))
            return RunCertified(problem.Loss, options.Tolerance);
        if (!IsSmall && _startPasses == 0)
        {
            // Float32 finds, as far as it resolves; what it found is for float64 to certify, and to bring to an end where it does not hold.
            double resolved = Math.Max(options.Tolerance, 4 * problem.Loss.RelativeRounding);
            Outcome outcome = RunCertified(problem.Loss, resolved);
            if (outcome is not (Outcome.Stalled or Outcome.Satisfied) || (outcome == Outcome.Satisfied && resolved == options.Tolerance && HoldsInDouble()))
                return outcome;
        }
        return RunCertified(problem.WideLoss, options.Tolerance);
    }

    /// <summary>
    /// Whether values and gradients in double precision prove the gap at the point that float32 found, with the product that it found along its last step: rows
    /// that are alike round alike, and no average makes up for it.
    /// </summary>
    private bool HoldsInDouble()
    {
        ISoftmaxLoss wide = problem.WideLoss;
        _losses.Add((wide, wide.Evaluations, wide.Products, wide.OtherPasses));
        PenalisedLoss objective = new(wide, penalty, [], problem.Threads);
        DualityBound bound = new(wide, penalty);
        double[] gradient = new double[_iterate.Point.Length];
        double lower = double.NegativeInfinity;
        if (_proof is { } proof)
            lower = objective.Evaluate([.. proof.Point], gradient) - bound.Along(proof, gradient);
        double value = objective.Evaluate([.. _iterate.Point], gradient);
        lower = Math.Max(lower, value - bound.AtPoint(_iterate.Point, gradient));
        double gap = Math.Max(0, value - lower) + wide.Rounding(value, _iterate.Point);
        if (!(gap <= options.Tolerance * Math.Abs(value)))
            return false;
        (_iterate.Value, _iterate.Gradient, _gap) = (value, gradient, gap);
        return true;
    }

    private Outcome RunCertified(ISoftmaxLoss loss, double tolerance)
    {
        CertifiedGuide guide = new(loss, penalty, Choice(loss, problem.Gram), tolerance);
        Outcome outcome = Minimize(loss, guide, []);
        (_gap, _proof) = (guide.Gap, guide.Proof);
        return outcome;
    }

    private Outcome RunUnpenalised(int[] fixedColumns)
    {
        double tolerance = Math.Min(options.Tolerance, UnpenalisedTolerance);
        Outcome outcome = Outcome.Satisfied;
        if (typeof(T) == typeof(float) && !IsSmall)
            outcome = RunUnpenalised(problem.Loss, fixedColumns, Math.Max(tolerance, SingleTolerance));
        if (outcome is Outcome.Satisfied or Outcome.Stalled && !IsSeparated(complete: true))
            outcome = RunUnpenalised(problem.WideLoss, fixedColumns, tolerance);
        if (outcome != Outcome.Cancelled)
            Decide(searches: true);
        // Rounding may have ended the fit before 10⁻¹²: what was asked for is what counts.
        return outcome == Outcome.Stalled && _gap <= options.Tolerance * Math.Abs(_iterate.Value) ? Outcome.Satisfied : outcome;
    }

    private Outcome RunUnpenalised(ISoftmaxLoss loss, int[] fixedColumns, double tolerance)
    {
        for (int halts = 0; ; halts++)
        {
            bool stopsIfSlow = _verdict is null && halts < MostHalts;
            // Without an optimum there is no precision to be had beyond what was asked for.
            double wanted = IsSeparated(complete: false) ? Math.Max(tolerance, options.Tolerance) : tolerance;
            EstimatedGuide guide = new(loss, Choice(loss, Without(problem.Gram, fixedColumns)), wanted, stopsIfSlow);
            Outcome outcome = Minimize(loss, guide, fixedColumns);
            (_gap, _lastStep) = (guide.Gap, guide.LastStep ?? _lastStep);
            if (outcome != Outcome.Satisfied || !(stopsIfSlow && guide.IsSlow))
                return outcome;
            // The first time it may be no more than a long way, at whose end the point itself is the proof of an optimum: a search costs more.
            Decide(searches: halts == MostHalts - 1);
            if (IsSeparated(complete: true))
                return outcome;
        }
    }

    /// <summary>
    /// Moves to the solution of least norm, if that leaves the value what it is: as far as rounding lets columns depend on each other, it does.
    /// </summary>
    private void Spread(ColumnSpace space)
    {
        if (space.Dependent.Count == 0)
            return;
        double[] point = [.. _iterate.Point], gradient = new double[point.Length];
        space.Spread(point, problem.Classes);
        double value = problem.WideLoss.Evaluate(point, gradient);
        if (value <= _iterate.Value * (1 + 1e-9))
            (_iterate.Point, _iterate.Gradient, _iterate.Value) = (point, gradient, value);
    }

    private void Decide(bool searches)
    {
        if (_verdict is null or SeparationVerdict.Undecided
            && problem.Decide(Proposals(), _iterate.Point, problem.ColumnSpace.Fixed, searches, Work()) is var verdict && (searches || verdict is not SeparationVerdict.Undecided))
            _verdict = verdict;
    }

    /// <summary>
    /// The last step, which goes on for ever where there is no optimum; and the point itself, once it tells every row's own class apart: then no row's loss is
    /// log 2.
    /// </summary>
    private IEnumerable<double[]> Proposals()
    {
        if (_iterate.Value * problem.Rows < Math.Log(2))
            yield return _iterate.Point;
        if (_lastStep is not null)
            yield return _lastStep;
    }

    private bool IsSeparated(bool complete) => _verdict is SeparationVerdict.Separated separated && (separated.Separation.Complete || !complete);

    /// <summary>As many multiplications as the fit took, and enough for any small table: so much may the question cost whether there is an optimum.</summary>
    private long Work() => Math.Max(FewestDecisionMultiplications,
        (long)Math.Min(1e15, 2.0 * (Gradients + Products) * problem.RowsOf.Stored * problem.Classes));

    private Outcome Minimize(ISoftmaxLoss loss, NewtonGuide guide, int[] fixedColumns)
    {
        _losses.Add((loss, loss.Evaluations, loss.Products, loss.OtherPasses));
        NewtonCg newton = new(new PenalisedLoss(loss, penalty, fixedColumns, problem.Threads), guide, problem.Threads);
        return newton.Minimize(_iterate, options.MaxIterations, iterate => progress?.Report(new FitProgress(
            iterate.Iteration, iterate.Value, guide.Gap / Math.Abs(iterate.Value), IsCertified, options.Tolerance, Gradients, Products)));
    }

    private PreconditionerChoice Choice(ISoftmaxLoss loss, double[]? gram)
    {
        bool blocks = problem.Memory.HasRoomFor(ClassBlocks<T>.Bytes(problem.Classes, problem.Features));
        return new PreconditionerChoice(
            loss, problem.Rows, gram, problem.Head, penalty.Curvature, blocks ? (damping, rows) =>
                problem.Blocks(loss, gram!, penalty.Curvature, damping, rows) : null, problem.Threads);
    }

    /// <summary>The Gram matrix with rows and columns of zeros for columns that stay as they are.</summary>
    private double[]? Without(double[]? gram, int[] columns)
    {
        if (gram is null || columns.Length == 0)
            return gram;
        double[] without = (double[])gram.Clone();
        int order = problem.Features + 1;
        foreach (int j in columns)
            for (int l = 0; l < order; l++)
                without[j * order + l] = without[l * order + j] = 0;
        return without;
    }

    private SoftmaxModel Model() => new(_iterate.Point.AsSpan(..^problem.Classes), _iterate.Point.AsSpan(^problem.Classes..));

    private FitReport Report(Outcome outcome, ColumnSpace? space, double seconds)
    {
        double penaltyValue = penalty.Value(_iterate.Point.AsSpan(..^problem.Classes));
        return new FitReport
        {
            Objective = _iterate.Value,
            DataLoss = _iterate.Value - penaltyValue,
            Strength = penalty.Strength,
            GradientNorm = VectorArithmetic.Norm(_iterate.Gradient),
            Gap = _gap,
            GapCertified = IsCertified && double.IsFinite(_gap),
            StopReason = Reason(outcome),
            Iterations = _iterate.Iteration,
            Gradients = Gradients,
            HessianVectorProducts = Products,
            OtherPasses = _startPasses + _losses.Sum(l => l.Loss.OtherPasses - l.OtherPasses),
            Seconds = seconds,
            Threads = options.Threads,
            Precision = _losses.FindLast(l => l.Loss.Evaluations > l.Evaluations).Loss is SoftmaxLoss<double> ? "float64" : Precision(typeof(T)),
            DataPrecision = Precision(typeof(T)),
            Rows = problem.Weights.PositiveRows,
            Features = problem.Features,
            Classes = problem.Classes,
            WeightsAre = problem.Weights.AreEqual ? null : problem.Weights.Meaning,
            TotalWeight = problem.Weights.Total,
            DependentColumns = space?.Dependent ?? [],
            Separation = (_verdict as SeparationVerdict.Separated)?.Separation,
        };
    }

    private StopReason Reason(Outcome outcome) => outcome switch
    {
        Outcome.Cancelled => StopReason.Cancelled,
        _ when _verdict is SeparationVerdict.Separated => StopReason.NoFiniteOptimum,
        Outcome.Satisfied when _verdict is SeparationVerdict.Undecided => StopReason.SeparationSuspected,
        Outcome.Satisfied => StopReason.Converged,
        Outcome.IterationLimit => StopReason.IterationLimit,
        _ => StopReason.NumericalFailure,
    };

    private static string Precision(Type type) => type == typeof(float) ? "float32" : "float64";
}
