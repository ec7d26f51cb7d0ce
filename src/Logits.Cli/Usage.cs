using System.CommandLine;
using Logits.Cli.Terminal;
using Logits.Data;

namespace Logits.Cli;

/// <summary>What is said to a command line that cannot be understood.</summary>
internal static class Usage
{
    public static int Refuse(ParseResult parsed, Screen screen)
    {
        Command command = parsed.CommandResult.Command;
        string? unknown = parsed.UnmatchedTokens.FirstOrDefault(t => command is RootCommand || t.StartsWith('-')) ?? parsed.UnmatchedTokens.FirstOrDefault();
        string sentence = (command, unknown) switch
        {
            (RootCommand, null) => "Say what to do: " + string.Join(", ", command.Subcommands.Select(c => c.Name)) + ".",
            (_, null) => parsed.Errors[0].Message,
            (RootCommand, not ['-', ..]) => $"There is no verb '{unknown}'." + Suggestion(unknown, command.Subcommands.Select(c => c.Name)),
            (_, ['-', ..]) => $"There is no option '{unknown}'." + Suggestion(unknown, command.Options.SelectMany(o => o.Aliases.Prepend(o.Name))),
            _ => $"'{unknown}' is one argument too many.",
        };
        screen.Fail(sentence);
        screen.Note(command is RootCommand ? "See logits --help." : $"See logits {command.Name} --help.");
        return ExitCode.BadInput;
    }

    private static string Suggestion(string unknown, IEnumerable<string> known) =>
        NearestName.Of(unknown, known) is { } nearest ? $" Did you mean '{nearest}'?" : "";
}
