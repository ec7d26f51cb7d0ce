namespace Logits.Regression;

/// <summary>How far a fit has come; reported after each Newton iteration.</summary>
/// <param name="Iteration">Newton iterations taken.</param>
/// <param name="Objective">The objective now, in nats a row.</param>
/// <param name="RelativeGap">The bound or estimate of the gap that remains, relative to the objective; infinite before there is one.</param>
/// <param name="GapCertified">Whether the gap is a proven bound.</param>
/// <param name="Tolerance">The relative gap at which the fit will stop.</param>
/// <param name="Gradients">Gradient passes so far.</param>
/// <param name="HessianVectorProducts">Hessian-vector passes so far.</param>
public readonly record struct FitProgress(
    int Iteration, double Objective, double RelativeGap, bool GapCertified, double Tolerance, int Gradients, int HessianVectorProducts);
