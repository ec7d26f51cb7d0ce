using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// A bound on F(W, b) − min F from what a gradient pass knows, for λ > 0. The dual point is q_i = (1 − t) p_i + t r, the probabilities mixed with just so much of one fixed
/// distribution r that the mean of q is the mean label, as free intercepts demand. Then
/// F − min F ≤ ‖g_W − t Δ‖² / 2λ + ⟨b, g_b⟩ + t (mean H(p) − H(r) + ⟨W, Δ⟩), Δ = mean p xᵀ − r x̄ᵀ.
/// </summary>
/// <remarks>Derived in docs/mathematics.md. Needs no pass of its own: mean p xᵀ is the data gradient plus the mean of y xᵀ.</remarks>
internal sealed class DualityGap
{
    private readonly double _strength;
    private readonly int _classes;
    private readonly int _features;
    private readonly double[] _columnMeans;
    private readonly double[] _labelMeans;
    private readonly double[] _labelMoments;

    /// <param name="strength">λ > 0.</param>
    /// <param name="classes">K.</param>
    /// <param name="columnMeans">x̄.</param>
    /// <param name="gradientAtZero">The gradient where all weights and intercepts are 0: there p is uniform, so it reveals the mean of y and of y xᵀ.</param>
    public DualityGap(double strength, int classes, ReadOnlySpan<double> columnMeans, ReadOnlySpan<double> gradientAtZero)
    {
        _strength = strength;
        _classes = classes;
        _features = gradientAtZero.Length / classes - 1;
        _columnMeans = columnMeans[.._features].ToArray();
        _labelMoments = new double[classes * _features];
        _labelMeans = new double[classes];
        for (int k = 0; k < classes; k++)
        {
            _labelMeans[k] = 1.0 / classes - gradientAtZero[classes * _features + k];
            for (int j = 0; j < _features; j++)
                _labelMoments[k * _features + j] = _columnMeans[j] / classes - gradientAtZero[k * _features + j];
        }
    }

    /// <summary>The bound at a point with this data loss and this gradient of F.</summary>
    public double Bound(ReadOnlySpan<double> point, double dataLoss, ReadOnlySpan<double> gradient)
    {
        ReadOnlySpan<double> weights = point[..^_classes], intercepts = point[^_classes..];
        ReadOnlySpan<double> weightGradient = gradient[..^_classes], interceptGradient = gradient[^_classes..];
        double mix = Mix(interceptGradient);
        double squares = VectorArithmetic.Dot(weights, weights);
        double entropy = dataLoss - VectorArithmetic.Dot(weights, weightGradient) + _strength * squares - VectorArithmetic.Dot(intercepts, interceptGradient);
        double distance = 0, alongWeights = 0, fixedEntropy = 0;
        for (int k = 0; k < _classes; k++)
        {
            double share = mix == 0 ? 0 : Math.Max(0, _labelMeans[k] + interceptGradient[k] - interceptGradient[k] / mix);
            fixedEntropy -= share > 0 ? share * Math.Log(share) : 0;
            for (int at = k * _features, j = 0; j < _features; at++, j++)
            {
                double change = weightGradient[at] - _strength * weights[at] + _labelMoments[at] - share * _columnMeans[j];
                double rest = weightGradient[at] - mix * change;
                distance += rest * rest;
                alongWeights += weights[at] * change;
            }
        }
        return distance / (2 * _strength)
            + VectorArithmetic.Dot(intercepts, interceptGradient)
            + mix * (entropy - fixedEntropy + alongWeights);
    }

    /// <summary>t: the smallest for which r = p̄ − g_b / t has no negative entry.</summary>
    private double Mix(ReadOnlySpan<double> interceptGradient)
    {
        double mix = 0;
        for (int k = 0; k < _classes; k++)
            mix = Math.Max(mix, interceptGradient[k] / (_labelMeans[k] + interceptGradient[k]));
        return Math.Min(1, mix);
    }
}
