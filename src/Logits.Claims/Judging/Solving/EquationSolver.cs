using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;

namespace Logits.Claims.Judging.Solving;

/// <summary>Where equations hold, to the precision of doubles: along which directions the point was moved and how far, and which of the equations that pins down.</summary>
internal sealed record Solution(IReadOnlyList<(Direction Direction, double Step)> Moves, IReadOnlyList<Equation> Pinned);

/// <summary>
/// Moves a point to where equations hold, along as few directions as there are independent equations: Newton's method, and for one equation a search for a change
/// of sign where that does not arrive.
/// </summary>
internal sealed class EquationSolver(Problem problem, Point point, IReadOnlyList<Direction> directions, IReadOnlyList<Equation> equations, Meter meter)
{
    private const int MostIterations = 30;
    private const double Difference = 1e-6;

    private static readonly double[] Scan = [-32, -16, -8, -4, -2, -1, -0.5, -0.1, -0.01, 0.01, 0.1, 0.5, 1, 2, 4, 8, 16, 32];

    public Solution? Solve()
    {
        double[]? start = Residuals([], []);
        if (start is null)
        {
            return null;
        }
        double[]?[] columns = [.. directions.Select(direction => Column([direction], [0.0], 0, start))];
        (List<int> rows, List<int> chosen) = Pivots(columns);
        if (chosen.Count == 0)
        {
            return IsZero(start) ? new([], []) : null;
        }
        Direction[] moved = [.. chosen.Select(column => directions[column])];
        double[]? steps = Newton(moved, rows, start) ?? (chosen.Count == 1 ? ByChangeOfSign(moved[0], rows[0]) : null);
        return steps is null ? null : new([.. moved.Zip(steps)], [.. rows.Select(row => equations[row])]);
    }

    private double[]? Newton(Direction[] moved, List<int> rows, double[] residuals)
    {
        var steps = new double[moved.Length];
        for (int iteration = 0; iteration < MostIterations; iteration++)
        {
            if (IsZero(residuals))
            {
                return steps;
            }
            double[]?[] columns = [.. Enumerable.Range(0, moved.Length).Select(k => Column(moved, steps, k, residuals))];
            if (columns.Contains(null) || Linear.Solve(columns!, rows, residuals) is not { } change)
            {
                return null;
            }
            double damping = 1;
            double[]? next = null;
            for (; damping > 1e-3; damping /= 2)
            {
                double[] moving = [.. steps.Zip(change, (step, own) => step - (damping * own))];
                next = Residuals(moved, moving);
                if (next is not null && Largest(next) < Largest(residuals))
                {
                    steps = moving;
                    break;
                }
                next = null;
            }
            if (next is null)
            {
                return null;
            }
            residuals = next;
        }
        return Largest(residuals) < 1e-9 ? steps : null;
    }

    private double[]? ByChangeOfSign(Direction direction, int row)
    {
        double? At(double step) => Residuals([direction], [step])?[row];
        (double Step, double Value)? before = null;
        foreach (double step in Scan)
        {
            if (At(step) is not { } value)
            {
                before = null;
                continue;
            }
            if (before is { } last && Math.Sign(last.Value) * Math.Sign(value) < 0)
            {
                (double low, double high) = (last.Step, step);
                for (int i = 0; i < 60; i++)
                {
                    double middle = (low + high) / 2;
                    if (At(middle) is not { } between)
                    {
                        return null;
                    }
                    (low, high) = Math.Sign(between) == Math.Sign(last.Value) ? (middle, high) : (low, middle);
                }
                return Residuals([direction], [low]) is { } residuals && Largest(residuals) < 1e-9 ? [low] : null;
            }
            before = (step, value);
        }
        return null;
    }

    private double[]? Column(Direction[] moved, double[] steps, int k, double[] residuals)
    {
        double[] next = [.. steps];
        next[k] += Difference;
        return Residuals(moved, next)?.Zip(residuals, (there, here) => (there - here) / Difference).ToArray();
    }

    private double[]? Residuals(Direction[] moved, double[] steps)
    {
        static Real Rough(Rational value) => new Approximate(value.ToDouble());
        PointEvaluator evaluator = problem.At(point, [.. moved.Zip(steps, (direction, step) => (direction, (Real)new Approximate(step)))], Rough, meter);
        var residuals = new double[equations.Count];
        for (int i = 0; i < residuals.Length; i++)
        {
            if (equations[i].Residual(evaluator, Rough) is not Approximate { Value: var value } || !double.IsFinite(value))
            {
                return null;
            }
            residuals[i] = value;
        }
        return residuals;
    }

    /// <summary>Equations and directions by the largest pivots, as many as are independent.</summary>
    private (List<int> Rows, List<int> Columns) Pivots(double[]?[] columns)
    {
        double[]?[] left = [.. columns.Select(column => column?.ToArray())];
        (List<int> rows, List<int> chosen) = ([], []);
        while (chosen.Count < equations.Count)
        {
            (int row, int column, double pivot) = (0, 0, 1e-5);
            for (int j = 0; j < left.Length; j++)
            {
                for (int i = 0; i < equations.Count && left[j] is not null && !chosen.Contains(j); i++)
                {
                    if (!rows.Contains(i) && Math.Abs(left[j]![i]) > Math.Abs(pivot) * (1 + 1e-9))
                    {
                        (row, column, pivot) = (i, j, left[j]![i]);
                    }
                }
            }
            if (pivot == 1e-5)
            {
                break;
            }
            double[] lead = left[column]!;
            for (int j = 0; j < left.Length; j++)
            {
                if (j != column && left[j] is { } other)
                {
                    double factor = other[row] / lead[row];
                    left[j] = [.. other.Zip(lead, (own, leading) => own - (factor * leading))];
                }
            }
            rows.Add(row);
            chosen.Add(column);
        }
        return (rows, chosen);
    }

    private static bool IsZero(double[] residuals) => Largest(residuals) <= 1e-13;

    private static double Largest(double[] residuals) => residuals.Max(Math.Abs);
}
