namespace Logits.Data;

/// <summary>
/// Streams a table through an encoding, a batch of rows at a time, in the table's own units: what a <see cref="ModelDocument"/>'s model takes. Memory does not
/// grow with the table.
/// </summary>
public sealed class TableEncoder : IDisposable
{
    /// <summary>Prepares to read <paramref name="source"/>; columns that the encoding does not use are ignored.</summary>
    /// <param name="source">The table; stays the caller's to dispose.</param>
    /// <param name="encoding">What training learnt.</param>
    /// <param name="strict">Whether a category unseen in training is an error; otherwise it is encoded as the reference and counted.</param>
    /// <param name="withLabels">Whether to read the label column too (to evaluate); rows without a label are left out and counted.</param>
    /// <exception cref="TableException">The table lacks a column.</exception>
    public TableEncoder(TableSource source, TableEncoding encoding, bool strict = false, bool withLabels = false)
    {
    }

    /// <summary>The rows in the current batch.</summary>
    public int Count { get; private set; }

    /// <summary>The current batch, <see cref="Count"/> × d row-major, in the table's units; valid until the next <see cref="ReadBatch"/>.</summary>
    public ReadOnlySpan<double> Rows => default;

    /// <summary>The class indices of the current batch; empty without labels.</summary>
    public ReadOnlySpan<int> Labels => default;

    /// <summary>Rows of the table read so far, left-out ones included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows left out so far because their label is missing.</summary>
    public long RowsWithoutLabel { get; private set; }

    /// <summary>The columns in which categories unseen in training were met so far, with how many values there were.</summary>
    public IReadOnlyList<ColumnCount> UnseenCategories => [];

    /// <summary>Reads the next batch. False at the end of the table.</summary>
    /// <exception cref="TableException">
    /// A value is missing where the encoding has no replacement, is not finite, is text in a numeric column, is a category unseen in training (when strict), or the
    /// label is none of the classes; the message names row, column and value.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public bool ReadBatch(CancellationToken cancellationToken = default) => throw new NotImplementedException();

    /// <summary>Ends the reading.</summary>
    public void Dispose() { }
}
