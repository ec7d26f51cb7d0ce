using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Text;
using Logits.Rows;

namespace Logits.Cli;

/// <summary>The arguments and options that verbs share, and how their values are read: what is wrong with one is said in a sentence.</summary>
internal static class Parameters
{
    public static Argument<string> Table(string purpose) => new("TABLE")
    {
        Description = $"{purpose}: .csv, .tsv, .csv.gz, .parquet, .json or .jsonl, a quoted glob of them, - for standard input, or a .duckdb file with --query.",
    };

    public static Argument<string> Model() => new("MODEL") { Description = "The model file that fit wrote." };

    public static Option<string?> Query() => new("--query") { HelpName = "SQL", Description = "What to read from a .duckdb file: \"select …\"." };

    public static Option<string?> Weights() => new("--weights")
    {
        HelpName = "COLUMN",
        Description = "The column of row weights: a row of weight 2 counts as two, one of weight 0 as none. Where some are no whole numbers, only their proportions count.",
    };

    public static Option<WeightMeaning?> WeightsAre() => Choice(
        "--weights-are", "What the weights are: frequencies (how often a row occurs) or importances. Default: frequencies where all are whole numbers.",
        new Dictionary<string, WeightMeaning> { ["frequencies"] = WeightMeaning.Frequencies, ["importances"] = WeightMeaning.Importances });

    /// <summary>A meaning of weights is nothing without weights.</summary>
    public static Action<CommandResult> NeedsWeights(Option<string?> weights, Option<WeightMeaning?> weightsAre) => result =>
    {
        if (result.GetResult(weightsAre) is not null && result.GetResult(weights) is null)
            result.AddError("--weights-are needs --weights.");
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text." };

    public static Option<double?> Number(string name, string description, Func<double, bool> isRight, string requirement) =>
        new(name)
        {
            Description = description,
            HelpName = "NUMBER",
            CustomParser = result => double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                && isRight(value)
                ? value
                : Wrong<double?>(result, name, requirement),
        };

    public static Option<int?> Integer(string name, string description, int least, string requirement) =>
        new(name)
        {
            Description = description,
            HelpName = "N",
            CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value)
                && value >= least
                ? value
                : Wrong<int?>(result, name, requirement),
        };

    public static Option<T?> Choice<T>(string name, string description, IReadOnlyDictionary<string, T> choices) where T : struct =>
        new(name)
        {
            Description = description,
            HelpName = string.Join('|', choices.Keys),
            CustomParser = result => choices.TryGetValue(result.Tokens[0].Value, out T value)
                ? value
                : Wrong<T?>(result, name, "must be one of " + string.Join(", ", choices.Keys)),
        };

    public static Option<string[]?> Names(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "A,B,…",
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => [.. result.Tokens.SelectMany(token => SplitNames(token.Value))],
        };

    /// <summary>Names between commas, as in a line of a CSV: one that contains a comma or a quote stands in quotes.</summary>
    internal static List<string> SplitNames(string list)
    {
        List<string> names = [];
        StringBuilder name = new();
        bool quoted = false;
        for (int i = 0; i < list.Length; i++)
        {
            char c = list[i];
            if (c == '"' && quoted && i + 1 < list.Length && list[i + 1] == '"')
                name.Append(list[++i]);
            else if (c == '"' && (quoted || name.Length == 0))
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                names.Add(name.ToString());
                name.Clear();
            }
            else
                name.Append(c);
        }
        names.Add(name.ToString());
        return names;
    }

    private static T Wrong<T>(ArgumentResult result, string name, string requirement)
    {
        result.AddError($"{name} {requirement}, not '{result.Tokens[0].Value}'.");
        return default!;
    }
}
