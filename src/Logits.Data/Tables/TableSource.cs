using System.Data.Common;

namespace Logits.Data;

/// <summary>A table to read: files, standard input, a query of a DuckDB database, or what a database reader returns.</summary>
public sealed class TableSource : IDisposable
{
    private TableSource(string name, IReadOnlyList<TableColumn> columns)
    {
        Name = name;
        Columns = columns;
    }

    /// <summary>What to call the table in messages: the path as given, or the name of the reader.</summary>
    public string Name { get; }

    /// <summary>The columns, in the table's order.</summary>
    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Opens .csv, .tsv, .csv.gz, .parquet, .json, .jsonl or .ndjson files.</summary>
    /// <param name="path">A file; a glob of files of one format; "-" for standard input; or a .duckdb file, with <paramref name="query"/>.</param>
    /// <param name="query">A query of a .duckdb file: its result is the table.</param>
    /// <exception cref="TableException">There is no such file, its format is unknown, or it cannot be read as a table.</exception>
    public static TableSource Open(string path, string? query = null) => throw new NotImplementedException();

    /// <summary>Takes the rows that are left in <paramref name="reader"/>, which stays the caller's to close.</summary>
    /// <param name="reader">Any ADO.NET reader.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <exception cref="TableException">A value cannot be read, or two columns have the same name.</exception>
    public static TableSource FromReader(DbDataReader reader, string name) => throw new NotImplementedException();

    /// <summary>Closes the table and removes what it kept in temporary files.</summary>
    public void Dispose() { }
}
