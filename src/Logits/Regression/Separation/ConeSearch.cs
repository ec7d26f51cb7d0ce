using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// Looks for a direction that separates on a set of constraints: projects on the cone of a working set, adds the constraints that the result violates
/// most, one scan of the rows a round, and ends with a verified direction or with a proof that there is none.
/// </summary>
internal sealed class ConeSearch(SeparationTable table, ScaledColumns scaled, Lineality lineality, ConstraintSet constraints, WorkBudget budget)
{
    private const int MostRounds = 1000;

    /// <summary>What is left of the sum, relative to the sizes of its terms, when it may be nothing; and so many rounds are spent on finding out.</summary>
    private const double Small = 1e-9;
    private const int MostLost = 30;

    /// <summary>
    /// Violations beyond this, for vectors of length 1, are seen in floating point; smaller ones count only where exact arithmetic has found them.
    /// </summary>
    private const double Visible = 1e-11;
    private const double Finest = 1e-16;

    private readonly int _width = table.Width;
    private readonly double[] _buffer = new double[table.Width];
    private readonly double[] _row = new double[table.Width];

    /// <summary>A direction that was verified.</summary>
    public Verification? Found { get; private set; }

    /// <summary>Whether it is proved that there is none.</summary>
    public bool Overlaps { get; private set; }

    /// <summary>Whether a direction was found.</summary>
    public bool Run()
    {
        ConeProjection cone = Start();
        double tolerance = Visible;
        for (int round = 0, lost = 0; round < MostRounds && lost < MostLost; round++)
        {
            // Where next to nothing of the sum is left there should be a proof; otherwise what is left may be rounding or a direction.
            bool isSmall = cone.Length < Small;
            lost += isSmall ? 1 : 0;
            if (isSmall && (Overlaps = Prove(cone)))
                return false;
            bool grown = false;
            foreach (Constraint constraint in MostViolated(cone))
                grown |= Add(cone, constraint);
            if (!grown)
            {
                Purification? purification = null;
                if (budget.Try(3, part => (Found = (purification = new(table, scaled, lineality, part)).Purify(
                    cone.Direction, cone.Inwards(), [.. cone.Active], constraints)) is not null))
                    return true;
                foreach (Constraint failure in purification!.Failures)
                    grown |= Add(cone, failure);
                if (!grown && tolerance == Finest)
                    {
                    Overlaps = !isSmall && Prove(cone);
                    return false;
                }
                tolerance = Finest;
            }
            cone.Solve(tolerance);
        }
        return false;
    }

    private bool Prove(ConeProjection cone)
    {
        if (scaled.IsPart)
            return false;
        (Constraint, double)[] multipliers = [.. cone.Multipliers];
        return budget.Try(3, part => OverlapProof.Holds(table, scaled, constraints, multipliers, lineality, part))
            || budget.Try(3, part => lineality.Of(table, scaled, constraints, part) is { } whole
                && OverlapProof.Holds(table, scaled, constraints, multipliers, whole, part));
    }

    private ConeProjection Start()
    {
        double size = 0;
        double[] sum = new double[table.Classes * _width];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(2L * table.Classes * _width);
            scaled.Scale(table.Row(cell, _buffer), _row);
            double length = Math.Sqrt(2) * VectorArithmetic.Norm(_row);
            (int Own, int Other)[] pairs = table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
                if (constraints.Contains(cell, p))
                {
                    size += length;
                    VectorArithmetic.AddScaled(1, _row, sum.AsSpan(pairs[p].Own * _width, _width));
                    VectorArithmetic.AddScaled(-1, _row, sum.AsSpan(pairs[p].Other * _width, _width));
                }
        }
        return new ConeProjection(sum, size, _width, budget);
    }

    /// <summary>As many constraints as there are unknowns, those that the direction violates most.</summary>
    private List<Constraint> MostViolated(ConeProjection cone)
    {
        int most = Math.Max(16, cone.Direction.Length);
        PriorityQueue<Constraint, double> worst = new();
        double[] logits = new double[table.Classes];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend((long)table.Classes * _width);
            scaled.Scale(table.Row(cell, _buffer), _row);
            double length = Math.Sqrt(2) * VectorArithmetic.Norm(_row);
            for (int k = 0; k < logits.Length; k++)
                logits[k] = VectorArithmetic.Dot(cone.Direction.AsSpan(k * _width, _width), _row);
            (int Own, int Other)[] pairs = table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
            {
                double violation = (logits[pairs[p].Other] - logits[pairs[p].Own]) / length;
                if (violation <= Visible || !constraints.Contains(cell, p))
                    continue;
                worst.Enqueue(new Constraint(cell, p), violation);
                if (worst.Count > most)
                    worst.Dequeue();
            }
        }
        return [.. worst.UnorderedItems.Select(item => item.Element)];
    }

    private bool Add(ConeProjection cone, Constraint constraint)
    {
        (int own, int other) = table.Own(constraint.Cell).Pairs[constraint.Pair];
        scaled.Scale(table.Row(constraint.Cell, _buffer), _row);
        return cone.Add(constraint, own, other, _row);
    }
}
