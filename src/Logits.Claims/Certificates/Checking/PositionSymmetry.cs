using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// Claims that stay the same when the positions of all vectors, labels and indices are permuted at once: each function of the language goes along with a
/// permutation, so that only a position with a number of its own, or a vector of other than n entries, could tell positions apart. In such a
/// claim, cases that go into each other under a permutation hold together.
/// </summary>
internal static class PositionSymmetry
{
    private const int MostImages = 1000;

    public static bool Holds(Claim claim) =>
        claim.Declarations.All(declaration => declaration.Domain.Set == DomainSet.Reals || declaration.Domain.Size == VectorSize.N)
        && claim.Hypotheses.Append(claim.Conclusion).All(Holds);

    private static bool Holds(Statement statement) => statement switch
    {
        Comparison { Operands: [Variable { Kind: Kind.Index }, Variable { Kind: Kind.Index }] } => true,
        Comparison comparison => comparison.Operands.All(Holds),
        Conjunction conjunction => conjunction.Parts.All(Holds),
        Equivalence equivalence => Holds(equivalence.Left) && Holds(equivalence.Right),
        Membership membership => Holds(membership.Subject),
        PositiveSemidefinite semidefinite => Holds(semidefinite.Matrix),
        _ => false,
    };

    private static bool Holds(Expression expression) => expression.Shape.Size == (expression.Kind == Kind.Scalar ? default : VectorSize.N) && expression switch
    {
        { Kind: Kind.Index } or VectorLiteral => false,
        Element element => Holds(element.Target) && element.Indices.All(index => index is Variable),
        Call { Function: Function.OneHot, Arguments: [var position] } => position is Variable,
        PartialDerivative derivative => Holds(derivative.Body) && derivative.Index is null or Variable,
        IndexSum sum => sum.Index.Shape.Size == VectorSize.N && Holds(sum.Body),
        _ => Rewriting.Children(expression).All(Holds),
    };

    /// <summary>Whether permuting the positions permutes the fractions, the one at each place going with the position at that place.</summary>
    public static bool Permutes(IReadOnlyList<string> positions, IReadOnlyList<Fraction> fractions)
    {
        if (positions.Count != fractions.Count)
        {
            return false;
        }
        // Exchanges of neighbours make up all permutations.
        for (int at = 0; at + 1 < positions.Count; at++)
        {
            for (int k = 0; k < fractions.Count; k++)
            {
                int image = k == at ? at + 1 : k == at + 1 ? at : k;
                if (!(Renaming.Exchange(fractions[k], positions[at], positions[at + 1]) - fractions[image]).IsZero)
                {
                    return false;
                }
            }
        }
        return true;
    }

    /// <summary>Adds to the conditions whatever they become when the positions are permuted.</summary>
    public static void Close(List<Condition> conditions, IReadOnlyList<string> positions)
    {
        var known = new HashSet<Condition>(conditions);
        for (int i = 0; i < conditions.Count; i++)
        {
            for (int at = 0; at + 1 < positions.Count; at++)
            {
                Condition image = Image(conditions[i], positions[at], positions[at + 1]);
                if (known.Add(image))
                {
                    conditions.Add(image);
                }
                if (conditions.Count > MostImages)
                {
                    throw new RejectedException("too many conditions");
                }
            }
        }
    }

    /// <summary>The conditions with two positions exchanged.</summary>
    public static IReadOnlyList<Condition> Images(IReadOnlyList<Condition> conditions, string one, string other) =>
        one == other ? conditions : [.. conditions.Select(condition => Image(condition, one, other))];

    private static Condition Image(Condition condition, string one, string other)
    {
        Condition image = condition.Map(form => Renaming.Exchange(form, one, other));
        return Condition.Of(image.Form, image.Signs, SignSet.Unknown) with { Under = image.Under };
    }
}
