using System.Text;
using Logits.Rows;

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
    private readonly RowWeights _rowWeights;
    private Tally _withoutLabel;
    private int _next;

    /// <summary>Prepares to read <paramref name="source"/>; columns that the encoding does not use are ignored.</summary>
    /// <param name="source">The table; stays the caller's to dispose.</param>
    /// <param name="encoding">What training learnt.</param>
    /// <param name="strict">Whether a category unseen in training is an error; otherwise it is encoded as the reference and counted.</param>
    /// <param name="withLabels">Whether to read the label column too (to evaluate); rows without a label are left out and counted.</param>
    /// <param name="weights">A column of row weights to read too, or null. Rows of weight 0 are passed over as if they were not there.</param>
    /// <param name="weightsAre">What the weights mean; null takes whole numbers as frequencies and others as importances.</param>
    /// <exception cref="TableException">The table lacks a column.</exception>
    public TableEncoder(
        TableSource source, TableEncoding encoding, bool strict = false, bool withLabels = false, string? weights = null, WeightMeaning? weightsAre = null)
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
        _rowWeights = new RowWeights(source, weights, requests.Count, weightsAre);
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
    public ReadOnlySpan<double> Weights => _rowWeights.AreGiven ? _weights.AsSpan(0, Count) : [];

    /// <summary>What the weights mean, as far as the rows read tell; null without a column of weights.</summary>
    public WeightMeaning? WeightsAre => _rowWeights.AreGiven ? _rowWeights.Meaning : null;

    /// <summary>Rows of the table read so far, left-out ones included.</summary>
    public long RowsRead { get; private set; }

    /// <summary>Rows of the table passed over so far because their weight is 0.</summary>
    public long RowsOfWeightZero { get; private set; }

    /// <summary>Rows left out so far because their label is missing; a row of frequency w is w rows.</summary>
    public long RowsWithoutLabel => _withoutLabel.Count(_rowWeights.Meaning);

    /// <summary>The columns in which categories unseen in training were met so far, with how many values there were; a row of frequency w is w rows.</summary>
    public IReadOnlyList<ColumnCount> UnseenCategories => _encoder.Unseen(_rowWeights.Meaning);

    /// <summary>Where a row of the current batch is for people to find: the file and its line, or the table and the number of the row.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such row in the batch.</exception>
    public string Place(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, Count);
        return _source.Place(_cursor.FirstRow + _rows[row]);
    }

    /// <summary>Reads the next batch. False at the end of the table.</summary>
    /// <exception cref="TableException">
    /// A value is missing where the encoding has no replacement, is not finite, is text in a numeric column, is a category unseen in training (when strict),
    /// or the
    /// label is none of the classes, or a weight is missing, negative or not finite; the message names the line of a CSV or the row of another table, the
    /// column and the value.
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
                if (Keep(_next))
                    Count++;
            RowsRead = _cursor.FirstRow + _next;
        }
        _encoder.Encode(_cursor, _rows.AsSpan(0, Count), Weights, _features.AsSpan(0, Count * _encoder.Features));
        return true;
    }

    /// <summary>Whether a row of the chunk belongs to the batch, which then has it, its label and its weight in the next place.</summary>
    private bool Keep(int row)
    {
        bool isLabelled = _classes is null || !_cursor.IsMissing(_encoder.Requests.Count, row);
        double weight = _rowWeights.Read(_cursor, row, isNeeded: isLabelled);
        if (weight == 0)
            RowsOfWeightZero++;
        else if (!isLabelled)
            _withoutLabel.Add(weight);
        if (weight == 0 || !isLabelled)
            return false;
        _rowWeights.Keep(weight);
        _rows[Count] = row;
        if (_rowWeights.AreGiven)
            _weights[Count] = weight;
        if (_classes is not null)
            _labels[Count] = Label(row);
        return true;
    }

    private int Label(int row)
    {
        ReadOnlySpan<byte> text = _cursor.Text(_encoder.Requests.Count, row);
        int index = ClassNames.Find(_classes!, text);
        if (index < 0)
            throw new TableException(
                $"{_source.Place(_cursor.FirstRow + row)}: the label '{TableException.Shorten(Encoding.UTF8.GetString(text))}' in '{_encoding.Label}' is none of the model's {_encoding.Classes.Count} classes. " +
                "Correct it, or leave it empty to leave out the row.");
        return index;
    }

    /// <summary>Ends the reading.</summary>
    public void Dispose() => _cursor.Dispose();
}
