namespace Logits;

/// <summary>
/// A distribution over K classes, given by logits o: p_j = exp(o_j) / Σ_k exp(o_k). Logits that differ by a constant give the same distribution.
/// Everything is in nats unless its name says Bits. A class of logit −∞ has probability 0, and adds 0 wherever its probability is a factor.
/// </summary>
/// <remarks>Source: T. M. Cover and J. A. Thomas, Elements of Information Theory, 2nd edition, 2006, chapter 2.</remarks>
public sealed class Categorical
{
    private const double BitsPerNat = 1.4426950408889634;

    private readonly double[] _logits;
    private readonly double[] _probabilities;
    private readonly double[] _logProbabilities;

    /// <summary>The distribution of K ≥ 1 logits, which are copied.</summary>
    /// <exception cref="ArgumentException"> There are no logits, one is NaN, all are −∞, or more than one is +∞: no distribution is the limit of such logits.
    /// </exception>
    public Categorical(ReadOnlySpan<double> logits)
    {
        if (logits.IsEmpty)
            throw new ArgumentException("There are no logits; a distribution needs at least one class.", nameof(logits));
        int infinite = 0, impossible = 0;
        for (int k = 0; k < logits.Length; k++)
        {
            if (double.IsNaN(logits[k]))
                throw new ArgumentException($"Logit {k} is NaN.", nameof(logits));
            infinite += double.IsPositiveInfinity(logits[k]) ? 1 : 0;
            impossible += double.IsNegativeInfinity(logits[k]) ? 1 : 0;
        }
        if (impossible == logits.Length)
            throw new ArgumentException("All logits are −∞; at least one class must be possible.", nameof(logits));
        if (infinite > 1)
            throw new ArgumentException($"{infinite} logits are +∞, which does not say how they share the probability.", nameof(logits));
        _logits = logits.ToArray();
        _probabilities = new double[logits.Length];
        _logProbabilities = new double[logits.Length];
        LogPartition.Softmax<double>(_logits, _probabilities);
        LogPartition.LogSoftmax<double>(_logits, _logProbabilities);
    }

    /// <summary>K, the number of classes.</summary>
    public int Classes => _logits.Length;

    /// <summary>o, the K logits as given.</summary>
    public ReadOnlySpan<double> Logits => _logits;

    /// <summary>p, K probabilities that sum to 1 up to rounding.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities;

    /// <summary>log p, K log-probabilities; −∞ where the probability is 0.</summary>
    public ReadOnlySpan<double> LogProbabilities => _logProbabilities;

    /// <summary>The class of largest probability, the first of several.</summary>
    public int Mode => ArgMax(_logits);

    /// <summary>log p_k.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double LogProbability(int classIndex)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(classIndex);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(classIndex, Classes);
        return _logProbabilities[classIndex];
    }

    /// <summary>−log p_k: how surprising class k is, in nats; +∞ where it cannot occur.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Surprisal(int classIndex) => 0 - LogProbability(classIndex);

    /// <summary>−log₂ p_k: how surprising class k is, in bits; its ideal code length.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double SurprisalBits(int classIndex) => Surprisal(classIndex) * BitsPerNat;

    /// <summary>H(p) = −Σ_k p_k log p_k, between 0 and log K nats.</summary>
    public double Entropy() => CrossEntropy(this);

    /// <summary>The <see cref="Entropy"/> in bits.</summary>
    public double EntropyBits() => Entropy() * BitsPerNat;

    /// <summary>
    /// H(p, q) = −Σ_k p_k log q_k, the mean surprisal under <paramref name="other"/> = q of draws from this p; +∞ where q excludes what p allows.
    /// </summary>
    /// <exception cref="ArgumentException">The distributions have different numbers of classes.</exception>
    public double CrossEntropy(Categorical other)
    {
        RequireSameClasses(other);
        double sum = 0;
        for (int k = 0; k < Classes; k++)
            if (_probabilities[k] > 0)
                sum -= _probabilities[k] * other._logProbabilities[k];
        return sum;
    }

    /// <summary>The <see cref="CrossEntropy"/> in bits.</summary>
    /// <exception cref="ArgumentException">The distributions have different numbers of classes.</exception>
    public double CrossEntropyBits(Categorical other) => CrossEntropy(other) * BitsPerNat;

    /// <summary>
    /// KL(p‖q) = Σ_k p_k log(p_k / q_k) of this p from <paramref name="other"/> = q, never negative: 0 where they are the same, +∞ where q excludes what p
    /// allows.
    /// </summary>
    /// <remarks>
    /// Summed as p_k (exp(x_k) − 1 − x_k) with x_k = log(q_k / p_k), whose terms are never negative, so that nothing cancels between near distributions.
    /// </remarks>
    /// <exception cref="ArgumentException">The distributions have different numbers of classes.</exception>
    public double KullbackLeibler(Categorical other)
    {
        RequireSameClasses(other);
        double sum = 0;
        for (int k = 0; k < Classes; k++)
        {
            double p = _probabilities[k], q = other._probabilities[k], x = other._logProbabilities[k] - _logProbabilities[k];
            sum += p == 0 ? q : Math.Abs(x) <= 0.25 ? p * ExpMinusOneMinus(x) : q - p - p * x;
        }
        return sum;
    }

    /// <summary>The <see cref="KullbackLeibler"/> divergence in bits.</summary>
    /// <exception cref="ArgumentException">The distributions have different numbers of classes.</exception>
    public double KullbackLeiblerBits(Categorical other) => KullbackLeibler(other) * BitsPerNat;

    /// <summary>diag(p) − p pᵀ, the covariance of a one-hot draw.</summary>
    /// <returns>K×K; its rows and columns sum to 0 up to rounding.</returns>
    public double[,] Covariance()
    {
        double[,] covariance = new double[Classes, Classes];
        for (int i = 0; i < Classes; i++)
            for (int j = 0; j < Classes; j++)
                covariance[i, j] = i == j ? _probabilities[i] * ProbabilityOfOthers(i) : -_probabilities[i] * _probabilities[j];
        return covariance;
    }

    /// <summary>The covariance times a vector: p ⊙ (v − ⟨p, v⟩), without the K×K matrix.</summary>
    /// <param name="direction">v, K numbers.</param>
    /// <param name="destination">Receives K numbers; may be <paramref name="direction"/>.</param>
    /// <exception cref="ArgumentException">A length is not K.</exception>
    public void CovarianceProduct(ReadOnlySpan<double> direction, Span<double> destination) =>
        LogPartition.HessianVectorProduct(_probabilities, direction, destination);

    /// <summary>The distribution of the logits o / T: Q ∝ P^α with α = 1/T; sharper for T &lt; 1, flatter for T &gt; 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The temperature is not positive and finite.</exception>
    public Categorical Tempered(double temperature)
    {
        if (!(temperature > 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "The temperature must be positive and finite.");
        // From log-probabilities, of which the largest is at least −log K, so that no division overflows upwards.
        return new Categorical([.. _logProbabilities.Select(logProbability => (logProbability - _logProbabilities[Mode]) / temperature)]);
    }

    /// <summary>
    /// Draws a class: the largest of o_k + g_k with independent Gumbel numbers g_k = −log(−log u_k) has exactly the probabilities p.
    /// </summary>
    /// <param name="random">The source of randomness; the same seed draws the same classes.</param>
    /// <remarks>Source: E. J. Gumbel, Statistical Theory of Extreme Values and Some Practical Applications, 1954.</remarks>
    public int Sample(Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        int best = -1;
        double largest = double.NegativeInfinity;
        for (int k = 0; k < Classes; k++)
        {
            // 1 − u lies in (0, 1], where the logarithm is finite.
            double exponential = -Math.Log(1 - random.NextDouble());
            double perturbed = _logProbabilities[k] - Math.Log(exponential);
            if (_probabilities[k] > 0 && (best < 0 || perturbed > largest))
                (best, largest) = (k, perturbed);
        }
        return best;
    }

    /// <summary>1 − p_k without cancellation where p_k is near 1.</summary>
    private double ProbabilityOfOthers(int k)
    {
        double sum = 0;
        for (int j = 0; j < Classes; j++)
            sum += j == k ? 0 : _probabilities[j];
        return sum;
    }

    /// <summary>exp(x) − 1 − x = x²/2 + x³/6 + … ≥ 0, to full precision within |x| ≤ 1/4.</summary>
    private static double ExpMinusOneMinus(double x)
    {
        double term = x * x / 2, sum = 0;
        for (int k = 3; k <= 16; k++)
        {
            sum += term;
            term *= x / k;
        }
        return sum;
    }

    private static int ArgMax(ReadOnlySpan<double> values)
    {
        int best = 0;
        for (int k = 1; k < values.Length; k++)
            if (values[k] > values[best])
                best = k;
        return best;
    }

    private void RequireSameClasses(Categorical other)
    {
        ArgumentNullException.ThrowIfNull(other);
        if (other.Classes != Classes)
            throw new ArgumentException($"The distributions have {Classes} and {other.Classes} classes.", nameof(other));
    }
}
