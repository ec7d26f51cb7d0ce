namespace Logits.Regression;

/// <summary>
/// Whether a direction recedes on a set of constraints, decided exactly and constraint by constraint. Nothing is called separated but by this.
/// </summary>
internal sealed class Verification
{
    /// <summary>So many of the constraints that fail are named.</summary>
    private const int MostFailures = 64;

    private Verification(ExactDirection direction, ConstraintSet gains, List<Constraint> failures) =>
        (Direction, Gains, Failures) = (direction, gains, failures);

    /// <summary>What was verified.</summary>
    public ExactDirection Direction { get; }

    /// <summary>The constraints that the direction makes strict.</summary>
    public ConstraintSet Gains { get; }

    /// <summary>Constraints that it violates, the first found.</summary>
    public IReadOnlyList<Constraint> Failures { get; }

    /// <summary>Whether it violates none and makes some strict.</summary>
    public bool Separates => Failures.Count == 0 && !Gains.IsEmpty;

    public static Verification Of(ExactDirection direction, SeparationTable table, ConstraintSet constraints, WorkBudget budget)
    {
        ConstraintSet gains = ConstraintSet.Empty(table);
        List<Constraint> failures = [];
        double[] buffer = new double[table.Width], logits = new double[table.Classes], sizes = new double[table.Classes];
        for (int cell = 0; cell < table.Cells && failures.Count < MostFailures; cell++)
        {
            budget.Spend((long)table.Classes * table.Width);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            direction.Logits(row, logits, sizes);
            (int Own, int Other)[] pairs = table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
            {
                if (!constraints.Contains(cell, p))
                    continue;
                int sign = direction.Sign(pairs[p].Own, pairs[p].Other, row, logits, sizes);
                if (sign > 0)
                    gains.Add(cell, p);
                else if (sign < 0)
                    failures.Add(new Constraint(cell, p));
            }
        }
        return new Verification(direction, gains, failures);
    }
}
