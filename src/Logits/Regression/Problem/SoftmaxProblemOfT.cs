using System.Numerics;
using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>A problem whose rows have a precision: what is known of them, and what solves need again and again, made when first asked for.</summary>
internal sealed class SoftmaxProblem<T> : SoftmaxProblem where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly double[] _meanLabels;
    private SoftmaxLoss<T>? _loss;
    private SoftmaxLoss<double>? _wideLoss;
    private RowPasses<T>? _passes;
    private double[]? _gram;
    private ColumnSubset? _head;
    private ColumnSpace? _columnSpace;
    private SmallerProblem<T>? _start;

    public SoftmaxProblem(RowBlocks<T> rows, Labels labels, FitOptions options, CancellationToken cancellationToken)
    {
        (RowsOf, Labels, Threads) = (rows, labels, options.Threads);
        Weights = new RowWeights(options.RowWeights, rows.Count, options.WeightsAre);
        _meanLabels = FitInput.MeanLabels(labels, Weights);
        FitInput.CheckClasses(_meanLabels);
        Columns = rows.Summarise(Weights, options.Threads, cancellationToken);
        FitInput.CheckFeatures(rows, Columns);
        Memory = new MemoryPlan(options.MemoryBytes, rows.Features, labels.Classes, options.Threads);
    }

    public RowBlocks<T> RowsOf { get; }

    /// <summary>The places of the rows among those that the caller knows; empty where they are the same.</summary>
    public long[] PlacesOfRows { get; init; } = [];

    /// <summary>The rows as they were given, where these ones have the centres taken off.</summary>
    public IExactRows? ExactRows { get; init; }

    /// <summary>What was taken off the columns; empty for nothing.</summary>
    public double[] Centres { get; init; } = [];

    public Labels Labels { get; }

    public RowWeights Weights { get; }

    public ColumnSummary Columns { get; }

    public MemoryPlan Memory { get; }

    public int Threads { get; }

    public override long Rows => RowsOf.Count;

    public override int Features => RowsOf.Features;

    public override int Classes => Labels.Classes;

    public override double DefaultStrength => 1 / Weights.EffectiveRows;

    public CancellationToken CancellationToken
    {
        get;
        set
        {
            field = value;
            if (_passes is not null)
                _passes.CancellationToken = value;
            if (_widePasses is not null)
                _widePasses.CancellationToken = value;
        }
    }

    private RowPasses<double>? _widePasses;

    /// <summary>Passes over the rows in their own precision.</summary>
    public RowPasses<T> Passes => _passes ??= new RowPasses<T>(RowsOf, Weights, Classes, Threads) { CancellationToken = CancellationToken };

    /// <summary>The loss in the rows' own precision.</summary>
    public ISoftmaxLoss Loss => _loss ??= new SoftmaxLoss<T>(
        Passes, Labels, _meanLabels, Columns, Memory.HasRoomFor(ProbabilityStore<T>.Bytes(Passes.Plan)));

    /// <summary>The loss in double precision.</summary>
    public ISoftmaxLoss WideLoss
    {
        get
        {
            if (typeof(T) == typeof(double))
                return Loss;
            _widePasses ??= new RowPasses<double>(RowsOf.Widened(), Weights, Classes, Threads) { CancellationToken = CancellationToken };
            return _wideLoss ??= new SoftmaxLoss<double>(
                _widePasses, Labels, _meanLabels, Columns,
                    Memory.HasRoomFor(ProbabilityStore<double>.Bytes(_widePasses.Plan) + ProbabilityStore<T>.Bytes(Passes.Plan)));
        }
    }

    /// <summary>C, or null where there is no room or no sense in it.</summary>
    public double[]? Gram => Memory.HasGram ? _gram ??= FeatureGram.Of(Passes, Columns, AllColumns, all: false) : null;

    /// <summary>C of the columns that weigh most, or null where there is C whole, or no room.</summary>
    public HeadGram? Head
    {
        get
        {
            if (!Memory.HasHead)
                return null;
            _head ??= ColumnSubset.Largest(Columns.MeanSquares, FeatureGram.HeadFeatures);
            _gram ??= FeatureGram.Of(Passes, Columns, _head, all: false);
            return new HeadGram(_head, _gram);
        }
    }

    private ColumnSubset AllColumns => ColumnSubset.Largest(Columns.MeanSquares, Features);

    /// <summary>Which columns are linear combinations of others; needs C from all rows, in double precision.</summary>
    public ColumnSpace ColumnSpace => _columnSpace ??= Memory.HasGram
        ? ColumnSpace.Of(FeatureGram.Of(new RowPasses<double>(RowsOf.Widened(), Weights, Classes, Threads) { CancellationToken = CancellationToken }, Columns,
            AllColumns, all: true), Columns, UnitRoundoff)
        : ColumnSpace.Independent(Columns);

    public double UnitRoundoff => typeof(T) == typeof(float) ? 5.9604644775390625e-8 : 1.1102230246251565e-16;

    public IPreconditioner Blocks(ISoftmaxLoss loss, double[] gram, double curvature, double damping, int rowsPerColumn) =>
        ClassBlocks<T>.Of(loss, RowsOf, gram, curvature, damping, rowsPerColumn, Threads);

    /// <summary>
    /// Decides whether there is a finite optimum without a penalty; where that stays open, on the table without the columns that combine others up to rounding,
    /// which is the table that is fitted.
    /// </summary>
    /// <param name="proposals">Directions that may separate.</param>
    /// <param name="point">The last point.</param>
    /// <param name="combined">The columns whose coefficients the fit leaves as they are.</param>
    /// <param name="searches">Whether to search beyond what is counted, and what the step and the point say.</param>
    /// <param name="work">What it may cost, in multiplications.</param>
    public SeparationVerdict Decide(IEnumerable<double[]> proposals, double[] point, int[] combined, bool searches, long work)
    {
        double[] weights = [];
        if (!Weights.AreEqual)
        {
            weights = new double[Rows];
            for (long i = 0; i < Rows; i++)
                weights[i] = Weights[i];
        }
        IExactRows rows = ExactRows ?? new ExactRows<T>(RowsOf);
        ReadOnlyMemory<double>[] given = [.. proposals.Select(proposal => (ReadOnlyMemory<double>)Given(proposal))];
        SeparationVerdict verdict = SeparationDecision.Decide(rows, Labels, weights, given, Given(point), searches, work, CancellationToken);
        if (verdict is SeparationVerdict.Undecided && combined.Length > 0)
            verdict = SeparationDecision.Decide(new RowsWithout(rows, combined), Labels, weights, given, Given(point), searches, work, CancellationToken);
        return verdict is SeparationVerdict.Separated { Separation: { } separation } && PlacesOfRows.Length > 0
            ? new SeparationVerdict.Separated(separation with { ExampleRows = [.. separation.ExampleRows.Select(i => (int)PlacesOfRows[i])] })
            : verdict;
    }

    /// <summary>A point or direction in the coordinates of the rows as they were given.</summary>
    private double[] Given(double[] point)
    {
        double[] given = [.. point];
        for (int k = 0; k < Classes && Centres.Length > 0; k++)
            given[Classes * Features + k] -= Numerics.VectorArithmetic.Dot(point.AsSpan(k * Features, Features), Centres);
        return given;
    }

    /// <summary>
    /// Finds a better start than zero weights from a smaller problem, where one costs little: from the rows' own space, or from some of the rows. The passes
    /// over all rows that this took.
    /// </summary>
    public int Start(Penalty penalty, FitOptions options, Span<double> point) => (_start ??= new SmallerProblem<T>(this)).Solve(penalty, options, point);

    public override FitResult Solve(
        Penalty penalty, FitOptions options, SoftmaxModel? start = null, IProgress<FitProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        if (start is not null && (start.Features != Features || start.Classes != Classes))
            throw new ArgumentException($"The start has {start.Classes} classes and {start.Features} features, the problem {Classes} and {Features}.",
                nameof(start));
        FitInput.CheckSolve(options);
        CancellationToken = cancellationToken;
        return new SoftmaxSolve<T>(this, penalty, options, progress).Run(start);
    }
}
