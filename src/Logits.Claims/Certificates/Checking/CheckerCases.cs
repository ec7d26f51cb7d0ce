using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Cases at one size: by the value of a position or label, by which candidate is largest, by sign.</summary>
internal sealed partial class CertificateChecker
{
    private void CheckPositions(Task task, CaseContext context, CasesNode cases)
    {
        Declaration variable = _claim.Declarations.FirstOrDefault(declaration => declaration.Name == cases.Variable
            && declaration.Domain.Set == (cases.Of == "index" ? DomainSet.Indices : DomainSet.OneHot))
            ?? throw new RejectedException($"the claim has no position {cases.Variable}");
        if (context.IsChosen(variable.Name))
        {
            throw new RejectedException($"{variable.Name} is chosen twice");
        }
        IReadOnlyList<string> values = PositionChoices(context, variable);
        IReadOnlyList<string> alike = context.AlikePositions;
        int complete = values.Count;
        if (cases.Branches.Count < complete)
        {
            // Of positions that nothing tells apart, the first stands for all.
            values = [.. values.Except(alike.Skip(1))];
        }
        if (cases.Branches.Count != values.Count)
        {
            throw new RejectedException($"the cases of {variable.Name} are not complete");
        }
        int conditions = context.Conditions.Count;
        for (int i = 0; i < values.Count; i++)
        {
            CaseContext branch = context.Branch();
            branch.Choose(variable.Name, values[i]);
            if (_size is null && !context.Named.Contains(values[i]))
            {
                branch.Named.Add(values[i]);
            }
            Check(task, branch, cases.Branches[i].Proof);
        }
        if (values.Count < complete)
        {
            PositionSymmetry.Close(context.Conditions, conditions, alike);
        }
    }

    private void CheckCases(Task task, CaseContext context, CasesNode cases)
    {
        if (cases.Of == "largest")
        {
            CheckLargest(task, context, cases);
            return;
        }
        IReadOnlyList<string> alike = context.AlikePositions;
        int conditions = context.Conditions.Count;
        Fraction[] candidates = [.. cases.Candidates.Select(text => Parse(text, context))];
        int[][] complete = cases.Of switch
        {
            "sign" when candidates.Length == 1 => [[-1], [0], [1]],
            "maximum" => [.. Enumerable.Range(1, candidates.Length).Select(i => new[] { i })],
            "ties" => [.. Enumerable.Range(1, (1 << candidates.Length) - 1).Select(set => Enumerable.Range(1, candidates.Length).Where(i => (set >> (i - 1) & 1) != 0).ToArray())],
            _ => throw new RejectedException($"cases of an unknown kind: {cases.Of}"),
        };
        bool symmetric = cases.Of != "sign" && cases.Branches.Count < complete.Length && alike.Count == _size && PositionSymmetry.Permutes(alike, candidates);
        int[][] given = [.. complete.Where(choice => cases.Branches.Any(branch => branch.Chosen.SequenceEqual(choice)))];
        foreach (int[] choice in complete)
        {
            Branch? branch = cases.Branches.FirstOrDefault(candidate => candidate.Chosen.SequenceEqual(choice));
            if (branch is null && symmetric && given.Any(other => other.Length == choice.Length))
            {
                // As many candidates at other positions: the other case, its positions permuted.
                continue;
            }
            if (branch is null)
            {
                throw new RejectedException("a case is missing");
            }
            CaseContext inside = context.Branch();
            var equations = new List<Fraction>();
            var signs = new List<(Fraction, SignSet)>();
            if (cases.Of == "sign")
            {
                if (choice[0] == 0 && branch.Proof is UndefinedNode)
                {
                    CheckUndefined(task, context, candidates[0]);
                    continue;
                }
                (choice[0] == 0 ? equations : []).Add(candidates[0]);
                signs.Add((candidates[0], SignSet.Of(choice[0])));
            }
            else
            {
                Fraction lead = candidates[choice[0] - 1];
                for (int i = 1; i <= candidates.Length; i++)
                {
                    if (i != choice[0])
                    {
                        bool ties = cases.Of == "ties" && choice.Contains(i);
                        (ties ? equations : []).Add(lead - candidates[i - 1]);
                        signs.Add((lead - candidates[i - 1], ties ? SignSet.Nil : cases.Of == "ties" ? SignSet.Positive : SignSet.NotNegative));
                    }
                }
            }
            Solve(inside, equations, branch.Substitutions);
            foreach ((Fraction difference, SignSet sign) in signs)
            {
                inside.Signs.Assume(inside.Current(difference), sign);
            }
            Check(task, inside, branch.Proof);
        }
        if (symmetric)
        {
            PositionSymmetry.Close(context.Conditions, conditions, alike);
        }
    }

    /// <summary>Where the candidate is 0 the claim must have no value; that it is not 0 becomes a condition.</summary>
    private void CheckUndefined(Task task, CaseContext context, Fraction candidate)
    {
        CaseContext zero = context.Inner();
        if (candidate is not { IsForm: true, Top.Count: 1 } || candidate.Top.Terms.First().Word.Letters is not [(VariableLetter variable, _)])
        {
            throw new RejectedException("only a variable can be excluded");
        }
        zero.Solve(variable.Key, Fraction.Zero);
        try
        {
            _ = Comparisons(task.Hypotheses, zero, forgiving: true).Count();
            _ = Comparisons([task.Conclusion], zero, forgiving: false).Count();
        }
        catch (UndefinedHereException)
        {
            context.Conditions.Add((Form.Of(variable), SignSet.NotZero));
            return;
        }
        throw new RejectedException($"the claim has a value where {variable.Key} is 0");
    }
}
