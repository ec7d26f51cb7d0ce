using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Cases at one size: by the value of a position or label, by which candidate is largest, by sign.</summary>
internal sealed partial class CertificateChecker
{
    private const int MostTying = 8;

    private void CheckPositions(Task task, CaseContext context, CasesNode cases)
    {
        Declaration variable = _claim.Declarations.FirstOrDefault(declaration => declaration.Name == cases.Variable
            && declaration.Domain.Set == (cases.Of == "index" ? DomainSet.Indices : DomainSet.OneHot))
            ?? throw new RejectedException($"the claim has no position {cases.Variable}");
        if (context.IsChosen(variable.Name))
        {
            throw new RejectedException($"{variable.Name} is chosen twice");
        }
        IReadOnlyList<string> all = PositionChoices(context, variable);
        // Of positions that nothing tells apart, the first stands for all.
        string[] alike = cases.Branches.Count < all.Count ? [.. all.Intersect(context.AlikePositions)] : [];
        string[] values = [.. all.Except(alike.Skip(1))];
        if (cases.Branches.Count != values.Length)
        {
            throw new RejectedException($"the cases of {variable.Name} are not complete");
        }
        var needed = new List<(string Value, IReadOnlyList<Condition> Conditions)>();
        for (int i = 0; i < values.Length; i++)
        {
            CaseContext branch = context.Inner();
            branch.Choose(variable.Name, values[i]);
            if (_size is null && !context.Named.Contains(values[i]))
            {
                branch.Named.Add(values[i]);
            }
            Check(task, branch, cases.Branches[i].Proof);
            if (alike.Contains(values[i]))
            {
                PositionSymmetry.Close(branch.Conditions, [.. alike.Skip(1)]);
                needed.AddRange(alike.Select(value => (value, (IReadOnlyList<Condition>)PositionSymmetry.Images(branch.Conditions, values[i], value))));
            }
            else
            {
                needed.Add((values[i], branch.Conditions));
            }
        }
        context.Conditions.AddRange(JoinPositions(variable, needed));
    }

    /// <summary>What is needed wherever the position is, under its own name: x[1] != 0 for i = 1 and so on is x[i] != 0.</summary>
    private static IEnumerable<Condition> JoinPositions(Declaration variable, List<(string Value, IReadOnlyList<Condition> Conditions)> needed)
    {
        Condition[] everywhere = [.. needed[0].Conditions.Where(condition => needed.All(other => other.Conditions.Contains(condition)))];
        Condition Named(Condition condition, string value) => condition.Map(form => Renaming.Of(form, value, variable.Name));
        Condition[] named = [.. needed.Select(branch => branch.Conditions.Except(everywhere).Select(condition => Named(condition, branch.Value))).Aggregate((a, b) => a.Intersect(b))];
        var rest = needed.Select(branch => (
            (IReadOnlyList<Premise>)[new(null, default, variable.Domain.Set == DomainSet.Indices ? $"{variable.Name} == {branch.Value}" : $"{variable.Name}[{branch.Value}] == 1")],
            (IReadOnlyList<Condition>)[.. branch.Conditions.Except(everywhere).Where(condition => !named.Contains(Named(condition, branch.Value)))]));
        return [.. everywhere, .. named, .. Condition.Join([.. rest])];
    }

    private void CheckCases(Task task, CaseContext context, CasesNode cases)
    {
        if (cases.Of == "largest")
        {
            CheckLargest(task, context, cases);
            return;
        }
        IReadOnlyList<string> alike = context.AlikePositions;
        Fraction[] candidates = [.. cases.Candidates.Select(text => Parse(text, context))];
        IReadOnlyList<int[]> complete = Choices(cases.Of, candidates.Length);
        bool symmetric = cases.Of != "sign" && cases.Branches.Count < complete.Count && alike.Count == _size && PositionSymmetry.Permutes(alike, candidates);
        var needed = new List<(IReadOnlyList<Premise> Premises, IReadOnlyList<Condition> Conditions)>();
        SignSet undefined = default;
        foreach (int[] choice in complete)
        {
            (Fraction Difference, SignSet Signs)[] premises = [.. Premises(cases.Of, candidates, choice)];
            Premise[] told = [.. premises.Select(premise => new Premise(premise.Difference.Top, premise.Signs, null))];
            if (cases.Branches.FirstOrDefault(candidate => candidate.Chosen.SequenceEqual(choice)) is not { } branch)
            {
                // As many candidates at the first positions: this case, its positions permuted.
                int[] first = [.. Enumerable.Range(1, choice.Length)];
                (IReadOnlyList<Premise>, IReadOnlyList<Condition> Conditions)? given = symmetric && !first.SequenceEqual(choice) && Find(complete, first) is var at && at < needed.Count ? needed[at] : null;
                needed.Add((told, given is { } own ? Images(own.Conditions, alike, choice) : throw new RejectedException("a case is missing")));
                continue;
            }
            CaseContext inside = context.Inner();
            Solve(inside, [.. premises.Where(premise => premise.Signs == SignSet.Nil).Select(premise => premise.Difference)], branch.Substitutions);
            foreach ((Fraction difference, SignSet sign) in premises)
            {
                inside.Signs.Assume(inside.Current(difference), sign);
            }
            if (branch.Proof is UndefinedNode && cases.Of == "sign")
            {
                RequireUndefined(task, inside);
                undefined = new(undefined.Minus || choice[0] < 0, undefined.Zero || choice[0] == 0, undefined.Plus || choice[0] > 0);
                continue;
            }
            Check(task, inside, branch.Proof);
            if (symmetric)
            {
                PositionSymmetry.Close(inside.Conditions, [.. alike.Take(choice.Length)]);
                PositionSymmetry.Close(inside.Conditions, [.. alike.Skip(choice.Length)]);
            }
            needed.Add((told, inside.Conditions));
        }
        if (needed.Count == 0)
        {
            throw new UndefinedHereException();
        }
        if (!undefined.IsEmpty)
        {
            SignSet defined = new(!undefined.Minus, !undefined.Zero, !undefined.Plus);
            context.Require(candidates[0], defined);
        }
        context.Conditions.AddRange(Condition.Join(needed));
    }

    /// <summary>Every case there is: of signs, of which candidate is at least as large as the others, of which tie for largest.</summary>
    private static IReadOnlyList<int[]> Choices(string of, int count) => (of, count) switch
    {
        ("sign", 1) => [[-1], [0], [1]],
        ("maximum", >= 1) => [.. Enumerable.Range(1, count).Select(i => new[] { i })],
        ("ties", >= 1 and <= MostTying) => [.. Enumerable.Range(1, (1 << count) - 1).Select(set => Enumerable.Range(1, count).Where(i => (set >> (i - 1) & 1) != 0).ToArray())],
        _ => throw new RejectedException($"there are no cases of the kind \"{of}\" among {count} candidates"),
    };

    /// <summary>What holds in one case: signs of the candidate, or of its differences from the others.</summary>
    private static IEnumerable<(Fraction Difference, SignSet Signs)> Premises(string of, Fraction[] candidates, int[] choice)
    {
        if (of == "sign")
        {
            return [(candidates[0], SignSet.Of(choice[0]))];
        }
        Fraction lead = candidates[choice[0] - 1];
        return Enumerable.Range(1, candidates.Length).Where(i => i != choice[0]).Select(i => (
            lead - candidates[i - 1],
            of == "maximum" ? SignSet.NotNegative : choice.Contains(i) ? SignSet.Nil : SignSet.Positive));
    }

    private static int Find(IReadOnlyList<int[]> choices, int[] choice) => Enumerable.Range(0, choices.Count).First(i => choices[i].SequenceEqual(choice));

    /// <summary>What conditions of the case of the first positions become where these are permuted to the chosen ones.</summary>
    private static IReadOnlyList<Condition> Images(IReadOnlyList<Condition> conditions, IReadOnlyList<string> positions, int[] choice)
    {
        for (int k = choice.Length; k >= 1; k--)
        {
            conditions = PositionSymmetry.Images(conditions, positions[k - 1], positions[choice[k - 1] - 1]);
        }
        return conditions;
    }

    /// <summary>Sees to it that the claim has no value in this case.</summary>
    private void RequireUndefined(Task task, CaseContext context)
    {
        try
        {
            _ = Comparisons(task.Hypotheses, context, forgiving: true).Count();
            _ = Comparisons([task.Conclusion], context, forgiving: false).Count();
        }
        catch (UndefinedHereException)
        {
            return;
        }
        throw new RejectedException("the claim has a value in a case that is said to have none");
    }
}
