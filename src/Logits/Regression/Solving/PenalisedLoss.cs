using Logits.Optimization;

namespace Logits.Regression;

/// <summary>F(W, b) = loss + R(W), on the columns that are free: the coefficients of the others stay what they are.</summary>
internal sealed class PenalisedLoss(ISoftmaxLoss loss, Penalty penalty, IReadOnlyList<int> fixedColumns, int threads = 1) : ISmoothObjective
{
    public int Dimension => loss.Dimension;

    private int Weights => loss.Classes * loss.Features;

    public double Evaluate(Span<double> point, Span<double> gradient)
    {
        double value = loss.Evaluate(point, gradient);
        penalty.AddGradient(point[..Weights], gradient);
        Clear(gradient);
        return value + penalty.Value(point[..Weights]);
    }

    public double ValueError(double value) => loss.ValueError(value);

    public void HessianVectorProduct(ReadOnlySpan<double> direction, Span<double> destination)
    {
        loss.HessianVectorProduct(direction, destination);
        if (penalty.Curvature > 0)
            Numerics.VectorArithmetic.AddScaled(penalty.Curvature, direction[..Weights], destination[..Weights], threads);
        Clear(destination);
    }

    private void Clear(Span<double> vector)
    {
        foreach (int j in fixedColumns)
            for (int k = 0; k < loss.Classes; k++)
                vector[k * loss.Features + j] = 0;
    }
}
