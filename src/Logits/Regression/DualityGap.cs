using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// A bound on F(W, b) − min F from what a gradient pass knows, for λ > 0: the value of F minus that of its dual at probabilities q near p, whose mean must be the mean label,
/// as free intercepts demand. Two ways from p to such q are tried, and the better bound counts.
/// </summary>
/// <remarks>
/// Tangent: q_i = p_i − S_i c with S_i = diag(p_i) − p_i p_iᵀ and S̄ c = g_b. Then, for c of range at most 1,
/// F − min F ≤ (‖g_W − g_b x̄ᵀ‖ + √(½ ⟨c, g_b⟩ V))² / 2λ + ⟨c, g_b⟩, V the mean of ‖x − x̄‖².
/// Mixture: q_i = (1 − t) p_i + t r with one distribution r for all rows. Then
/// F − min F ≤ ‖g_W − t Δ‖² / 2λ + ⟨b, g_b⟩ + t (mean H(p) − H(r) + ⟨W, Δ⟩), Δ = mean p xᵀ − r x̄ᵀ.
/// Both are derived in docs/mathematics.md.
/// </remarks>
internal sealed class DualityGap
{
    private readonly double _strength;
    private readonly int _classes;
    private readonly int _features;
    private readonly Curvature _curvature;
    private readonly double[] _columnMeans;
    private readonly double _rowVariance;
    private readonly double[] _labelMeans;
    private readonly double[] _labelMoments;

    /// <param name="strength">λ > 0.</param>
    /// <param name="curvature">S̄ at the last point evaluated.</param>
    /// <param name="columnMeans">x̄.</param>
    /// <param name="rowVariance">V.</param>
    /// <param name="gradientAtZero">The gradient where all weights and intercepts are 0: there p is uniform, so it reveals the means of y and of y xᵀ.</param>
    /// <param name="classes">K.</param>
    public DualityGap(
        double strength, Curvature curvature, ReadOnlySpan<double> columnMeans, double rowVariance, ReadOnlySpan<double> gradientAtZero, int classes)
    {
        _strength = strength;
        _curvature = curvature;
        _classes = classes;
        _features = gradientAtZero.Length / classes - 1;
        _columnMeans = columnMeans[.._features].ToArray();
        _rowVariance = rowVariance;
        _labelMoments = new double[classes * _features];
        _labelMeans = new double[classes];
        for (int k = 0; k < classes; k++)
        {
            _labelMeans[k] = 1.0 / classes - gradientAtZero[classes * _features + k];
            for (int j = 0; j < _features; j++)
                _labelMoments[k * _features + j] = _columnMeans[j] / classes - gradientAtZero[k * _features + j];
        }
    }

    /// <summary>The bound at the last point evaluated, if its gradient were <paramref name="gradient"/>.</summary>
    public double Bound(ReadOnlySpan<double> point, double dataLoss, ReadOnlySpan<double> gradient)
    {
        double mixture = MixtureBound(point, dataLoss, gradient);
        return _curvature.IsFull ? Math.Min(mixture, TangentBound(gradient)) : mixture;
    }

    private double TangentBound(ReadOnlySpan<double> gradient)
    {
        ReadOnlySpan<double> interceptGradient = gradient[^_classes..];
        double[] change = _curvature.InterceptStep(interceptGradient);
        if (!(change.Max() - change.Min() <= 1))
            return double.PositiveInfinity;
        double square = 0;
        for (int k = 0; k < _classes; k++)
            for (int at = k * _features, j = 0; j < _features; at++, j++)
            {
                double rest = gradient[at] - interceptGradient[k] * _columnMeans[j];
                square += rest * rest;
            }
        double product = Math.Max(0, VectorArithmetic.Dot(change, interceptGradient));
        double norm = Math.Sqrt(square) + Math.Sqrt(product * _rowVariance / 2);
        return norm * norm / (2 * _strength) + product;
    }

    private double MixtureBound(ReadOnlySpan<double> point, double dataLoss, ReadOnlySpan<double> gradient)
    {
        ReadOnlySpan<double> weights = point[..^_classes], intercepts = point[^_classes..];
        ReadOnlySpan<double> weightGradient = gradient[..^_classes], interceptGradient = gradient[^_classes..];
        double alongIntercepts = VectorArithmetic.Dot(intercepts, interceptGradient);
        double entropy = dataLoss + _strength * VectorArithmetic.Dot(weights, weights) - VectorArithmetic.Dot(weights, weightGradient) - alongIntercepts;
        double mix = Mix(interceptGradient), square = 0, alongWeights = 0, fixedEntropy = 0;
        for (int k = 0; k < _classes; k++)
        {
            double share = mix == 0 ? 0 : Math.Max(0, _labelMeans[k] + interceptGradient[k] - interceptGradient[k] / mix);
            fixedEntropy -= share > 0 ? share * Math.Log(share) : 0;
            for (int at = k * _features, j = 0; j < _features; at++, j++)
            {
                double change = weightGradient[at] - _strength * weights[at] + _labelMoments[at] - share * _columnMeans[j];
                double rest = weightGradient[at] - mix * change;
                square += rest * rest;
                alongWeights += weights[at] * change;
            }
        }
        return square / (2 * _strength) + alongIntercepts + mix * (entropy - fixedEntropy + alongWeights);
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
