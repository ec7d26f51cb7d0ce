using Logits.Claims.Judging;
using Logits.Claims.Language;

namespace Logits.Claims.Repairing;

/// <summary>Adds to a refutation where the claim does hold, and the nearest claim that is true.</summary>
internal static class Repair
{
    // Of the time that a verdict may take.
    private const double ShareOfAll = 0.4;
    private const double ShareOfOne = 0.1;

    public static Refuted Complete(Claim claim, Refuted refuted, DecideOptions options)
    {
        try
        {
            using var budget = new Budget(options.TimeLimit * ShareOfAll, options.MemoryLimit, CancellationToken.None);
            DecideOptions one = options with { Repair = false, TimeLimit = options.TimeLimit * ShareOfOne, Sizes = null };
            refuted = refuted with { PartialTruth = PartialTruth(claim, one) };
            foreach (Claim candidate in ClaimEdits.Nearest(claim))
            {
                if (TrueOf(candidate, one) is { } text && SpeaksOfSomething(candidate))
                {
                    return refuted with { Repair = text };
                }
            }
            return refuted;
        }
        catch (BudgetException)
        {
            return refuted;
        }
    }

    /// <summary>The claim where it is proved, for the sizes for which it is; null where it is not.</summary>
    private static string? TrueOf(Claim candidate, DecideOptions options) => Verdict(candidate, options) switch
    {
        Proved => candidate.ToString(),
        PartlyProved { Proof.Sizes: [var sizes] } => candidate.WithSizes(sizes).ToString(),
        _ => null,
    };

    private static Verdict Verdict(Claim candidate, DecideOptions options)
    {
        Budget.CheckNow();
        return Decider.Decide(candidate, options);
    }

    /// <summary>Whether there is a point at which all hypotheses hold for certain: what follows from hypotheses that none meets is worth nothing.</summary>
    private static bool SpeaksOfSomething(Claim candidate) => candidate.Hypotheses.Count == 0 || NumericJudge.Attack(candidate).PointsMet > 0;

    /// <summary>By the sign of each number in the claim: where it is proved, and where it is refuted.</summary>
    private static string? PartialTruth(Claim claim, DecideOptions options)
    {
        foreach (Declaration scalar in ClaimEdits.FreeScalars(claim))
        {
            var parts = new List<string>();
            bool isTrueSomewhere = false;
            foreach (Relation relation in (Relation[])[Relation.Greater, Relation.Equal, Relation.Less])
            {
                Verdict verdict = Verdict(ClaimEdits.Assuming(claim, scalar.Name, relation, Rational.Zero), options);
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
