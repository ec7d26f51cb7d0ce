using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving;

/// <summary>
/// Positions that a claim treats alike: permuting the entries of all vectors at once changes nothing, so that of cases that differ by a permutation one
/// needs a proof.
/// </summary>
internal static class AlikePositions
{
    /// <summary>Whether no position has a number of its own, and all vectors have n entries.</summary>
    public static bool In(Claim claim)
    {
        Expression[] nodes = [.. claim.Hypotheses.Append(claim.Conclusion).SelectMany(Rewriting.Expressions)];
        return claim.Declarations.All(declaration => declaration.Domain.Set == DomainSet.Reals || declaration.Domain.Size == VectorSize.N)
            && nodes.All(node => node is not VectorLiteral && (node.Kind == Kind.Scalar || (node.Shape.Size == VectorSize.N && (node.Kind != Kind.Index || node is Variable))))
            && nodes.All(node => !UsesPositionAsNumber(node));
    }

    private static bool UsesPositionAsNumber(Expression node) => node is not (Element or PartialDerivative or Call { Function: Function.OneHot })
        && Rewriting.Children(node).Any(child => child.Kind == Kind.Index);

    /// <summary>Whether permuting the positions permutes the candidates; if so they are put in the order of the positions that they go with.</summary>
    public static bool InOrder(Quotient[] candidates, int size, ExactArithmetic arithmetic)
    {
        if (candidates.Length != size)
        {
            return false;
        }
        if (Permute(candidates, size, arithmetic))
        {
            return true;
        }
        // Σ e^(−w·x) over its common factor has exponents of the other positions, the last first.
        Array.Reverse(candidates);
        return Permute(candidates, size, arithmetic);
    }

    /// <summary>Whether exchanging two positions exchanges the candidates at these places and no others.</summary>
    private static bool Permute(Quotient[] candidates, int size, ExactArithmetic arithmetic)
    {
        for (int at = 1; at < size; at++)
        {
            (string one, string other) = ($"[{at}]", $"[{at + 1}]");
            var exchange = new Interpretation<Quotient>(arithmetic, name => Quotient.Of(new Symbol(
                name.EndsWith(one, StringComparison.Ordinal) ? name[..^one.Length] + other : name.EndsWith(other, StringComparison.Ordinal) ? name[..^other.Length] + one : name)));
            for (int k = 1; k <= size; k++)
            {
                int image = k == at ? at + 1 : k == at + 1 ? at : k;
                if (!exchange.Of(candidates[k - 1]).Equals(candidates[image - 1]))
                {
                    return false;
                }
            }
        }
        return true;
    }
}
