using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>How a softmax regression is fitted. The defaults suit most tables.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// λ ≥ 0 in (1/Σw) Σ w_i loss_i + λ/2 ‖W‖². Null, the default, means 1/Σw for frequencies and 1 over the rows of positive weight for importances: then the
    /// penalty weighs as much as one row. Intercepts are never penalised.
    /// </summary>
    public double? Strength { get; init; }

    /// <summary>The relative gap to the optimum, (objective − bound) / |objective|, at which the fit stops. The default is 10⁻⁶.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most Newton iterations. The default is 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>How many threads work; the result has the same bits for any number. The default is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>n row weights, finite, at least 0 and not all 0; empty, the default, weighs every row 1. A row of weight 0 counts as absent.</summary>
    public ReadOnlyMemory<double> RowWeights { get; init; }

    /// <summary>What the row weights mean. Null, the default, takes whole numbers as frequencies and others as importances.</summary>
    public WeightMeaning? WeightsAre { get; init; }

    /// <summary>
    /// About how many bytes the fit may hold beside the rows; it chooses its means accordingly, and its result stays within its tolerance whatever it chooses.
    /// The default is half of what the process may use.
    /// </summary>
    public long MemoryBytes { get; init; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;

    /// <summary>Where <see cref="OptimizationReport.Seconds"/> is read from. The default is the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
