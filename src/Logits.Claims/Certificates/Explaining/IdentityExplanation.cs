using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>Explains why two sides are the same: by what both are, multiplied out.</summary>
internal sealed class IdentityExplanation(StepList steps, (string Row, string Column) fresh)
{
    private readonly LimitExplanation _limits = new(steps);

    /// <summary>What each side is, multiplied out: at the positions that stand for all others, or one after the other where they differ.</summary>
    public void Write(Scene scene, IReadOnlyList<ReaderGoal> goals)
    {
        foreach (Derivative second in SecondDerivatives(goals))
        {
            WriteGradient(scene, second);
        }
        WriteSummands(scene, goals);
        foreach (Limit limit in goals.SelectMany(goal => (Expression[])[goal.Left, goal.Right]).SelectMany(Rewriting.Nodes).OfType<Limit>().Distinct())
        {
            _limits.Write(scene, limit);
        }
        bool isOpen = goals.Any(goal => goal.At.Any(IsGeneric));
        var told = new List<ReaderGoal>();
        // Off the diagonal comes first, and a position like any other stands for those with names where what is said of it holds for them too.
        bool holdsForAll = true;
        foreach (ReaderGoal goal in isOpen ? [.. goals.OrderBy(goal => goal.At.All(IsGeneric) ? 0 : 1).ThenBy(goal => goal.At.Distinct().Count() == 2 ? 0 : 1)] : goals)
        {
            if (isOpen ? !holdsForAll || goal.At.All(IsGeneric) : !told.Any(other => AreAlike(scene.View, other, goal)))
            {
                holdsForAll &= WriteSides(scene, goal);
                told.Add(goal);
            }
        }
        if (told.Count < goals.Count && !isOpen)
        {
            steps.Say("The other entries go alike, with the positions exchanged.");
        }
    }

    private static IEnumerable<Derivative> SecondDerivatives(IEnumerable<ReaderGoal> goals) => goals
        .SelectMany(goal => (Expression[])[goal.Left, goal.Right]).SelectMany(Rewriting.Nodes).OfType<Derivative>().Where(node => node.Order == 2).Distinct();

    /// <summary>The entries of the Hessians that a comparison speaks of.</summary>
    public void WriteSecondDerivatives(Scene scene, ReaderGoal goal)
    {
        foreach (Derivative second in SecondDerivatives([goal]))
        {
            WriteGradient(scene, second);
            WriteEntries(scene, second);
        }
    }

    /// <summary>Where a side is a sum of entries, the entries.</summary>
    private void WriteSummands(Scene scene, IReadOnlyList<ReaderGoal> goals)
    {
        foreach (Call sum in goals.SelectMany(goal => (Expression[])[goal.Left, goal.Right]).OfType<Call>().Where(call => call.Function == Function.Sum).Distinct())
        {
            if (sum.Arguments[0] is Call { Function: Function.OneHot } or Element { Target.Kind: Kind.Matrix })
            {
                WriteEntries(scene, sum.Arguments[0]);
            }
        }
    }

    /// <summary>A vector's entries, or a matrix' or a row's off and on the diagonal, multiplied out.</summary>
    private void WriteEntries(Scene scene, Expression expression)
    {
        (Expression target, Expression? given) = expression is Element { Indices: [var fixedRow] } row ? (row.Target, fixedRow)
            : expression is Call { Function: Function.OneHot, Arguments: [var one] } ? (expression, one)
            : (expression, null);
        bool isOpen = scene.View is OpenCaseView;
        Expression first = given ?? ReaderGoals.Position(isOpen ? fresh.Row : "1", target.Shape.Size);
        Expression second = ReaderGoals.Position(isOpen ? fresh.Column : "2", target.Shape.Size);
        CaseView view = !isOpen ? scene.View
            : ((Expression[])[first, second]).OfType<Variable>().Select(position => position.Name).Where(name => !scene.Named.Contains(name)).Aggregate(scene.View, (inside, name) => inside.Choose(name, name));
        foreach (Expression other in (Expression[])[second, first])
        {
            Expression[] at = target.Kind == Kind.Matrix ? [first, other] : [other];
            var entry = new Element(target, at.ToSequence(), Shape.Scalar, default);
            if (view.Value(entry) is { } form)
            {
                string apart = isOpen && !ReferenceEquals(other, first) ? $"{second} != {first}" : "";
                string statement = $"{entry} == {scene.Words(ClaimText.Of(form))}";
                steps.Show(
                    ReferenceEquals(other, first) ? target.Kind == Kind.Matrix ? "On the diagonal:" : "There:" : target.Kind == Kind.Matrix ? "Off the diagonal the entries are:" : "Everywhere but at one position the entries are:",
                    scene.Under(statement, apart.Length == 0 ? [] : [apart]));
            }
        }
    }

    private bool IsGeneric(string position) => position == fresh.Row || position == fresh.Column;

    /// <summary>Whether exchanging positions makes one entry of both sides the other.</summary>
    private static bool AreAlike(CaseView view, ReaderGoal told, ReaderGoal goal)
    {
        (string, string)[] exchanged = [.. told.At.Zip(goal.At).Where(pair => pair.First != pair.Second).Distinct()];
        if (exchanged.Length == 0 || !exchanged.All(pair => int.TryParse(pair.Item1, out _)) || view.Value(told.Left) is not { } form || view.Value(goal.Left) is not { } other)
        {
            return false;
        }
        string text = ClaimText.Of(form);
        foreach ((string a, string b) in exchanged.DistinctBy(pair => string.CompareOrdinal(pair.Item1, pair.Item2) < 0 ? pair : (pair.Item2, pair.Item1)))
        {
            text = text.Replace($"[{a}]", "[·]", StringComparison.Ordinal).Replace($"[{b}]", $"[{a}]", StringComparison.Ordinal).Replace("[·]", $"[{b}]", StringComparison.Ordinal);
        }
        return view.Value(text) is { } image && (image - other).IsZero;
    }

    private void WriteGradient(Scene scene, Derivative second)
    {
        bool isOpen = scene.View is OpenCaseView;
        var size = second.Shape.Size;
        Derivative first = second with { Order = 1, Shape = Shape.Vector(size) };
        Expression position = ReaderGoals.Position(isOpen ? fresh.Row : "1", size);
        var entry = new Element(first, new[] { position }.ToSequence(), Shape.Scalar, default);
        if ((isOpen ? scene.View.Choose(fresh.Row, fresh.Row) : scene.View).Value(entry) is { } form)
        {
            steps.Show("The first derivatives are:", scene.Under($"{entry} == {scene.Words(ClaimText.Of(form))}"));
        }
    }

    /// <returns>Whether what was said of positions like any other holds at those with names too.</returns>
    private bool WriteSides(Scene scene, ReaderGoal goal)
    {
        CaseView view = goal.At.Where(IsGeneric).Distinct().Aggregate(scene.View, (inside, position) => inside.Choose(position, position));
        string? form = ((Expression[])[goal.Left, goal.Right]).Select(view.Value).OfType<Quotient>().Select(value => scene.Words(ClaimText.Of(value))).MinBy(text => text.Length);
        string place = goal.At.Count < 2 ? "" : goal.At[0] == goal.At[1] ? "On the diagonal " : "Off the diagonal ";
        string[] between = goal.At.Distinct().Count() == 2 ? [.. goal.Assumed.Where(assumed => goal.At.All(assumed.Contains))] : [];
        bool shown = false;
        bool general = true;
        foreach ((Expression side, string name) in ((Expression, string)[])[(goal.Left, "left"), (goal.Right, "right")])
        {
            string text = side.ToString();
            if (form is not null && form != text && side is not (Number or Variable))
            {
                string lead = shown ? "The other side is the same:" : place.Length == 0 ? $"Multiplied out, the {name} side is:" : $"{place}the {name} side is, multiplied out:";
                if (steps.Show(lead, scene.Under($"{text} == {form}", between)))
                {
                    shown = true;
                }
                else if (steps.Show(lead, scene.Under($"{text} == {form}", goal.Assumed)))
                {
                    (shown, general) = (true, false);
                }
            }
        }
        if (!shown)
        {
            steps.Show(place.Length == 0 ? "The two sides are the same:" : $"{place}the two sides are the same:", scene.Under($"{goal.Left} == {goal.Right}", between), scene.Under($"{goal.Left} == {goal.Right}", goal.Assumed));
        }
        return general;
    }
}
