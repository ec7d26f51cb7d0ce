namespace Logits.Regression;

/// <summary>How well one class is recognised. Counts are sums of row weights.</summary>
/// <param name="Support">Σ w over the rows labelled with this class.</param>
/// <param name="Predicted">Σ w over the rows predicted to be of this class.</param>
/// <param name="Correct">Σ w over the rows that are both.</param>
public readonly record struct ClassEvaluation(double Support, double Predicted, double Correct)
{
    /// <summary>Correct / Predicted: of the rows predicted to be of this class, the share that is. NaN when none is predicted.</summary>
    public double Precision => Correct / Predicted;

    /// <summary>Correct / Support: of the rows of this class, the share that is predicted to be. NaN when there is none.</summary>
    public double Recall => Correct / Support;

    /// <summary>
    /// 2 Correct / (Support + Predicted), the harmonic mean of precision and recall. A class that has rows and is never predicted has 0;
    /// one with neither rows nor predictions has NaN.
    /// </summary>
    public double F1 => 2 * Correct / (Support + Predicted);
}
