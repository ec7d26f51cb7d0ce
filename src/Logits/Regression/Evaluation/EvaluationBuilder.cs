namespace Logits.Regression;

/// <summary>
/// Gathers an <see cref="Evaluation"/> from rows that are seen once and not kept: memory is K² for the confusion matrix, whatever the number of rows.
/// </summary>
public sealed class EvaluationBuilder
{
    private readonly int _classes;
    private readonly double[] _confusion;
    private readonly double[] _probabilities;
    private EvaluationSums _sums;

    /// <summary>An evaluation of no rows yet.</summary>
    /// <param name="classes">K, at least 2 and at most 46,340 (K² entries are one array).</param>
    /// <exception cref="ArgumentOutOfRangeException">K is outside this range.</exception>
    public EvaluationBuilder(int classes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classes, 46_340);
        _classes = classes;
        _confusion = new double[classes * classes];
        _probabilities = new double[classes];
    }

    /// <summary>Adds a row predicted by its logits; its loss A(o) − o_label is computed from them.</summary>
    /// <param name="logits">K logits; −∞ is probability 0.</param>
    /// <param name="label">The row's class.</param>
    /// <param name="weight">The row's weight, finite and at least 0.</param>
    /// <exception cref="ArgumentException">The logits are not K, one is NaN or +∞, all are −∞, or the weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void AddLogits(ReadOnlySpan<double> logits, int label, double weight = 1)
    {
        Check(logits.Length, label, weight);
        double logPartition = LogPartition.Value(logits);
        if (!double.IsFinite(logPartition))
            throw new ArgumentException("The logits of a row define no distribution: one is NaN or +∞, or all are −∞.", nameof(logits));
        LogPartition.Softmax(logits, _probabilities);
        Add(_probabilities, FirstOfLargest(logits), label, weight, logPartition - logits[label]);
    }

    /// <summary>Adds a row predicted by its probabilities. Prefer <see cref="AddLogits"/>, whose loss does not end at the smallest double.</summary>
    /// <param name="probabilities">K probabilities, each at least 0, with sum 1 to within 10⁻⁶.</param>
    /// <param name="label">The row's class.</param>
    /// <param name="weight">The row's weight, finite and at least 0.</param>
    /// <exception cref="ArgumentException">The entries are not K, are not a probability vector, or the weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void AddProbabilities(ReadOnlySpan<double> probabilities, int label, double weight = 1)
    {
        Check(probabilities.Length, label, weight);
        double sum = 0;
        foreach (double p in probabilities)
            sum += p >= 0 ? p : double.NaN;
        if (!(Math.Abs(sum - 1) <= 1e-6))
            throw new ArgumentException("The probabilities of a row must be at least 0 and sum to 1.", nameof(probabilities));
        Add(probabilities, FirstOfLargest(probabilities), label, weight, -Math.Log(probabilities[label]));
    }

    /// <summary>The evaluation of the rows so far.</summary>
    /// <exception cref="InvalidOperationException">There is no row, or every weight is 0.</exception>
    public Evaluation ToEvaluation() => _sums.Weight > 0
        ? new Evaluation(_sums, _confusion, _classes)
        : throw new InvalidOperationException(_sums.Rows == 0 ? "No row was added." : "Every row has weight 0.");

    private static int FirstOfLargest(ReadOnlySpan<double> values)
    {
        int largest = 0;
        for (int k = 1; k < values.Length; k++)
            if (values[k] > values[largest])
                largest = k;
        return largest;
    }

    private void Add(ReadOnlySpan<double> probabilities, int predicted, int label, double weight, double loss)
    {
        double squaredError = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            double error = probabilities[k] - (k == label ? 1 : 0);
            squaredError += error * error;
        }
        _sums.Rows++;
        _sums.Weight += weight;
        _sums.SquaredError += weight * squaredError;
        if (weight > 0)
            _sums.Loss += weight * loss;
        if (predicted == label)
            _sums.SquaredWeightCorrect += weight * weight;
        else
            _sums.SquaredWeightWrong += weight * weight;
        _confusion[label * _classes + predicted] += weight;
    }

    private void Check(int length, int label, double weight)
    {
        if (length != _classes)
            throw new ArgumentException($"A row has {length} entries for {_classes} classes.");
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _classes);
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentException($"The weight {weight} is negative or not finite.", nameof(weight));
    }
}

/// <summary>The running sums of an <see cref="EvaluationBuilder"/>.</summary>
internal struct EvaluationSums
{
    public long Rows;
    public double Weight, Loss, SquaredError, SquaredWeightCorrect, SquaredWeightWrong;
}
