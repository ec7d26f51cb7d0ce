using System.Numerics;

namespace Logits;

/// <summary>
/// The log-partition function A(o) = log Σ_j exp(o_j) of K logits, its gradient softmax(o) and its Hessian diag(p) − p pᵀ, in nats; for rows of <see
/// cref="float"/> and of <see cref="double"/>, computed in the type of the row. With a temperature T the logits are o / T.
/// </summary>
/// <remarks>
/// <para>No exponential is ever taken of an unshifted logit, nothing overflows that need not, and no member allocates.</para>
/// <para>ε is the distance from 1 to the next number of the type: 2⁻²³ or 2⁻⁵². Bounds hold for finite logits, rows of up to 2¹⁵ classes and results that
/// are normal numbers; a denormal result is off by at most two units in its last place. With a temperature other than 1 a bound (|o_j − max| + c) ε is
/// (2 |o_j − max| / T + 2c) ε. All bounds hold where the logits differ by no more than the largest number of the type and 1/T (or the sharpness λ) is a
/// normal number.</para>
/// <para>A logit of −∞ has probability 0. Where the largest logit is not finite, an answer is its limit over all finite logits that tend to the given ones,
/// and NaN where there is no such limit: a row of nothing but −∞ has Value −∞ and a softmax of NaN; a single +∞ takes all (probability 1, the others 0); of
/// several +∞ each has NaN and all others 0; the Value is +∞ with any. A row with a NaN gives NaN throughout.</para>
/// <para>Source: S. Boyd and L. Vandenberghe, Convex Optimization, 2004, section 3.1.5; P. Blanchard, D. J. Higham and N. J. Higham, "Accurately computing the
/// log-sum-exp and softmax functions", IMA Journal of Numerical Analysis 41, 2021.</para>
/// </remarks>
public static partial class LogPartition
{
    /// <summary>A(o / T) = log Σ_j exp(o_j / T).</summary>
    /// <param name="logits">o, K ≥ 1 logits.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <remarks>
    /// At T = 1 the relative error against the exact function of the given numbers is at most 32 ε wherever |A| ≥ 2⁻⁴⁰: where the largest logit and the
    /// logarithm of the sum cancel to less than a quarter, the sum is taken again in twice the precision of a double, at about a hundred times the cost.
    /// With another temperature the error is at most 32 ε (max_j |o_j| / T + log K).
    /// </remarks>
    /// <exception cref="ArgumentException">The row is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static T Value<T>(ReadOnlySpan<T> logits, double temperature = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T value = default;
        ValueRows(logits, logits.Length, new Span<T>(ref value), temperature);
        return value;
    }

    /// <summary>softmax(o / T)_j = exp(o_j / T) / Σ_k exp(o_k / T), the gradient of the Value at T = 1.</summary>
    /// <param name="logits">o, K ≥ 1 logits.</param>
    /// <param name="destination">Receives the K probabilities; may be the logits themselves.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <remarks>Relative error of each probability at T = 1: at most (|o_j − max| + 8) ε.</remarks>
    /// <exception cref="ArgumentException">The row is empty, the destination has another length, or the two overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static void Softmax<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SoftmaxRows(logits, logits.Length, destination, temperature);

    /// <summary>log softmax(o / T)_j = o_j / T − A(o / T), without a logarithm of a probability.</summary>
    /// <param name="logits">o, K ≥ 1 logits.</param>
    /// <param name="destination">Receives the K log-probabilities; may be the logits themselves.</param>
    /// <param name="temperature">T, positive and finite.</param>
    /// <remarks>
    /// Relative error of each log-probability at T = 1: at most (8 + r) ε, where r is the distance from the largest logit to the others, averaged with
    /// their probabilities as weights. It holds for a probability next to 1 too, whose logarithm is next to 0.
    /// </remarks>
    /// <exception cref="ArgumentException">The row is empty, the destination has another length, or the two overlap without being the same.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public static void LogSoftmax<T>(ReadOnlySpan<T> logits, Span<T> destination, double temperature = 1) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        LogSoftmaxRows(logits, logits.Length, destination, temperature);

    /// <summary>(diag(p) − p pᵀ) v = p ⊙ (v − ⟨p, v⟩), the Hessian of the Value times a direction, without a K×K matrix.</summary>
    /// <param name="probabilities">p, the softmax of the K logits.</param>
    /// <param name="direction">v, K numbers.</param>
    /// <param name="destination">Receives the K products; may be either of the others.</param>
    /// <remarks>Error of each entry against the exact product of the given p and v: at most 4 ε p_j (|v_j| + Σ_k p_k |v_k|).</remarks>
    /// <exception cref="ArgumentException">The row is empty, the lengths differ, or the destination overlaps another without being the same.</exception>
    public static void HessianVectorProduct<T>(ReadOnlySpan<T> probabilities, ReadOnlySpan<T> direction, Span<T> destination)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => HessianVectorProductRows(probabilities, probabilities.Length, direction, destination);

    /// <summary>The smooth maximum A(λ x) / λ: at least max x, at most max x + log K / λ, and max x in the limit λ → +∞.</summary>
    /// <param name="values">x, K ≥ 1 numbers.</param>
    /// <param name="sharpness">λ, positive and finite.</param>
    /// <remarks>Error: at most 32 ε (max_j |x_j| + log K / λ).</remarks>
    /// <exception cref="ArgumentException">The row is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is not positive and finite.</exception>
    public static T SmoothMax<T>(ReadOnlySpan<T> values, double sharpness) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SmoothExtreme(values, sharpness, T.One);

    /// <summary>The smooth minimum −A(−λ x) / λ: at most min x, at least min x − log K / λ, and min x in the limit λ → +∞.</summary>
    /// <param name="values">x, K ≥ 1 numbers.</param>
    /// <param name="sharpness">λ, positive and finite.</param>
    /// <remarks>Error: at most 32 ε (max_j |x_j| + log K / λ).</remarks>
    /// <exception cref="ArgumentException">The row is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">λ is not positive and finite.</exception>
    public static T SmoothMin<T>(ReadOnlySpan<T> values, double sharpness) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SmoothExtreme(values, sharpness, T.NegativeOne);
}
