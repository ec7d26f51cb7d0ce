using System.Runtime.InteropServices;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// Gathers an <see cref="Evaluation"/> from rows that are seen once and not kept: memory grows with the classes and the kinds of confusion that occur, never
/// with the number of rows.
/// </summary>
public sealed class EvaluationBuilder
{
    private const int BatchNumbers = 1 << 14;

    private readonly int _classes;
    private readonly WeightMeaning? _weightsAre;
    private readonly Dictionary<(int Actual, int Predicted), double> _confusion = [];
    private double[] _probabilities;
    private double[] _logPartitions = new double[1];
    private EvaluationSums _sums;
    private long _seen;

    /// <summary>An evaluation of no rows yet.</summary>
    /// <param name="classes">K, at least 2.</param>
    /// <param name="weightsAre">
    /// What the weights of rows mean: a row of frequency w is w rows, in every figure; of importances only the proportions count. Null takes whole numbers as
    /// frequencies and others as importances.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">K is below 2.</exception>
    public EvaluationBuilder(int classes, WeightMeaning? weightsAre = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 2);
        _classes = classes;
        _weightsAre = weightsAre;
        _probabilities = new double[classes];
    }

    /// <summary>Adds a row predicted by its logits; its loss A(o) − o_label is computed from them. A row of weight 0 counts as absent.</summary>
    /// <param name="logits">K logits; −∞ is probability 0.</param>
    /// <param name="label">The row's class.</param>
    /// <param name="weight">The row's weight, finite and at least 0.</param>
    /// <exception cref="ArgumentException">The logits are not K, one is NaN or +∞, all are −∞, or the weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void AddLogits(ReadOnlySpan<double> logits, int label, double weight = 1)
    {
        if (logits.Length != _classes)
            throw new ArgumentException($"A row has {logits.Length} entries for {_classes} classes.", nameof(logits));
        AddLogitsRows(logits, new ReadOnlySpan<int>(in label), new ReadOnlySpan<double>(in weight));
    }

    /// <summary>Adds rows predicted by their logits, as <see cref="AddLogits"/> does one by one; many at once are faster.</summary>
    /// <param name="logits">m×K, row-major; −∞ is probability 0.</param>
    /// <param name="labels">m class indices.</param>
    /// <param name="weights">m weights, finite and at least 0; empty weighs every row 1.</param>
    /// <exception cref="ArgumentException">
    /// The sizes do not agree, a logit is NaN or +∞, all of a row are −∞, or a weight is negative or not finite; the rows before that one are added.
    /// </exception>
    /// <exception cref="ArgumentOutOfRangeException">A label is none of the classes.</exception>
    public void AddLogitsRows(ReadOnlySpan<double> logits, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights = default)
    {
        if ((long)labels.Length * _classes != logits.Length || (!weights.IsEmpty && weights.Length != labels.Length))
            throw new ArgumentException($"{logits.Length} logits, {labels.Length} labels and {weights.Length} weights are not those of the same rows of {_classes} classes.", nameof(logits));
        int most = Math.Max(1, BatchNumbers / _classes);
        for (int done = 0; done < labels.Length; done += most)
        {
            int rows = Math.Min(most, labels.Length - done);
            AddBatch(logits.Slice(done * _classes, rows * _classes), labels.Slice(done, rows), weights.IsEmpty ? [] : weights.Slice(done, rows));
        }
    }

    /// <summary>Adds a row predicted by its probabilities. Prefer <see cref="AddLogits"/>, whose loss does not end at the smallest double.</summary>
    /// <param name="probabilities">K probabilities, each at least 0, with sum 1 to within 10⁻⁶.</param>
    /// <param name="label">The row's class.</param>
    /// <param name="weight">The row's weight, finite and at least 0.</param>
    /// <exception cref="ArgumentException">The entries are not K, are not a probability vector, or the weight is negative or not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public void AddProbabilities(ReadOnlySpan<double> probabilities, int label, double weight = 1)
    {
        if (probabilities.Length != _classes)
            throw new ArgumentException($"A row has {probabilities.Length} entries for {_classes} classes.", nameof(probabilities));
        Check(label, weight);
        double sum = 0;
        foreach (double p in probabilities)
            sum += p >= 0 ? p : double.NaN;
        if (!(Math.Abs(sum - 1) <= 1e-6))
            throw new ArgumentException("The probabilities of a row must be at least 0 and sum to 1.", nameof(probabilities));
        Add(probabilities, FirstOfLargest(probabilities), label, weight, -Math.Log(probabilities[label]));
    }

    /// <summary>The evaluation of the rows so far.</summary>
    /// <exception cref="InvalidOperationException">There is no row of positive weight.</exception>
    public Evaluation ToEvaluation() => _sums.Rows > 0
        ? new Evaluation(_sums, _weightsAre ?? (_sums.IsFractional ? WeightMeaning.Importances : WeightMeaning.Frequencies), _confusion, _classes)
        : throw new InvalidOperationException(_seen == 0 ? "No row was added." : "Every row has weight 0.");

    private void AddBatch(ReadOnlySpan<double> logits, ReadOnlySpan<int> labels, ReadOnlySpan<double> weights)
    {
        if (_probabilities.Length < logits.Length)
            (_probabilities, _logPartitions) = (new double[logits.Length], new double[labels.Length]);
        Span<double> probabilities = _probabilities.AsSpan(0, logits.Length), values = _logPartitions.AsSpan(0, labels.Length);
        LogPartition.ValueRows(logits, _classes, values);
        LogPartition.SoftmaxRows(logits, _classes, probabilities);
        for (int i = 0; i < labels.Length; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            Check(labels[i], weight);
            if (!double.IsFinite(values[i]))
                throw new ArgumentException($"The logits of row {_seen} define no distribution: one is NaN or +∞, or all are −∞.", nameof(logits));
            ReadOnlySpan<double> row = logits.Slice(i * _classes, _classes);
            Add(probabilities.Slice(i * _classes, _classes), FirstOfLargest(row), labels[i], weight, values[i] - row[labels[i]]);
        }
    }

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
        _seen++;
        if (weight == 0)
            return;
        double squaredError = 0;
        for (int k = 0; k < probabilities.Length; k++)
        {
            double error = probabilities[k] - (k == label ? 1 : 0);
            squaredError += error * error;
        }
        _sums.Add(weight, loss, squaredError, predicted == label);
        CollectionsMarshal.GetValueRefOrAddDefault(_confusion, (label, predicted), out _) += weight;
    }

    private void Check(int label, double weight)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(label);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(label, _classes);
        if (!(weight >= 0 && double.IsFinite(weight)))
            throw new ArgumentException($"The weight {weight} is negative or not finite.", nameof(weight));
    }
}
