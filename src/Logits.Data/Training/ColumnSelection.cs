namespace Logits.Data;

/// <summary>Which columns of a table are label, weights and features.</summary>
/// <param name="Label">The label column's position.</param>
/// <param name="Weights">The weights column's position, or −1.</param>
/// <param name="Features">The features' positions, in the order asked for.</param>
internal sealed record ColumnSelection(int Label, int Weights, IReadOnlyList<int> Features)
{
    /// <exception cref="TableException">A column named does not exist or has two roles, or one chosen cannot be a feature.</exception>
    public static ColumnSelection Of(TableSource source, TrainingOptions options)
    {
        int label = source.IndexOf(options.Label, "label column");
        int weights = options.Weights is null ? -1 : source.IndexOf(options.Weights, "weights column");
        if (weights == label)
            throw new TableException($"'{options.Label}' cannot be both the label and the weights.");
        if (weights >= 0 && source.Columns[weights].Kind is not (ColumnKind.Numeric or ColumnKind.Boolean))
            throw new TableException($"{source.Name}: the weights column '{options.Weights}' does not hold numbers.");
        if (source.Columns[label].Kind == ColumnKind.Other)
            throw new TableException($"{source.Name}: the label column '{options.Label}' holds lists, structures or values of mixed types. A label is a text, an integer or a boolean.");

        HashSet<int> excluded = [.. options.Exclude.Select(name => source.IndexOf(name, "column to exclude"))];
        List<int> features = options.Features is null
            ? [.. Enumerable.Range(0, source.Columns.Count).Where(c => c != label && c != weights)]
            : [.. options.Features.Distinct().Select(name => source.IndexOf(name, "feature"))];
        if (features.Contains(label))
            throw new TableException($"'{options.Label}' cannot be both the label and a feature.");
        if (weights >= 0 && features.Contains(weights))
            throw new TableException($"'{options.Weights}' cannot be both the weights and a feature.");
        if (excluded.Contains(label))
            throw new TableException($"The label '{options.Label}' cannot be excluded.");
        features.RemoveAll(excluded.Contains);
        if (features.Count == 0)
            throw new TableException($"{source.Name}: no column is left to be a feature. Name some, or exclude fewer.");

        Refuse(source, features, ColumnKind.Date, "dates or times, which are not numbers",
            "Derive numbers from them first (the day of the week, days since a start)");
        Refuse(source, features, ColumnKind.Other, "lists, structures, binary data or values of mixed types", "Derive plain columns from them first");
        return new ColumnSelection(label, weights, features);
    }

    private static void Refuse(TableSource source, List<int> features, ColumnKind kind, string what, string advice)
    {
        string[] names = [.. features.Select(c => source.Columns[c]).Where(c => c.Kind == kind).Select(c => c.Name)];
        if (names.Length > 0)
            throw new TableException(
                $"{source.Name}: {Names(names)} {(names.Length == 1 ? "holds" : "hold")} {what}. {advice}, or leave {(names.Length == 1 ? "it" : "them")} out with --exclude {string.Join(',', names)}.");
    }

    /// <summary>Column names for a sentence; of many the first few.</summary>
    public static string Names(IReadOnlyCollection<string> names) =>
        string.Join(", ", names.Take(5).Select(n => $"'{n}'")) + (names.Count > 5 ? $" and {names.Count - 5} more" : "");
}
