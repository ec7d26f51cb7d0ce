namespace Logits.Regression;

/// <summary>The running sums of an <see cref="EvaluationBuilder"/>, over rows of positive weight.</summary>
internal struct EvaluationSums
{
    public long Rows;
    public double Weight, Loss, SquaredError, WeightCorrect;

    /// <summary>
    /// Σ (w / <see cref="LargestWeight"/>)² over the rows predicted rightly, and over the others: so scaled that no square leaves the range of numbers.
    /// </summary>
    public double SquaredWeightCorrect, SquaredWeightWrong;

    public double LargestWeight;

    /// <summary>Whether some weight is no whole number.</summary>
    public bool IsFractional;

    public void Add(double weight, double loss, double squaredError, bool isCorrect)
    {
        Rows++;
        Weight += weight;
        Loss += weight * loss;
        SquaredError += weight * squaredError;
        WeightCorrect += isCorrect ? weight : 0;
        IsFractional |= weight != Math.Floor(weight);
        if (weight > LargestWeight)
        {
            double ratio = LargestWeight / weight;
            SquaredWeightCorrect *= ratio * ratio;
            SquaredWeightWrong *= ratio * ratio;
            LargestWeight = weight;
        }
        double relative = weight / LargestWeight;
        if (isCorrect)
            SquaredWeightCorrect += relative * relative;
        else
            SquaredWeightWrong += relative * relative;
    }
}
