using System.Text;
using Logits.Rows;

namespace Logits.Data;

/// <summary>Turns rows of a table into rows of a design matrix, in the table's units.</summary>
internal sealed class FeatureEncoder
{
    private readonly TableSource _source;
    private readonly TableEncoding _encoding;
    private readonly bool _strict;
    private readonly LevelDictionary?[] _levels;
    private readonly Tally[] _unseen;

    /// <exception cref="TableException">The table lacks a column, or has dates or the like in it.</exception>
    public FeatureEncoder(TableSource source, TableEncoding encoding, bool strict)
    {
        _source = source;
        _encoding = encoding;
        _strict = strict;
        _levels = [.. encoding.Columns.Select(c => c.Kind == ColumnKind.Text ? new LevelDictionary(c.Levels) : null)];
        _unseen = new Tally[encoding.Columns.Count];
        Requests = [.. encoding.Columns.Select(Request)];
    }

    /// <summary>d, the features of a row.</summary>
    public int Features => _encoding.FeatureNames.Count;

    /// <summary>What a cursor has to read, in the order of the encoding's columns.</summary>
    public IReadOnlyList<ColumnRequest> Requests { get; }

    /// <summary>How many rows of d doubles fit into a cache of the processor.</summary>
    public int BatchRows => Math.Clamp((1 << 16) / Features, 1, 2048);

    /// <summary>How many categories unseen in training were met so far, by column.</summary>
    public IReadOnlyList<ColumnCount> Unseen(WeightMeaning meaning) =>
        [.. _encoding.Columns.Select((c, i) => new ColumnCount(c.Name, _unseen[i].Count(meaning))).Where(c => c.Count > 0)];

    /// <summary>Encodes rows of the cursor's current chunk.</summary>
    /// <param name="cursor">A cursor that reads <see cref="Requests"/> first.</param>
    /// <param name="rows">m positions in the chunk.</param>
    /// <param name="weights">The rows' weights, or none.</param>
    /// <param name="features">Receives m×d, row-major.</param>
    public void Encode(TableCursor cursor, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, Span<double> features)
    {
        features.Clear();
        int feature = 0;
        for (int c = 0; c < Requests.Count; c++)
        {
            ColumnEncoding column = _encoding.Columns[c];
            if (column.Kind == ColumnKind.Text)
                EncodeText(cursor, c, column, rows, weights, features[feature..]);
            else
                EncodeNumbers(cursor, c, column, rows, features[feature..]);
            feature += column.FeatureCount;
        }
    }

    private ColumnRequest Request(ColumnEncoding column)
    {
        int position = _source.IndexOf(column.Name, "column");
        ColumnKind kind = _source.Columns[position].Kind;
        if (kind is ColumnKind.Date or ColumnKind.Other)
            throw new TableException(
                $"{_source.Name}: the column '{column.Name}' holds {(kind == ColumnKind.Date ? "dates or times" : "lists or structures")}, but was {KindName(column.Kind)} in training.");
        return new ColumnRequest(position, column.Kind);
    }

    private void EncodeNumbers(TableCursor cursor, int c, ColumnEncoding column, ReadOnlySpan<int> rows, Span<double> features)
    {
        ReadOnlySpan<double> numbers = cursor.Numbers(c);
        bool mayMiss = cursor.MayMiss(c);
        for (int i = 0; i < rows.Length; i++)
        {
            if (mayMiss && cursor.IsMissing(c, rows[i]))
            {
                Fill(column, cursor.FirstRow + rows[i], features[(i * Features)..]);
                continue;
            }
            double value = numbers[rows[i]];
            if (!double.IsFinite(value))
                throw NotFinite(_source, column.Name, cursor.FirstRow + rows[i], value);
            features[i * Features] = value;
        }
    }

    private void EncodeText(TableCursor cursor, int c, ColumnEncoding column, ReadOnlySpan<int> rows, ReadOnlySpan<double> weights, Span<double> features)
    {
        LevelDictionary levels = _levels[c]!;
        for (int i = 0; i < rows.Length; i++)
        {
            if (cursor.IsMissing(c, rows[i]))
            {
                Fill(column, cursor.FirstRow + rows[i], features[(i * Features)..]);
                continue;
            }
            ReadOnlySpan<byte> text = cursor.Text(c, rows[i]);
            int level = levels.Find(text);
            if (level > 0)
                features[i * Features + level - 1] = 1;
            else if (level < 0)
                CountUnseen(c, text, cursor.FirstRow + rows[i], weights.IsEmpty ? 1 : weights[i]);
        }
    }

    private void Fill(ColumnEncoding column, long row, Span<double> features)
    {
        if (column.Fill.Count < column.ValueFeatures)
            throw new TableException(
                $"{_source.Place(row)}: '{column.Name}' is missing, and the model was trained without a replacement for it. " +
                "Fill the value, or train with --missing mean or --missing indicator.");
        for (int j = 0; j < column.ValueFeatures; j++)
            features[j] = column.Fill[j];
        if (column.MissingIndicator)
            features[column.ValueFeatures] = 1;
    }

    private void CountUnseen(int c, ReadOnlySpan<byte> text, long row, double weight)
    {
        if (_strict)
            throw new TableException(
                $"{_source.Place(row)}: '{_encoding.Columns[c].Name}' holds '{TableException.Shorten(Encoding.UTF8.GetString(text))}', a category that training did not see. " +
                "Correct the value, or leave out --strict to treat it as the reference.");
        _unseen[c].Add(weight);
    }

    public static TableException NotFinite(TableSource source, string column, long row, double value) =>
        new($"{source.Place(row)}: '{column}' is {(double.IsNaN(value) ? "not a number (NaN)" : "infinite")}. " +
            "Correct the value, or leave the field empty to treat it as missing.");

    private static string KindName(ColumnKind kind) => kind switch
    {
        ColumnKind.Text => "a text",
        ColumnKind.Boolean => "true or false",
        _ => "a number",
    };
}
