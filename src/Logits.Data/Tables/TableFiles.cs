using DuckDB.NET.Data;

namespace Logits.Data;

/// <summary>The files a path stands for, checked before DuckDB sees them.</summary>
internal static class TableFiles
{
    private const string Formats = ".csv, .tsv, .csv.gz, .parquet, .json, .jsonl or .ndjson file, a glob of these, or a .duckdb file with a query";

    /// <summary>The files of a path or a glob, in ordinal order, all of one format and readable.</summary>
    public static (IReadOnlyList<string> Files, TableFormat Format) Find(Database database, string path)
    {
        if (Directory.Exists(path))
            throw new TableException($"{path} is a directory. Name a file, or a glob such as {Path.Combine(path, "*.csv")}.");
        List<string> files = File.Exists(path) ? [path] : Glob(database, path);
        TableFormat format = FormatOf(files[0]);
        foreach (string file in files)
        {
            if (FormatOf(file) != format)
                throw new TableException($"{path} matches files of different formats, {files[0]} and {file}. Read one format at a time.");
            CheckReadable(file);
        }
        return (files, format);
    }

    private static List<string> Glob(Database database, string path)
    {
        if (path.AsSpan().IndexOfAny('*', '?', '[') < 0)
            throw new TableException($"There is no file {path}.{SimilarFile(path)}");
        List<string> files;
        try
        {
            files = database.Strings($"SELECT file FROM glob({Database.Quote(path)})");
        }
        catch (DuckDBException error)
        {
            throw new TableException($"No file matches {path}: {Database.FirstLine(error.Message)}.", error);
        }
        if (files.Count == 0)
            throw new TableException($"No file matches {path}.");
        files.Sort(StringComparer.Ordinal);
        return files;
    }

    private static string SimilarFile(string path)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            return $" Nor is there a folder {folder}.";
        string name = Path.GetFileName(path);
        try
        {
            string? nearest = Directory.EnumerateFiles(folder).Select(f => Path.GetFileName(f)).MinBy(f => NearestName.EditDistance(name, f));
            return nearest is not null && NearestName.EditDistance(name, nearest) <= Math.Max(2, name.Length / 3)
                ? $" Did you mean {Path.Combine(Path.GetDirectoryName(path)!, nearest)}?" : "";
        }
        catch (UnauthorizedAccessException)
        {
            return "";
        }
    }

    private static TableFormat FormatOf(string path)
    {
        string name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return Path.GetExtension(name).ToLowerInvariant() switch
        {
            ".csv" or ".tsv" or ".txt" => TableFormat.Csv,
            ".json" or ".jsonl" or ".ndjson" => TableFormat.Json,
            ".parquet" when name == path => TableFormat.Parquet,
            ".duckdb" or ".db" or ".ddb" when name == path => TableFormat.DuckDb,
            _ => throw new TableException($"{path} is of no known format. A table is a {Formats}."),
        };
    }

    private static void CheckReadable(string file)
    {
        try
        {
            File.OpenRead(file).Dispose();
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TableException($"There is no permission to read {file}. Change its permissions, or copy it to where you may read it.", error);
        }
        catch (IOException error)
        {
            throw new TableException($"{file} cannot be opened: {error.Message}", error);
        }
    }
}
