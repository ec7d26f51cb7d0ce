namespace Logits.Data;

/// <summary>How many values of a column something happened to.</summary>
/// <param name="Column">The column's name.</param>
/// <param name="Count">How many values.</param>
public readonly record struct ColumnCount(string Column, long Count);
