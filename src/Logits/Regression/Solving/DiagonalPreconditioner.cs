using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>The diagonal of S̄ ⊗ C + λ D: where C is too large to form.</summary>
internal sealed class DiagonalPreconditioner(ISoftmaxLoss loss, double curvature, int threads) : IPreconditioner
{
    private readonly double[] _inverse = new double[loss.Dimension];

    /// <summary>Adapts to the diagonal of S̄.</summary>
    public void Adapt()
    {
        ReadOnlySpan<double> covariance = loss.Covariance.Diagonal, squares = loss.Columns.MeanSquares;
        for (int k = 0; k < loss.Classes; k++)
        {
            for (int j = 0; j < loss.Features; j++)
                _inverse[k * loss.Features + j] = Inverse(covariance[k] * squares[j] + curvature);
            _inverse[loss.Classes * loss.Features + k] = Inverse(covariance[k]);
        }
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        VectorArithmetic.Multiply(residual, _inverse, destination, threads);
        Gauge.TakeOff(destination, loss.Classes, threads);
    }

    /// <summary>A column of zeros has neither a residual nor a scale.</summary>
    private static double Inverse(double scale) => scale > 0 ? 1 / scale : 0;
}
