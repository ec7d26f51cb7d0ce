using Logits.Rows;

namespace Logits.Data;

/// <summary>Reads the weights of rows, each 1 where there is no column of them, and finds out what they mean.</summary>
/// <param name="source">The table.</param>
/// <param name="column">The column of weights, or null.</param>
/// <param name="request">Its place among what the cursor reads.</param>
/// <param name="meaning">What the weights mean; null finds out: whole numbers are frequencies.</param>
internal sealed class RowWeights(TableSource source, string? column, int request, WeightMeaning? meaning)
{
    private bool _areWhole = true;

    /// <summary>Whether there is a column of weights.</summary>
    public bool AreGiven => column is not null;

    /// <summary>What the weights of the rows kept so far mean.</summary>
    public WeightMeaning Meaning => meaning ?? (_areWhole ? WeightMeaning.Frequencies : WeightMeaning.Importances);

    /// <summary>The weight of a row; 1 where it is missing and not needed.</summary>
    /// <exception cref="TableException">It is missing, negative or not finite.</exception>
    public double Read(TableCursor cursor, int row, bool isNeeded)
    {
        if (column is null || (!isNeeded && cursor.IsMissing(request, row)))
            return 1;
        string Where() => $"{source.Place(cursor.FirstRow + row)}: the weight in '{column}'";
        if (cursor.IsMissing(request, row))
            throw new TableException($"{Where()} is missing. Every row needs one; 0 leaves a row out of account.");
        double weight = cursor.Numbers(request)[row];
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new TableException(FormattableString.Invariant($"{Where()} is {weight}. A weight is finite and at least 0."));
    }

    /// <summary>Lets the weight of a row that is kept say what weights mean.</summary>
    public void Keep(double weight) => _areWhole &= weight == Math.Floor(weight);
}

/// <summary>How many rows there are of a kind: as they stand in the table, and by weight.</summary>
internal struct Tally
{
    public long Rows { get; private set; }

    public double Weight { get; private set; }

    public void Add(double weight)
    {
        Rows++;
        Weight += weight;
    }

    /// <summary>The number of rows that people are told: a row of frequency w is w rows.</summary>
    public readonly long Count(WeightMeaning meaning) => meaning == WeightMeaning.Frequencies ? (long)Math.Round(Weight) : Rows;
}
