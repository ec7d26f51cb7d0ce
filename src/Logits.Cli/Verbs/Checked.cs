using Logits.Claims;
using Logits.Claims.Language;
using Logits.Data;

namespace Logits.Cli.Verbs;

/// <summary>A claim's text and, in a file, its line.</summary>
internal sealed record ClaimLine(string Text, int? Number)
{
    /// <summary>The claims of a file, one a line; blank lines and lines that only comment are passed over.</summary>
    public static IEnumerable<ClaimLine> ReadAll(string path)
    {
        using TextReader reader = path == "-" ? Console.In : Open(path);
        int number = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            string text = line.Trim('\uFEFF', ' ', '\t', '\r');
            if (text.Length > 0 && text[0] != '#')
                yield return new ClaimLine(text, number);
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TableException($"There is no permission to read {path}.", error);
        }
    }
}

/// <summary>What became of a claim: a verdict, or the error for which it could not be read.</summary>
internal sealed record Checked(ClaimLine Line, Claim? Claim, Verdict? Verdict, ClaimSyntaxException? Error, TimeSpan Elapsed)
{
    public int ExitCode => Verdict switch
    {
        Proved => Cli.ExitCode.Done,
        Refuted => Cli.ExitCode.AnswerIsNo,
        PartlyProved or Undecided => Cli.ExitCode.Unfinished,
        _ => Cli.ExitCode.BadInput,
    };
}
