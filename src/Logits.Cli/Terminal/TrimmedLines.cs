using System.Text;

namespace Logits.Cli.Terminal;

/// <summary>Passes text on without the blanks at the ends of its lines, which tables leave behind.</summary>
internal sealed class TrimmedLines : TextWriter
{
    private readonly TextWriter _inner;
    private int _blanks;

    public TrimmedLines(TextWriter inner)
    {
        _inner = inner;
        NewLine = "\n";
    }

    public override Encoding Encoding => _inner.Encoding;

    public override void Write(char value)
    {
        if (value == ' ')
        {
            _blanks++;
            return;
        }
        if (value is not ('\n' or '\r'))
            for (; _blanks > 0; _blanks--)
                _inner.Write(' ');
        _blanks = 0;
        _inner.Write(value);
    }

    public override void Flush() => _inner.Flush();
}
