using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>Preconditioned conjugate gradients for H s = −g at the last point evaluated.</summary>
/// <remarks>Source: M. Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems", J. Res. NBS 49 (1952).</remarks>
internal sealed class ConjugateGradients(ISmoothObjective objective, SecantPreconditioner preconditioner)
{
    private readonly double[] _residual = new double[objective.Dimension];
    private readonly double[] _solved = new double[objective.Dimension];
    private readonly double[] _direction = new double[objective.Dimension];
    private readonly double[] _product = new double[objective.Dimension];
    private double _start;

    /// <summary>A test of the residual H s + g, the gradient that the quadratic model expects after the step.</summary>
    public delegate bool ResidualTest(ReadOnlySpan<double> residual);

    /// <summary>Begins at s = 0 and returns √(gᵀ M⁻¹ g), the preconditioned norm of the gradient.</summary>
    public double Start(ReadOnlySpan<double> gradient)
    {
        gradient.CopyTo(_residual);
        preconditioner.Solve(_residual, _solved);
        for (int j = 0; j < _direction.Length; j++)
            _direction[j] = -_solved[j];
        _start = VectorArithmetic.Dot(_residual, _solved);
        return Math.Sqrt(Math.Max(0, _start));
    }

    /// <summary>
    /// Goes on until the preconditioned norm of the residual has fallen by <paramref name="tolerance"/>, the residual passes <paramref name="isSmallEnough"/>, or
    /// <paramref name="maxProducts"/> are spent. Whenever it ends, the step is a descent direction.
    /// </summary>
    public void Solve(double tolerance, int maxProducts, ResidualTest isSmallEnough, Span<double> step)
    {
        step.Clear();
        double square = _start;
        for (int product = 0; product < maxProducts && square > 0; product++)
        {
            objective.HessianVectorProduct(_direction, _product);
            double curvature = VectorArithmetic.Dot(_direction, _product);
            if (!(curvature > 0))
                return;
            preconditioner.Learn(_direction, _product, curvature);
            double length = square / curvature;
            VectorArithmetic.AddScaled(length, _direction, step);
            VectorArithmetic.AddScaled(length, _product, _residual);
            preconditioner.Solve(_residual, _solved);
            double next = VectorArithmetic.Dot(_residual, _solved);
            if (next <= tolerance * tolerance * _start || isSmallEnough(_residual))
                return;
            double factor = next / square;
            for (int j = 0; j < step.Length; j++)
                _direction[j] = factor * _direction[j] - _solved[j];
            square = next;
        }
    }
}
