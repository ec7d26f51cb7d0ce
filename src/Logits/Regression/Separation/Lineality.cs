using System.Numerics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// The directions that keep every constraint of a set an equation: those that move no logits against each other, because columns are collinear, and those
/// along which only other constraints gain. Found from a few rows, exactly, and checked on all.
/// </summary>
internal sealed class Lineality
{
    /// <summary>What is this near to dependent, relative to its length, is taken for dependent until a row proves otherwise.</summary>
    private const double Suspicious = 1e-9;

    /// <summary>Up to so many unknowns exact elimination is tried.</summary>
    private const int MostUnknowns = 300;

    private readonly List<double[]> _directions = [];

    private Lineality(int[] columns) => IndependentColumns = columns;

    /// <summary>Columns that determine all others, in every row.</summary>
    public int[] IndependentColumns { get; }

    /// <summary>What collinear columns allow.</summary>
    public static Lineality OfColumns(SeparationTable table, WorkBudget budget)
    {
        OrthogonalBasis found = new(table.Width);
        double[] buffer = new double[table.Width];
        List<BigInteger[]> rows = [];
        for (int cell = 0; cell < table.Cells && rows.Count < table.Width; cell++)
        {
            budget.Spend(2L * table.Width * found.Count);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            if (IsNew(found, row))
                rows.Add(Dyadic.Whole(row));
        }
        if (ModularRank.IsFull(rows, budget))
            return new Lineality([.. Enumerable.Range(0, table.Width)]);
        IntegerNullSpace equations = new(table.Width, budget);
        bool[] dependent = new bool[table.Width];
        // The intercept is among those that determine the others: columns may depend on each other once their means are taken off, and would without it.
        foreach (BigInteger[] row in rows)
            equations.Add(row, preferredPivot: table.Width - 1);
        for (int start = 0; start < table.Cells && equations.Freedom > 0;)
        {
            // What solves the equations of some rows must solve those of all.
            start = table.Cells;
            foreach (BigInteger[] solution in equations.Basis().ToList())
                if (FirstMoved(table, solution, budget) is >= 0 and int cell)
                {
                    equations.Add(Dyadic.Whole(table.Row(cell, buffer)));
                    start = 0;
                    break;
                }
        }
        // Leaving out the free columns one after another leaves those that determine them.
        foreach (int free in equations.FreeColumns())
            dependent[free] = true;
        return new Lineality([.. Enumerable.Range(0, table.Width).Where(j => !dependent[j])]);
    }

    /// <summary>What keeps the given constraints equations, beyond what collinear columns allow; null where it is too large to find.</summary>
    public Lineality? Of(SeparationTable table, ScaledColumns scaled, ConstraintSet constraints, WorkBudget budget)
    {
        SparseUnknowns unknowns = new(table, this);
        if (unknowns.Count > MostUnknowns)
            return null;
        IntegerNullSpace equations = new(unknowns.Count, budget);
        OrthogonalBasis found = new(unknowns.Count);
        double[] buffer = new double[table.Width], scaledRow = new double[table.Width], vector = new double[unknowns.Count];
        for (int cell = 0; cell < table.Cells && equations.Freedom > 0; cell++)
            for (int p = 0; p < table.Own(cell).Pairs.Length; p++)
            {
                if (!constraints.Contains(cell, p))
                    continue;
                ReadOnlySpan<double> row = table.Row(cell, buffer);
                scaled.Scale(row, scaledRow);
                budget.Spend(2L * unknowns.Count * found.Count);
                (int own, int other) = table.Own(cell).Pairs[p];
                unknowns.Fill(own, other, scaledRow, vector);
                if (IsNew(found, vector))
                    equations.Add(unknowns.Equation(own, other, row));
            }
        Lineality lineality = new(IndependentColumns);
        for (bool complete = false; !complete;)
        {
            complete = true;
            lineality._directions.Clear();
            foreach (BigInteger[] solution in equations.Basis().ToList())
            {
                ExactDirection direction = new(unknowns.Full(solution), table);
                Verification there = Verification.Of(direction, table, constraints, budget);
                if (there.Failures.Count > 0 || !there.Gains.IsEmpty)
                {
                    Constraint moved = there.Failures.Count > 0 ? there.Failures[0] : there.Gains.First(table);
                    (int own, int other) = table.Own(moved.Cell).Pairs[moved.Pair];
                    equations.Add(unknowns.Equation(own, other, table.Row(moved.Cell, buffer)));
                    complete = false;
                    break;
                }
                lineality._directions.Add(Rounded(direction, scaled));
            }
        }
        return lineality;
    }

    /// <summary>
    /// Adds l lᵀ for each direction l, at the scale of the matrix: what was singular along them no longer is, and across them nothing changes.
    /// </summary>
    public void AddSquares(double[] matrix, int order, ScaledColumns scaled)
    {
        int n = IndependentColumns.Length;
        double scale = Enumerable.Range(0, order).Max(i => matrix[i * order + i]);
        foreach (double[] direction in _directions)
            for (int i = 0; i < order; i++)
                for (int j = 0; j <= i; j++)
                    matrix[i * order + j] += scale * Entry(direction, i) * Entry(direction, j);

        double Entry(double[] direction, int i) => direction[i / n * scaled.Width + IndependentColumns[i % n]];
    }

    private static bool IsNew(OrthogonalBasis found, ReadOnlySpan<double> vector)
    {
        double norm = VectorArithmetic.Norm(vector);
        if (norm == 0)
            return false;
        double[] unit = vector.ToArray();
        foreach (ref double entry in unit.AsSpan())
            entry /= norm;
        double[] rest = [.. unit];
        found.Project(rest);
        return VectorArithmetic.Norm(rest) > Suspicious && found.TryAdd(unit);
    }

    private static int FirstMoved(SeparationTable table, BigInteger[] solution, WorkBudget budget)
    {
        BigInteger[] entries = new BigInteger[table.Classes * table.Width];
        solution.CopyTo(entries, 0);
        ExactDirection direction = new(entries, table);
        double[] buffer = new double[table.Width], logits = new double[table.Classes], sizes = new double[table.Classes];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(2L * table.Width);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            direction.Logits(row, logits, sizes);
            if (direction.Sign(0, 1, row, logits, sizes) != 0)
                return cell;
        }
        return -1;
    }

    /// <summary>The direction in scaled coordinates, of length 1, each entry rounded once.</summary>
    private static double[] Rounded(ExactDirection direction, ScaledColumns scaled)
    {
        double[] rounded = direction.Rounded();
        Dyadic[] centres = [.. scaled.Centres.Select(Dyadic.Of)];
        int lowest = Math.Min(0, centres.Min(c => c.Exponent)), width = scaled.Width;
        double size = rounded.Max(Math.Abs);
        for (int k = 0; k < direction.Classes; k++)
        {
            BigInteger intercept = direction[k, width - 1] << -lowest;
            for (int j = 0; j < width - 1; j++)
            {
                intercept += direction[k, j] * centres[j].At(lowest);
                rounded[k * width + j] *= scaled.Scales[j] / size;
            }
            rounded[(k + 1) * width - 1] = direction.Ratio(intercept, -lowest) / size;
        }
        double norm = VectorArithmetic.Norm(rounded);
        foreach (ref double entry in rounded.AsSpan())
            entry /= norm;
        return rounded;
    }
}
