namespace Logits.Data;

/// <summary>Reads the weight of a row.</summary>
internal static class RowWeight
{
    /// <exception cref="TableException">It is missing, negative or not finite.</exception>
    public static double Read(TableSource source, TableCursor cursor, int request, int row, string column)
    {
        string Where() => $"{source.Place(cursor.FirstRow + row)}: the weight in '{column}'";
        if (cursor.IsMissing(request, row))
            throw new TableException($"{Where()} is missing. Every row needs one; 0 leaves a row out of account.");
        double weight = cursor.Numbers(request)[row];
        return weight >= 0 && double.IsFinite(weight)
            ? weight
            : throw new TableException(FormattableString.Invariant($"{Where()} is {weight}. A weight is finite and at least 0."));
    }
}
