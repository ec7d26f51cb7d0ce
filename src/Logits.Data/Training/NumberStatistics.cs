using Logits.Rows;

namespace Logits.Data;

/// <summary>What has to be known of a numeric or boolean column: over the training rows, by weight, unless said otherwise.</summary>
internal sealed class NumberStatistics
{
    private double _weight;
    private double _variance;
    private Tally _missing;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>The largest absolute value.</summary>
    public double Largest => Math.Max(Math.Abs(Min), Math.Abs(Max));

    /// <summary>The weighted mean of the values that are not missing.</summary>
    public double Mean { get; private set; }

    /// <summary>Missing values in training and test rows.</summary>
    public long Missing(WeightMeaning meaning) => _missing.Count(meaning);

    /// <summary>The weight of the training rows in which the value is missing.</summary>
    public double MissingWeight { get; private set; }

    /// <summary>Of training and test rows.</summary>
    public RunningNumber RunningNumber { get; } = new();

    /// <summary>
    /// Adds a row's value. The mean and the variance are those of the rows so far, so that only the proportions of weights matter, however large or small: D.
    /// H. D. West, "Updating mean and
    /// variance estimates: an improved method", Communications of the ACM 22 (1979).
    /// </summary>
    public void Add(double value, KeptRow row)
    {
        RunningNumber.Add(value, row.Weight);
        if (!row.Trains)
            return;
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        _weight += row.Weight;
        double share = row.Weight / _weight, distance = value - Mean;
        Mean += distance * share;
        _variance += share * (distance * (value - Mean) - _variance);
    }

    public void AddMissing(KeptRow row)
    {
        _missing.Add(row.Weight);
        MissingWeight += row.TrainingWeight;
    }

    /// <summary>Whether all values are one to within rounding, or there is none.</summary>
    public bool IsConstant => !(Min < Max) || (Scale == 0 && Max - Min <= 1e-15 * Largest);

    /// <summary>The weighted standard deviation when the mean stands for missing values.</summary>
    public double Scale => Math.Sqrt(_variance * (_weight / (_weight + MissingWeight)));
}
