using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>Decides how a minimisation goes: what stands in for the Hessian, how precise a step need be, and when a point is good enough.</summary>
internal interface INewtonGuide
{
    /// <summary>Whether to stop at a point just reached; and if not, whether to give up, because what is left is below what the precision shows.</summary>
    Outcome? Arrive(Iterate iterate);

    /// <summary>The stand-in for the Hessian at the current point.</summary>
    IPreconditioner Preconditioner(Iterate iterate);

    /// <summary>The multiple of <see cref="AddDamping"/>'s matrix that is added to the Hessian for the next step.</summary>
    double Damping { get; }

    /// <summary>product += damping · C · direction.</summary>
    void AddDamping(double damping, ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>Begins a solve. <paramref name="norm"/> is √(gᵀM⁻¹g); the answer replaces the forcing term, or is null.</summary>
    double? Forcing(Iterate iterate, double norm);

    /// <summary>Whether a step s with the residual −g − H s is precise enough, whatever the forcing term says.</summary>
    bool IsPrecise(Iterate iterate, ReadOnlySpan<double> step, ReadOnlySpan<double> residual);

    /// <summary>Whether to stop before taking the step.</summary>
    bool IsSatisfied(Iterate iterate, in NewtonStep step);

    /// <summary>The value where all variables are 0: a start that is worse is given up for it.</summary>
    double ValueAtZero { get; }

    /// <summary>Told of each step taken: the share of it, and the decrease of the value over that which the model expected for the whole.</summary>
    void Moved(Iterate iterate, in NewtonStep step, double length, double ratio);
}

/// <summary>
/// Truncated Newton: each step solves H s = −g by preconditioned conjugate gradients, only as precisely as the progress so far deserves, and is shortened until
/// the value falls.
/// </summary>
/// <remarks>
/// Sources: R. Dembo and T. Steihaug, "Truncated-Newton algorithms for large-scale unconstrained optimization", Math. Programming 26 (1983); S. Eisenstat and
/// H. Walker, "Choosing the forcing terms in an inexact Newton method", SIAM J. Sci. Comput. 17 (1996); W. Hager and H. Zhang, "A new conjugate gradient
/// method with guaranteed descent", SIAM J. Optim. 16 (2005), for the test that tolerates rounding.
/// </remarks>
internal sealed class NewtonCg(ISmoothObjective objective, INewtonGuide guide, int threads)
{
    private const int MostProducts = 250;
    private const int MostBacktracks = 30;
    private const int MostIdleSteps = 3;
    private const double LargestForcing = 0.5;
    private const double SufficientDecrease = 1e-4;

    private readonly ConjugateGradients _solver = new(objective.Dimension, threads);
    private readonly SecantPreconditioner _preconditioner = new(objective.Dimension, threads);
    // Of the coefficients' length each, and that may be millions: one of a kind, not one a step.
    private readonly double[] _step = new double[objective.Dimension];
    private readonly double[] _residual = new double[objective.Dimension];
    private readonly double[] _right = new double[objective.Dimension];
    private double[] _trialPoint = new double[objective.Dimension];
    private double[] _trialGradient = new double[objective.Dimension];
    private double _forcing = LargestForcing;
    private double _previousNorm;

    /// <summary>Minimises from <see cref="Iterate.Point"/> of <paramref name="iterate"/>, which always holds the best point so far.</summary>
    public Outcome Minimize(Iterate iterate, int maxIterations, Action<Iterate>? report)
    {
        try
        {
            double[] gradient = new double[objective.Dimension];
            iterate.Value = objective.Evaluate(iterate.Point, gradient);
            iterate.Gradient = gradient;
            if (!(iterate.Value <= guide.ValueAtZero) && iterate.Point.AsSpan().ContainsAnyExcept(0))
            {
                // Where rows are wrong with confidence there is no curvature to go by.
                Array.Clear(iterate.Point);
                iterate.Value = objective.Evaluate(iterate.Point, gradient);
            }
            return Run(iterate, maxIterations, report);
        }
        catch (OperationCanceledException)
        {
            return Outcome.Cancelled;
        }
    }

    private Outcome Run(Iterate iterate, int maxIterations, Action<Iterate>? report)
    {
        double lowestValue = iterate.Value, lowestNorm = double.PositiveInfinity;
        for (int idleSteps = 0; ;)
        {
            Outcome? arrival = guide.Arrive(iterate);
            report?.Invoke(iterate);
            if (arrival is { } outcome)
                return outcome;
            if (iterate.Iteration >= maxIterations)
                return Outcome.IterationLimit;
            NewtonStep step = Solve(iterate);
            // A step of nothing is an answer only where there is no gradient; elsewhere rounding has spoilt the solve.
            if (!(step.Slope < 0) && _previousNorm > 0)
                return Outcome.Stalled;
            if (guide.IsSatisfied(iterate, step))
                return Outcome.Satisfied;
            if (!TryStep(iterate, step))
                return Outcome.Stalled;
            iterate.Iteration++;
            idleSteps = iterate.Value < lowestValue || _previousNorm < lowestNorm ? 0 : idleSteps + 1;
            if (idleSteps == MostIdleSteps)
                return Outcome.Stalled;
            lowestValue = Math.Min(lowestValue, iterate.Value);
            lowestNorm = Math.Min(lowestNorm, _previousNorm);
        }
    }

    private NewtonStep Solve(Iterate iterate)
    {
        double damping = guide.Damping;
        _preconditioner.Update(guide.Preconditioner(iterate), learns: damping == 0);
        VectorArithmetic.CopyScaled(-1, iterate.Gradient, _right, threads);
        double norm = _preconditioner.Norm(_right, _step);
        double forcing = guide.Forcing(iterate, norm) ?? (_previousNorm > 0 ? NextForcing(norm / _previousNorm) : LargestForcing);
        _forcing = forcing > 0 ? forcing : _forcing;
        _previousNorm = norm;
        (int products, _, double reduction) = _solver.Solve(
            (direction, product) =>
            {
                objective.HessianVectorProduct(direction, product);
                if (damping > 0)
                    guide.AddDamping(damping, direction, product);
            },
            _preconditioner, _right, _step, _residual,
            (solution, rest, reached) => reached <= forcing || guide.IsPrecise(iterate, solution, rest),
            MostProducts, damping == 0 ? _preconditioner.Learn : null);
        VectorArithmetic.Scale(-1, _residual);
        return new NewtonStep(_step, _residual, VectorArithmetic.Dot(iterate.Gradient, _step, threads), reduction, products);
    }

    /// <summary>The second choice of Eisenstat and Walker, safeguarded against tightening too soon.</summary>
    private double NextForcing(double reduction)
    {
        double next = 0.9 * reduction * reduction, guard = 0.9 * _forcing * _forcing;
        return Math.Min(LargestForcing, guard > 0.1 ? Math.Max(next, guard) : next);
    }

    /// <summary>Moves along the step, shortened until the value falls enough, or the slope says so where rounding hides the value.</summary>
    private bool TryStep(Iterate iterate, NewtonStep step)
    {
        double length = 1, ratio = double.NaN;
        for (int trial = 0; trial < MostBacktracks; trial++)
        {
            iterate.Point.CopyTo(_trialPoint, 0);
            VectorArithmetic.AddScaled(length, step.Step, _trialPoint, threads);
            double value = objective.Evaluate(_trialPoint, _trialGradient);
            if (trial == 0)
                ratio = (iterate.Value - value) / step.Decrease;
            double newSlope = VectorArithmetic.Dot(_trialGradient, step.Step, threads);
            bool lower = value <= iterate.Value + SufficientDecrease * length * step.Slope;
            bool flatter = value <= iterate.Value + objective.ValueError(iterate.Value) && newSlope <= (2 * SufficientDecrease - 1) * step.Slope;
            if (lower || flatter)
            {
                (iterate.Point, _trialPoint) = (_trialPoint, iterate.Point);
                (iterate.Gradient, _trialGradient) = (_trialGradient, iterate.Gradient);
                iterate.Value = value;
                guide.Moved(iterate, step, length, ratio);
                return true;
            }
            length *= double.IsFinite(value) ? Math.Clamp(-step.Slope * length / (2 * (value - iterate.Value - step.Slope * length)), 0.1, 0.5) : 0.1;
        }
        // The loss keeps what belongs to the last point evaluated: that must be the point that is kept.
        objective.Evaluate(iterate.Point, iterate.Gradient);
        return false;
    }
}
