using System.Text;
using static Logits.Data.Database;

namespace Logits.Data;

/// <summary>
/// One or more CSV files with the same header. The head of the first says what the columns are; DuckDB then reads all of them under exactly that
/// description, so that a bad row is an error and never a different guess.
/// </summary>
internal sealed class CsvTable : ITable
{
    private readonly IReadOnlyList<CsvFile> _files;
    private readonly CsvHead _head;

    /// <summary>The blank lines above the header of each file.</summary>
    private readonly int[] _blankLines;

    /// <summary>Numeric columns that are read as text, because a text that stands for a missing value occurs in them.</summary>
    private readonly bool[] _asText;

    /// <exception cref="TableException">A file has no header, two columns of one name, or another header than the first.</exception>
    public CsvTable(string name, IReadOnlyList<CsvFile> files)
    {
        Name = name;
        _files = files;
        _head = CsvHead.Read(files[0]);
        _asText = _head.HasMarkers;
        Columns = [.. _head.Names.Zip(_head.Kinds, (n, k) => new TableColumn(n, k))];
        _blankLines = new int[files.Count];
        _blankLines[0] = _head.BlankLines;
        for (int i = 1; i < files.Count; i++)
        {
            using CsvRecordReader reader = files[i].OpenRecords(_head.Delimiter);
            if (!CsvHead.ReadNames(reader, files[i]).SequenceEqual(_head.Names))
                throw new TableException($"{files[i].Name} has other columns than {files[0].Name}, or in another order. Files that are read together need the same header.");
            _blankLines[i] = (int)reader.Line - 1;
        }
    }

    public string Name { get; }

    public IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Of several files read by one query DuckDB keeps all that it has read of each until it has read the whole file.</summary>
    public int Parts => _files.Count;

    public string Query(int part, IReadOnlyList<ColumnRequest> requests)
    {
        string[] types = new string[Columns.Count];
        Array.Fill(types, "VARCHAR");
        foreach (ColumnRequest request in requests)
            if (request.Kind == ColumnKind.Numeric && !_asText[request.Column])
                types[request.Column] = "DOUBLE";
        StringBuilder sql = new("SELECT ");
        sql.AppendJoin(", ", requests.Select(r => $"c{r.Column}"));
        sql.Append(" FROM read_csv(").Append(QuotePath(_files[part].Path));
        sql.Append(", auto_detect = false, header = true, quote = '\"', escape = '\"', delim = ").Append(Quote(((char)_head.Delimiter).ToString()));
        if (_blankLines[part] > 0)
            sql.Append(", skip = ").Append(_blankLines[part]);
        // Smaller buffers than DuckDB's own 32 MB a thread: a reading then needs less memory, at the same speed.
        sql.Append(", buffer_size = 4000000");
        if (_files[part].IsCompressed)
            sql.Append(", compression = 'gzip'");
        sql.Append(", columns = {").AppendJoin(", ", types.Select((type, c) => $"'c{c}': '{type}'"));
        return sql.Append("})").ToString();
    }

    public string Place(long row)
    {
        long left = row;
        foreach (CsvFile file in _files)
        {
            using CsvRecordReader reader = file.OpenRecords(_head.Delimiter);
            CsvHead.ReadNames(reader, file);
            while (reader.Read())
                if (IsRow(reader) && left-- == 0)
                    return $"{file.Name}, line {reader.Line}";
        }
        return $"{Name}, row {row + 1}";
    }

    public void OnFailure(string error, IReadOnlyList<ColumnRequest> requests)
    {
        bool retyped = false;
        foreach (CsvFile file in _files)
            retyped |= CheckFile(file, requests);
        // DuckDB may refuse a number that is one here (too large, say): reading it as text settles it.
        foreach (ColumnRequest request in retyped ? [] : requests)
            retyped |= ReadAsText(request);
        if (!retyped)
            throw new TableException($"{Name} cannot be read: {FirstLine(error)}.");
    }

    /// <summary>Throws for the first record that cannot be read. Whether a column has to be read as text.</summary>
    private bool CheckFile(CsvFile file, IReadOnlyList<ColumnRequest> requests)
    {
        using CsvRecordReader reader = file.OpenRecords(_head.Delimiter);
        CsvHead.ReadNames(reader, file);
        bool retyped = false;
        while (reader.Read())
        {
            if (!IsRow(reader))
                continue;
            if (reader.Unterminated)
                throw new TableException($"{file.Name}, line {reader.Line}: a quoted field is not closed before the end of the file. Add the missing quote.");
            if (!reader.IsUtf8)
                throw new TableException($"{file.Name}, line {reader.Line} is not UTF-8. Save the file as CSV in UTF-8.");
            if (reader.FieldCount != Columns.Count)
                throw new TableException(
                    $"{file.Name}, line {reader.Line} has {reader.FieldCount} fields where the header has {Columns.Count}. Correct the line, or put fields that hold the delimiter in quotes.");
            foreach (ColumnRequest request in requests)
                if (request.Kind != ColumnKind.Text && !IsReadable(reader.Utf8Field(request.Column), request.Kind, out bool isMarker))
                    if (isMarker)
                        retyped |= ReadAsText(request);
                    else
                        throw NotOfKind(file, reader, request);
        }
        if (reader.OtherLineEnd > 0 && !retyped)
            throw new TableException($"{file.Name}, line {reader.OtherLineEnd} ends in another way than line 1: line ends of Windows and of Unix are mixed. Save the file with one kind.");
        return retyped;
    }

    /// <summary>A blank line is passed over, except in a table of one column, where it is a missing value.</summary>
    private bool IsRow(CsvRecordReader reader) => !reader.IsBlank || Columns.Count == 1;

    private bool ReadAsText(ColumnRequest request)
    {
        if (request.Kind != ColumnKind.Numeric || _asText[request.Column])
            return false;
        return _asText[request.Column] = true;
    }

    private static bool IsReadable(ReadOnlySpan<byte> cell, ColumnKind kind, out bool isMarker)
    {
        isMarker = false;
        if (cell.IsEmpty || CellText.TryRead(kind, cell, out _))
            return true;
        isMarker = CellText.IsMissing(cell);
        return false;
    }

    private TableException NotOfKind(CsvFile file, CsvRecordReader reader, ColumnRequest request)
    {
        string value = reader.Field(request.Column);
        string kind = request.Kind == ColumnKind.Boolean ? "true/false" : "numeric";
        return new TableException(
            $"{file.Name}, line {reader.Line}: '{Columns[request.Column].Name}' is a {kind} column, but holds the text '{TableException.Shorten(value)}' here. " +
            "Correct the value (an empty field is a missing value), or leave the column out with --exclude.");
    }
}
