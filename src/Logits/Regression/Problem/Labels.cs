namespace Logits.Regression;

/// <summary>
/// What is to be predicted: for each of n rows a class index 0 … K−1, or a probability for each of the K classes (soft labels).
/// </summary>
public sealed class Labels
{
    private readonly ReadOnlyMemory<int> _indices;
    private readonly ReadOnlyMemory<double> _probabilities;

    private Labels(ReadOnlyMemory<int> indices, ReadOnlyMemory<double> probabilities, long count, int classes)
    {
        _indices = indices;
        _probabilities = probabilities;
        Count = count;
        Classes = classes;
    }

    /// <summary>n, the number of rows.</summary>
    public long Count { get; }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>Whether each label is one class index.</summary>
    public bool AreIndices => !_indices.IsEmpty;

    /// <summary>n class indices; empty for soft labels.</summary>
    public ReadOnlySpan<int> Indices => _indices.Span;

    /// <summary>Soft labels, n×K row-major; empty for class indices.</summary>
    public ReadOnlySpan<double> Probabilities => _probabilities.Span;

    /// <summary>The soft label of one row, K entries.</summary>
    internal ReadOnlySpan<double> Distribution(long row) => _probabilities.Span.Slice((int)row * Classes, Classes);

    /// <summary>One class index a row.</summary>
    /// <param name="indices">n indices, each in 0 … K−1. Kept, not copied.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <exception cref="ArgumentException">No row, or an index outside 0 … K−1.</exception>
    public static Labels FromIndices(ReadOnlyMemory<int> indices, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (indices.IsEmpty)
            throw new ArgumentException("There are no labels.", nameof(indices));
        ReadOnlySpan<int> span = indices.Span;
        int wrong = span.IndexOfAnyExceptInRange(0, classes - 1);
        if (wrong >= 0)
            throw new ArgumentException($"The label of row {wrong} is {span[wrong]}, outside 0 … {classes - 1}.", nameof(indices));
        return new Labels(indices, default, indices.Length, classes);
    }

    /// <summary>A probability vector a row: soft labels, as from several annotators or a teacher model.</summary>
    /// <param name="probabilities">n×K, row-major; each row non-negative with sum 1 to within 10⁻⁶. Kept, not copied.</param>
    /// <param name="classes">K, at least 2.</param>
    /// <exception cref="ArgumentException">No row, a part of a row, or a row that is not a probability vector.</exception>
    public static Labels FromProbabilities(ReadOnlyMemory<double> probabilities, int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        if (probabilities.IsEmpty || probabilities.Length % classes != 0)
            throw new ArgumentException($"{probabilities.Length} probabilities are not whole rows of {classes}.", nameof(probabilities));
        ReadOnlySpan<double> span = probabilities.Span;
        int rows = span.Length / classes;
        for (int i = 0; i < rows; i++)
        {
            double sum = 0;
            foreach (double p in span.Slice(i * classes, classes))
                sum += p >= 0 ? p : double.NaN;
            if (!(Math.Abs(sum - 1) <= 1e-6))
                throw new ArgumentException($"The label of row {i} is not a probability vector: its entries must be at least 0 and sum to 1.",
                    nameof(probabilities));
        }
        return new Labels(default, probabilities, rows, classes);
    }
}
