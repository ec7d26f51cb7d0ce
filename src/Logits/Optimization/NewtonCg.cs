using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>Why a minimisation ended.</summary>
internal enum Outcome
{
    /// <summary>The stopping rule was satisfied.</summary>
    Satisfied,

    /// <summary>The iterations allowed were used up.</summary>
    IterationLimit,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>No step lowered the value or the gradient any more: rounding has the last word.</summary>
    Stalled,
}

/// <summary>Decides when a point is good enough; the optimiser knows no other measure of success.</summary>
internal interface IStoppingRule
{
    /// <summary>Whether to stop at a point just reached.</summary>
    /// <param name="iterate">The point, its value and gradient.</param>
    bool IsSatisfied(Iterate iterate);

    /// <summary>Whether to stop at the current point, now that the next step is known, and with it the gap that a quadratic model expects, ½ gᵀH⁻¹g.</summary>
    bool IsSatisfied(Iterate iterate, double newtonGap, ReadOnlySpan<double> step);

    /// <summary>Whether a gradient as small as <paramref name="residual"/> at the next point would satisfy the rule there.</summary>
    bool WouldSatisfy(Iterate iterate, ReadOnlySpan<double> residual);
}

/// <summary>A point and what is known there.</summary>
internal sealed class Iterate(int dimension)
{
    /// <summary>How many steps were taken.</summary>
    public int Iteration { get; set; }

    /// <summary>The point.</summary>
    public double[] Point { get; set; } = new double[dimension];

    /// <summary>The value there.</summary>
    public double Value { get; set; }

    /// <summary>The gradient there.</summary>
    public double[] Gradient { get; set; } = new double[dimension];
}

/// <summary>
/// Truncated Newton: each step solves H s = −g by preconditioned conjugate gradients, only as precisely as the progress so far deserves, and is shortened until the
/// value falls.
/// </summary>
/// <remarks>
/// Sources: R. Dembo and T. Steihaug, "Truncated-Newton algorithms for large-scale unconstrained optimization", Math. Programming 26 (1983);
/// S. Eisenstat and H. Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci. Comput. 17 (1996);
/// W. Hager and H. Zhang, "A new conjugate gradient method with guaranteed descent", SIAM J. Optim. 16 (2005), for the test that tolerates rounding.
/// </remarks>
internal sealed class NewtonCg(ISmoothObjective objective, IPreconditioner preconditioner, IStoppingRule rule)
{
    private const int MostProducts = 250;
    private const int MostBacktracks = 30;
    private const int MostIdleSteps = 10;
    private const double LargestForcing = 0.5;
    private const double SufficientDecrease = 1e-4;

    private readonly SecantPreconditioner _preconditioner = new(preconditioner, objective.Dimension);

    /// <summary>Minimises from <see cref="Iterate.Point"/> of <paramref name="iterate"/>, which always holds the best point so far.</summary>
    public Outcome Minimize(Iterate iterate, int maxIterations, Action<Iterate>? report)
    {
        try
        {
            iterate.Value = objective.Evaluate(iterate.Point, iterate.Gradient);
            return Iterate(iterate, maxIterations, report);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Cancelled;
        }
    }

    private Outcome Iterate(Iterate iterate, int maxIterations, Action<Iterate>? report)
    {
        ConjugateGradients solver = new(objective, _preconditioner);
        double[] step = new double[objective.Dimension];
        double previousNorm = 0, lowestValue = iterate.Value, lowestNorm = double.PositiveInfinity;
        int idleSteps = 0;
        for (double forcing = LargestForcing; ;)
        {
            bool satisfied = rule.IsSatisfied(iterate);
            report?.Invoke(iterate);
            if (satisfied)
                return Outcome.Satisfied;
            if (iterate.Iteration == maxIterations)
                return Outcome.IterationLimit;

            _preconditioner.Update();
            double norm = solver.Start(iterate.Gradient);
            if (previousNorm > 0)
                forcing = NextForcing(forcing, norm / previousNorm);
            previousNorm = norm;
            solver.Solve(forcing, MostProducts, residual => rule.WouldSatisfy(iterate, residual), step);
            double slope = VectorArithmetic.Dot(iterate.Gradient, step);
            // A step of nothing is an answer only where there is no gradient; elsewhere rounding has spoilt the solve.
            if (!(slope < 0) && norm > 0)
                return Outcome.Stalled;
            if (rule.IsSatisfied(iterate, -slope / 2, step))
                return Outcome.Satisfied;
            if (!TryStep(iterate, step, slope))
                return Outcome.Stalled;
            iterate.Iteration++;
            idleSteps = iterate.Value < lowestValue || norm < lowestNorm ? 0 : idleSteps + 1;
            if (idleSteps == MostIdleSteps)
                return Outcome.Stalled;
            lowestValue = Math.Min(lowestValue, iterate.Value);
            lowestNorm = Math.Min(lowestNorm, norm);
        }
    }

    /// <summary>The second choice of Eisenstat and Walker, safeguarded against tightening too soon.</summary>
    private static double NextForcing(double forcing, double reduction)
    {
        double next = 0.9 * reduction * reduction, guard = 0.9 * forcing * forcing;
        return Math.Min(LargestForcing, guard > 0.1 ? Math.Max(next, guard) : next);
    }

    /// <summary>Moves along the step, shortened until the value falls enough, or the slope says so where rounding hides the value.</summary>
    private bool TryStep(Iterate iterate, double[] step, double slope)
    {
        double[] point = new double[step.Length], gradient = new double[step.Length];
        double length = 1;
        for (int trial = 0; trial < MostBacktracks; trial++)
        {
            iterate.Point.CopyTo(point, 0);
            VectorArithmetic.AddScaled(length, step, point);
            double value = objective.Evaluate(point, gradient);
            double newSlope = VectorArithmetic.Dot(gradient, step);
            bool lower = value <= iterate.Value + SufficientDecrease * length * slope;
            bool flatter = value <= iterate.Value + objective.ValueError(iterate.Value) && newSlope <= (2 * SufficientDecrease - 1) * slope;
            if (lower || flatter)
            {
                iterate.Point = point;
                iterate.Gradient = gradient;
                iterate.Value = value;
                return true;
            }
            length *= double.IsFinite(value) ? Math.Clamp(-slope * length / (2 * (value - iterate.Value - slope * length)), 0.1, 0.5) : 0.1;
        }
        return false;
    }
}
