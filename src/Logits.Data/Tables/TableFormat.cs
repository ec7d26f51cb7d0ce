namespace Logits.Data;

/// <summary>What a file is, told by its name.</summary>
internal enum TableFormat
{
    Csv,
    Parquet,
    Json,
    DuckDb,
}
