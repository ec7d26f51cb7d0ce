using System.Data.Common;
using DuckDB.NET.Data;
using DuckDB.NET.Native;
using static Logits.Data.Database;

namespace Logits.Data;

/// <summary>A table to read: files, standard input, a query of a DuckDB database, or what a database reader returns.</summary>
/// <remarks>
/// A table is read twice to train on it. What can be read only once (standard input, a query, a reader) is first copied to a temporary file, which
/// <see cref="Dispose"/> removes; it is never held in memory.
/// </remarks>
public sealed class TableSource : IDisposable
{
    private readonly Database _database;
    private readonly ITable _table;

    private TableSource(Database database, ITable table)
    {
        _database = database;
        _table = table;
    }

    /// <summary>What to call the table in messages: the path as given, or the name of the reader.</summary>
    public string Name => _table.Name;

    /// <summary>
    /// The columns, in the table's order. The kinds of a CSV's columns are told by its first 1,000 rows: a column is numeric where at least nine in ten of its
    /// values are numbers (a text further on is then an error), boolean where all are true or false.
    /// </summary>
    public IReadOnlyList<TableColumn> Columns => _table.Columns;

    /// <summary>Opens .csv, .tsv, .csv.gz, .parquet, .json, .jsonl or .ndjson files.</summary>
    /// <param name="path">A file; a glob of files of one format; "-" for standard input; or a .duckdb file, with <paramref name="query"/>.</param>
    /// <param name="query">A query of a .duckdb file: its result is the table.</param>
    /// <param name="cancellationToken">Ends the opening, which takes long where standard input or a query has to be read to its end.</param>
    /// <exception cref="TableException">There is no such file, its format is unknown, or it cannot be read as a table.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static TableSource Open(string path, string? query = null, CancellationToken cancellationToken = default) =>
        Open(path, query, Console.OpenStandardInput, cancellationToken);

    internal static TableSource Open(string path, string? query, Func<Stream> standardInput, CancellationToken cancellationToken = default) =>
        Open(path, database => path == "-"
            ? OpenStandardInput(database, standardInput, cancellationToken) : OpenFiles(database, path, query), cancellationToken);

    /// <summary>Takes the rows that are left in <paramref name="reader"/>, which stays the caller's to close.</summary>
    /// <param name="reader">Any ADO.NET reader.</param>
    /// <param name="name">What to call the table in messages.</param>
    /// <param name="cancellationToken">Ends the copying.</param>
    /// <exception cref="TableException">A value cannot be read, or two columns have the same name.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static TableSource FromReader(DbDataReader reader, string name, CancellationToken cancellationToken = default) =>
        Open(name, database => ReaderSpool.Copy(database, reader, name, cancellationToken), cancellationToken);

    /// <summary>Where a row (from 0) is for people to find: the file and its line, or the table and the number of the row.</summary>
    internal string Place(long row) => _table.Place(row);

    internal TableCursor Read(IReadOnlyList<ColumnRequest> columns) => new(_database, _table, columns);

    /// <summary>The position of a column, by its exact name.</summary>
    /// <exception cref="TableException">There is no such column; the message suggests the nearest name.</exception>
    internal int IndexOf(string column, string role)
    {
        for (int c = 0; c < Columns.Count; c++)
            if (Columns[c].Name == column)
                return c;
        throw new TableException($"{Name} has no {role} '{column}'. {NearestName.Suggest(column, Columns.Select(c => c.Name))}");
    }

    /// <summary>Closes the table and removes what it kept in temporary files.</summary>
    public void Dispose() => _database.Dispose();

    private static TableSource Open(string name, Func<Database, ITable> open, CancellationToken cancellationToken)
    {
        Database database = new();
        try
        {
            using CancellationTokenRegistration interruption = cancellationToken.Register(database.Interrupt);
            return new TableSource(database, open(database));
        }
        catch (DuckDBException error)
        {
            database.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            throw new TableException($"{name} cannot be read: {FirstLine(error.Message)}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            database.Dispose();
            throw new TableException($"{name} cannot be read: {error.Message}", error);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    private static ITable OpenFiles(Database database, string path, string? query)
    {
        (IReadOnlyList<string> files, TableFormat format) = TableFiles.Find(database, path);
        if (format == TableFormat.DuckDb)
            return OpenQuery(database, path, query ?? throw new TableException($"{path} is a database: say which rows to read with --query \"select …\"."));
        if (query is not null)
            throw new TableException($"{path} is not a database: --query is for .duckdb files.");
        return OpenFiles(database, path, files, format);
    }

    private static ITable OpenFiles(Database database, string name, IReadOnlyList<string> files, TableFormat format)
    {
        if (files.Count == 1 && new FileInfo(files[0]).Length == 0)
            throw new TableException($"{name} is empty. A table needs column names, and rows below them.");
        if (format == TableFormat.Csv)
            return new CsvTable(name, [.. files.Select(f => new CsvFile(f, files.Count == 1 ? name : f))]);
        string list = $"[{string.Join(", ", files.Select(QuotePath))}]";
        string relation = format == TableFormat.Parquet ? $"read_parquet({list})" : $"read_json_auto({list}, sample_size = -1)";
        return new RelationTable(name, relation, database.Describe(relation));
    }

    private static RelationTable OpenQuery(Database database, string path, string query)
    {
        database.Execute($"ATTACH {Quote(path)} AS source (READ_ONLY)");
        database.Execute("USE source");
        query = query.TrimEnd().TrimEnd(';');
        try
        {
            database.AttachSpool(database.Describe($"({query}\n)").Count);
            Copy(database, query);
        }
        catch (DuckDBException error)
        {
            throw new TableException($"The query on {path} failed: {FirstLine(error.Message)}.", error);
        }
        return new RelationTable(path, "spool.main.rows", database.Describe("spool.main.rows"));
    }

    private static void Copy(Database database, string query)
    {
        string sql = $"CREATE TABLE spool.main.rows AS {query}";
        try
        {
            database.Execute(sql);
        }
        catch (DuckDBException error) when (error.ErrorType == DuckDBErrorType.OutOfMemory)
        {
            // A join or a sort that needs more may have more.
            database.LiftMemoryLimit();
            database.Execute(sql);
        }
    }

    private static ITable OpenStandardInput(Database database, Func<Stream> standardInput, CancellationToken cancellationToken)
    {
        string file = Path.Combine(database.Folder, "input");
        using (FileStream copy = File.Create(file))
        using (Stream input = standardInput())
            // A read that waits for input cannot be cancelled, but need not be waited for.
            Task.Run(() => Copy(input, copy, cancellationToken), CancellationToken.None).WaitAsync(cancellationToken).GetAwaiter().GetResult();
        (string extension, TableFormat format) = FormatOfContent(file);
        File.Move(file, file + extension);
        return OpenFiles(database, "standard input", [file + extension], format);
    }

    private static void Copy(Stream input, Stream copy, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 16];
        for (int read = input.Read(buffer); read > 0 && !cancellationToken.IsCancellationRequested; read = input.Read(buffer))
            copy.Write(buffer, 0, read);
    }

    private static (string Extension, TableFormat Format) FormatOfContent(string file)
    {
        Span<byte> head = stackalloc byte[4];
        using FileStream stream = File.OpenRead(file);
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        return head.StartsWith("PAR1"u8) ? (".parquet", TableFormat.Parquet)
            : head.StartsWith([(byte)0x1F, (byte)0x8B]) ? (".csv.gz", TableFormat.Csv)
            : head.TrimStart(" \r\n\t"u8) is [(byte)'{' or (byte)'[', ..] ? (".json", TableFormat.Json)
            : (".csv", TableFormat.Csv);
    }
}
