using Logits.Rows;

namespace Logits.Data;

/// <summary>What to train on and how to prepare it.</summary>
public sealed record TrainingOptions
{
    /// <summary>The column to predict.</summary>
    public required string Label { get; init; }

    /// <summary>The columns to use as features; null, the default, means all but the label and the weights.</summary>
    public IReadOnlyList<string>? Features { get; init; }

    /// <summary>Columns to leave out.</summary>
    public IReadOnlyList<string> Exclude { get; init; } = [];

    /// <summary>A column of row weights: finite, at least 0, not all 0, none missing. A row of weight 0 counts as absent.</summary>
    public string? Weights { get; init; }

    /// <summary>
    /// What the weights mean: a row of frequency w is w rows; of importances only the proportions count. Null, the default, takes whole numbers as
    /// frequencies and others as importances.
    /// </summary>
    public WeightMeaning? WeightsAre { get; init; }

    /// <summary>What to do about missing feature values.</summary>
    public MissingValues Missing { get; init; } = MissingValues.Refuse;

    /// <summary>
    /// Whether each feature, 0/1 ones included, is brought to mean 0 and standard deviation 1 over the training rows (by weight), so that a penalty means the
    /// same for all.
    /// </summary>
    public bool Standardize { get; init; } = true;

    /// <summary>The share of rows held out as a test set, at least 0 and below 1; 0 trains on every row.</summary>
    public double TestFraction { get; init; } = 0.2;

    /// <summary>Whether each class is held out in the same share, to within one row.</summary>
    public bool Stratify { get; init; } = true;

    /// <summary>Which of the possible test sets is drawn.</summary>
    public int Seed { get; init; }
}
