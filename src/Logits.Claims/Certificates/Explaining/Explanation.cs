using Logits.Claims.Language;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>
/// Turns a proof into steps a student follows. What a step says of mathematics is a claim of its own, decided before it is shown; prose only joins
/// the claims.
/// </summary>
internal sealed class Explanation
{
    private static readonly string[] PositionNames = ["i", "j", "l", "m"];

    private readonly Claim _claim;
    private readonly int? _size;
    private readonly StepList _steps;
    private readonly (string Row, string Column) _fresh;
    private readonly ComparisonExplanation _comparisons;
    private readonly IdentityExplanation _identities;

    private Explanation(Claim claim, int? size)
    {
        (_claim, _size, _steps) = (claim, size, new(claim, size));
        string[] free = [.. PositionNames.Where(name => claim.Declarations.All(own => own.Name != name))];
        _fresh = free.Length >= 2 ? (free[0], free[1]) : ("row", "column");
        _steps.Introduce(_fresh.Row, DomainSet.Indices);
        _steps.Introduce(_fresh.Column, DomainSet.Indices);
        (_comparisons, _identities) = (new(claim, _steps, _fresh), new(_steps, _fresh));
    }

    /// <summary>The steps, as many as are told in the time given.</summary>
    public static IReadOnlyList<ProofStep> Of(AcceptedCertificate accepted, DecideOptions options, CancellationToken cancellationToken)
    {
        using var budget = new Budget(options.TimeLimit, options.MemoryLimit, cancellationToken);
        var explanation = new Explanation(accepted.Claim, accepted.Claim.Sizes is null ? null : accepted.Document.Proofs[0].Size);
        try
        {
            explanation.Write(accepted);
        }
        catch (BudgetException spent)
        {
            explanation._steps.Say($"The rest is not told: {spent.Message}.");
        }
        return explanation._steps.Steps;
    }

    private void Write(AcceptedCertificate accepted)
    {
        SizeProof first = accepted.Document.Proofs[0];
        Claim claim = accepted.Claim;
        if (accepted.Document.Proofs.Count > 1)
        {
            _steps.Say($"At n = {_size}. Each of the other sizes has a proof of its own, which is in the certificate.");
        }
        CaseView view = CaseView.Of(claim, _size);
        if (first.Proof is DirectionsNode directions && claim.Conclusion is Equivalence equivalence)
        {
            _steps.Say("From left to right.");
            Write(Opening(view, [.. claim.Hypotheses, equivalence.Left], equivalence.Right), directions.Forward);
            _steps.Say("From right to left.");
            Write(Opening(view, [.. claim.Hypotheses, equivalence.Right], equivalence.Left), directions.Backward);
        }
        else
        {
            Write(Opening(view, claim.Hypotheses, claim.Conclusion), first.Proof);
        }
        if (accepted.Conditions.Count > 0)
        {
            _steps.Say($"All this where everything is defined: {string.Join(", ", accepted.Conditions)}.");
        }
    }

    private Scene Opening(CaseView view, IReadOnlyList<Statement> hypotheses, Statement conclusion) => new(view, hypotheses, conclusion)
    {
        Named = _size is null && _claim.Sizes is not null ? OpenSituation.Literals(_claim) : [],
    };

    private void Write(Scene scene, ProofNode node)
    {
        switch (node)
        {
            case CasesNode { Variable: { } variable, Of: "largest" } largest:
                _steps.Introduce(variable, DomainSet.Indices);
                Write(scene.WithLargest(largest.Candidates[0], variable) with { View = scene.View.NameLargest(scene.Conclusion) }, largest.Branches[0].Proof);
                break;
            case CasesNode { Variable: not null } positions:
                WritePositions(scene, positions);
                break;
            case CasesNode cases:
                WriteCases(scene, cases);
                break;
            case ComparisonsNode comparisons:
                WriteComparisons(Solved(scene, comparisons.Substitutions), comparisons);
                break;
            case ContradictionNode { Proof: { } proof, Hypothesis: { } number } contradiction:
                WriteContradiction(Solved(scene, contradiction.Substitutions), number, contradiction.Reversed, proof);
                break;
        }
    }

    private static Scene Solved(Scene scene, IReadOnlyList<Substitution> substitutions) =>
        scene with { View = substitutions.Aggregate(scene.View, (view, substitution) => view.Substitute(substitution)) };

    /// <summary>By the value of a position, or of the position of the one in a label. Cases that are alike are told once, the most general of them.</summary>
    private void WritePositions(Scene scene, CasesNode node)
    {
        bool isLabel = node.Of == "onehot";
        int count = node.Branches.Count;
        bool open = _size is null && _claim.Sizes is not null;
        string[] positions = open
            ? [.. scene.Named, isLabel ? PositionNames.First(name => IsFree(name) && !scene.Named.Contains(name)) : node.Variable!]
            : [.. Enumerable.Range(1, count).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))];
        var told = new HashSet<string>();
        foreach (int k in open ? Enumerable.Range(0, count).Reverse() : Enumerable.Range(0, count))
        {
            ProofNode proof = node.Branches[k].Proof;
            if (proof is ContradictionNode { Proof: null } || !told.Add(Shape(proof)))
            {
                continue;
            }
            string position = positions[k];
            Scene inside = scene with { View = scene.View.Choose(node.Variable!, position), Named = open && k == count - 1 ? [.. scene.Named, position] : scene.Named };
            if (isLabel)
            {
                _steps.Introduce(position, DomainSet.Indices);
                inside = inside.Replace(node.Variable!, Unit(node.Variable!, position));
                inside = inside.Assume(open && k == count - 1 ? scene.Named.Select(other => $"{position} != {other}") : []);
            }
            else
            {
                inside = inside.Assume(open && k == count - 1 ? scene.Named.Select(other => $"{position} != {other}") : [$"{node.Variable} == {position}"]);
            }
            Write(inside, proof);
        }
        if (!open && told.Count < count)
        {
            _steps.Say($"Here {node.Variable} {(isLabel ? "is the first unit vector" : "is 1")}; the other positions go alike.");
        }
    }

    private bool IsFree(string name) => name != _fresh.Row && name != _fresh.Column && _claim.Declarations.All(own => own.Name != name);

    private Call Unit(string label, string position)
    {
        VectorSize size = _claim.Declarations.First(own => own.Name == label).Domain.Size;
        return new(Function.OneHot, new[] { ReaderGoals.Position(position, size) }.ToSequence(), Language.Shape.Vector(size), default);
    }

    private void WriteCases(Scene scene, CasesNode node)
    {
        var told = new HashSet<string>();
        foreach (Branch branch in node.Branches)
        {
            IReadOnlyList<string> assumed = Assumptions(node, branch);
            if (branch.Proof is ContradictionNode { Proof: null })
            {
                if (node.Of == "sign")
                {
                    string opposite = branch.Chosen[0] switch { < 0 => ">=", 0 => "!=", _ => "<=" };
                    _steps.Show("One case cannot be:", scene.Under($"{node.Candidates[0]} {opposite} 0"));
                }
                continue;
            }
            if (branch.Proof is UndefinedNode || !told.Add($"{(node.Of == "ties" ? branch.Chosen.Count : 0)} {Shape(branch.Proof)}"))
            {
                continue;
            }
            _steps.Say($"Let {string.Join(" and ", assumed)}.");
            Scene inside = scene with { View = branch.Substitutions.Aggregate(scene.View, (view, substitution) => view.Substitute(substitution)) };
            Write(Ordered(inside, node, branch).Assume(assumed), branch.Proof);
        }
        if (told.Count < node.Branches.Count(branch => branch.Proof is not UndefinedNode and not ContradictionNode { Proof: null }))
        {
            _steps.Say("The other cases go alike, with the letters exchanged.");
        }
    }

    /// <summary>The scene in which what the case assumes is known.</summary>
    private static Scene Ordered(Scene scene, CasesNode node, Branch branch)
    {
        if (node.Of == "sign")
        {
            return scene with { View = scene.View.Assume(node.Candidates[0], SignsExtensions.Of(branch.Chosen[0])) };
        }
        string lead = node.Candidates[branch.Chosen[0] - 1];
        CaseView view = scene.View;
        foreach (int i in Enumerable.Range(1, node.Candidates.Count).Except(branch.Chosen.Take(1)))
        {
            Signs signs = node.Of == "maximum" ? Signs.NonNegative : branch.Chosen.Contains(i) ? Signs.Zero : Signs.Positive;
            view = view.Assume($"{lead} - ({node.Candidates[i - 1]})", signs);
        }
        return scene with { View = view, Order = node.Of == "ties" ? (lead, node.Candidates) : scene.Order };
    }

    private static IReadOnlyList<string> Assumptions(CasesNode node, Branch branch)
    {
        if (node.Of == "sign")
        {
            return [$"{node.Candidates[0]} {(branch.Chosen[0] switch { < 0 => "<", 0 => "==", _ => ">" })} 0"];
        }
        string lead = node.Candidates[branch.Chosen[0] - 1];
        return [.. Enumerable.Range(1, node.Candidates.Count).Where(i => i != branch.Chosen[0])
            .Select(i => $"{lead} {(node.Of == "maximum" ? ">=" : branch.Chosen.Contains(i) ? "==" : ">")} {node.Candidates[i - 1]}")];
    }

    private void WriteComparisons(Scene scene, ComparisonsNode node)
    {
        ReaderGoal[] goals = [.. Goals(scene, scene.Conclusion)];
        if (goals.Length != node.Proofs.Count)
        {
            _steps.Show("This is decided as it stands:", scene.Under(scene.Conclusion.ToString()));
            return;
        }
        bool isSymmetric = scene.Conclusion is PositiveSemidefinite semidefinite && SayWhatRemains(semidefinite);
        foreach (var pair in goals.Zip(node.Proofs).GroupBy(entry => entry.First.Of).Skip(isSymmetric ? 1 : 0))
        {
            foreach (var alike in pair.GroupBy(entry => Shape(entry.Second)))
            {
                if (alike.First().Second is IdentityNode)
                {
                    _identities.Write(scene, [.. alike.Select(entry => entry.First)]);
                    continue;
                }
                // The last is at a position like any other, where there is one.
                (ReaderGoal goal, ProofNode proof) = _size is null ? alike.Last() : alike.First();
                _comparisons.Write(InGeneral(scene, goal), goal, proof);
                if (alike.Count() > 1)
                {
                    _steps.Say("The other entries go alike.");
                }
            }
        }
    }

    /// <summary>The scene in which the positions of a goal are told apart.</summary>
    private Scene InGeneral(Scene scene, ReaderGoal goal) =>
        goal.At.Where(position => position == _fresh.Row || position == _fresh.Column).Distinct()
            .Aggregate(scene.Assume(goal.Assumed), (inside, position) => inside with { View = inside.View.Choose(position, position) });

    private IEnumerable<ReaderGoal> Goals(Scene scene, Statement statement)
    {
        var goals = new ReaderGoals(_claim.Sizes is null ? 1 : _size, scene.Named, _fresh);
        IEnumerable<ReaderGoal> Of(Statement part) => part switch
        {
            Conjunction conjunction => conjunction.Parts.SelectMany(Of),
            Membership membership => goals.Of(membership),
            PositiveSemidefinite semidefinite => goals.Of(semidefinite, Direction()),
            _ => goals.Of(part),
        };
        return Of(statement);
    }

    /// <summary>The vector that a semidefinite matrix' form is of, by the name that the certificate gives it.</summary>
    private string Direction()
    {
        string name = ((string[])["v", "u", "w", "z", "q", "r"]).First(candidate => _claim.Declarations.All(own => own.Name != candidate));
        _steps.Introduce(name, DomainSet.RealVectors);
        return name;
    }

    /// <summary>What semidefiniteness says: the symmetry, at once, and the form, which remains.</summary>
    private bool SayWhatRemains(PositiveSemidefinite semidefinite)
    {
        if (!_steps.Show("The matrix is symmetric:", $"transpose({semidefinite.Matrix}) == {semidefinite.Matrix}"))
        {
            return false;
        }
        _steps.Say($"It remains that its quadratic form is not negative, for every {Direction()}.");
        return true;
    }

    private void WriteContradiction(Scene scene, int number, bool reversed, ProofNode proof)
    {
        var numbered = scene.Hypotheses.SelectMany(hypothesis => Goals(scene, hypothesis).Select(goal => (Hypothesis: hypothesis, Goal: goal))).ToArray();
        if (number >= numbered.Length)
        {
            return;
        }
        (Statement hypothesis, ReaderGoal goal) = numbered[number];
        // What is shown to be false is not assumed on the way.
        Scene without = scene with { Hypotheses = [.. scene.Hypotheses.Where(other => !ReferenceEquals(other, hypothesis))] };
        ReaderGoal strict = reversed ? goal with { Relation = Relation.Greater } : goal with { Relation = Relation.Less };
        _steps.Say($"Then {hypothesis} cannot hold, because one side is larger:");
        _comparisons.Write(InGeneral(without, goal), strict, proof);
    }

    /// <summary>What kind of argument a proof is; proofs of one shape are told once.</summary>
    private static string Shape(ProofNode node) => string.Join(" ", ProofDescription.Nodes(node).Select(inner => inner.GetType().Name));
}
