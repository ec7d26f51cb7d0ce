using System.Numerics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// Makes an exact direction of a rounded one. Where rows must keep their logits exactly, rounding would move them a little either way; three ways to
/// avoid that are tried, and each result is verified: small whole numbers near the direction; the direction moved a little inside the cone, where nothing
/// needs to be kept; and exact elimination of what is to be kept.
/// </summary>
internal sealed class Purification(SeparationTable table, ScaledColumns scaled, Lineality lineality, WorkBudget budget)
{
    /// <summary>Violations by no more than this, for a direction and a row of length 1, may come from rounding.</summary>
    private const double Rounding = 1e-6;

    private const int MostDenominator = 24;
    private const int MostRounds = 12;

    /// <summary>Up to so many unknowns are eliminated exactly.</summary>
    private const int MostUnknowns = 300;

    /// <summary>The number of bits kept of a direction that is taken as it is.</summary>
    private const int Bits = 100;

    private readonly int _width = table.Width;

    /// <summary>Constraints that the last attempt violated.</summary>
    public IReadOnlyList<Constraint> Failures { get; private set; } = [];

    /// <summary>An exact direction, verified to separate on the given constraints, or null.</summary>
    /// <param name="direction">K × width, in scaled coordinates.</param>
    /// <param name="inwards">What raises every constraint that is nearly an equation, if known.</param>
    /// <param name="active">Constraints that it keeps as equations.</param>
    /// <param name="constraints">Those that must not be violated.</param>
    public Verification? Purify(
        double[] direction, double[]? inwards, IReadOnlyCollection<Constraint> active, ConstraintSet constraints)
    {
        double[] clean = Clean(direction);
        return Snapped(clean, constraints) ?? MovedInside(direction, inwards, constraints) ?? Eliminated(clean, active, constraints);
    }

    /// <summary>Relative to the last class, without what is too small to be more than rounding.</summary>
    private double[] Clean(double[] direction)
    {
        double[] clean = [.. direction];
        for (int k = table.Classes - 1; k >= 0; k--)
            VectorArithmetic.AddScaled(-1, direction.AsSpan((table.Classes - 1) * _width), clean.AsSpan(k * _width, _width));
        double largest = clean.Max(Math.Abs);
        for (int i = 0; i < clean.Length; i++)
            if (Math.Abs(clean[i]) < 1e-9 * largest)
                clean[i] = 0;
        return scaled.Unscale(clean);
    }

    private Verification? Snapped(double[] clean, ConstraintSet constraints)
    {
        double largest = clean.Max(Math.Abs), least = clean.Min(entry => Math.Abs(entry) > 1e-6 * largest ? Math.Abs(entry) : double.PositiveInfinity);
        foreach (double unit in (double[])[largest, least])
            for (int denominator = 1; denominator <= MostDenominator; denominator++)
            {
                double scale = denominator / unit;
                if (!clean.All(entry => Math.Abs(entry * scale - Math.Round(entry * scale)) < 1e-6 * denominator && Math.Abs(entry * scale) < 1e6))
                    continue;
                if (Verified(new ExactDirection([.. clean.Select(entry => new BigInteger(Math.Round(entry * scale)))], table), constraints) is { } found)
                    return found;
                break;
            }
        return null;
    }

    private Verification? MovedInside(double[] direction, double[]? inwards, ConstraintSet constraints)
    {
        double step = inwards is null ? 0 : StepInwards(direction, inwards, constraints);
        double[] moved = [.. direction];
        if (step > 0)
            VectorArithmetic.AddScaled(step, inwards, moved);
        return Verified(new ExactDirection(Whole(scaled.Unscale(moved)), table), constraints);
    }

    /// <summary>Half the step at which the first constraint would be violated, at most 1; 0 if one is at once.</summary>
    private double StepInwards(double[] direction, double[] inwards, ConstraintSet constraints)
    {
        double[] buffer = new double[_width], row = new double[_width];
        double step = 1;
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(2L * table.Classes * _width);
            scaled.Scale(table.Row(cell, buffer), row);
            (int Own, int Other)[] pairs = table.Own(cell).Pairs;
            for (int p = 0; p < pairs.Length; p++)
            {
                if (!constraints.Contains(cell, p))
                    continue;
                double there = Change(direction, pairs[p], row), change = Change(inwards, pairs[p], row);
                if (change < 0)
                    step = Math.Min(step, 0.5 * Math.Max(0, there) / -change);
            }
        }
        return step > 1e-13 ? step : 0;
    }

    private double Change(double[] direction, (int Own, int Other) pair, double[] row) =>
        VectorArithmetic.Dot(direction.AsSpan(pair.Own * _width, _width), row) - VectorArithmetic.Dot(direction.AsSpan(pair.Other * _width, _width), row);

    private Verification? Eliminated(double[] clean, IReadOnlyCollection<Constraint> active, ConstraintSet constraints)
    {
        SparseUnknowns unknowns = new(clean, table, lineality);
        if (unknowns.Count is 0 or > MostUnknowns)
            return null;
        IntegerNullSpace equations = new(unknowns.Count, budget);
        double[] buffer = new double[_width];
        foreach (Constraint constraint in active)
            Equate(constraint);
        BigInteger[] whole = Whole(unknowns.Values);
        for (int round = 0; round < MostRounds && equations.Freedom > 0; round++)
        {
            ExactDirection direction = new(unknowns.Full(equations.Solution(whole)), table);
            if (Verified(direction, constraints) is { } found)
                return found;
            // What is violated by hardly more than rounding is to be kept instead.
            double[] rounded = direction.Rounded();
            bool more = false;
            foreach (Constraint failure in Failures)
                more |= Violation(rounded, failure) < Rounding && Equate(failure);
            if (!more)
                break;
        }
        return null;

        bool Equate(Constraint constraint)
        {
            (int own, int other) = table.Own(constraint.Cell).Pairs[constraint.Pair];
            return equations.Freedom > 0 && equations.Add(unknowns.Equation(own, other, table.Row(constraint.Cell, buffer)));
        }
    }

    /// <summary>By how much a direction violates a constraint, relative to the terms that it sums up.</summary>
    private double Violation(double[] rounded, Constraint constraint)
    {
        ReadOnlySpan<double> row = table.Row(constraint.Cell, new double[_width]);
        (int own, int other) = table.Own(constraint.Cell).Pairs[constraint.Pair];
        double sum = 0, size = 0;
        for (int j = 0; j < _width; j++)
        {
            double term = (rounded[own * _width + j] - rounded[other * _width + j]) * row[j];
            sum += term;
            size += Math.Abs(term);
        }
        return -sum / size;
    }

    private Verification? Verified(ExactDirection direction, ConstraintSet constraints)
    {
        if (direction.IsNull)
            return null;
        Verification verification = Verification.Of(direction, table, constraints, budget);
        Failures = verification.Failures;
        return verification.Separates ? verification : null;
    }

    /// <summary>The direction as it is, but for what lies a hundred bits below its largest entry.</summary>
    private static BigInteger[] Whole(double[] direction)
    {
        double largest = direction.Max(Math.Abs);
        int lowest = largest > 0 ? Math.ILogB(largest) - Bits : 0;
        return [.. direction.Select(entry =>
        {
            Dyadic exact = Dyadic.Of(entry);
            return exact.Exponent >= lowest ? exact.At(lowest) : new BigInteger(exact.Significand) >> Math.Min(64, lowest - exact.Exponent);
        })];
    }
}
