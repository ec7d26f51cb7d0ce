using System.Text;

namespace Logits.Cli;

/// <summary>
/// Writes predictions as CSV: the class of the largest logit (the first of equals), and with probabilities the softmax of the logits, in the fewest digits that
/// read back as the same numbers.
/// </summary>
internal sealed class PredictionWriter
{
    private const int LongestNumber = 32;

    private readonly Stream _stream;
    private readonly byte[][] _names;
    private readonly double[]? _probabilities;
    private byte[] _buffer = new byte[1 << 16];
    private int _filled;

    public PredictionWriter(Stream stream, IReadOnlyList<string> classes, bool probabilities)
    {
        _stream = stream;
        _names = [.. classes.Select(name => Encoding.UTF8.GetBytes(Csv.Field(name)))];
        _probabilities = probabilities ? new double[classes.Count] : null;
        Add("prediction"u8);
        if (probabilities)
            foreach (string name in classes)
                Add(Encoding.UTF8.GetBytes("," + Csv.Field("p_" + name)));
        Add("\n"u8);
    }

    /// <summary>Rows written so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Writes whole rows of K logits.</summary>
    public void Write(ReadOnlySpan<double> logits)
    {
        for (; !logits.IsEmpty; logits = logits[_names.Length..], Rows++)
        {
            ReadOnlySpan<double> row = logits[.._names.Length];
            int largest = 0;
            for (int k = 1; k < row.Length; k++)
                if (row[k] > row[largest])
                    largest = k;
            Add(_names[largest]);
            if (_probabilities is not null)
            {
                LogPartition.Softmax(row, _probabilities);
                foreach (double p in _probabilities)
                    Add(p);
            }
            Add("\n"u8);
        }
    }

    public void Flush()
    {
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
        _stream.Flush();
    }

    private void Add(double value)
    {
        Reserve(1 + LongestNumber);
        _buffer[_filled++] = (byte)',';
        value.TryFormat(_buffer.AsSpan(_filled), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
        _filled += written;
    }

    private void Add(ReadOnlySpan<byte> text)
    {
        Reserve(text.Length);
        text.CopyTo(_buffer.AsSpan(_filled));
        _filled += text.Length;
    }

    private void Reserve(int length)
    {
        if (_filled + length <= _buffer.Length)
            return;
        _stream.Write(_buffer, 0, _filled);
        _filled = 0;
        if (length > _buffer.Length)
            _buffer = new byte[length];
    }
}
