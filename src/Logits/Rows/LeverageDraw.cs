using System.Numerics;

namespace Logits.Rows;

/// <summary>
/// Draws rows, each on its own, with a probability that grows with its part in the columns' squares, so that rare values are seen: min(1, m (½ + ½ ℓ_i)) with
/// ℓ_i = (1/d) Σ_j x_ij² / mean[x_j²], m for each row on average. The draw is a hash of the row's place. A row that is drawn stands for 1 over its
/// probability.
/// </summary>
/// <remarks>
/// Source: M. W. Mahoney, "Randomized algorithms for matrices and data", Foundations and Trends in Machine Learning 3 (2011), with columns' squares for
/// leverage.
/// </remarks>
internal sealed class LeverageDraw<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _inverse;
    private readonly double _expected;

    /// <param name="columns">What is known of the columns.</param>
    /// <param name="subset">The columns whose values are to be seen.</param>
    /// <param name="expected">m.</param>
    public LeverageDraw(ColumnSummary columns, ColumnSubset subset, double expected)
    {
        _expected = expected;
        _inverse = new T[expected < 1 ? columns.MeanSquares.Length : 0];
        for (int j = 0; j < _inverse.Length; j++)
            _inverse[j] = subset.Places[j] >= 0 && columns.MeanSquares[j] > 0 ? T.CreateTruncating(1 / columns.MeanSquares[j] / subset.Count) : T.Zero;
    }

    /// <summary>The probability of each row of the reader's tile that is drawn, 0 for the others.</summary>
    public void Draw(RowReader<T> reader, Span<double> probabilities)
    {
        if (_inverse.Length == 0)
        {
            probabilities[..reader.Rows].Fill(1);
            return;
        }
        reader.WeightedSquares(_inverse, probabilities);
        for (int i = 0; i < reader.Rows; i++)
        {
            double probability = Math.Min(1, _expected * (0.5 + 0.5 * probabilities[i]));
            probabilities[i] = probability == 1 || RowSample.Uniform(reader.First + i) < probability ? probability : 0;
        }
    }
}
