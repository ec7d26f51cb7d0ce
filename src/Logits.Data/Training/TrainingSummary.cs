namespace Logits.Data;

/// <summary>What was read and what was done to it: all a user should be told.</summary>
public sealed record TrainingSummary
{
    /// <summary>Rows in the table.</summary>
    public required long RowsRead { get; init; }

    /// <summary>Rows left out because their label is missing.</summary>
    public required long RowsWithoutLabel { get; init; }

    /// <summary>Rows left out because a feature is missing (with <see cref="MissingValues.Drop"/>).</summary>
    public required long RowsWithMissingValues { get; init; }

    /// <summary>Training rows.</summary>
    public required int TrainingRows { get; init; }

    /// <summary>Test rows.</summary>
    public required int TestRows { get; init; }

    /// <summary>How many training rows each class has, in the order of the classes.</summary>
    public required IReadOnlyList<int> TrainingRowsPerClass { get; init; }

    /// <summary>How many test rows each class has, in the order of the classes.</summary>
    public required IReadOnlyList<int> TestRowsPerClass { get; init; }

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
