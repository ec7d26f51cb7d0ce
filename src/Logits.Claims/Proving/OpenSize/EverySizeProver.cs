using Logits.Claims.Certificates;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.Inequalities;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>
/// Looks for one proof of a claim for all its sizes at once: sums over all positions are atoms, positive where what is summed is, and at least what
/// is summed at any position.
/// </summary>
internal sealed class EverySizeProver(Claim claim)
{
    private const int MostLargest = 2;

    public ProofNode? Prove()
    {
        try
        {
            return claim.Conclusion is Equivalence equivalence
                ? Prove([.. claim.Hypotheses, equivalence.Left], equivalence.Right, new(claim)) is { } forward
                    && Prove([.. claim.Hypotheses, equivalence.Right], equivalence.Left, new(claim)) is { } backward
                        ? new DirectionsNode(forward, backward)
                        : null
                : Prove(claim.Hypotheses, claim.Conclusion, new(claim));
        }
        catch (Exception beyond) when (beyond is UndefinedException or NeedsCaseException or NeedsLargestException or InvalidCastException or KeyNotFoundException)
        {
            return null;
        }
    }

    private ProofNode? Prove(IReadOnlyList<Statement> hypotheses, Statement conclusion, OpenSituation situation)
    {
        Budget.CheckNow();
        if (situation.Facts.IsContradictory)
        {
            return new ContradictionNode([], null, false, null);
        }
        if (situation.Open is { } open)
        {
            var branches = new List<Branch>();
            IReadOnlyList<string> choices = situation.Choices(open);
            for (int i = 0; i < choices.Count; i++)
            {
                if (Prove(hypotheses, conclusion, situation.Choose(open.Name, choices[i])) is not { } proof)
                {
                    return null;
                }
                branches.Add(new([i + 1], [], proof));
            }
            return new CasesNode(open.Domain.Set == DomainSet.Indices ? "index" : "onehot", open.Name, [], branches);
        }
        try
        {
            return Compare(hypotheses, conclusion, situation);
        }
        catch (NeedsLargestException needed) when (situation.LargestPositions.Count < MostLargest)
        {
            (OpenSituation inside, string position) = situation.NameLargest(needed.Entry);
            return Prove(hypotheses, conclusion, inside) is { } proof
                ? new CasesNode("largest", position, [ClaimText.Of(needed.Entry)], [new([1], [], proof)])
                : null;
        }
        catch (NeedsCaseException needed) when (needed is { CaseKind: CaseKind.Sign, Candidates: [var candidate] } && situation.Facts.Known.Count < 40)
        {
            return SplitSign(hypotheses, conclusion, situation, candidate);
        }
    }

    private CasesNode? SplitSign(IReadOnlyList<Statement> hypotheses, Statement conclusion, OpenSituation situation, Quotient candidate)
    {
        var branches = new List<Branch>();
        foreach (int sign in (int[])[-1, 0, 1])
        {
            OpenSituation inside = situation.With(situation.Facts.With(candidate.Numerator, SignsExtensions.Of(sign)));
            if (!inside.Facts.IsContradictory && !inside.Facts.SignsOf(candidate.Numerator).Within(SignsExtensions.Of(sign)))
            {
                // A sign that cannot be kept in mind would be asked for again.
                return null;
            }
            ProofNode? proof;
            try
            {
                proof = Prove(hypotheses, conclusion, inside);
            }
            catch (NoValueException)
            {
                proof = new UndefinedNode();
            }
            if (proof is null)
            {
                return null;
            }
            branches.Add(new([sign], [], proof));
        }
        return new("sign", null, [ClaimText.Of(candidate)], branches);
    }

    private ProofNode? Compare(IReadOnlyList<Statement> hypotheses, Statement conclusion, OpenSituation situation)
    {
        var arithmetic = new ExactArithmetic(situation.Facts);
        FactBase facts = situation.Facts;
        ScalarGoal[] assumed = [.. hypotheses.SelectMany(hypothesis => OpenGoals.Of(hypothesis, new(situation, arithmetic), situation, forgiving: true))];
        foreach (ScalarGoal goal in assumed)
        {
            if (goal.Difference.Denominator.All(factor => facts.SignsOf(factor.Factor) == Signs.Positive))
            {
                facts = facts.With(goal.Difference.Numerator, goal.Signs);
            }
        }
        foreach (Condition condition in arithmetic.Conditions)
        {
            facts = facts.With(condition.Polynomial, condition.Signs);
        }
        situation = situation.With(facts);
        if (facts.IsContradictory)
        {
            return new ContradictionNode([], null, false, null);
        }
        arithmetic = new ExactArithmetic(facts);
        ScalarGoal[] goals = [.. OpenGoals.Of(conclusion, new(situation, arithmetic), situation, forgiving: false)];
        if (arithmetic.Conditions.Count > 0)
        {
            arithmetic = new ExactArithmetic(arithmetic.Facts);
            goals = [.. OpenGoals.Of(conclusion, new(situation, arithmetic), situation, forgiving: false)];
        }
        var proofs = new List<ProofNode>();
        foreach (ScalarGoal goal in goals)
        {
            if (arithmetic.UsesContinuity)
            {
                return null;
            }
            if (Prove(goal, arithmetic.Facts, situation) is not { } proof)
            {
                if (Contradict(assumed, arithmetic.Facts, situation) is { } contradiction)
                {
                    return contradiction;
                }
                return AsksForSign(goal, assumed, arithmetic.Facts) ? SplitSign(hypotheses, conclusion, situation, goal.Difference) : null;
            }
            proofs.Add(proof);
        }
        return new ComparisonsNode([], proofs);
    }

    /// <summary>Shows that a hypothesis' equation cannot hold here.</summary>
    private static ContradictionNode? Contradict(ScalarGoal[] assumed, FactBase facts, OpenSituation situation)
    {
        for (int i = 0; i < assumed.Length; i++)
        {
            if (assumed[i].Signs != Signs.Zero || assumed[i].Difference.IsZero)
            {
                continue;
            }
            FactBase known = SumFacts.About(assumed[i].Difference, facts, situation);
            foreach (bool reversed in (bool[])[false, true])
            {
                if (InequalityProver.Prove(reversed ? -assumed[i].Difference : assumed[i].Difference, known, strict: true) is { } proof)
                {
                    return new([], i, reversed, proof);
                }
            }
        }
        return null;
    }

    /// <summary>Whether under an equation the sign of what is to be shown might help.</summary>
    private static bool AsksForSign(ScalarGoal goal, ScalarGoal[] assumed, FactBase facts) =>
        goal.Difference.IsPolynomial && facts.SignsOf(goal.Difference) == Signs.Any && assumed.Any(other => other.Signs == Signs.Zero && !other.Difference.IsZero);

    private static ProofNode? Prove(ScalarGoal goal, FactBase facts, OpenSituation situation)
    {
        if (goal.Difference.IsZero)
        {
            return goal.Signs.HasFlag(Signs.Zero) ? new IdentityNode() : null;
        }
        Signs known = facts.SignsOf(goal.Difference);
        if (known.Within(goal.Signs))
        {
            return new SignNode();
        }
        if (goal.Signs == Signs.Zero || (known & goal.Signs) == 0)
        {
            return null;
        }
        facts = SumFacts.About(goal.Difference, facts, situation);
        if (goal.Signs == Signs.NonZero)
        {
            return InequalityProver.Prove(goal.Difference, facts, strict: true)
                ?? (InequalityProver.Prove(-goal.Difference, facts, strict: true) is { } reversed ? new ReversedNode(reversed) : null);
        }
        if (InequalityProver.Prove(goal.Difference, facts, goal.IsStrict) is { } proof)
        {
            return proof;
        }
        if ((goal.IsStrict ? null : DoubleSumProver.Prove(goal.Difference, facts)) is { } doubled)
        {
            return doubled;
        }
        foreach (string name in situation.Claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Reals).Select(declaration => declaration.Name))
        {
            Polynomial symbol = Polynomial.Of(new Symbol(name));
            if (goal.Difference.Numerator.Contains(atom => atom.Key == name) && facts.SignsOf(symbol) is not (Signs.Positive or Signs.Negative or Signs.Zero))
            {
                throw new NeedsCaseException(CaseKind.Sign, [Quotient.Of(symbol)]);
            }
        }
        return null;
    }
}
