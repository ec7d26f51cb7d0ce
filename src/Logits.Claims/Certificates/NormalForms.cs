using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Certificates;

/// <summary>What the sides of an identity are when they are multiplied out, as claims for a reader; whoever shows one decides it first.</summary>
internal static class NormalForms
{
    private const int Longest = 300;

    /// <summary>For each side of the conclusion's first pair, its first entry (in a matrix, one beside the diagonal) in powers of exponentials over one denominator.</summary>
    public static IEnumerable<string> Of(Claim claim, int? size)
    {
        int n = size ?? claim.Sizes?.Minimum ?? 1;
        if (claim.Conclusion is not Comparison { Relations: [Relation.Equal, ..] } comparison)
        {
            yield break;
        }
        foreach (Expression side in comparison.Operands.Take(2))
        {
            if (MultipliedOut(claim, side, n) is { Length: <= Longest } form && form != side.ToString())
            {
                yield return $"{Introduction(claim, side)}{Entry(side)} == {form}{(claim.Sizes is null ? "" : $" for n = {n}")}";
            }
        }
    }

    private static string Entry(Expression side) => side.Kind switch
    {
        Kind.Vector => $"({side})[1]",
        Kind.Matrix => $"({side})[1, 2]",
        _ => side.ToString(),
    };

    /// <summary>The hypotheses of the claim, and the domains of the labels that the side speaks of.</summary>
    private static string Introduction(Claim claim, Expression side)
    {
        IEnumerable<string> labels = claim.Declarations
            .Where(declaration => declaration.Domain.Set is DomainSet.OneHot && Rewriting.Nodes(side).Any(node => node is Variable variable && variable.Name == declaration.Name))
            .Select(declaration => $"for every {declaration.Name} in onehot: ");
        string hypotheses = string.Join(" and ", claim.Hypotheses);
        return string.Concat(labels) + (hypotheses.Length == 0 ? "" : $"{hypotheses} => ");
    }

    private static string? MultipliedOut(Claim claim, Expression side, int n)
    {
        Situation situation = Situation.At(claim, n);
        while (situation.Open is { } open)
        {
            situation = situation.Choose(open.Name, 1);
        }
        try
        {
            Value<Quotient> value = situation.Evaluator(new ExactArithmetic(situation.Facts)).Evaluate(side);
            return ClaimText.Of(value.Kind == Kind.Matrix && value.Rows > 1 ? value[0, 1] : value.Entries[0]);
        }
        catch (Exception open) when (open is UndefinedException or NeedsCaseException or BudgetException)
        {
            return null;
        }
    }
}
