namespace Logits.Regression;

/// <summary>
/// A feature that is not constant, as exact tests see it: z = x, or for a feature of two values z = 0 at the lower and 1 at the higher one, so that small
/// whole numbers describe a direction however the feature was standardised.
/// </summary>
/// <param name="Feature">Its index among the features.</param>
/// <param name="IsBinary">Whether it has two values.</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest value.</param>
/// <param name="IsWhole">Whether every z is a whole number below 2⁵³.</param>
internal readonly record struct SeparationColumn(int Feature, bool IsBinary, double Low, double High, bool IsWhole)
{
    public double Map(double x) => !IsBinary ? x : x == Low ? 0 : 1;
}
