using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Logits.Cli.Tests;

/// <summary>
/// The README is executed. Blocks marked <c>console</c> run in the order of the document, in one folder that has samples/ in it; each line after "$ " is a
/// command, and what follows is all it prints, standard output before standard error. Blocks marked <c>csharp</c> are parts of ReadmeSnippets.cs, whose tests
/// run them.
/// </summary>
/// <remarks>
/// Compared are the texts between numbers, blanks counted as one, and the numbers to 0.1 %. Lines whose first word is "time", "gap" or "gradient" may have any
/// numbers and units: the first are the clock's, the others rounding at the end of a fit.
/// </remarks>
public sealed partial class ReadmeTests : IDisposable
{
    private const double RelativeTolerance = 1e-3;
    private const string RunFromSource = "dotnet run -c Release --project src/Logits.Cli -- ";

    private readonly Workspace _workspace = new();

    [Fact]
    public void Every_command_prints_what_the_readme_says()
    {
        string folder = Directory.CreateDirectory(_workspace.Path("samples")).FullName;
        foreach (string sample in Directory.GetFiles(Workspace.Samples))
            File.Copy(sample, Path.Combine(folder, Path.GetFileName(sample)));

        string readme = Readme();
        StringBuilder actual = new();
        List<string> differences = [];
        int position = 0, commands = 0;
        foreach (Match block in Block().Matches(readme).Where(b => b.Groups["language"].Value == "console"))
        {
            Group body = block.Groups["body"];
            actual.Append(readme, position, body.Index - position);
            position = body.Index + body.Length;
            foreach (Match run in Command().Matches(body.Value))
            {
                string printed = Execute(run.Groups["command"].Value);
                commands++;
                actual.Append(CultureInfo.InvariantCulture, $"$ {run.Groups["command"].Value}\n{printed}");
                if (!Agree(run.Groups["output"].Value, printed))
                    differences.Add($"$ {run.Groups["command"].Value}\n--- the README says\n{run.Groups["output"].Value}--- it prints\n{printed}");
            }
        }
        actual.Append(readme, position, readme.Length - position);
        Assert.True(commands > 5, "The README has no commands.");
        if (differences.Count == 0)
            return;
        string file = Path.Combine(AppContext.BaseDirectory, "README.actual.md");
        File.WriteAllText(file, actual.ToString());
        Assert.Fail($"The README differs from what its commands print; {file} has what they print.\n\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void It_opens_with_the_command_that_fits_and_the_command_that_tests()
    {
        Match first = Block().Match(Readme());
        Assert.Equal("sh", first.Groups["language"].Value);
        Assert.Equal([RunFromSource + "fit samples/digits.csv --label digit", "dotnet test"], first.Groups["body"].Value.TrimEnd('\n').Split('\n'));
        // No other block holds commands that nothing runs.
        Assert.Single(Block().Matches(Readme()), b => b.Groups["language"].Value is not ("console" or "csharp" or "csv"));
    }

    [Fact]
    public void Every_snippet_is_part_of_the_file_whose_tests_run_it()
    {
        string snippets = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "ReadmeSnippets.cs")).ReplaceLineEndings("\n");
        string flat = string.Join('\n', snippets.Split('\n').Select(l => l.Trim()));
        string[] blocks = [.. Block().Matches(Readme()).Where(b => b.Groups["language"].Value == "csharp").Select(b => b.Groups["body"].Value)];
        Assert.NotEmpty(blocks);
        Assert.All(blocks, block => Assert.Contains(string.Join('\n', block.Split('\n').Select(l => l.Trim())).Trim(), flat));
    }

    [Theory]
    [InlineData("accuracy 97.2 %", "accuracy 97.25 %", true)]
    [InlineData("accuracy 97.2 %", "accuracy 95.2 %", false)]
    [InlineData("rows  1,438 to fit", "rows 1,438 to fit", true)]
    [InlineData("rows 1,438 to fit", "rows 1,440 to fit", false)]
    [InlineData("time 12 ms, 2 threads", "time 1.2 s, 8 threads", true)]
    [InlineData("gap at most 1.2e-9 of it", "gap at most 3e-12 of it", true)]
    [InlineData("gap at most 1.2e-9 of it", "gap about 3e-12 of it", false)]
    [InlineData("one\ntwo", "one", false)]
    public void The_comparison_sees_what_it_must(string expected, string actual, bool agree) => Assert.Equal(agree, Agree(expected, actual));

    public void Dispose() => _workspace.Dispose();

    [GeneratedRegex(@"^```(?<language>\w*)\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\$ (?<command>.*)\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"[-−]?\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")]
    private static partial Regex Number();

    [GeneratedRegex(@"\b(?:ms|s|min)\b")]
    private static partial Regex Unit();

    private static string Readme() => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "README.md")).ReplaceLineEndings("\n");

    private string Execute(string command)
    {
        string line = command.StartsWith(RunFromSource, StringComparison.Ordinal) ? "logits " + command[RunFromSource.Length..] : command;
        Outcome outcome = Cli.Shell(_workspace.Folder, $"logits() {{ $LOGITS \"$@\"; }}; {line}");
        return outcome.Output + outcome.Error;
    }

    private static bool Agree(string expected, string actual)
    {
        string[] left = expected.TrimEnd('\n').Split('\n'), right = actual.TrimEnd('\n').Split('\n');
        return left.Length == right.Length && left.Zip(right).All(pair => LinesAgree(pair.First, pair.Second));
    }

    private static bool LinesAgree(string expected, string actual)
    {
        bool anyNumber = expected.TrimStart().Split(' ')[0] is "time" or "gap" or "gradient";
        if (Text(expected, anyNumber) != Text(actual, anyNumber))
            return false;
        return anyNumber || Numbers(expected).Zip(Numbers(actual)).All(n => Math.Abs(n.First - n.Second) <= RelativeTolerance * Math.Abs(n.First));
    }

    private static string Text(string line, bool withoutUnits)
    {
        string text = Number().Replace(line, "#");
        return string.Join(' ', (withoutUnits ? Unit().Replace(text, "") : text).Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static double[] Numbers(string line) =>
        [.. Number().Matches(line).Select(m => double.Parse(m.Value.Replace(",", "").Replace('−', '-'), CultureInfo.InvariantCulture))];
}
