using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// The receding directions are a cone, C = {δ : ⟨a_r, δ⟩ ≥ 0}, with a_r = (e_own − e_other) ⊗ x̃ for the constraint r. Let c be the sum of all a_r. By
/// Moreau's theorem c = P + N with P the projection of c on C and −N = Σ λ_r a_r, λ ≥ 0; and P ≠ 0 exactly if some direction of C has ⟨c, δ⟩ > 0, that
/// is, separates. So one least-squares problem, min ‖c + Σ λ_r a_r‖ over λ ≥ 0, answers either way: its residual P is the direction, or is 0, and then 1
/// + λ are weights that prove that none exists.
/// </summary>
/// <remarks>
/// Solved by the active-set method of C. L. Lawson and R. J. Hanson, "Solving Least Squares Problems" (1974), ch. 23, over a working set of constraints
/// that grows by those that are violated. J. J. Moreau, Comptes rendus de l'Académie des sciences 255 (1962).
/// </remarks>
internal sealed class ConeProjection
{
    private readonly int _width;
    private readonly double[] _sum;
    private readonly double _size;
    private readonly WorkBudget _budget;
    private readonly OrthogonalBasis _basis;
    private readonly List<Generator> _working = [];
    private readonly List<Generator> _active = [];
    private readonly List<double> _multipliers = [];
    private readonly HashSet<Generator> _refused = [];

    /// <param name="sum">c, K × width, in scaled coordinates.</param>
    /// <param name="size">Σ ‖a_r‖.</param>
    /// <param name="width">The number of columns.</param>
    /// <param name="budget">What the work is taken from.</param>
    public ConeProjection(double[] sum, double size, int width, WorkBudget budget)
    {
        (_width, _size, _budget) = (width, size, budget);
        _sum = [.. sum.Select(entry => entry / size)];
        _basis = new OrthogonalBasis(sum.Length);
        Update();
    }

    /// <summary>P scaled to length 1.</summary>
    public double[] Direction { get; private set; } = [];

    /// <summary>‖P‖ / Σ ‖a_r‖.</summary>
    public double Length { get; private set; }

    /// <summary>The constraints that hold as equations, and λ of each.</summary>
    public IEnumerable<(Constraint Constraint, double Multiplier)> Multipliers =>
        _active.Zip(_multipliers, (g, m) => (g.Constraint, m * _size / g.Length));

    /// <summary>The constraints that hold as equations.</summary>
    public IEnumerable<Constraint> Active => _active.Select(g => g.Constraint);

    /// <summary>How a constraint changes along the direction, its vector scaled to length 1.</summary>
    public double Margin(int own, int other, ReadOnlySpan<double> row, double length) =>
        (VectorArithmetic.Dot(Direction.AsSpan(own * _width, _width), row) - VectorArithmetic.Dot(Direction.AsSpan(other * _width, _width), row)) / length;

    /// <summary>Adds a constraint to the working set; false if it is there.</summary>
    public bool Add(Constraint constraint, int own, int other, ReadOnlySpan<double> row)
    {
        if (_working.Any(g => g.Constraint == constraint))
            return false;
        _working.Add(new Generator(constraint, own, other, row.ToArray(), Math.Sqrt(2) * VectorArithmetic.Norm(row)));
        return true;
    }

    /// <summary>Projects on the cone of the working set.</summary>
    /// <param name="tolerance">The least violation, along directions of length 1, that counts.</param>
    public void Solve(double tolerance)
    {
        while (MostViolated(tolerance) is { } entering)
        {
            _budget.Spend(4L * Direction.Length * (_basis.Count + 1));
            if (!_basis.TryAdd(Vector(entering)))
            {
                _refused.Add(entering);
                continue;
            }
            _active.Add(entering);
            _multipliers.Add(0);
            if (Improve())
                _refused.Clear();
            else
                _refused.Add(entering);
            Update();
        }
        _refused.Clear();
    }

    /// <summary>A direction that raises each active constraint by 1, its vector scaled to length 1: the way inside the cone.</summary>
    public double[] Inwards()
    {
        double[] ones = new double[_basis.Count];
        Array.Fill(ones, 1);
        return _basis.SolveTransposed(ones);
    }

    /// <summary>
    /// Makes the multipliers those of least squares, dropping constraints whose multiplier would turn negative. False if the last one goes at once.
    /// </summary>
    private bool Improve()
    {
        Generator entering = _active[^1];
        double[] target = [.. _sum.Select(entry => -entry)];
        while (true)
        {
            _budget.Spend(2L * Direction.Length * _basis.Count);
            double[] wanted = _basis.Solve(target);
            double step = 1;
            for (int i = 0; i < wanted.Length; i++)
                if (wanted[i] <= 0)
                    step = _multipliers[i] > 0 ? Math.Min(step, _multipliers[i] / (_multipliers[i] - wanted[i])) : 0;
            bool inside = true;
            for (int i = wanted.Length - 1; i >= 0; i--)
            {
                double moved = _multipliers[i] + step * (wanted[i] - _multipliers[i]);
                _multipliers[i] = wanted[i] > 0 ? Math.Max(moved, 0) : moved;
                if (wanted[i] <= 0 && moved <= 1e-14 * Math.Abs(wanted[i]))
                {
                    inside = false;
                    _budget.Spend(4L * Direction.Length * (_basis.Count - i));
                    _basis.RemoveAt(i);
                    _active.RemoveAt(i);
                    _multipliers.RemoveAt(i);
                }
            }
            if (inside)
                return _active.Contains(entering);
        }
    }

    private void Update()
    {
        // The direction is orthogonal to the active constraints to full relative accuracy, however short it has become.
        double[] residual = [.. _sum];
        _basis.Project(residual);
        Length = VectorArithmetic.Norm(residual);
        for (int i = 0; i < residual.Length; i++)
            residual[i] /= Length > 0 ? Length : 1;
        _basis.Project(residual);
        Direction = residual;
    }

    private Generator? MostViolated(double tolerance)
    {
        _budget.Spend(2L * _working.Count * _width);
        Generator? worst = null;
        double least = -tolerance;
        foreach (Generator g in _working)
        {
            double margin = Margin(g.Own, g.Other, g.Row, g.Length);
            if (margin < least && !_refused.Contains(g) && !_active.Contains(g))
                (worst, least) = (g, margin);
        }
        return worst;
    }

    private double[] Vector(Generator generator)
    {
        double[] vector = new double[_sum.Length];
        for (int j = 0; j < _width; j++)
        {
            vector[generator.Own * _width + j] = generator.Row[j] / generator.Length;
            vector[generator.Other * _width + j] = -generator.Row[j] / generator.Length;
        }
        return vector;
    }

    private sealed record Generator(Constraint Constraint, int Own, int Other, double[] Row, double Length)
    {
        public bool Equals(Generator? other) => other is not null && Constraint == other.Constraint;

        public override int GetHashCode() => Constraint.GetHashCode();
    }
}
