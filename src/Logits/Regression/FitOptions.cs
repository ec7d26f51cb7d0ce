namespace Logits.Regression;

/// <summary>How a softmax regression is fitted. The defaults suit most tables.</summary>
public sealed record FitOptions
{
    /// <summary>
    /// λ ≥ 0 in (1/Σw) Σ w_i loss_i + λ/2 ‖W‖². Null, the default, means 1/n: then the penalty weighs as much as one row. Intercepts are never penalised.
    /// </summary>
    public double? Strength { get; init; }

    /// <summary>The relative gap to the optimum, (objective − bound) / |objective|, at which the fit stops. The default is 10⁻⁶.</summary>
    public double Tolerance { get; init; } = 1e-6;

    /// <summary>The most Newton iterations. The default is 100.</summary>
    public int MaxIterations { get; init; } = 100;

    /// <summary>How many threads work; the result has the same bits for any number. The default is the number of processors.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>n row weights, finite, at least 0 and not all 0; empty, the default, weighs every row 1.</summary>
    public ReadOnlyMemory<double> RowWeights { get; init; }

    /// <summary>Where <see cref="FitReport.Seconds"/> is read from. The default is the system's clock.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;
}
