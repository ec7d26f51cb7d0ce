namespace Logits.Data;

/// <summary>A column of a table as it was found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">What its values are.</param>
public sealed record TableColumn(string Name, ColumnKind Kind);
