using static Logits.Data.Database;

namespace Logits.Data;

/// <summary>A table whose columns have declared types: Parquet and JSON files, and what was copied from a query or a reader.</summary>
/// <param name="name">What to call it in messages.</param>
/// <param name="relation">How SQL names it.</param>
/// <param name="columns">Its columns.</param>
/// <param name="identifiers">How SQL names the columns.</param>
internal sealed class RelationTable(string name, string relation, IReadOnlyList<TableColumn> columns, IReadOnlyList<string> identifiers) : ITable
{
    public RelationTable(string name, string relation, IReadOnlyList<TableColumn> columns)
        : this(name, relation, columns, [.. columns.Select(c => Identifier(c.Name))])
    {
    }

    public string Name => name;

    public IReadOnlyList<TableColumn> Columns => columns;

    public int Parts => 1;

    public string Query(int part, IReadOnlyList<ColumnRequest> requests) =>
        $"SELECT {string.Join(", ", requests.Select(Expression))} FROM {relation}";

    private string Expression(ColumnRequest request)
    {
        string column = identifiers[request.Column];
        return (request.Kind, columns[request.Column].Kind) switch
        {
            (ColumnKind.Text, _) => $"CAST({column} AS VARCHAR)",
            (_, ColumnKind.Boolean) => column,
            (_, ColumnKind.Numeric) => $"CAST({column} AS DOUBLE)",
            // Text where numbers are wanted is read cell by cell, so that a bad one can be named.
            _ => $"CAST({column} AS VARCHAR)",
        };
    }

    public string Place(long row) => $"{name}, row {row + 1}";

    public void OnFailure(string error, IReadOnlyList<ColumnRequest> requests) =>
        throw new TableException($"{name} cannot be read: {FirstLine(error)}.");
}
