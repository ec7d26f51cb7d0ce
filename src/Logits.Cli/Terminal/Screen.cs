using Spectre.Console;

namespace Logits.Cli.Terminal;

/// <summary>
/// Where the command writes. Standard output carries results: text with colours on a terminal, plain and unwrapped text elsewhere, or bytes. Standard
/// error carries progress, warnings and errors.
/// </summary>
internal sealed class Screen : IDisposable
{
    private readonly StreamWriter _outputWriter;

    private Screen(Stream output, TextWriter error, bool outputIsTerminal, bool errorIsTerminal)
    {
        Bytes = output;
        _outputWriter = new StreamWriter(output, leaveOpen: true) { NewLine = "\n", AutoFlush = true };
        Output = Surface.Over(outputIsTerminal ? _outputWriter : new TrimmedLines(_outputWriter), outputIsTerminal);
        Error = Surface.Over(error, errorIsTerminal);
        OutputIsTerminal = outputIsTerminal;
        ErrorIsTerminal = errorIsTerminal;
    }

    public IAnsiConsole Output { get; }

    public IAnsiConsole Error { get; }

    public bool OutputIsTerminal { get; }

    public bool ErrorIsTerminal { get; }

    /// <summary>Standard output as bytes, for what is not text laid out for people.</summary>
    public Stream Bytes { get; }

    public static Screen OfProcess() =>
        new(StandardOutput(), Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected);

    /// <summary>A screen that is no terminal.</summary>
    public static Screen Redirected(Stream output, TextWriter error) => new(output, error, false, false);

    /// <summary>One sentence for the user, on standard error.</summary>
    public void Warn(string sentence) => Say("[yellow]warning:[/] ", sentence);

    /// <summary>The sentence that ends the run, on standard error.</summary>
    public void Fail(string sentence) => Say("[red]error:[/] ", sentence);

    /// <summary>A remark on standard error.</summary>
    public void Note(string sentence) => Say("", sentence);

    /// <summary>A remark while progress is shown: wide enough to cover its line.</summary>
    public void NoteOverProgress(string sentence) => Note(ErrorIsTerminal ? sentence.PadRight(Error.Profile.Width - 1) : sentence);

    public void Dispose() => _outputWriter.Dispose();

    private void Say(string tag, string sentence) => Error.MarkupLine(tag + Markup.Escape(sentence));

    /// <summary>
    /// Standard output in which a closed pipe shows: the console's own stream drops what nobody reads in silence, and a long prediction would run on. That
    /// stream is still right for files, whose position is shared with the process that opened them.
    /// </summary>
    private static Stream StandardOutput()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        FileStream stream = new(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, 0);
        return stream.CanSeek ? Console.OpenStandardOutput() : stream;
    }
}
