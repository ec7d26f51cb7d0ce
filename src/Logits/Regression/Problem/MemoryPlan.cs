namespace Logits.Regression;

/// <summary>What a fit may hold beside the rows, and what it therefore chooses to hold.</summary>
internal sealed class MemoryPlan
{
    private readonly long _budget;
    private readonly long _base;

    /// <param name="budget">Bytes.</param>
    /// <param name="features">d.</param>
    /// <param name="classes">K.</param>
    /// <param name="threads">Threads.</param>
    public MemoryPlan(long budget, int features, int classes, int threads)
    {
        _budget = budget;
        // Twenty vectors of the coefficients' length, and each thread's own sums in both precisions.
        _base = classes * ((long)features + 1) * sizeof(double) * (20 + 3L * threads);
        long gram = GramBytes(features, threads);
        HasGram = features <= FeatureGram.MostFeatures && _base + gram <= budget;
        HasHead = !HasGram && features > FeatureGram.HeadFeatures && _base + (gram = GramBytes(FeatureGram.HeadFeatures, threads)) <= budget;
        if (HasGram || HasHead)
            _base += gram;
    }

    /// <summary>Whether the Gram matrix of all features and its factors fit.</summary>
    public bool HasGram { get; }

    /// <summary>Whether, where that of all does not, the Gram matrix of the <see cref="FeatureGram.HeadFeatures"/> that weigh most fits.</summary>
    public bool HasHead { get; }

    /// <summary>Whether so many bytes more fit.</summary>
    public bool HasRoomFor(long bytes) => _base + bytes <= _budget;

    private static long GramBytes(int features, int threads) => (2L + 8 + threads) * (features + 1) * (features + 1) * sizeof(double);
}
