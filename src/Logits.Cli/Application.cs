using System.CommandLine;
using Logits.Cli.Terminal;
using Logits.Cli.Verbs;
using Logits.Data;

namespace Logits.Cli;

/// <summary>The command: parses, runs a verb, and turns whatever ends it into a sentence and an exit code.</summary>
internal static class Application
{
    public static string Version => typeof(Application).Assembly.GetName().Version!.ToString(3);

    public static int Run(IReadOnlyList<string> args, Screen screen, CancellationToken cancellationToken = default)
    {
        RootCommand root = Root(screen, cancellationToken);
        // A name may begin with "@", which would otherwise stand for a file of arguments.
        ParseResult parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });
        try
        {
            if (parsed.Errors.Count > 0 && !Help.IsAsked(parsed))
                return Usage.Refuse(parsed, screen);
            using TrimmedLines output = new(new StreamWriter(screen.Bytes, leaveOpen: true) { AutoFlush = true });
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, Output = output });
        }
        catch (TableException e)
        {
            screen.Fail(e.Message);
            return ExitCode.BadInput;
        }
        catch (OperationCanceledException)
        {
            screen.Fail("Cancelled before there was a result; nothing was written.");
            return ExitCode.Cancelled;
        }
        catch (IOException e) when (IsClosedPipe(e))
        {
            // Whoever reads the output, as `head` does, has seen enough.
            return ExitCode.Done;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            screen.Fail($"The output cannot be written: {e.Message}.");
            return ExitCode.BadInput;
        }
        catch (OutOfMemoryException)
        {
            screen.Fail("There is not enough memory for this table. Use fewer columns (--features, --exclude), fewer rows, or leave out --float64.");
            return ExitCode.BadInput;
        }
        catch (Exception e)
        {
            bool details = Environment.GetEnvironmentVariable("LOGITS_DEBUG") is { Length: > 0 };
            screen.Fail(details
                ? $"This is a defect in logits {Version}. {e}"
                : $"This is a defect in logits {Version}: {e.Message} Please report it with what the same command prints when LOGITS_DEBUG=1 is set.");
            return ExitCode.Internal;
        }
    }

    private static RootCommand Root(Screen screen, CancellationToken cancellationToken)
    {
        RootCommand root = new("Softmax regression on tables, done all the way: fit a model, judge it, look inside it, apply it.")
        {
            new Fit(screen, cancellationToken),
            new Predict(screen, cancellationToken),
            new Evaluate(screen, cancellationToken),
            new Show(screen),
            new Check(screen, cancellationToken),
        };
        root.HelpName = "logits";
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Description = "Show the version.";
        version.Action = new PrintVersion();
        Help.Install(root, screen);
        return root;
    }

    private static bool IsClosedPipe(IOException e)
    {
        const int brokenPipe = 32, windowsBrokenPipe = unchecked((int)0x8007006D), windowsNoData = unchecked((int)0x800700E8);
        return e.HResult is brokenPipe or windowsBrokenPipe or windowsNoData;
    }

    private sealed class PrintVersion : System.CommandLine.Invocation.SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            parseResult.InvocationConfiguration.Output.WriteLine($"logits {Version}");
            return ExitCode.Done;
        }
    }
}
