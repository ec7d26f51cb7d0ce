using System.Text.RegularExpressions;
using Logits.Claims.Language;
using Logits.Claims.Proving;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>What is assumed where a step stands, in the words of the claim.</summary>
/// <param name="View">The case, for multiplying out.</param>
/// <param name="Hypotheses">What the claim assumes.</param>
/// <param name="Conclusion">What is to be shown.</param>
internal sealed record Scene(CaseView View, IReadOnlyList<Statement> Hypotheses, Statement Conclusion)
{
    /// <summary>What the case assumes.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>Where n is open: the positions told apart so far.</summary>
    public IReadOnlyList<string> Named { get; init; } = [];

    /// <summary>The largest entry of a vector by the name that the certificate gives it, and as a reader writes it: x[m] and max(x).</summary>
    public IReadOnlyList<(string Entry, string Maximum)> Largest { get; init; } = [];

    /// <summary>Of the expressions compared in this case the one that is largest, and all of them, where a limit depends on it.</summary>
    public (string Lead, IReadOnlyList<string> All)? Order { get; init; }

    public Scene Assume(params IEnumerable<string> statements) => this with { Assumed = [.. Assumed, .. statements] };

    /// <summary>The scene with a label replaced by the unit vector that it is in this case.</summary>
    public Scene Replace(string label, Expression unit)
    {
        Expression? Rule(Expression node) => node is Variable { Kind: Kind.Vector } variable && variable.Name == label ? unit : null;
        return this with { Hypotheses = [.. Hypotheses.Select(hypothesis => Rewriting.Replace(hypothesis, Rule))], Conclusion = Rewriting.Replace(Conclusion, Rule) };
    }

    /// <summary>The statement under all that is assumed.</summary>
    public string Under(string statement, params IEnumerable<string> also)
    {
        string assumed = string.Join(" and ", Hypotheses.Select(hypothesis => hypothesis.ToString()).Concat(Assumed).Concat(also).Distinct());
        return assumed.Length == 0 ? statement : $"{assumed} => {statement}";
    }

    /// <summary>Text of the certificate in the reader's words.</summary>
    public string Words(string text) => Largest.Aggregate(text, (words, largest) => words.Replace(largest.Entry, largest.Maximum, StringComparison.Ordinal));

    /// <summary>The scene in which the entry at a position is the largest of those that the generic entry stands for.</summary>
    public Scene WithLargest(string entry, string position)
    {
        Match match = Regex.Match(entry, @"^(-?)([A-Za-z]+)\[k\]$");
        if (match.Success)
        {
            string vector = match.Groups[2].Value;
            return this with { Largest = [.. Largest, ($"{vector}[{position}]", match.Groups[1].Value == "-" ? $"min({vector})" : $"max({vector})")] };
        }
        string largest = entry.Replace("[k]", $"[{position}]", StringComparison.Ordinal);
        return Assume($"{largest} == max({entry.Replace("[k]", "", StringComparison.Ordinal)})");
    }
}
