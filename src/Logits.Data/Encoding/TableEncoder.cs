using System.Text;

namespace Logits.Data;

/// <summary>
/// Streams a table through an encoding, a batch of rows at a time, in the table's own units: what a <see cref="ModelDocument"/>'s model takes. Memory does not
/// grow with the table.
/// </summary>
public sealed class TableEncoder : IDisposable
{
    private readonly TableSource _source;
    private readonly TableEncoding _encoding;
    private readonly FeatureEncoder _encoder;
    private readonly TableCursor _cursor;
    private readonly LevelDictionary? _classes;
    private readonly double[] _features;
    private readonly int[] _rows;
    private readonly int[] _labels;
    private readonly double[] _weights;
    private readonly string? _weightColumn;
    private readonly int _weightRequest;
    private int _next;

    /// <summary>Prepares to read <paramref name="source"/>; columns that the encoding does not use are ignored.</summary>
    /// <param name="source">The table; stays the caller's to dispose.</param>
    /// <param name="encoding">What training learnt.</param>
    /// <param name="strict">Whether a category unseen in training is an error; otherwise it is encoded as the reference and counted.</param>
    /// <param name="withLabels">Whether to read the label column too (to evaluate); rows without a label are left out and counted.</param>
    /// <param name="weights">A column of row weights to read too, or null.</param>
    /// <exception cref="TableException">The table lacks a column.</exception>
    public TableEncoder(TableSource source, TableEncoding encoding, bool strict = false, bool withLabels = false, string? weights = null)
    {
        _source = source;
        _encoding = encoding;
        _encoder = new FeatureEncoder(source, encoding, strict);
        List<ColumnRequest> requests = [.. _encoder.Requests];
        if (withLabels)
        {
            requests.Add(new ColumnRequest(source.IndexOf(encoding.Label, "label column"), ColumnKind.Text));
            _classes = new LevelDictionary(encoding.Classes);
        }
        _weightColumn = weights;
        _weightRequest = requests.Count;
        if (weights is not null)
            requests.Add(new ColumnRequest(source.IndexOf(weights, "weight column"), ColumnKind.Numeric));
        _cursor = source.Read(requests);
        _rows = new int[_encoder.BatchRows];
        _labels = new int[withLabels ? _rows.Length : 0];
        _weights = new double[weights is not null ? _rows.Length : 0];
        _features = new double[_rows.Length * _encoder.Features];
    }

    /// <summary>The rows in the current batch.</summary>
    public int Count { get; private set; }

    /// <summary>The current batch, <see cref="Count"/> × d row-major, in the table's units; valid until the next <see cref="ReadBatch"/>.</summary>
    public ReadOnlySpan<double> Rows => _features.AsSpan(0, Count * _encoder.Features);

    /// <summary>The class indices of the current batch; empty without labels.</summary>
    public ReadOnlySpan<int> Labels => _classes is null ? [] : _labels.AsSpan(0, Count);

    /// <summary>The weights of the current batch; empty without a column of weights.</summary>
    public ReadOnlySpan<double> Weights => _weightColumn is null ? [] : _weights.AsSpan(0, Count);

    /// <summary>Rows of the table read so far, left-out ones included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows left out so far because their label is missing.</summary>
    public long RowsWithoutLabel { get; private set; }

    /// <summary>The columns in which categories unseen in training were met so far, with how many values there were.</summary>
    public IReadOnlyList<ColumnCount> UnseenCategories => _encoder.Unseen;

    /// <summary>Reads the next batch. False at the end of the table.</summary>
    /// <exception cref="TableException">
    /// A value is missing where the encoding has no replacement, is not finite, is text in a numeric column, is a category unseen in training (when strict), or the
    /// label is none of the classes, or a weight is missing, negative or not finite; the message names the line of a CSV or the row of another table, the column and the value.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public bool ReadBatch(CancellationToken cancellationToken = default)
    {
        Count = 0;
        while (Count == 0)
        {
            if (_next >= _cursor.Count)
            {
                if (!_cursor.Read(cancellationToken))
                    return false;
                _next = 0;
            }
            for (; _next < _cursor.Count && Count < _rows.Length; _next++)
                if (_classes is null || ReadLabel(_next))
                    _rows[Count++] = _next;
            RowsRead = _cursor.FirstRow + _next;
        }
        if (_weightColumn is not null)
            for (int i = 0; i < Count; i++)
                _weights[i] = RowWeight.Read(_source, _cursor, _weightRequest, _rows[i], _weightColumn);
        _encoder.Encode(_cursor, _rows.AsSpan(0, Count), _features.AsSpan(0, Count * _encoder.Features));
        return true;
    }

    private bool ReadLabel(int row)
    {
        int request = _encoder.Requests.Count;
        if (_cursor.IsMissing(request, row))
        {
            RowsWithoutLabel++;
            return false;
        }
        ReadOnlySpan<byte> text = _cursor.Text(request, row);
        int index = ClassNames.Find(_classes!, text);
        if (index < 0)
            throw new TableException(
                $"{_source.Place(_cursor.FirstRow + row)}: the label '{TableException.Shorten(Encoding.UTF8.GetString(text))}' in '{_encoding.Label}' is none of the model's {_encoding.Classes.Count} classes. " +
                "Correct it, or leave it empty to leave out the row.");
        _labels[Count] = index;
        return true;
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose() => _cursor.Dispose();
}
