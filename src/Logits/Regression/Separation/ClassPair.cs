namespace Logits.Regression;

/// <summary>
/// Rows of <paramref name="Class"/> gain against <paramref name="From"/> along a separating direction: some of them are told apart without error.
/// </summary>
/// <param name="Class">The rows' own class.</param>
/// <param name="From">Another class.</param>
public readonly record struct ClassPair(int Class, int From);
