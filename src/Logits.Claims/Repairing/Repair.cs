using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Repairing;

/// <summary>Adds to a refutation where the claim does hold, and the nearest claim that is true.</summary>
internal static class Repair
{
    private static readonly TimeSpan TimeForOne = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeForAll = TimeSpan.FromSeconds(4);

    public static Refuted Complete(Claim claim, Refuted refuted)
    {
        try
        {
            using var budget = new Budget(TimeForAll, 512L << 20, CancellationToken.None);
            refuted = refuted with { PartialTruth = PartialTruth(claim) };
            return refuted with { Repair = ClaimEdits.Nearest(claim).FirstOrDefault(IsProved)?.ToString() };
        }
        catch (BudgetException)
        {
            return refuted;
        }
    }

    private static bool IsProved(Claim candidate) => Verdict(candidate) is Proved;

    private static Verdict Verdict(Claim candidate)
    {
        Budget.CheckNow();
        return Decider.Decide(candidate, new DecideOptions { Repair = false, TimeLimit = TimeForOne });
    }

    /// <summary>By the sign of each number in the claim: where it is proved, and where it is refuted.</summary>
    private static string? PartialTruth(Claim claim)
    {
        foreach (Declaration scalar in ClaimEdits.FreeScalars(claim))
        {
            var parts = new List<string>();
            bool isTrueSomewhere = false;
            foreach (Relation relation in (Relation[])[Relation.Greater, Relation.Equal, Relation.Less])
            {
                Verdict verdict = Verdict(ClaimEdits.Assuming(claim, scalar.Name, relation, Rational.Zero));
                string symbol = relation switch { Relation.Greater => ">", Relation.Equal => "==", _ => "<" };
                if (verdict is Proved { Conditions.Count: 0 })
                {
                    isTrueSomewhere = true;
                    parts.Add($"true for {scalar.Name} {symbol} 0");
                }
                else if (verdict is Refuted)
                {
                    parts.Add($"false for {scalar.Name} {symbol} 0");
                }
            }
            if (isTrueSomewhere && parts.Any(part => part.StartsWith("false", StringComparison.Ordinal)))
            {
                return string.Join(", ", parts);
            }
        }
        return null;
    }
}
