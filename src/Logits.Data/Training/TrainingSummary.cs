namespace Logits.Data;

/// <summary>
/// What was read and what was done to it: all a user should be told. Rows of weight 0 count as absent, and where the weights are frequencies a row of weight
/// w is w rows in every number here
/// (rounded to a whole one).
/// </summary>
public sealed record TrainingSummary
{
    /// <summary>Rows in the table.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows of the table whose weight is 0; they are counted nowhere else.</summary>
    public required long RowsOfWeightZero { get; init; }

    /// <summary>Labels that only rows of weight 0 have; they are no classes.</summary>
    public required IReadOnlyList<string> WeightlessClasses { get; init; }

    /// <summary>Rows left out because their label is missing.</summary>
    public required long RowsWithoutLabel { get; init; }

    /// <summary>Rows left out because a feature is missing (with <see cref="MissingValues.Drop"/>).</summary>
    public required long RowsWithMissingValues { get; init; }

    /// <summary>Training rows.</summary>
    public required long TrainingRows { get; init; }

    /// <summary>Test rows.</summary>
    public required long TestRows { get; init; }

    /// <summary>How many training rows each class has, in the order of the classes.</summary>
    public required IReadOnlyList<long> TrainingRowsPerClass { get; init; }

    /// <summary>How many test rows each class has, in the order of the classes.</summary>
    public required IReadOnlyList<long> TestRowsPerClass { get; init; }

    /// <summary>Columns dropped because they have one value in all training rows.</summary>
    public required IReadOnlyList<string> ConstantColumns { get; init; }

    /// <summary>Text columns that were one-hot encoded; their levels and references are in these.</summary>
    public required IReadOnlyList<ColumnEncoding> OneHotColumns { get; init; }

    /// <summary>How many missing values were filled, by column (with <see cref="MissingValues.Mean"/> and <see cref="MissingValues.Indicator"/>).</summary>
    public required IReadOnlyList<ColumnCount> FilledValues { get; init; }

    /// <summary>How many test values were categories that no training row has, by column; they are encoded as the reference.</summary>
    public required IReadOnlyList<ColumnCount> UnseenCategories { get; init; }

    /// <summary>Columns whose values the precision of the rows cannot hold to 10⁻⁶ of their standard deviation: standardise, or use float64.</summary>
    public required IReadOnlyList<string> ImpreciseColumns { get; init; }
}
