using Logits.Optimization;

namespace Logits.Regression;

/// <summary>The diagonal of S̄ ⊗ C + λ D: the fallback where C is too large to form.</summary>
/// <param name="curvature">The diagonal of S̄ at the last point evaluated.</param>
/// <param name="gramDiagonal">The d+1 diagonal entries of C.</param>
/// <param name="classes">K.</param>
/// <param name="features">d.</param>
/// <param name="strength">λ.</param>
internal sealed class DiagonalPreconditioner(Func<double[]> curvature, double[] gramDiagonal, int classes, int features, double strength) : IPreconditioner
{
    private double[] _curvature = [];

    public void Update() => _curvature = curvature();

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        for (int k = 0; k < classes; k++)
        {
            for (int j = 0; j < features; j++)
                destination[k * features + j] = Divide(residual[k * features + j], _curvature[k] * gramDiagonal[j] + strength);
            destination[classes * features + k] = Divide(residual[classes * features + k], _curvature[k] * gramDiagonal[features]);
        }
        CommonShift.TakeOff(destination, classes);
    }

    /// <summary>A column of zeros has neither a residual nor a scale.</summary>
    private static double Divide(double residual, double scale) => scale > 0 ? residual / scale : 0;
}
