using Logits.Numerics;

namespace Logits.Rows;

/// <summary>What every solver needs to know of the columns: sizes, means and mean squares, over rows weighted by w_i.</summary>
internal sealed class ColumnSummary
{
    /// <param name="scales">max_i |x_ij|, over all rows; NaN where one is.</param>
    /// <param name="partialSums">Σ w x_ij over parts of the rows, w at most 1; the parts in any order.</param>
    /// <param name="partialSquares">Σ w x_ij² over the same parts.</param>
    /// <param name="weight">Σ w.</param>
    public ColumnSummary(double[] scales, IReadOnlyList<double[]> partialSums, IReadOnlyList<double[]> partialSquares, double weight)
    {
        Scales = scales;
        Means = new double[scales.Length];
        MeanSquares = new double[scales.Length];
        for (int j = 0; j < scales.Length; j++)
        {
            // Parts are added up on a grid, so that neither their order nor who summed which matters.
            double sums = ReproducibleSum.Rounder(2 * weight * scales[j]), squares = ReproducibleSum.Rounder(2 * weight * scales[j] * scales[j]);
            foreach (double[] part in partialSums)
                Means[j] += ReproducibleSum.Round(part[j], sums);
            foreach (double[] part in partialSquares)
                MeanSquares[j] += ReproducibleSum.Round(part[j], squares);
            Means[j] /= weight;
            MeanSquares[j] /= weight;
            RowVariance += Math.Max(0, MeanSquares[j] - Means[j] * Means[j]);
        }
    }

    /// <summary>max_i |x_ij|.</summary>
    public double[] Scales { get; }

    /// <summary>x̄_j.</summary>
    public double[] Means { get; }

    /// <summary>The mean of x_ij².</summary>
    public double[] MeanSquares { get; }

    /// <summary>V, the mean of ‖x_i − x̄‖².</summary>
    public double RowVariance { get; }

    /// <summary>
    /// What to take off the columns where one lies so far from 0 that its variation drowns in its size; none where no column does. Numbers of few digits, so
    /// that differences are exact.
    /// </summary>
    /// <param name="farthest">The largest |mean| in standard deviations that is not far.</param>
    public double[] Centres(double farthest)
    {
        bool isFar = false;
        for (int j = 0; j < Means.Length; j++)
        {
            double deviation = Math.Sqrt(Math.Max(0, MeanSquares[j] - Means[j] * Means[j]));
            isFar |= deviation > 1e-8 * Scales[j] / farthest && Math.Abs(Means[j]) > farthest * deviation;
        }
        return isFar ? Array.ConvertAll(Means, mean => (double)(float)mean) : [];
    }

    /// <summary>Whether every value is a finite number.</summary>
    public bool AreFinite => Array.TrueForAll(Scales, double.IsFinite);
}
