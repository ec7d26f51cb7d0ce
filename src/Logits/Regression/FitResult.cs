namespace Logits.Regression;

/// <summary>A fitted model and the account of its fit.</summary>
/// <param name="Model">The best model found, whatever ended the fit.</param>
/// <param name="Report">What was done, how sure it is, and why it stopped.</param>
public sealed record FitResult(SoftmaxModel Model, FitReport Report);
