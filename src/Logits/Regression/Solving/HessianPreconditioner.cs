using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// The whole Hessian at some point near, over some or all of the rows, factored: for so few coefficients that this costs less than the products it saves.
/// </summary>
internal sealed class HessianPreconditioner : IPreconditioner
{
    private readonly int _classes;
    private readonly int _features;
    private readonly Cholesky _factor;
    private readonly double[] _ordered;

    private HessianPreconditioner(Cholesky factor, int classes, int features)
    {
        (_factor, _classes, _features) = (factor, classes, features);
        _ordered = new double[classes * (features + 1)];
    }

    /// <summary>Factors the Hessian of the loss plus the penalty's; null where it is not positive definite to working precision.</summary>
    /// <param name="hessian">K(d+1) × K(d+1), lower triangle, class by class with the intercept last; the gauge's directions are filled in here.</param>
    /// <param name="classes">K.</param>
    /// <param name="features">d.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="gram">C, with rows and columns of zeros for columns that stay as they are.</param>
    /// <param name="damping">μ: its multiple of I ⊗ C is added.</param>
    public static HessianPreconditioner? Of(double[] hessian, int classes, int features, double curvature, double[] gram, double damping)
    {
        int order = features + 1, size = classes * order;
        double[] diagonal = new double[size];
        for (int j = 0; j < order; j++)
            if (gram[j * order + j] == 0)
                for (int k = 0; k < classes; k++)
                    for (int at = 0; at < size; at++)
                        hessian[(k * order + j) * size + at] = hessian[at * size + k * order + j] = 0;
        for (int k = 0; damping > 0 && k < classes; k++)
            for (int a = 0; a < order; a++)
                for (int b = 0; b <= a; b++)
                    hessian[(k * order + a) * size + k * order + b] += damping * gram[a * order + b];
        for (int j = 0; j < order; j++)
        {
            // 1 1ᵀ over the classes, once for each column, as large as the column's own curvature.
            double fill = 0;
            for (int k = 0; k < classes; k++)
                fill += hessian[(k * order + j) * size + k * order + j] / classes;
            fill = (fill + curvature) / classes;
            fill = fill > 0 ? fill : 1;
            for (int k = 0; k < classes; k++)
            {
                for (int l = 0; l <= k; l++)
                    hessian[(k * order + j) * size + l * order + j] += fill;
                diagonal[k * order + j] = (j < features ? curvature : 0) + 1e-12 * hessian[(k * order + j) * size + k * order + j];
            }
        }
        return Cholesky.TryFactor(hessian, 1, diagonal) is { } factor ? new HessianPreconditioner(factor, classes, features) : null;
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        for (int k = 0; k < _classes; k++)
        {
            residual.Slice(k * _features, _features).CopyTo(_ordered.AsSpan(k * (_features + 1)));
            _ordered[k * (_features + 1) + _features] = residual[_classes * _features + k];
        }
        _factor.Solve(_ordered);
        for (int k = 0; k < _classes; k++)
        {
            _ordered.AsSpan(k * (_features + 1), _features).CopyTo(destination[(k * _features)..]);
            destination[_classes * _features + k] = _ordered[k * (_features + 1) + _features];
        }
        Gauge.TakeOff(destination, _classes);
    }
}
