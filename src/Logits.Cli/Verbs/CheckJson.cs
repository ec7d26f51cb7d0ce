using System.Globalization;
using System.Text.Json.Nodes;
using Logits.Claims;
using Logits.Claims.Language;
using Logits.Claims.Language.Printing;

namespace Logits.Cli.Verbs;

/// <summary>A checked claim as a JSON object.</summary>
internal static class CheckJson
{
    public static JsonObject Of(Checked result)
    {
        JsonObject document = new() { ["claim"] = result.Line.Text };
        if (result.Line.Number is { } line)
            document["line"] = line;
        if (result.Error is { } error)
        {
            document["verdict"] = "unreadable";
            document["error"] = error.Message;
            document["column"] = error.Column;
            return document;
        }
        document["reading"] = PlainText.Print(result.Claim!);
        Proved? proof = (result.Verdict as PartlyProved)?.Proof ?? result.Verdict as Proved;
        document["verdict"] = result.Verdict switch
        {
            Proved => "proved",
            PartlyProved partly => $"proved {CheckText.Sizes(partly.Proof.Sizes, Alphabet.Ascii).Trim()}",
            Refuted => "refuted",
            _ => "undecided",
        };
        document["sizes"] = result.Verdict switch
        {
            Proved or PartlyProved => Sizes(proof!.Sizes),
            Refuted { Counterexample.Size: { } n } => new JsonArray(n),
            Refuted => null,
            _ => Sizes(result.Claim!.Sizes is { } sizes ? [sizes] : []),
        };
        document["conditions"] = Strings(result.Verdict switch { Refuted refuted => refuted.Conditions, _ => proof?.Conditions ?? [] });
        document["method"] = (result.Verdict as Refuted)?.Method ?? proof?.Method;
        document["counterexample"] = result.Verdict is Refuted { Counterexample: var counterexample } ? Of(counterexample) : null;
        document["repair"] = (result.Verdict as Refuted)?.Repair;
        document["partialTruth"] = (result.Verdict as Refuted)?.PartialTruth;
        document["points"] = (result.Verdict as Undecided)?.Points ?? (result.Verdict as PartlyProved)?.Points;
        document["reason"] = (result.Verdict as Undecided)?.Reason ?? (result.Verdict as PartlyProved)?.Reason;
        document["milliseconds"] = Math.Round(result.Elapsed.TotalMilliseconds, 3);
        return document;
    }

    /// <summary>"every n &gt;= 2", or the sizes one by one; null where the claim has no n.</summary>
    public static JsonNode? Sizes(IReadOnlyList<SizeRange> ranges)
    {
        if (ranges.Count == 0)
            return null;
        if (ranges.FirstOrDefault(range => range.Maximum is null) is { } endless)
            return string.Create(CultureInfo.InvariantCulture, $"every n >= {endless.Minimum}");
        return new JsonArray([.. ranges.SelectMany(range => Enumerable.Range(range.Minimum, range.Maximum!.Value - range.Minimum + 1)).Select(n =>
            (JsonNode)n)]);
    }

    private static JsonArray Strings(IEnumerable<string> items) => new([.. items.Select(item => (JsonNode)item)]);

    private static JsonObject Of(Counterexample counterexample) => new()
    {
        ["values"] = new JsonObject(counterexample.Values.Select(pair => KeyValuePair.Create(pair.Key, Value(pair.Value)))),
        ["left"] = Value(counterexample.Left.Value),
        ["right"] = Value(counterexample.Right.Value),
        ["failing"] = counterexample.Failing,
        ["leftSteps"] = Strings(counterexample.Left.Steps),
        ["rightSteps"] = Strings(counterexample.Right.Steps),
        ["leftExact"] = counterexample.Left.Exact,
        ["rightExact"] = counterexample.Right.Exact,
    };

    /// <summary>A vector as a list, a number as a number, anything else (<c>1/3</c>) as text.</summary>
    private static JsonNode? Value(string text)
    {
        if (text is ['[', .., ']'] && !text.Contains(';', StringComparison.Ordinal))
            return new JsonArray([.. text[1..^1].Split(", ").Select(Value)]);
        // What no double holds is no number of JSON's readers either.
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) ? JsonNode.Parse(text) : text;
    }
}
