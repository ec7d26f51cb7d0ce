using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// A bound on F − inf F for λ > 0: the value of F minus that of its dual at probabilities q_i = p_i + S_i u_i with u_i = v x̃_i − (0, c), S_i = diag(p_i) − p_i
/// p_iᵀ, for any direction v of the coefficients, and c such that the mean of q_i is the mean label, as free intercepts demand.
/// </summary>
/// <remarks>
/// With G the gradient of the loss, N v its Hessian's product, e = (G + N v)_b, S̄ c = e, U = (G + N v)_W − e x̄ᵀ and τ = −min(u_ik − ⟨p_i, u_i⟩) at most, the
/// bound for τ &lt; 1 is R(W) + R*(−U') + ⟨U', W⟩ + (√⟨v, N v⟩ + √⟨c, e⟩)² / 2(1 − τ) at the worst U' within √(½ ⟨c, e⟩ V) of U, V the mean of ‖x − x̄‖².
/// Derived in docs/mathematics.md. v = 0 costs no pass, and a Newton step one, which makes the bound as small as the optimum is near. Its conditions (S̄ has
/// an inverse, τ &lt; 1) are checked each time; where they fail the bound is infinite.
/// </remarks>
internal sealed class DualityBound(ISoftmaxLoss loss, Penalty penalty)
{
    private int Weights => loss.Classes * loss.Features;

    /// <summary>The bound at the last point evaluated, with v = 0. Infinite where S̄ is not known whole.</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">The gradient of F there.</param>
    public double AtPoint(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        if (!loss.Covariance.IsWhole)
            return double.PositiveInfinity;
        return Bound(point, LossGradient(point, gradient), 0, 0, loss.Covariance);
    }

    /// <summary>The bound at the last point evaluated along a step, from one product with the rows.</summary>
    /// <param name="point">The point.</param>
    /// <param name="gradient">The gradient of F there.</param>
    /// <param name="step">s.</param>
    /// <param name="residual">H s + g, of which the intercepts' part says how far s must be corrected.</param>
    public double AlongStep(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient, ReadOnlySpan<double> step, ReadOnlySpan<double> residual)
    {
        loss.FormCovariance();
        if (loss.Covariance.Solve(residual[Weights..]) is not { } correction)
            return double.PositiveInfinity;
        double[] direction = step.ToArray();
        VectorArithmetic.AddScaled(-1, correction, direction.AsSpan(Weights));
        double[] product = new double[loss.Dimension];
        double least = loss.LeastChange(direction, product);
        Last = new StepProof([.. point], product, Math.Max(0, VectorArithmetic.Dot(direction, product)), Math.Max(0, -least), loss.Covariance.Copy());
        return Along(Last, gradient, loss.Covariance);
    }

    /// <summary>What the last <see cref="AlongStep"/> found.</summary>
    public StepProof? Last { get; private set; }

    /// <summary>The bound along a step that was found in another precision, with this one's gradient at its point.</summary>
    /// <param name="proof">The step's product and what else was found along it.</param>
    /// <param name="gradient">The gradient of F at its point, which is the last point evaluated.</param>
    public double Along(StepProof proof, ReadOnlySpan<double> gradient) => Along(proof, gradient, loss.Covariance.IsWhole ? loss.Covariance : proof.Covariance);

    private double Along(StepProof proof, ReadOnlySpan<double> gradient, LabelCovariance covariance)
    {
        double[] dual = LossGradient(proof.Point, gradient);
        VectorArithmetic.AddScaled(1, proof.Product, dual);
        return Bound(proof.Point, dual, proof.Square, proof.Reach, covariance);
    }

    /// <summary>The first part of <see cref="AlongStep"/> for a step with this residual, without a pass: what conjugate gradients are to bring down.</summary>
    /// <remarks>With r the residual, U + ∇R(W) is then −(r + ∇²R s)_W + r_b x̄ᵀ, for a penalty of constant curvature.</remarks>
    /// <param name="step">s.</param>
    /// <param name="residual">−g − H s.</param>
    public double Forecast(ReadOnlySpan<double> step, ReadOnlySpan<double> residual) => Forecast(step, residual, penalty.Curvature);

    /// <summary>What the residual alone contributes to it: the rest is the step's own, and no solve makes it smaller.</summary>
    public double ForecastOfResidual(ReadOnlySpan<double> step, ReadOnlySpan<double> residual) => Forecast(step, residual, 0);

    private double Forecast(ReadOnlySpan<double> step, ReadOnlySpan<double> residual, double curvature)
    {
        double square = 0;
        for (int k = 0; k < loss.Classes; k++)
            square += VectorArithmetic.SquaredSum(
                residual.Slice(k * loss.Features, loss.Features), curvature, step.Slice(k * loss.Features, loss.Features), -residual[Weights + k],
                    loss.Columns.Means);
        return square / (2 * penalty.Curvature);
    }

    /// <summary>The bound at the next point if its gradient were what the model expects, H s + g, with v = 0.</summary>
    /// <param name="point">The point.</param>
    /// <param name="residual">−g − H s.</param>
    public double ForecastAtPoint(ReadOnlySpan<double> point, ReadOnlySpan<double> residual)
    {
        if (!loss.Covariance.IsWhole)
            return double.PositiveInfinity;
        double[] gradient = residual.ToArray();
        VectorArithmetic.Scale(-1, gradient);
        return Bound(point, LossGradient(point, gradient), 0, 0, loss.Covariance);
    }

    private double Bound(ReadOnlySpan<double> point, double[] dual, double square, double reach, LabelCovariance covariance)
    {
        ReadOnlySpan<double> excess = dual.AsSpan(Weights);
        if (covariance.Solve(excess) is not { } change)
            return double.PositiveInfinity;
        reach += change.Max() - change.Min();
        if (!(reach < 1))
            return double.PositiveInfinity;
        double product = Math.Max(0, VectorArithmetic.Dot(change, excess));
        TakeOffMeans(dual, excess);
        double root = Math.Sqrt(square) + Math.Sqrt(product);
        return penalty.ConjugateGap(point[..Weights], dual.AsSpan(0, Weights),
            Math.Sqrt(product * loss.Columns.RowVariance / 2)) + root * root / (2 * (1 - reach));
    }

    /// <summary>dual_W −= e x̄ᵀ.</summary>
    private void TakeOffMeans(double[] dual, ReadOnlySpan<double> excess)
    {
        for (int k = 0; k < loss.Classes; k++)
            VectorArithmetic.AddScaled(-excess[k], loss.Columns.Means, dual.AsSpan(k * loss.Features, loss.Features));
    }

    /// <summary>What is left of a gradient of F without the penalty's.</summary>
    private double[] LossGradient(ReadOnlySpan<double> point, ReadOnlySpan<double> gradient)
    {
        double[] dual = new double[gradient.Length];
        penalty.AddGradient(point[..Weights], dual);
        VectorArithmetic.Scale(-1, dual);
        VectorArithmetic.AddScaled(1, gradient, dual);
        return dual;
    }
}

/// <summary>What a pass along a step v finds that proves a bound, together with the gradient at the point.</summary>
/// <param name="Point">The point.</param>
/// <param name="Product">N v.</param>
/// <param name="Square">⟨v, N v⟩.</param>
/// <param name="Reach">−min(u_ik − ⟨p_i, u_i⟩), at least 0.</param>
/// <param name="Covariance">S̄ there, whole.</param>
internal sealed record StepProof(double[] Point, double[] Product, double Square, double Reach, LabelCovariance Covariance);
