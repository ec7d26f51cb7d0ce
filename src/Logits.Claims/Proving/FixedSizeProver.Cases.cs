using Logits.Claims.Certificates;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving;

/// <content>Cases: by the value of a position or label, by which candidate is largest, by sign.</content>
internal sealed partial class FixedSizeProver
{
    private CasesNode? ProveForEach(Problem problem, Situation situation, Declaration variable)
    {
        var branches = new List<Branch>();
        int free = Enumerable.Range(1, situation.Size).FirstOrDefault(position => !situation.Chosen.Values.Contains(position));
        for (int value = 1; value <= variable.Domain.Size.At(situation.Size); value++)
        {
            if (_isSymmetric && value > free && !situation.Chosen.Values.Contains(value))
            {
                // Nothing tells it from the first free one.
                continue;
            }
            if (Prove(problem, situation.Choose(variable.Name, value)) is not { } proof)
            {
                return null;
            }
            branches.Add(new([value], [], proof));
        }
        return new(variable.Domain.Set == DomainSet.Indices ? "index" : "onehot", variable.Name, [], branches);
    }

    /// <summary>Where the sign of a scalar, or (under an equation that could not be solved) of the goal itself, might help, asks for the cases.</summary>
    private static void AskForSigns(ScalarGoal goal, List<ScalarGoal> assumed, FactBase facts, Situation situation)
    {
        if (situation.Depth >= DeepestCase - 2)
        {
            return;
        }
        foreach (string name in situation.Claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Reals).Select(declaration => declaration.Name))
        {
            Polynomial symbol = Polynomial.Of(new Symbol(name));
            bool occurs = goal.Difference.Contains(atom => atom is Symbol { Name: var own } && own == name);
            if (occurs && facts.SignsOf(symbol) is not (Signs.Positive or Signs.Negative or Signs.Zero) && goal.Signs != Signs.Zero)
            {
                throw new NeedsCaseException(CaseKind.Sign, [Quotient.Of(symbol)]);
            }
        }
        bool open = facts.SignsOf(goal.Difference) is not (Signs.Positive or Signs.Negative);
        if (open && assumed.Any(other => other.Signs == Signs.Zero && !other.Difference.IsZero))
        {
            throw new NeedsCaseException(CaseKind.Sign, [goal.Difference]);
        }
    }

    private CasesNode? Split(Problem problem, Situation situation, CaseKind kind, Quotient[] candidates)
    {
        var branches = new List<Branch>();
        bool isSymmetric = _isSymmetric && kind != CaseKind.Sign && situation.Depth == 0 && situation.Chosen.Count == 0
            && AlikePositions.InOrder(candidates, situation.Size, new ExactArithmetic(situation.Facts));
        foreach (int[] chosen in isSymmetric ? FirstChoices(kind, candidates.Length) : Choices(kind, candidates.Length))
        {
            (Situation Situation, List<(string, Quotient)> Solved)? entered = Enter(situation, kind, candidates, chosen);
            if (entered is not { } branch)
            {
                Obstacle ??= "a case whose equations could not be solved";
                return null;
            }
            ProofNode? proof = Prove(problem, branch.Situation.AsCase());
            if (proof is null && kind == CaseKind.Sign && IsUndefined(problem, branch.Situation))
            {
                proof = new UndefinedNode();
            }
            if (proof is null)
            {
                return null;
            }
            branches.Add(new(chosen, Situation.Text(branch.Solved), proof));
        }
        return new(kind switch { CaseKind.Maximum => "maximum", CaseKind.Ties => "ties", _ => "sign" }, null, [.. candidates.Select(ClaimText.Of)], branches);
    }

    private bool IsUndefined(Problem problem, Situation situation)
    {
        try
        {
            var evaluator = situation.Evaluator(new ExactArithmetic(situation.Facts));
            _ = problem.Hypotheses.Append(problem.Conclusion).SelectMany(statement => StatementGoals.Of(statement, evaluator, claim)).Count();
            return false;
        }
        catch (NoValueException)
        {
            return true;
        }
        catch (Exception other) when (other is NeedsCaseException or UndefinedException)
        {
            return false;
        }
    }

    /// <summary>Positions of the largest candidates, counted from 1; for signs −1, 0 and 1.</summary>
    private static IEnumerable<int[]> Choices(CaseKind kind, int count) => kind switch
    {
        CaseKind.Sign => [[-1], [0], [1]],
        CaseKind.Maximum => Enumerable.Range(1, count).Select(i => new[] { i }),
        _ when count > MostTyingCandidates => throw new UndefinedException($"ties among {count} expressions are too many cases"),
        _ => Enumerable.Range(1, (1 << count) - 1).Select(set => Enumerable.Range(1, count).Where(i => (set >> (i - 1) & 1) != 0).ToArray()),
    };

    /// <summary>One choice for each number of candidates that tie for largest.</summary>
    private static IEnumerable<int[]> FirstChoices(CaseKind kind, int count) =>
        Enumerable.Range(1, kind == CaseKind.Maximum ? 1 : count).Select(ties => Enumerable.Range(1, ties).ToArray());

    private static (Situation Situation, List<(string, Quotient)> Solved)? Enter(Situation situation, CaseKind kind, Quotient[] candidates, int[] chosen)
    {
        var solved = new List<(string, Quotient)>();
        if (kind == CaseKind.Sign)
        {
            return Assume(situation, candidates[0], SignsExtensions.Of(chosen[0]), solved) is { } signed ? (signed, solved) : null;
        }
        Situation result = situation;
        Quotient lead = candidates[chosen[0] - 1];
        for (int i = 1; i <= candidates.Length; i++)
        {
            if (i == chosen[0])
            {
                continue;
            }
            Signs signs = kind == CaseKind.Maximum ? Signs.NonNegative : chosen.Contains(i) ? Signs.Zero : Signs.Positive;
            if (Assume(result, lead - candidates[i - 1], signs, solved) is not { } next)
            {
                return null;
            }
            result = next;
        }
        return (result, solved);
    }

    private static Situation? Assume(Situation situation, Quotient difference, Signs signs, List<(string, Quotient)> solved)
    {
        var current = new Interpretation<Quotient>(
            new ExactArithmetic(situation.Facts), name => situation.Solved.GetValueOrDefault(name) ?? Quotient.Of(new Symbol(name)));
        difference = current.Of(difference);
        if (signs != Signs.Zero)
        {
            return situation.Assume(difference, signs);
        }
        if (difference.IsZero)
        {
            return situation;
        }
        if (situation.Facts.SignsOf(difference).Within(Signs.NonZero))
        {
            return situation.Assume(difference, Signs.Zero);
        }
        if (Situation.SolveForSymbol(difference.Numerator, situation.Facts) is not { } solution)
        {
            return situation.Assume(difference, Signs.Zero);
        }
        solved.Add(solution);
        return situation.Substitute(solution.Symbol, solution.Value);
    }
}
