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
        // A dozen vectors of the coefficients' length, and each thread's own sums.
        _base = classes * ((long)features + 1) * sizeof(double) * (12 + 2L * threads);
        long order = features + 1;
        long gram = (2 + 8 + threads) * order * order * sizeof(double);
        HasGram = features <= FeatureGram.MostFeatures && _base + gram <= budget;
        if (HasGram)
            _base += gram;
    }

    /// <summary>Whether the Gram matrix of the features and its factors fit.</summary>
    public bool HasGram { get; }

    /// <summary>Whether so many bytes more fit.</summary>
    public bool HasRoomFor(long bytes) => _base + bytes <= _budget;
}
