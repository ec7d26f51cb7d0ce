using System.Text;
using Spectre.Console;

namespace Logits.Cli.Terminal;

/// <summary>A writer that Spectre.Console lays text out for: a terminal of its width, or plain lines as long as they need to be.</summary>
internal sealed class Surface(TextWriter writer, bool isTerminal) : IAnsiConsoleOutput
{
    private const int Unwrapped = 100_000;

    public TextWriter Writer => writer;

    public bool IsTerminal => isTerminal;

    public int Width => isTerminal && Console.WindowWidth > 0 ? Console.WindowWidth : Unwrapped;

    public int Height => isTerminal && Console.WindowHeight > 0 ? Console.WindowHeight : 24;

    public static IAnsiConsole Over(TextWriter writer, bool isTerminal) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new Surface(writer, isTerminal),
        Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
        ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
        Interactive = isTerminal ? InteractionSupport.Detect : InteractionSupport.No,
    });

    public void SetEncoding(Encoding encoding)
    {
        // The writer's encoding is its own: UTF-8.
    }
}
