namespace Logits.Regression;

/// <summary>
/// A class that never occurs where some features have given values: one feature of two values, or all features that encode one category, at its reference
/// level.
/// </summary>
/// <param name="Class">The class that never occurs there.</param>
/// <param name="Features">The features, ascending.</param>
/// <param name="Values">The value of each, as the rows hold it.</param>
/// <param name="Rows">How many rows of positive weight have these values.</param>
public sealed record EmptyCell(int Class, IReadOnlyList<int> Features, IReadOnlyList<double> Values, long Rows);
