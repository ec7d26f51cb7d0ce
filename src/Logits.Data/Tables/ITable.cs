namespace Logits.Data;

/// <summary>Something that DuckDB can scan, twice and in the same order.</summary>
internal interface ITable
{
    string Name { get; }

    IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>How many queries read the table, one after another.</summary>
    int Parts { get; }

    /// <summary>The query that reads the requested columns of a part (from 0): numbers as DOUBLE, BOOLEAN or VARCHAR, text as VARCHAR.</summary>
    string Query(int part, IReadOnlyList<ColumnRequest> columns);

    /// <summary>Where a row (from 0) is for people to find: the file and its line, or the table and the number of the row.</summary>
    string Place(long row);

    /// <summary>
    /// Told that reading failed: throws the sentence that says where and why, or, when the table can be read in another way, prepares <see cref="Query"/> for
    /// that and returns.
    /// </summary>
    /// <param name="error">DuckDB's message.</param>
    /// <param name="columns">What was being read.</param>
    void OnFailure(string error, IReadOnlyList<ColumnRequest> columns);
}
