using DuckDB.NET.Native;
using static DuckDB.NET.Native.NativeMethods;

namespace Logits.Data;

/// <summary>
/// Goes through a table in chunks of columns, in the order of its rows. Numbers and texts are read where DuckDB put them: no cell becomes an object.
/// </summary>
internal sealed unsafe class TableCursor : IDisposable
{
    private readonly Database _database;
    private readonly ITable _table;
    private readonly ColumnRequest[] _requests;
    private readonly Column[] _columns;
    private DuckDBPreparedStatement? _statement;
    private DuckDBResult _result;
    private DuckDBDataChunk? _chunk;
    private int _part;
    private long _partStart;

    public TableCursor(Database database, ITable table, IReadOnlyList<ColumnRequest> requests)
    {
        _database = database;
        _table = table;
        _requests = [.. requests];
        _columns = new Column[_requests.Length];
        for (int i = 0; i < _columns.Length; i++)
            _columns[i] = new Column();
    }

    /// <summary>The rows of the current chunk.</summary>
    public int Count { get; private set; }

    /// <summary>The number, from 0, of the current chunk's first row.</summary>
    public long FirstRow { get; private set; }

    /// <summary>Moves on to the next chunk. False at the end.</summary>
    /// <exception cref="TableException">The table cannot be read.</exception>
    public bool Read(CancellationToken cancellationToken)
    {
        long next = FirstRow + Count;
        while (_part < _table.Parts)
        {
            if (Fetch(next, cancellationToken) is string error)
                _table.OnFailure(error, _requests);
            else if (Count > 0)
            {
                FirstRow = next;
                return true;
            }
            else
            {
                _part++;
                _partStart = next;
            }
            Close();
        }
        (FirstRow, Count) = (next, 0);
        return false;
    }

    /// <summary>The numbers of a requested column; what stands where one is missing is not defined.</summary>
    public ReadOnlySpan<double> Numbers(int request)
    {
        Column column = _columns[request];
        return column.Parsed is null ? new ReadOnlySpan<double>(column.Data, Count) : column.Parsed.AsSpan(0, Count);
    }

    /// <summary>Whether some value of the column may be missing in this chunk.</summary>
    public bool MayMiss(int request) => !Validity(request).IsEmpty;

    /// <summary>Whether a value is missing.</summary>
    public bool IsMissing(int request, int row)
    {
        ReadOnlySpan<ulong> validity = Validity(request);
        return !validity.IsEmpty && (validity[row >> 6] >> row & 1) == 0;
    }

    /// <summary>The text of a requested column in a row, valid until the next <see cref="Read"/>.</summary>
    public ReadOnlySpan<byte> Text(int request, int row) => TextAt(_columns[request], row);

    private ReadOnlySpan<ulong> Validity(int request)
    {
        Column column = _columns[request];
        return column.Parsed is not null ? column.ParsedValidity
            : column.Validity == null ? []
            : new ReadOnlySpan<ulong>(column.Validity, (Count + 63) / 64);
    }

    /// <summary>
    /// Fetches the chunk that starts at row <paramref name="next"/>, starting the query where needed; none at the end of a part. An error message, or null.
    /// </summary>
    private string? Fetch(long next, CancellationToken cancellationToken)
    {
        if (_statement is null && Start(next) is string failure)
            return failure;
        cancellationToken.ThrowIfCancellationRequested();
        _chunk?.Dispose();
        _chunk = StreamingResult.DuckDBStreamFetchChunk(_result);
        Count = _chunk.IsInvalid ? 0 : (int)DataChunks.DuckDBDataChunkGetSize(_chunk);
        if (Count > 0)
            return Locate(next);
        string? error = NativeMethods.Query.DuckDBResultError(ref _result);
        return string.IsNullOrEmpty(error) ? null : error;
    }

    private string? Start(long firstRow)
    {
        string sql = _table.Query(_part, _requests);
        if (firstRow > _partStart)
            sql += $" OFFSET {firstRow - _partStart}";
        if (PreparedStatements.DuckDBPrepare(_database.Connection.NativeConnection, sql, out _statement) != DuckDBState.Success)
            return PreparedStatements.DuckDBPrepareError(_statement);
        if (PreparedStatements.DuckDBExecutePreparedStreaming(_statement, out _result) != DuckDBState.Success)
            return NativeMethods.Query.DuckDBResultError(ref _result);
        for (int i = 0; i < _columns.Length; i++)
            _columns[i].Type = NativeMethods.Query.DuckDBColumnType(ref _result, i);
        return null;
    }

    /// <summary>Finds where the chunk's values are, and reads the numbers that are not doubles yet. An error message, or null.</summary>
    private string? Locate(long firstRow)
    {
        for (int i = 0; i < _columns.Length; i++)
        {
            Column column = _columns[i];
            nint vector = DataChunks.DuckDBDataChunkGetVector(_chunk!, i);
            column.Data = (byte*)Vectors.DuckDBVectorGetData(vector);
            column.Validity = Vectors.DuckDBVectorGetValidity(vector);
            column.Parsed = null;
            if (_requests[i].Kind == ColumnKind.Text || column.Type == DuckDBType.Double)
                continue;
            int bad = column.Type == DuckDBType.Boolean ? ReadBooleans(column) : ReadTexts(column, _requests[i].Kind);
            if (bad >= 0)
            {
                string name = _table.Columns[_requests[i].Column].Name;
                string text = System.Text.Encoding.UTF8.GetString(TextAt(column, bad));
                return $"row {firstRow + bad + 1} of '{name}' holds the text '{TableException.Shorten(text)}' where a {(_requests[i].Kind == ColumnKind.Boolean ? "true or false" : "number")} is needed";
            }
        }
        return null;
    }

    private int ReadBooleans(Column column)
    {
        double[] numbers = column.BeginParsing(Count);
        for (int row = 0; row < Count; row++)
            numbers[row] = column.Data[row] != 0 ? 1 : 0;
        return -1;
    }

    private int ReadTexts(Column column, ColumnKind kind)
    {
        double[] numbers = column.BeginParsing(Count);
        for (int row = 0; row < Count; row++)
        {
            if ((column.ParsedValidity![row >> 6] >> row & 1) == 0)
                continue;
            ReadOnlySpan<byte> text = TextAt(column, row);
            if (CellText.TryRead(kind, text, out numbers[row]))
                continue;
            if (!CellText.IsMissing(text))
                return row;
            column.ParsedValidity[row >> 6] &= ~(1ul << (row & 63));
        }
        return -1;
    }

    /// <summary>A string of DuckDB is 16 bytes: a length, then up to 12 bytes in place, or a prefix of 4 and a pointer.</summary>
    private static ReadOnlySpan<byte> TextAt(Column column, int row)
    {
        byte* text = column.Data + 16L * row;
        int length = *(int*)text;
        return length <= 12 ? new ReadOnlySpan<byte>(text + 4, length) : new ReadOnlySpan<byte>(*(byte**)(text + 8), length);
    }

    private void Close()
    {
        _chunk?.Dispose();
        _chunk = null;
        if (_statement is null)
            return;
        NativeMethods.Query.DuckDBDestroyResult(ref _result);
        _result = default;
        _statement.Dispose();
        _statement = null;
    }

    public void Dispose() => Close();

    private sealed class Column
    {
        private double[] _scratch = [];
        private ulong[] _scratchValidity = [];

        public DuckDBType Type;
        public byte* Data;
        public ulong* Validity;
        public double[]? Parsed;
        public ulong[]? ParsedValidity => Parsed is null ? null : _scratchValidity;

        /// <summary>Makes room for numbers read from this chunk, missing where they are missing in it.</summary>
        public double[] BeginParsing(int count)
        {
            if (_scratch.Length < count)
            {
                _scratch = new double[count];
                _scratchValidity = new ulong[(count + 63) / 64];
            }
            if (Validity == null)
                Array.Fill(_scratchValidity, ulong.MaxValue);
            else
                new ReadOnlySpan<ulong>(Validity, (count + 63) / 64).CopyTo(_scratchValidity);
            return Parsed = _scratch;
        }
    }
}
