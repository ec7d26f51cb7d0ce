namespace Logits.Optimization;

/// <summary>Why a fit ended. Only <see cref="Converged"/> says that the optimum was reached to the tolerance asked for.</summary>
public enum StopReason
{
    /// <summary>The bound (or, where the strength is 0, the estimate) of the remaining gap fell below the tolerance.</summary>
    Converged,

    /// <summary>The iterations allowed were used up first.</summary>
    IterationLimit,

    /// <summary>The caller cancelled; the model is the best one so far.</summary>
    Cancelled,

    /// <summary>The unpenalised objective has no finite minimiser, because the data are separable: proved by a direction that was checked row by row.</summary>
    NoFiniteOptimum,

    /// <summary>Rounding stopped all progress before the tolerance was reached; the model is the best one so far.</summary>
    NumericalFailure,

    /// <summary>
    /// Nothing is left to gain within the tolerance, but whether there is a finite minimiser could be neither proved nor refuted.
    /// </summary>
    SeparationSuspected,
}
