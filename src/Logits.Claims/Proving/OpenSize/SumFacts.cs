using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>
/// What is known of the sums in an expression: Σ_k b(k) is at least b at one position, or at two different ones, where b is not negative; and at
/// most n times b at a position where it is largest.
/// </summary>
internal static class SumFacts
{
    public static FactBase About(Quotient quotient, FactBase facts, OpenSituation situation)
    {
        var sums = new Dictionary<string, SumOf>();
        bool Collect(Atom atom)
        {
            if (atom is SumOf sum)
            {
                sums[sum.Key] = sum;
            }
            return false;
        }
        _ = quotient.Contains(Collect);
        int least = situation.Claim.Sizes!.Minimum;
        foreach (SumOf sum in sums.Values)
        {
            Signs signs = facts.SignsOf(sum.Body);
            if (!signs.Within(Signs.NonNegative))
            {
                continue;
            }
            Polynomial total = Polynomial.Of(sum);
            Polynomial At(string position) => Polynomial.Of(Rational.One, IndexRenaming.Of(sum.Body, SumOf.Index, position));
            string[] positions = [.. Mentioned(quotient, situation.Named)];
            foreach (string position in positions.Concat(situation.LargestPositions))
            {
                facts = facts.With(total - At(position), signs == Signs.Positive && least > 1 ? Signs.Positive : Signs.NonNegative);
            }
            for (int i = 0; i < positions.Length && least >= 2; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    facts = facts.With(total - At(positions[i]) - At(positions[j]), signs == Signs.Positive && least > 2 ? Signs.Positive : Signs.NonNegative);
                }
            }
            foreach (string largest in situation.LargestPositions)
            {
                if (facts.SignsOf(At(largest) - At(SumOf.Index)).Within(Signs.NonNegative))
                {
                    Polynomial gap = (Polynomial.Of(Summation.Size) * At(largest)) - total;
                    facts = facts.With(gap, Signs.NonNegative);
                    // Σ_k (largest − b(k)), none of it negative, is at least what it is at one position.
                    foreach (string position in situation.Named)
                    {
                        facts = facts.With(gap - At(largest) + At(position), Signs.NonNegative);
                    }
                }
            }
        }
        return facts;
    }

    private static IEnumerable<string> Mentioned(Quotient quotient, IReadOnlyList<string> named) => named.Append("row").Append("column")
        .Where(position => quotient.Contains(atom => IndexRenaming.Has(atom, position)));
}
