namespace Logits.Regression;

/// <summary>
/// Why no finite optimum exists: moving the weights along <see cref="WeightDirection"/> and <see cref="InterceptDirection"/> lowers the loss of some rows forever and
/// raises that of none.
/// </summary>
/// <remarks>
/// Source: A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71 (1984).
/// </remarks>
public sealed record Separation
{
    /// <summary>Whether every row gains (complete separation) or only some, while the others stay as they are (quasi-complete separation).</summary>
    public required bool Complete { get; init; }

    /// <summary>K×d, the direction of the weights.</summary>
    public required ReadOnlyMemory<double> WeightDirection { get; init; }

    /// <summary>K, the direction of the intercepts.</summary>
    public required ReadOnlyMemory<double> InterceptDirection { get; init; }

    /// <summary>The classes that are told apart without error from at least one other, ascending.</summary>
    public required IReadOnlyList<int> Classes { get; init; }

    /// <summary>The features that carry the direction, most telling first: at most ten, by the range of logits each contributes.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>How many rows gain.</summary>
    public required int SeparatedRows { get; init; }

    /// <summary>The first of the rows that gain, at most ten, ascending.</summary>
    public required IReadOnlyList<int> ExampleRows { get; init; }
}
