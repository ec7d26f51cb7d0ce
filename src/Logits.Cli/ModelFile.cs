using Logits.Data;

namespace Logits.Cli;

/// <summary>Where a model is written.</summary>
internal static class ModelFile
{
    public const string Extension = ".logits.json";

    private static readonly string[] TableExtensions = [".gz", ".csv", ".tsv", ".parquet", ".jsonl", ".ndjson", ".json", ".duckdb"];

    /// <summary>The table's name with <see cref="Extension"/>, in the current folder.</summary>
    public static string DefaultFor(string table)
    {
        string name = Path.GetFileName(table);
        foreach (string extension in TableExtensions)
            if (name.EndsWith(extension, StringComparison.OrdinalIgnoreCase))
                name = name[..^extension.Length];
        name = string.Concat(name.Split('*', '?', '[', ']')).Trim('-', '_', '.', ' ');
        return (name.Length > 0 ? name : "model") + Extension;
    }

    /// <summary>Finds out before a long fit what would only show after it.</summary>
    /// <exception cref="TableException">A file cannot be made there.</exception>
    public static void CheckWritable(string path)
    {
        if (Directory.Exists(path))
            throw new TableException($"The model cannot be written to {path}: that is a folder. Name a file with --out.");
        string folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        if (!Directory.Exists(folder))
            throw new TableException($"The model cannot be written to {path}: there is no folder {folder}. Make it, or name another file with --out.");
        try
        {
            string probe = Path.Combine(folder, $".{Path.GetRandomFileName()}");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            throw new TableException($"The model cannot be written to {path}: no file can be made in {folder}. Name another place with --out.", e);
        }
    }
}
