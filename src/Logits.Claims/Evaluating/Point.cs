namespace Logits.Claims.Evaluating;

/// <summary>A choice of n and of a value for every variable of a claim.</summary>
internal sealed record Point(
    int Size,
    IReadOnlyList<(string Name, Rational[] Entries, bool IsScalar)> Values,
    IReadOnlyList<(string Name, int Index)> Indices);
