using System.Numerics;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>The weights of n rows, each 1 where none are given, and what they mean.</summary>
internal sealed class RowWeights
{
    private readonly ReadOnlyMemory<double> _weights;

    /// <param name="weights">n weights, finite and at least 0, or none.</param>
    /// <param name="count">n.</param>
    /// <param name="meaning">What they mean; null finds out: whole numbers are frequencies.</param>
    public RowWeights(ReadOnlyMemory<double> weights, long count, WeightMeaning? meaning)
    {
        _weights = weights;
        Count = count;
        Largest = 1;
        Total = PositiveRows = count;
        Meaning = meaning ?? (AreWhole(weights.Span) ? WeightMeaning.Frequencies : WeightMeaning.Importances);
        if (weights.IsEmpty)
            return;
        Largest = 0;
        PositiveRows = 0;
        foreach (double weight in weights.Span)
        {
            Largest = Math.Max(Largest, weight);
            PositiveRows += weight > 0 ? 1 : 0;
        }
        double rounder = ReproducibleSum.Rounder(Largest * count), scaled = ReproducibleSum.Rounder(count);
        Total = 0;
        foreach (double weight in weights.Span)
        {
            Total += ReproducibleSum.Round(weight, rounder);
            ScaledTotal += ReproducibleSum.Round(weight / Largest, scaled);
        }
    }

    /// <summary>n.</summary>
    public long Count { get; }

    public WeightMeaning Meaning { get; }

    /// <summary>Whether no weights were given.</summary>
    public bool AreEqual => _weights.IsEmpty;

    public double Largest { get; }

    /// <summary>Σ w.</summary>
    public double Total { get; }

    /// <summary>Σ w / max w: kernels see weights of at most 1, because only proportions matter to them, and no sum leaves the range of T then.</summary>
    public double ScaledTotal { get => AreEqual ? Count : field; }

    /// <summary>How many rows have a weight above 0.</summary>
    public long PositiveRows { get; }

    /// <summary>The number of rows that the weights stand for: Σ w of frequencies, the rows above 0 of importances.</summary>
    public double EffectiveRows => Meaning == WeightMeaning.Frequencies ? Total : PositiveRows;

    /// <summary>w of a row.</summary>
    public double this[long row] => AreEqual ? 1 : _weights.Span[(int)row];

    /// <summary>w / max w of the rows from <paramref name="first"/> on, then zeros to the end of the destination.</summary>
    public void CopyScaled<T>(long first, int rows, Span<T> destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (AreEqual)
            destination[..rows].Fill(T.One);
        else
            for (int i = 0; i < rows; i++)
                destination[i] = T.CreateTruncating(_weights.Span[(int)first + i] / Largest);
        destination[rows..].Clear();
    }

    private static bool AreWhole(ReadOnlySpan<double> weights)
    {
        foreach (double weight in weights)
            if (weight != Math.Floor(weight))
                return false;
        return true;
    }
}
