namespace Logits.Data;

/// <summary>What to do about missing feature values: NULLs, and empty fields of a CSV.</summary>
public enum MissingValues
{
    /// <summary>An error that names the columns, the counts and the remedies.</summary>
    Refuse,

    /// <summary>Rows with a missing value are left out.</summary>
    Drop,

    /// <summary>Each feature of the column is filled with its mean over the training rows: for a category, the share of rows that have it.</summary>
    Mean,

    /// <summary>
    /// As <see cref="Mean"/>, with a further 0/1 feature that says where the value was missing; in a text column, missing is a category of its own.
    /// </summary>
    Indicator,
}
