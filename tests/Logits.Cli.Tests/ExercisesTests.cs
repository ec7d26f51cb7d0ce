using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Logits.Cli.Tests;

/// <summary>
/// docs/exercises.md is executed: in blocks marked <c>console</c> each line after "$ " is a command, and what follows is all it prints. On a difference
/// exercises.actual.md, beside the test, is the page with what the commands print now.
/// </summary>
public sealed partial class ExercisesTests
{
    private static string Page => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "exercises.md")).ReplaceLineEndings("\n");

    [Fact]
    public void Every_command_prints_what_the_page_says()
    {
        string page = Page;
        StringBuilder actual = new();
        List<string> differences = [];
        int position = 0, commands = 0;
        foreach (Match block in Block().Matches(page))
        {
            Group body = block.Groups["body"];
            actual.Append(page, position, body.Index - position);
            position = body.Index + body.Length;
            foreach (Match run in Command().Matches(body.Value))
            {
                string line = run.Groups["command"].Value, printed = Execute(line);
                actual.Append(commands > 0 && actual[^1] != '\n' ? "\n" : "").Append(CultureInfo.InvariantCulture, $"$ {line}\n{printed}");
                if (run.Groups["output"].Value != printed)
                    differences.Add($"$ {line}\n--- the page says\n{run.Groups["output"].Value}--- it prints\n{printed}");
                commands++;
            }
        }
        actual.Append(page, position, page.Length - position);
        Assert.True(commands > 50, $"The page has {commands} commands.");
        if (differences.Count == 0)
            return;
        string file = Path.Combine(AppContext.BaseDirectory, "exercises.actual.md");
        File.WriteAllText(file, actual.ToString());
        Assert.Fail($"The page differs from what its commands print; {file} has what they print.\n\n{string.Join('\n', differences)}");
    }

    /// <summary>
    /// Of M equally likely words, 2^k ≤ M &lt; 2^(k+1), the best prefix code gives 2^(k+1) − M of them k bits and the others k + 1.
    /// </summary>
    [Fact]
    public void The_table_of_codes_is_right()
    {
        for (int classes = 1; classes <= 8; classes++)
        {
            int words = (int)Math.Pow(3, classes), k = (int)Math.Floor(Math.Log2(words)), few = (2 << k) - words;
            double best = (few * k + (words - few) * (k + 1.0)) / words / classes, equal = Math.Ceiling(Math.Log2(words)) / classes;
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"| {classes} | {words:N0} | {equal:F4} | {best:F4} |"), Page);
        }
    }

    [GeneratedRegex(@"^```console\n(?<body>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Block();

    [GeneratedRegex(@"^\$ (?<command>.*)\n(?<output>(?:(?!\$ ).*\n)*)", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("\"(?<quoted>[^\"]*)\"|(?<bare>\\S+)")]
    private static partial Regex Argument();

    private static string Execute(string command)
    {
        string[] words = [.. Argument().Matches(command).Select(m => m.Groups["quoted"].Success ? m.Groups["quoted"].Value : m.Groups["bare"].Value)];
        Assert.Equal("logits", words[0]);
        // A slow machine says the same, later.
        Outcome outcome = Cli.Run([.. words[1..], "--time", "300"]);
        return outcome.Output.TrimEnd('\n') + "\n\n" + outcome.Error;
    }
}
