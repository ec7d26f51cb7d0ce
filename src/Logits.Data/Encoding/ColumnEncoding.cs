namespace Logits.Data;

/// <summary>How one column of a table becomes features (columns of the design matrix).</summary>
/// <param name="Name">The column's name in the table.</param>
/// <param name="Kind"><see cref="ColumnKind.Numeric"/>, <see cref="ColumnKind.Boolean"/> or <see cref="ColumnKind.Text"/>.</param>
public sealed record ColumnEncoding(string Name, ColumnKind Kind)
{
    /// <summary>
    /// The categories of a text column; empty for others. The first is the reference, the most frequent one in training (the first in ordinal order
    /// where several are): it has no feature of its own. Each of the others, in ordinal order, has a feature that is 1 in its rows and 0 elsewhere.
    /// </summary>
    public IReadOnlyList<string> Levels { get; init; } = [];

    /// <summary>
    /// What the features (without the indicator) are where the value is missing: their means in training, or zeros for a text column with an indicator;
    /// empty where a missing value is an error.
    /// </summary>
    public IReadOnlyList<double> Fill { get; init; } = [];

    /// <summary>Whether a further feature is 1 where the value is missing and 0 elsewhere.</summary>
    public bool MissingIndicator { get; init; }

    /// <summary>The category that a text column's features are measured against; null for other columns.</summary>
    public string? Reference => Levels.Count > 0 ? Levels[0] : null;

    /// <summary>How many features the column becomes.</summary>
    public int FeatureCount => ValueFeatures + (MissingIndicator ? 1 : 0);

    internal int ValueFeatures => Kind == ColumnKind.Text ? Levels.Count - 1 : 1;

    internal bool IsValid =>
        (Kind == ColumnKind.Text ? Levels.Count > 0 : Kind is ColumnKind.Numeric or ColumnKind.Boolean && Levels.Count == 0)
        && Levels.Distinct(StringComparer.Ordinal).Count() == Levels.Count
        && Fill.All(double.IsFinite) && (Fill.Count == 0 || Fill.Count == ValueFeatures)
        && FeatureCount > 0;

    /// <summary>The features' names: the column's own, "column=level" for a category, "column is missing" for an indicator.</summary>
    public IEnumerable<string> FeatureNames()
    {
        if (Kind == ColumnKind.Text)
            foreach (string level in Levels.Skip(1))
                yield return $"{Name}={level}";
        else
            yield return Name;
        if (MissingIndicator)
            yield return $"{Name} is missing";
    }
}
