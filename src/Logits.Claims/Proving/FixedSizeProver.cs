using Logits.Claims.Certificates;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.Inequalities;

namespace Logits.Claims.Proving;

/// <summary>Looks for a proof of a claim at one size n, by cases where an evaluation asks for them.</summary>
internal sealed partial class FixedSizeProver(Claim claim)
{
    private const int DeepestCase = 12;
    private const int MostTyingCandidates = 8;

    private readonly bool _isSymmetric = AlikePositions.In(claim);
    // A limit or an indicator jumps where the largest entries tie.
    private readonly bool _jumps = Rewriting.Expressions(claim.Conclusion).Any(node => node is Limit or Call { Function: Function.ArgmaxIndicator });

    /// <summary>Why the last search ended without a proof.</summary>
    public string? Obstacle { get; private set; }

    public ProofNode? Prove(int size) => claim.Conclusion is Equivalence equivalence
        ? Prove(size, [.. claim.Hypotheses, equivalence.Left], equivalence.Right) is { } forward
            && Prove(size, [.. claim.Hypotheses, equivalence.Right], equivalence.Left) is { } backward
                ? new DirectionsNode(forward, backward)
                : null
        : Prove(size, claim.Hypotheses, claim.Conclusion);

    private ProofNode? Prove(int size, IReadOnlyList<Statement> hypotheses, Statement conclusion) =>
        Prove(new Problem(hypotheses, conclusion), Situation.At(claim, size));

    private ProofNode? Prove(Problem problem, Situation situation)
    {
        Budget.CheckNow();
        if (situation.Facts.IsContradictory)
        {
            return new ContradictionNode([], null, false, null);
        }
        if (situation.Open is { } open)
        {
            return ProveForEach(problem, situation, open);
        }
        try
        {
            return Compare(problem, situation);
        }
        catch (NeedsCaseException needed) when (situation.Depth < DeepestCase)
        {
            return Split(problem, situation, needed.CaseKind, [.. needed.Candidates.Distinct()]);
        }
        catch (UndefinedException undefined)
        {
            Obstacle ??= undefined.Message;
            return null;
        }
    }

    private ProofNode? Compare(Problem problem, Situation situation)
    {
        var solved = new List<(string, Quotient)>();
        List<ScalarGoal> assumed;
        ExactArithmetic arithmetic;
        ExactEvaluator evaluator;
        while (true)
        {
            arithmetic = new ExactArithmetic(situation.Facts, _jumps);
            evaluator = situation.Evaluator(arithmetic);
            assumed = [.. problem.Hypotheses.SelectMany(hypothesis => Assumptions(hypothesis, evaluator))];
            var equation = assumed.Where(goal => goal.Signs == Signs.Zero && !goal.Difference.IsZero)
                .Select(goal => Situation.SolveForSymbol(goal.Difference.Numerator, situation.Facts)).FirstOrDefault(solution => solution is not null);
            if (equation is not { } solution)
            {
                break;
            }
            solved.Add(solution);
            situation = situation.Substitute(solution.Symbol, solution.Value);
        }
        foreach (ScalarGoal goal in assumed)
        {
            situation = situation.Assume(goal.Difference, goal.Signs);
        }
        // Conditions met in evaluating the hypotheses hold from here on as well.
        foreach (Condition condition in arithmetic.Conditions)
        {
            situation = situation.Assume(Quotient.Of(condition.Polynomial), condition.Signs);
        }
        if (situation.Facts.IsContradictory)
        {
            return new ContradictionNode(Situation.Text(solved), null, false, null);
        }
        arithmetic = new ExactArithmetic(situation.Facts, _jumps);
        evaluator = situation.Evaluator(arithmetic);
        ScalarGoal[] goals = [.. StatementGoals.Of(problem.Conclusion, evaluator, claim)];
        if (arithmetic.Conditions.Count > 0)
        {
            // Conditions met on the way let logarithms be split that came before them.
            arithmetic = new ExactArithmetic(arithmetic.Facts, _jumps);
            evaluator = situation.Evaluator(arithmetic);
            goals = [.. StatementGoals.Of(problem.Conclusion, evaluator, claim)];
        }
        var proofs = new List<ProofNode>();
        foreach (ScalarGoal goal in goals)
        {
            if (arithmetic.UsesContinuity && !goal.Signs.HasFlag(Signs.Zero))
            {
                Obstacle ??= "a strict comparison of an entropy at the boundary of the simplex";
                return null;
            }
            ProofNode? proof = Prove(goal, arithmetic.UsesContinuity ? Interior(arithmetic, situation) : arithmetic.Facts, situation);
            if (proof is null)
            {
                if (Contradict(assumed, arithmetic.Facts, solved) is { } contradiction)
                {
                    return contradiction;
                }
                AskForSigns(goal, assumed, arithmetic.Facts, situation);
                Obstacle ??= $"no proof was found of {Describe(goal)}";
                return null;
            }
            proofs.Add(proof);
        }
        return new ComparisonsNode(Situation.Text(solved), proofs);
    }

    /// <summary>
    /// What is not strict and holds where all entries of the simplex are positive holds on its boundary too, both sides being continuous: but
    /// only where no hypothesis keeps to the boundary and nothing jumps.
    /// </summary>
    private FactBase Interior(ExactArithmetic arithmetic, Situation situation)
    {
        FactBase facts = arithmetic.Facts;
        if (arithmetic.Conditions.Any(condition => condition.Signs.HasFlag(Signs.Zero)) || claim.Hypotheses.Count > 0 || claim.Conclusion is Equivalence || _jumps)
        {
            return facts;
        }
        foreach (Declaration simplex in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Simplex))
        {
            for (int k = 1; k <= simplex.Domain.Size.At(situation.Size); k++)
            {
                facts = facts.With(Polynomial.Of(new Symbol(ExactEvaluator.EntryName(simplex.Name, k))), Signs.Positive);
            }
        }
        return facts;
    }

    private static string Describe(ScalarGoal goal)
    {
        string relation = goal.Signs switch { Signs.Zero => "==", Signs.Positive => "<", Signs.NonNegative => "<=", _ => "!=" };
        string text = goal.Source is { } source ? $"{source.Left} {relation} {source.Right}" : $"{ClaimText.Of(goal.Left)} {relation} {ClaimText.Of(goal.Right)}";
        return text.Length <= 200 ? text : text[..197] + "...";
    }

    /// <summary>The scalar comparisons that a hypothesis makes; what cannot be used is left out, which only makes the task harder.</summary>
    private IEnumerable<ScalarGoal> Assumptions(Statement hypothesis, ExactEvaluator evaluator) => hypothesis switch
    {
        Conjunction conjunction => conjunction.Parts.SelectMany(part => Assumptions(part, evaluator)),
        PositiveSemidefinite or Membership { Domain.Set: not DomainSet.Simplex } => [],
        Comparison { Relations: [Relation.NotEqual], Operands: [{ Kind: Kind.Vector or Kind.Matrix }, ..] } => [],
        Comparison { Relations: [Relation.NotEqual], Operands: [_, { Kind: Kind.Vector or Kind.Matrix }] } => [],
        _ => StatementGoals.Of(hypothesis, evaluator, claim),
    };

    private ProofNode? Prove(ScalarGoal goal, FactBase facts, Situation situation)
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
        if ((known & goal.Signs) == 0 || goal.Signs == Signs.Zero)
        {
            return null;
        }
        if (goal.Signs == Signs.NonZero)
        {
            return InequalityProver.Prove(goal.Difference, facts, strict: true)
                ?? (InequalityProver.Prove(-goal.Difference, facts, strict: true) is { } reversed ? new ReversedNode(reversed) : null);
        }
        return InequalityProver.Prove(goal.Difference, facts, goal.IsStrict) ?? MonotonicityProver.Prove(goal, facts, situation);
    }

    /// <summary>Shows that a hypothesis' equation cannot hold here.</summary>
    private static ContradictionNode? Contradict(List<ScalarGoal> assumed, FactBase facts, List<(string, Quotient)> solved)
    {
        for (int i = 0; i < assumed.Count; i++)
        {
            if (assumed[i].Signs != Signs.Zero || assumed[i].Difference.IsZero)
            {
                continue;
            }
            foreach (bool reversed in (bool[])[false, true])
            {
                if (InequalityProver.Prove(reversed ? -assumed[i].Difference : assumed[i].Difference, facts, strict: true) is { } proof)
                {
                    return new(Situation.Text(solved), i, reversed, proof);
                }
            }
        }
        return null;
    }

    /// <summary>Hypotheses and a conclusion, with no equivalence in either.</summary>
    private sealed record Problem(IReadOnlyList<Statement> Hypotheses, Statement Conclusion);
}
