using System.IO.Compression;

namespace Logits.Data;

/// <summary>One CSV or TSV file, perhaps compressed by gzip.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What to call it in messages.</param>
internal sealed record CsvFile(string Path, string Name)
{
    public bool IsCompressed => Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);

    public bool IsTsv => Path.Contains(".tsv", StringComparison.OrdinalIgnoreCase);

    public CsvRecordReader OpenRecords(byte delimiter)
    {
        Stream stream = File.OpenRead(Path);
        return new CsvRecordReader(IsCompressed ? new GZipStream(stream, CompressionMode.Decompress) : stream, delimiter);
    }
}
