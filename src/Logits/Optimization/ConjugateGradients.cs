using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>Preconditioned conjugate gradients for A x = b, A symmetric positive semidefinite.</summary>
/// <remarks>Source: M. Hestenes and E. Stiefel, "Methods of conjugate gradients for solving linear systems", J. Res. NBS 49 (1952).</remarks>
/// <param name="dimension">The number of unknowns.</param>
/// <param name="threads">How many threads work on long vectors.</param>
internal sealed class ConjugateGradients(int dimension, int threads)
{
    private readonly double[] _preconditioned = new double[dimension];
    private readonly double[] _direction = new double[dimension];
    private readonly double[] _product = new double[dimension];

    /// <summary>Writes A times a direction.</summary>
    public delegate void Operator(ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>Whether a solution is good enough.</summary>
    /// <param name="solution">x.</param>
    /// <param name="residual">b − A x.</param>
    /// <param name="reduction">The preconditioned norm of the residual over that of b.</param>
    public delegate bool Test(ReadOnlySpan<double> solution, ReadOnlySpan<double> residual, double reduction);

    /// <summary>Told of every product: A v for a direction v, and vᵀA v.</summary>
    public delegate void Observer(ReadOnlySpan<double> direction, ReadOnlySpan<double> product, double curvature);

    /// <summary>
    /// Solves from x = 0 until the test is passed, <paramref name="mostProducts"/> are spent, or rounding has spoilt the next direction. Whenever it ends, bᵀx
    /// > 0 unless x = 0.
    /// </summary>
    /// <param name="product">A.</param>
    /// <param name="preconditioner">M.</param>
    /// <param name="right">b.</param>
    /// <param name="solution">Receives x.</param>
    /// <param name="residual">Receives b − A x.</param>
    /// <param name="isGoodEnough">Asked after each product.</param>
    /// <param name="mostProducts">The most products.</param>
    /// <param name="observer">Told of every product.</param>
    /// <returns>The products taken, √(bᵀM⁻¹b), and the reduction of the residual in that norm.</returns>
    public (int Products, double Norm, double Reduction) Solve(
        Operator product, IPreconditioner preconditioner, ReadOnlySpan<double> right, Span<double> solution, Span<double> residual, Test isGoodEnough,
        int mostProducts, Observer? observer = null)
    {
        solution.Clear();
        right.CopyTo(residual);
        preconditioner.Solve(residual, _preconditioned);
        _preconditioned.CopyTo(_direction, 0);
        double start = Math.Max(0, VectorArithmetic.Dot(residual, _preconditioned, threads)), square = start, reduction = 1;
        int products = 0;
        while (products < mostProducts && square > 0)
        {
            product(_direction, _product);
            products++;
            double curvature = VectorArithmetic.Dot(_direction, _product, threads);
            if (!(curvature > 0))
                break;
            observer?.Invoke(_direction, _product, curvature);
            double length = square / curvature;
            VectorArithmetic.AddScaled(length, _direction, solution, threads);
            VectorArithmetic.AddScaled(-length, _product, residual, threads);
            preconditioner.Solve(residual, _preconditioned);
            double next = VectorArithmetic.Dot(residual, _preconditioned, threads);
            reduction = Math.Sqrt(Math.Max(0, next) / start);
            if (isGoodEnough(solution, residual, reduction))
                break;
            VectorArithmetic.ScaleAndAdd(next / square, _direction, _preconditioned, threads);
            square = next;
        }
        return (products, Math.Sqrt(start), reduction);
    }
}
