using System.Text.RegularExpressions;
using Logits.Claims.Language;

namespace Logits.Claims.Tests.Laws;

/// <summary>A claim with one thing about it changed: an operator, a sign, a position, a constant, a function, a limit's point, a relation, or a hypothesis that is dropped.</summary>
internal static partial class Mutations
{
    private static readonly string[][] Interchangeable =
    [
        ["+", "-"], ["*", "/"], ["==", "!=", "<=", ">=", "<", ">"], ["[1]", "[2]", "[i]"], ["0", "1", "2", "3", "1/2", "10"], ["max", "min"], ["lse", "max", "sum", "softmin"],
        ["softmax", "logsoftmax", "argmaxind", "exp"], ["inf", "-inf", "0+"], ["(x", "(-x", "(2*x", "(b*x"], ["lambda", "b", "T", "-lambda"], ["x", "z"], ["dot", "xent"], ["<=>", "=>"],
    ];

    /// <summary>The mutant, or null where no attempt gave a claim.</summary>
    public static Claim? Of(Claim claim, Random random)
    {
        string text = claim.ToString();
        for (int attempt = 0; attempt < 12; attempt++)
        {
            Claim? mutant = null;
            try
            {
                mutant = Claim.Parse(random.Next(6) == 0 ? WithoutHypothesis(text) : Changed(text, random));
            }
            catch (ClaimSyntaxException)
            {
                // Not every change leaves a claim.
            }
            if (mutant is not null && !mutant.Equals(claim))
            {
                return mutant;
            }
        }
        return null;
    }

    private static string WithoutHypothesis(string text)
    {
        int arrow = text.IndexOf(" => ", StringComparison.Ordinal);
        int quantifier = text.IndexOf(": ", StringComparison.Ordinal);
        return arrow < 0 ? text : (quantifier >= 0 && quantifier < arrow ? text[..(quantifier + 2)] : "") + text[(arrow + 4)..];
    }

    private static string Changed(string text, Random random)
    {
        Match[] tokens = Tokens().Matches(text).ToArray();
        Match token = tokens[random.Next(tokens.Length)];
        string[][] groups = [.. Interchangeable.Where(group => group.Contains(token.Value))];
        if (groups.Length == 0)
        {
            return text;
        }
        string[] group = groups[random.Next(groups.Length)];
        return text[..token.Index] + group[random.Next(group.Length)] + text[(token.Index + token.Length)..];
    }

    [GeneratedRegex(@"-inf|0\+|\[[12i]\]|<=>|=>|[=!<>]=|[<>]|\(x|[A-Za-z]+|\d+|[-+*/]")]
    private static partial Regex Tokens();
}
