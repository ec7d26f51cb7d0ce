namespace Logits.Data;

/// <summary>What has to be known of a numeric or boolean column: over the training rows, by weight, unless said otherwise.</summary>
internal sealed class NumberStatistics
{
    private double _weight;
    private double _squares;

    public double Min { get; private set; } = double.PositiveInfinity;

    public double Max { get; private set; } = double.NegativeInfinity;

    /// <summary>The weighted mean of the values that are not missing.</summary>
    public double Mean { get; private set; }

    /// <summary>Missing values in training and test rows.</summary>
    public long Missing { get; private set; }

    /// <summary>The weight of the training rows in which the value is missing.</summary>
    public double MissingWeight { get; private set; }

    public RunningNumber RunningNumber { get; } = new();

    /// <summary>Adds a training row's value: B. P. Welford, "Note on a method for calculating corrected sums of squares and products", Technometrics 4 (1962).</summary>
    public void Add(double value, double weight)
    {
        Min = Math.Min(Min, value);
        Max = Math.Max(Max, value);
        _weight += weight;
        double distance = value - Mean;
        Mean += distance * (weight / _weight);
        _squares += weight * distance * (value - Mean);
    }

    public void AddMissing(double weight)
    {
        Missing++;
        MissingWeight += weight;
    }

    /// <summary>Whether all values are one, or there is none.</summary>
    public bool IsConstant => !(Min < Max) || Scale == 0;

    /// <summary>The weighted standard deviation when the mean stands for missing values.</summary>
    public double Scale => Math.Sqrt(_squares / (_weight + MissingWeight));
}
