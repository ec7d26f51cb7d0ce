namespace Logits.Cli.Tests;

public class UsageTests
{
    [Theory]
    [InlineData("There is no verb 'fitt'. Did you mean 'fit'?", "fitt")]
    [InlineData("There is no verb 'evalute'. Did you mean 'evaluate'?", "evalute", "m.json", "t.csv")]
    [InlineData("There is no verb 'xyzzy'.", "xyzzy")]
    [InlineData("There is no option '--lable'. Did you mean '--label'?", "fit", "t.csv", "--lable", "digit")]
    [InlineData("Option '--label' is required.", "fit", "t.csv")]
    [InlineData("Say what to do: fit, predict, evaluate, show, check.")]
    [InlineData("'u.csv' is one argument too many.", "fit", "t.csv", "u.csv", "--label", "y")]
    [InlineData("--strength must be a number of at least 0, not '-1'.", "fit", "t.csv", "--label", "y", "--strength", "-1")]
    [InlineData("--strength must be a number of at least 0, not 'NaN'.", "fit", "t.csv", "--label", "y", "--strength", "NaN")]
    [InlineData("--strength must be a number of at least 0, not '1,5'.", "fit", "t.csv", "--label", "y", "--strength", "1,5")]
    [InlineData("--test must be at least 0 and below 1, not '1'.", "fit", "t.csv", "--label", "y", "--test", "1")]
    [InlineData("--threads must be a whole number of at least 1, not '0'.", "fit", "t.csv", "--label", "y", "--threads", "0")]
    [InlineData("--seed must be a whole number, not '1.5'.", "fit", "t.csv", "--label", "y", "--seed", "1.5")]
    [InlineData("--tolerance must be above 0 and below 1, not '0'.", "fit", "t.csv", "--label", "y", "--tolerance", "0")]
    [InlineData("--max-iterations must be a whole number of at least 1, not 'many'.", "fit", "t.csv", "--label", "y", "--max-iterations", "many")]
    [InlineData("--missing must be one of refuse, drop, mean, indicator, not 'guess'.", "fit", "t.csv", "--label", "y", "--missing", "guess")]
    [InlineData("--stratify and --no-stratify exclude each other.", "fit", "t.csv", "--label", "y", "--stratify", "--no-stratify")]
    [InlineData("--top must be a whole number of at least 1, not '0'.", "show", "m.json", "--top", "0")]
    public void A_line_that_cannot_be_understood_gets_one_sentence_and_where_to_look(string sentence, params string[] args)
    {
        Outcome outcome = Cli.Run(args);
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Equal("", outcome.Output);
        string help = args.Length > 1 && args[0] is "fit" or "show" ? $"logits {args[0]} --help" : "logits --help";
        Assert.Equal($"error: {sentence}\nSee {help}.\n", outcome.Error);
    }

    [Theory]
    [InlineData("fit")]
    [InlineData("predict")]
    [InlineData("evaluate")]
    [InlineData("show")]
    public void Every_verb_has_help_with_examples_even_on_a_wrong_line(string verb)
    {
        Outcome outcome = Cli.Run(verb, "--help", "--nonsense").Succeeded();
        Assert.Contains($"  logits {verb} <", outcome.Output);
        Assert.Contains($"Examples:\n  logits {verb} ", outcome.Output);
        Assert.DoesNotContain(" \n", outcome.Output);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void The_help_names_every_verb_and_exit_code()
    {
        string help = Cli.Run("--help").Succeeded().Output;
        Assert.All(["fit", "predict", "evaluate", "show", "check"], verb => Assert.Contains($"\n  {verb} <", help));
        Assert.Contains("0 done, 1 the answer is no, 2 bad input or usage, 3 stopped before convergence, 4 no finite optimum, 130 cancelled", help);
    }

    [Fact]
    public void The_version_is_one_line() => Assert.Matches(@"^logits \d+\.\d+\.\d+\n$", Cli.Run("--version").Succeeded().Output);

    [Theory]
    [InlineData("a,b,c", "a", "b", "c")]
    [InlineData("\"a,b\",c", "a,b", "c")]
    [InlineData("\"say \"\"hi\"\"\"", "say \"hi\"")]
    [InlineData("one", "one")]
    public void Lists_of_names_are_read_as_a_line_of_a_csv(string list, params string[] names) => Assert.Equal(names, Parameters.SplitNames(list));
}
