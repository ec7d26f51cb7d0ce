namespace Logits.Optimization;

/// <summary>What a minimisation did, how sure it is, and why it stopped: what every fitted model reports.</summary>
public abstract record OptimizationReport
{
    /// <summary>The objective at the model: data loss plus penalty, in nats a row.</summary>
    public required double Objective { get; init; }

    /// <summary>The weighted mean cross-entropy at the model, in nats.</summary>
    public required double DataLoss { get; init; }

    /// <summary>λ, the ridge strength used.</summary>
    public required double Strength { get; init; }

    /// <summary>The Euclidean norm of the objective's gradient at the model; NaN where it is not known.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>
    /// How far the objective may still lie above its infimum, in nats. Where <see cref="GapCertified"/>, a bound that duality proves (up to the rounding of
    /// the sums); elsewhere an estimate, half the squared Newton decrement ½ gᵀH⁻¹g. Infinite where neither is known.
    /// </summary>
    public required double Gap { get; init; }

    /// <summary>Whether <see cref="Gap"/> is a proven bound rather than an estimate.</summary>
    public required bool GapCertified { get; init; }

    /// <summary><see cref="Gap"/> divided by |<see cref="Objective"/>|.</summary>
    public double RelativeGap => Gap == 0 ? 0 : double.IsInfinity(Gap) ? double.PositiveInfinity : Gap / Math.Abs(Objective);

    /// <summary>Why the fit ended.</summary>
    public required StopReason StopReason { get; init; }

    /// <summary>Newton iterations taken.</summary>
    public required int Iterations { get; init; }

    /// <summary>Passes over the data that computed the loss and its gradient.</summary>
    public required int Gradients { get; init; }

    /// <summary>Passes over the data that computed a Hessian-vector product.</summary>
    public required int HessianVectorProducts { get; init; }

    /// <summary>Passes over all or some of the rows of any other kind: column summaries, the preconditioner's matrices, separation checks.</summary>
    public required int OtherPasses { get; init; }

    /// <summary>Wall-clock seconds of the whole fit.</summary>
    public required double Seconds { get; init; }

    /// <summary>Threads used.</summary>
    public required int Threads { get; init; }
}
