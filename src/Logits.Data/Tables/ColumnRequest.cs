namespace Logits.Data;

/// <summary>A column to read and what to read it as.</summary>
/// <param name="Column">The column's position in the table.</param>
/// <param name="Kind"><see cref="ColumnKind.Numeric"/> or <see cref="ColumnKind.Boolean"/> for numbers, <see cref="ColumnKind.Text"/> for text.</param>
internal readonly record struct ColumnRequest(int Column, ColumnKind Kind);
