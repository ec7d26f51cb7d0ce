using DuckDB.NET.Data;
using DuckDB.NET.Native;

namespace Logits.Data;

/// <summary>A DuckDB of our own in memory, with a folder for what has to be kept on disk meanwhile.</summary>
internal sealed class Database : IDisposable
{
    private readonly DuckDBConnection _connection = new("DataSource=:memory:");
    private DirectoryInfo? _folder;

    public Database()
    {
        _connection.Open();
        // So that DuckDB's threads can work ahead of us; small beside any design matrix.
        Execute("SET streaming_buffer_size = '16MB'");
        Execute("SET preserve_insertion_order = true");
        Execute("SET enable_progress_bar = false");
    }

    public DuckDBConnection Connection => _connection;

    /// <summary>A folder of our own for temporary files, removed when the database is closed.</summary>
    public string Folder => (_folder ??= Directory.CreateTempSubdirectory("logits-")).FullName;

    /// <summary>Adds a database file, named spool, for a temporary table of so many columns.</summary>
    /// <remarks>
    /// DuckDB keeps what it has read and written of databases in memory while there is room, by default four fifths of the machine's. Here there is room for
    /// the chunks that its threads work on, and little else: memory does not grow with the table.
    /// </remarks>
    public void AttachSpool(int columns)
    {
        const long least = 256L << 20, bytesPerValue = 16, chunksPerThread = 4, rowsPerChunk = 2048;
        long limit = least + Environment.ProcessorCount * chunksPerThread * rowsPerChunk * bytesPerValue * columns;
        Execute($"SET memory_limit = '{limit}B'");
        Execute($"SET temp_directory = {Quote(Path.Combine(Folder, "spill"))}");
        Execute($"ATTACH {Quote(Path.Combine(Folder, "spool.duckdb"))} AS spool");
    }

    /// <summary>Gives DuckDB its own limit of memory back.</summary>
    public void LiftMemoryLimit() => Execute("RESET memory_limit");

    /// <summary>Ends the statement that runs, with an error; may be called from another thread.</summary>
    public void Interrupt() => NativeMethods.Startup.DuckDBInterrupt(_connection.NativeConnection);

    public void Execute(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public List<string> Strings(string sql)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        using DuckDBDataReader reader = command.ExecuteReader();
        List<string> strings = [];
        while (reader.Read())
            strings.Add(reader.GetString(0));
        return strings;
    }

    /// <summary>The columns of a relation, as SQL names it.</summary>
    public IReadOnlyList<TableColumn> Describe(string relation)
    {
        using DuckDBCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT column_name, column_type FROM (DESCRIBE SELECT * FROM {relation})";
        using DuckDBDataReader reader = command.ExecuteReader();
        List<TableColumn> columns = [];
        while (reader.Read())
            columns.Add(new TableColumn(reader.GetString(0), KindOf(reader.GetString(1))));
        return columns;
    }

    /// <summary>A string literal of SQL.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>An identifier of SQL.</summary>
    public static string Identifier(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>A path in which DuckDB shall not look for wildcards, as a string literal.</summary>
    public static string QuotePath(string path) =>
        Quote(path.Replace("[", "[[]", StringComparison.Ordinal).Replace("*", "[*]", StringComparison.Ordinal).Replace("?", "[?]", StringComparison.Ordinal));

    /// <summary>The first sentence of one of DuckDB's messages, without its category; the paragraphs after it are for those who write SQL.</summary>
    public static string FirstLine(string error)
    {
        string line = error.Split('\n', 2)[0].Trim();
        int category = line.IndexOf(" Error: ", StringComparison.Ordinal);
        return (category >= 0 ? line[(category + " Error: ".Length)..] : line).TrimEnd('.', ' ');
    }

    private static ColumnKind KindOf(string type) => type.Split('(')[0] switch
    {
        _ when type.EndsWith(']') => ColumnKind.Other,
        "TINYINT" or "SMALLINT" or "INTEGER" or "BIGINT" or "HUGEINT" or "UTINYINT" or "USMALLINT" or "UINTEGER" or "UBIGINT" or "UHUGEINT"
            or "FLOAT" or "DOUBLE" or "DECIMAL" => ColumnKind.Numeric,
        "BOOLEAN" => ColumnKind.Boolean,
        "VARCHAR" or "ENUM" or "UUID" => ColumnKind.Text,
        string t when t.StartsWith("DATE", StringComparison.Ordinal) || t.StartsWith("TIME", StringComparison.Ordinal) || t == "INTERVAL" => ColumnKind.Date,
        _ => ColumnKind.Other,
    };

    public void Dispose()
    {
        _connection.Dispose();
        if (_folder is { Exists: true })
            _folder.Delete(recursive: true);
    }
}
