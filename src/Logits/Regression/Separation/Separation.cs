namespace Logits.Regression;

/// <summary>
/// Why no finite optimum exists: along (V, c), with V the <see cref="WeightDirection"/> and c the <see cref="InterceptDirection"/>, no row of positive
/// weight loses and some gain for ever: u_y − u_k ≥ 0 with u = V x + c, for every row, each class y that its label gives a share, and every class k; some
/// of them strictly.
/// </summary>
/// <remarks>
/// Checked row by row in exact arithmetic before it is said. The direction here is the exact one rounded to doubles.
/// Source: A. Albert and J. A. Anderson, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71 (1984).
/// </remarks>
public sealed record Separation
{
    /// <summary>
    /// Whether every row gains against every class that its label gives no share (complete separation, where the loss tends to its least value, for class
    /// indices 0), or only some do, while the others stay as they are (quasi-complete separation).
    /// </summary>
    public required bool Complete { get; init; }

    /// <summary>K×d, the direction of the weights, row-major.</summary>
    public required ReadOnlyMemory<double> WeightDirection { get; init; }

    /// <summary>K, the direction of the intercepts.</summary>
    public required ReadOnlyMemory<double> InterceptDirection { get; init; }

    /// <summary>The classes that are told apart without error from at least one other, ascending.</summary>
    public required IReadOnlyList<int> Classes { get; init; }

    /// <summary>The features that carry the direction, most telling first: at most ten, by the range of logits each contributes.</summary>
    public required IReadOnlyList<int> Features { get; init; }

    /// <summary>How many rows gain.</summary>
    public required long SeparatedRows { get; init; }

    /// <summary>The first of the rows that gain, at most ten, ascending.</summary>
    public required IReadOnlyList<int> ExampleRows { get; init; }

    /// <summary>Whether it is proved that no direction makes other rows gain, or these rows against other classes.</summary>
    public bool Maximal { get; init; }

    /// <summary>Which class is told apart from which, ascending.</summary>
    public IReadOnlyList<ClassPair> Pairs { get; init; } = [];

    /// <summary>
    /// The empty cells behind it: classes that never occur at some value of a feature of two values, or at the reference level of a category.
    /// </summary>
    public IReadOnlyList<EmptyCell> Cells { get; init; } = [];
}
