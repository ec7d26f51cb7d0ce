using System.Text;
using System.Text.Unicode;

namespace Logits.Data;

/// <summary>
/// Reads the records of a CSV (RFC 4180) one after another and keeps count of lines. It looks at the head of a file, to find names and types before DuckDB
/// reads the whole in parallel, and it finds the place of an error afterwards.
/// </summary>
internal sealed class CsvRecordReader(Stream stream, byte delimiter) : IDisposable
{
    private readonly byte[] _input = new byte[1 << 16];
    private readonly List<(int Start, int Length)> _fields = [];
    private byte[] _record = new byte[1 << 10];
    private int _length;
    private int _position;
    private int _filled;
    private long _nextLine = 1;

    /// <summary>The line (from 1) on which the current record starts.</summary>
    public long Line { get; private set; }

    /// <summary>Whether the file ended inside a quoted field of the current record.</summary>
    public bool Unterminated { get; private set; }

    /// <summary>The first line that does not end as the first line does (line feed, or carriage return and line feed); 0 while there is none.</summary>
    public long OtherLineEnd { get; private set; }

    private bool? _windowsLineEnds;

    public int FieldCount => _fields.Count;

    /// <summary>Whether the current record is a line without a character.</summary>
    public bool IsBlank => FieldCount == 1 && _length == 0;

    /// <summary>A field of the current record, without its quotes.</summary>
    public ReadOnlySpan<byte> Utf8Field(int index) => _record.AsSpan(_fields[index].Start, _fields[index].Length);

    /// <summary>A field of the current record, without its quotes; bytes that are not UTF-8 become U+FFFD.</summary>
    public string Field(int index) => Encoding.UTF8.GetString(Utf8Field(index));

    /// <summary>Whether the current record is UTF-8 throughout.</summary>
    public bool IsUtf8 => Utf8.IsValid(_record.AsSpan(0, _length));

    /// <summary>Reads the next record, blank lines included. False at the end.</summary>
    public bool Read()
    {
        if (Line == 0)
            SkipByteOrderMark();
        _fields.Clear();
        _length = 0;
        Line = _nextLine;
        if (Peek() < 0)
            return false;
        while (true)
        {
            int start = _length;
            if (Peek() == '"')
                ReadQuoted();
            else
                while (Peek() is >= 0 and not '\n' and not '\r' && Peek() != delimiter)
                    Append(Next());
            _fields.Add((start, _length - start));
            int stop = Next();
            if (stop == delimiter)
                continue;
            if (stop >= 0)
                EndLine(stop);
            return true;
        }
    }

    private void ReadQuoted()
    {
        Next();
        while (true)
        {
            int b = Next();
            if (b < 0)
            {
                Unterminated = true;
                return;
            }
            if (b == '"')
            {
                if (Peek() != '"')
                    break;
                Next();
            }
            if (b == '\n')
                _nextLine++;
            Append(b);
        }
        // Text after a closing quote is not RFC 4180; it is kept, so that the count of fields still holds.
        while (Peek() is >= 0 and not '\n' and not '\r' && Peek() != delimiter)
            Append(Next());
    }

    private void EndLine(int stop)
    {
        bool windows = stop == '\r' && Peek() == '\n';
        if (windows)
            Next();
        _windowsLineEnds ??= windows;
        if (OtherLineEnd == 0 && windows != _windowsLineEnds)
            OtherLineEnd = _nextLine;
        _nextLine++;
    }

    private void Append(int b)
    {
        if (_length == _record.Length)
            Array.Resize(ref _record, _length * 2);
        _record[_length++] = (byte)b;
    }

    private int Next()
    {
        int b = Peek();
        _position++;
        return b;
    }

    private int Peek()
    {
        if (_position >= _filled)
        {
            _position = 0;
            _filled = stream.Read(_input);
            if (_filled == 0)
                return -1;
        }
        return _input[_position];
    }

    private void SkipByteOrderMark()
    {
        _filled = stream.ReadAtLeast(_input, 3, throwOnEndOfStream: false);
        if (_input.AsSpan(0, _filled).StartsWith(Encoding.UTF8.Preamble))
            _position = 3;
    }

    public void Dispose() => stream.Dispose();
}
