using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Logits.Cli.Terminal;

namespace Logits.Cli;

/// <summary>A command that shows how it is used.</summary>
internal interface IHasExamples
{
    /// <summary>Command lines, without the program's name.</summary>
    IReadOnlyList<string> Examples { get; }
}

/// <summary>--help: what the parser knows, then examples.</summary>
internal static class Help
{
    private const int WidestLine = 110;

    public static void Install(RootCommand root, Screen screen)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show this help.";
        option.Action = new HelpWithExamples(new HelpAction { MaxWidth = Math.Min(WidestLine, screen.Output.Profile.Width) });
    }

    /// <summary>Whether --help was given: then whatever else is wrong with the line does not matter.</summary>
    public static bool IsAsked(ParseResult parsed) => parsed.Action is HelpWithExamples;

    private sealed class HelpWithExamples(HelpAction inner) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            inner.Invoke(parseResult);
            TextWriter output = parseResult.InvocationConfiguration.Output;
            Command command = parseResult.CommandResult.Command;
            IEnumerable<IHasExamples> shown = command is IHasExamples one ? [one] : command.Subcommands.OfType<IHasExamples>();
            output.WriteLine("Examples:");
            foreach (string example in shown.SelectMany(c => c is Command && command is RootCommand ? c.Examples.Take(1) : c.Examples))
                output.WriteLine($"  logits {example}");
            if (command is RootCommand)
            {
                output.WriteLine();
                output.WriteLine("Exit codes: 0 done, 1 the answer is no, 2 bad input or usage, 3 stopped before convergence, 4 no finite optimum, 130 cancelled (143 by SIGTERM).");
            }
            return ExitCode.Done;
        }
    }
}
