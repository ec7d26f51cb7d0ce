using Logits.Optimization;

namespace Logits.Regression;

/// <summary>What guides every fit: the choice of preconditioner, and the damping.</summary>
internal abstract class NewtonGuide(ISoftmaxLoss loss, PreconditionerChoice choice, double tolerance) : INewtonGuide
{
    /// <summary>An expected decrease below this share of the objective, or near the tolerance, is taken undamped.</summary>
    private const double SmallDecrease = 1e-5;

    /// <summary>A step that had to be cut to less than this calls for damping; less is what a line search is for.</summary>
    private const double FarTooLong = 0.1;

    protected ISoftmaxLoss Loss => loss;

    /// <summary>The relative gap that is wanted.</summary>
    protected double Tolerance => tolerance;

    /// <summary>The bound or estimate of the gap at the last point reached; infinite before there is one.</summary>
    public double Gap { get; protected set; } = double.PositiveInfinity;

    public double Damping { get; private set; }

    /// <summary>log K: all probabilities are 1/K, and no penalty is due.</summary>
    public double ValueAtZero { get; } = Math.Log(loss.Classes) * (1 + 1e-6);

    public abstract Outcome? Arrive(Iterate iterate);

    public abstract double? Forcing(Iterate iterate, double norm);

    public abstract bool IsPrecise(Iterate iterate, ReadOnlySpan<double> step, ReadOnlySpan<double> residual);

    public abstract bool IsSatisfied(Iterate iterate, in NewtonStep step);

    public IPreconditioner Preconditioner(Iterate iterate) => choice.For(iterate.Point, iterate.Point.AsSpan().IndexOfAnyExcept(0) < 0, Damping);

    public void AddDamping(double damping, ReadOnlySpan<double> direction, Span<double> product) => choice.AddDamping(damping, direction, product);

    public void Moved(Iterate iterate, in NewtonStep step, double length, double ratio)
    {
        double share = step.Decrease / Math.Abs(iterate.Value);
        choice.Moved(step.Products, share * Math.Abs(ratio));
        if (!choice.CanDamp || share < Math.Max(SmallDecrease, 10 * tolerance))
            Damping = 0;
        else if (length < FarTooLong || (Damping > 0 && ratio < 0.25))
            // Such a step went far along what the model took for flat.
            Damping = Math.Min(0.5, Math.Max(1.0 / loss.Classes, Damping * (ratio < 0 ? 10 : 4)));
        else if (ratio > 0.6)
            Damping = Damping * (ratio > 0.8 ? 0.1 : 0.3) is var less && less < 1e-6 ? 0 : less;
    }
}

/// <summary>Guides a fit with a penalty, whose gap to the optimum duality bounds.</summary>
internal sealed class CertifiedGuide(ISoftmaxLoss loss, Penalty penalty, PreconditionerChoice choice, double tolerance) : NewtonGuide(loss, choice, tolerance)
{
    /// <summary>When so many times the tolerance are left to gain, the next step is solved so precisely that it proves the bound.</summary>
    private const double Near = 3;

    /// <summary>The share of the tolerance that the solve of the last step may leave to the bound.</summary>
    private const double LeftToSolve = 0.2;
    private const double NextToNothing = 0.02;

    private readonly DualityBound _bound = new(loss, penalty);
    private bool _isLast;
    private bool _isExhausted;

    /// <summary>What was found along the last step; null before one was taken.</summary>
    public StepProof? Proof => _bound.Last;

    /// <summary>The best lower bound on the infimum so far: each is valid for good.</summary>
    public double LowerBound { get; private set; }

    public override Outcome? Arrive(Iterate iterate)
    {
        Raise(iterate.Value - _bound.AtPoint(iterate.Point, iterate.Gradient));
        // Bounds found at other points carry roundings of their own, and may meet above the value.
        Gap = Math.Max(0, iterate.Value - LowerBound) + Loss.Rounding(iterate.Value, iterate.Point);
        return Gap <= Tolerance * Math.Abs(iterate.Value) ? Outcome.Satisfied : _isExhausted ? Outcome.Stalled : null;
    }

    public override double? Forcing(Iterate iterate, double norm)
    {
        _isLast = Damping == 0 && norm * norm / 2 <= Near * Tolerance * Math.Abs(iterate.Value);
        return _isLast ? 0 : null;
    }

    public override bool IsPrecise(Iterate iterate, ReadOnlySpan<double> step, ReadOnlySpan<double> residual) => _isLast
        ? _bound.Forecast(step, residual) <= LeftToSolve * Tolerance * Math.Abs(iterate.Value)
            || _bound.ForecastOfResidual(step, residual) <= NextToNothing * Tolerance * Math.Abs(iterate.Value)
        : Loss.Covariance.IsWhole && 2 * _bound.ForecastAtPoint(iterate.Point, residual) <= Tolerance * Math.Abs(iterate.Value);

    /// <summary>The bound is found along the step, and the step is taken all the same: F falls, the bound stays.</summary>
    public override bool IsSatisfied(Iterate iterate, in NewtonStep step)
    {
        if (!_isLast)
            return false;
        Raise(iterate.Value - _bound.AlongStep(iterate.Point, iterate.Gradient, step.Step, step.Residual));
        // Less is left to gain than the precision shows, and yet the bound does not close: rounding keeps it open.
        _isExhausted = step.Decrease <= Loss.RelativeRounding * Math.Abs(iterate.Value)
            && iterate.Value - LowerBound - step.Decrease > Tolerance * Math.Abs(iterate.Value);
        return false;
    }

    private void Raise(double bound) => LowerBound = Math.Max(LowerBound, bound);
}

/// <summary>
/// Guides a fit without a penalty, whose gap is estimated by the Newton decrement ½ gᵀH⁻¹g: from solves that are precise enough for it alone.
/// </summary>
/// <param name="loss">The loss.</param>
/// <param name="choice">The preconditioner.</param>
/// <param name="tolerance">The relative gap that is wanted.</param>
/// <param name="stopsIfSlow">Whether to stop as soon as steps go on as they do where there is no optimum.</param>
internal sealed class EstimatedGuide(ISoftmaxLoss loss, PreconditionerChoice choice, double tolerance, bool stopsIfSlow) : NewtonGuide(loss, choice, tolerance)
{
    /// <summary>The preconditioned norm of the residual, relative to the gradient's, up to which a solve says something about the decrement.</summary>
    private const double PreciseSolve = 1e-2;

    /// <summary>Towards an optimum the decrement soon falls faster from step to step; without one, by a factor of about e for ever.</summary>
    private const double SlowFall = 8;
    private const int MostSlowSteps = 5;

    private double _previous = double.PositiveInfinity;
    private int _slowSteps;

    /// <summary>The last step solved for, which tells whether the rows have settled; null before there is one.</summary>
    public double[]? LastStep { get; private set; }

    /// <summary>Whether it stopped because steps go on as they do where there is no optimum.</summary>
    public bool IsSlow => _slowSteps >= MostSlowSteps;

    public override Outcome? Arrive(Iterate iterate) => null;

    public override double? Forcing(Iterate iterate, double norm) => norm * norm / 2 <= 1e-3 * Math.Abs(iterate.Value) ? PreciseSolve / 2 : null;

    public override bool IsPrecise(Iterate iterate, ReadOnlySpan<double> step, ReadOnlySpan<double> residual) => false;

    public override bool IsSatisfied(Iterate iterate, in NewtonStep step)
    {
        // A copy: the next solve, which may come to nothing, writes over the step.
        LastStep = [.. step.Step];
        double decrement = -step.Slope / 2;
        Gap = step.Accuracy <= PreciseSolve ? decrement : double.PositiveInfinity;
        _slowSteps = decrement > _previous / SlowFall ? _slowSteps + 1 : 0;
        // Where a step no longer halves what is left, although that is next to nothing, rounding has the last word.
        bool isExhausted = Gap <= Loss.ValueError(iterate.Value) && decrement > _previous / 2;
        _previous = decrement;
        return Gap <= Tolerance * Math.Abs(iterate.Value) || isExhausted || (stopsIfSlow && IsSlow);
    }
}
