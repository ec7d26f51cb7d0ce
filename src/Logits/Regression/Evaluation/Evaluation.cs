using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// How well predicted distributions agree with labels, over n rows of weights w_i with labels y_i, probabilities p_ik and predictions
/// ŷ_i = argmax_k p_ik (the first of equals). Made by an <see cref="EvaluationBuilder"/>, row by row, or by <see cref="Of"/>.
/// </summary>
public sealed class Evaluation
{
    /// <summary>The normal quantile of a two-sided confidence of 95 %.</summary>
    private const double Quantile = 1.959963984540054;

    private readonly Dictionary<(int Actual, int Predicted), double> _confusion;

    internal Evaluation(EvaluationSums sums, WeightMeaning weightsAre, IReadOnlyDictionary<(int Actual, int Predicted), double> confusion, int classes)
    {
        _confusion = new(confusion);
        WeightsAre = weightsAre;
        TotalWeight = sums.Weight;
        Rows = weightsAre == WeightMeaning.Frequencies ? (long)Math.Round(sums.Weight) : sums.Rows;
        LogLoss = sums.Loss / sums.Weight;
        Brier = sums.SquaredError / sums.Weight;
        PerClass = Margins(classes);
        Accuracy = sums.WeightCorrect / TotalWeight;
        // Σ w² of the rows right and wrong, or Σ w: a row of frequency w is w rows of weight 1.
        (double right, double wrong, double unit) = weightsAre == WeightMeaning.Frequencies
            ? (sums.WeightCorrect, sums.Weight - sums.WeightCorrect, 1)
            : (sums.SquaredWeightCorrect, sums.SquaredWeightWrong, sums.LargestWeight);
        AccuracyStandardError = Math.Sqrt(right * (1 - Accuracy) * (1 - Accuracy) + wrong * Accuracy * Accuracy) * (unit / TotalWeight);
        AccuracyInterval = Wilson(Accuracy, TotalWeight / unit * (TotalWeight / unit) / (right + wrong));
        MacroF1 = PerClass.Where(c => !double.IsNaN(c.F1)).Average(c => c.F1);
        MajorityShare = PerClass.Max(c => c.Support) / TotalWeight;
        LabelEntropy = -PerClass.Where(c => c.Support > 0).Sum(c => c.Support / TotalWeight * Math.Log(c.Support / TotalWeight));
    }

    /// <summary>
    /// n, the number of rows of positive weight; where weights are frequencies, Σ w_i (rounded to a whole number), because a row of weight w is w rows.
    /// </summary>
    public long Rows { get; }

    /// <summary>What the weights were taken to mean.</summary>
    public WeightMeaning WeightsAre { get; }

    /// <summary>Σ w_i.</summary>
    public double TotalWeight { get; }

    /// <summary>K, the number of classes.</summary>
    public int Classes => PerClass.Count;

    /// <summary>
    /// (1/Σw) Σ w_i (A(o_i) − o_i,y_i), the mean cross-entropy in nats; from the logits, so that a label of probability 10⁻⁴⁰⁰ costs 921 nats and not
    /// infinity. +∞ when a label has probability 0.
    /// </summary>
    public double LogLoss { get; }

    /// <summary>(1/Σw) Σ w_i [ŷ_i = y_i].</summary>
    public double Accuracy { get; }

    /// <summary>
    /// The standard error of <see cref="Accuracy"/> for rows drawn independently: √(Σ w_i² ([ŷ_i = y_i] − accuracy)²) / Σw, which is √(a(1−a)/n) for equal
    /// weights; for frequencies √(a(1−a)/Σw). It is 0 when every row agrees, however few they are: see <see cref="AccuracyInterval"/>.
    /// </summary>
    public double AccuracyStandardError { get; }

    /// <summary>
    /// Where the accuracy lies with a confidence of 95 %: Wilson's score interval, for (Σw)²/Σw² rows of importances and Σw of frequencies. It has a length
    /// even when every row agrees.
    /// </summary>
    /// <remarks>
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American Statistical Association 22
    /// (1927).
    /// </remarks>
    public (double Lower, double Upper) AccuracyInterval { get; }

    /// <summary>
    /// (1/Σw) Σ w_i Σ_k (p_ik − [y_i = k])², between 0 and 2. For two classes it is twice the figure that counts one class only.
    /// </summary>
    /// <remarks>Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950).</remarks>
    public double Brier { get; }

    /// <summary>
    /// The unweighted mean of <see cref="ClassEvaluation.F1"/> over the classes that have rows or predictions. A class with rows and no prediction counts as
    /// 0;
    /// a class with neither is left out.
    /// </summary>
    public double MacroF1 { get; }

    /// <summary>The accuracy of always predicting the most frequent label of these rows.</summary>
    public double MajorityShare { get; }

    /// <summary>
    /// −Σ_k f_k log f_k over the shares f_k of the labels in these rows, in nats: the least log loss of any prediction that is the same for every row.
    /// </summary>
    public double LabelEntropy { get; }

    /// <summary>The figures of each of the K classes.</summary>
    public IReadOnlyList<ClassEvaluation> PerClass { get; }

    /// <summary>Σ w over the rows labelled <paramref name="actual"/> and predicted to be <paramref name="predicted"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double Confusion(int actual, int predicted)
    {
        CheckClass(actual);
        CheckClass(predicted);
        return _confusion.GetValueOrDefault((actual, predicted));
    }

    /// <summary>One row of the confusion matrix: the K sums of weights of the rows labelled <paramref name="actual"/>, by predicted class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public double[] Confusion(int actual)
    {
        CheckClass(actual);
        double[] row = new double[Classes];
        for (int predicted = 0; predicted < row.Length; predicted++)
            row[predicted] = _confusion.GetValueOrDefault((actual, predicted));
        return row;
    }

    /// <summary>The entries of the confusion matrix that are not 0, row after row: of many classes there are far fewer than K².</summary>
    public IEnumerable<ConfusionEntry> ConfusionEntries =>
        _confusion.OrderBy(e => e.Key).Select(e => new ConfusionEntry(e.Key.Actual, e.Key.Predicted, e.Value));

    /// <summary>Evaluates a model on rows with labels.</summary>
    /// <param name="model">K classes, d features.</param>
    /// <param name="rows">n×d.</param>
    /// <param name="labels">n class indices.</param>
    /// <param name="rowWeights">n weights, finite, at least 0 and not all 0; empty weighs every row 1.</param>
    /// <param name="weightsAre">What the weights mean; null takes whole numbers as frequencies and others as importances.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, the labels are not class indices, or a row's logits are not finite.</exception>
    /// <exception cref="InvalidOperationException">Every row has weight 0.</exception>
    public static Evaluation Of<T>(
        SoftmaxModel model, RowBlocks<T> rows, Labels labels, ReadOnlySpan<double> rowWeights = default, WeightMeaning? weightsAre = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Features != model.Features || labels.Classes != model.Classes)
            throw new ArgumentException(
                $"A model of {model.Features} features and {model.Classes} classes cannot judge rows of {rows.Features} features and labels of {labels.Classes} classes.");
        if (labels.Count != rows.Count || (rowWeights.Length != 0 && rowWeights.Length != rows.Count))
            throw new ArgumentException($"{rows.Count} rows, {labels.Count} labels and {rowWeights.Length} weights do not agree.");
        if (!labels.AreIndices)
            throw new ArgumentException("Only labels that are class indices can be judged.", nameof(labels));

        const int batchNumbers = 1 << 16;
        EvaluationBuilder builder = new(model.Classes, weightsAre);
        int batch = Math.Clamp(batchNumbers / model.Classes, 1, 1024);
        double[] logits = new double[batch * model.Classes];
        // As many rows as labels, which are one array.
        for (int first = 0, left = labels.Indices.Length; left > 0; first += batch, left -= batch)
        {
            int count = Math.Min(batch, left);
            model.Logits(rows, first, count, logits.AsSpan(0, count * model.Classes));
            ReadOnlySpan<double> weights = rowWeights.IsEmpty ? [] : rowWeights.Slice(first, count);
            builder.AddLogitsRows(logits.AsSpan(0, count * model.Classes), labels.Indices.Slice(first, count), weights);
        }
        return builder.ToEvaluation();
    }

    private void CheckClass(int index, [CallerArgumentExpression(nameof(index))] string? name = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index, name);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Classes, name);
    }

    private ClassEvaluation[] Margins(int classes)
    {
        double[] support = new double[classes], predicted = new double[classes];
        foreach (((int actual, int guess), double weight) in _confusion)
        {
            support[actual] += weight;
            predicted[guess] += weight;
        }
        ClassEvaluation[] margins = new ClassEvaluation[classes];
        for (int k = 0; k < classes; k++)
            margins[k] = new ClassEvaluation(support[k], predicted[k], _confusion.GetValueOrDefault((k, k)));
        return margins;
    }

    private static (double Lower, double Upper) Wilson(double share, double rows)
    {
        double spread = Quantile * Quantile / rows, middle = share + spread / 2;
        double half = Math.Sqrt(spread * share * (1 - share) + spread * spread / 4);
        return (Math.Max(0, (middle - half) / (1 + spread)), Math.Min(1, (middle + half) / (1 + spread)));
    }
}

/// <summary>An entry of a confusion matrix.</summary>
/// <param name="Actual">The class of the label.</param>
/// <param name="Predicted">The class predicted.</param>
/// <param name="Weight">Σ w over the rows of both.</param>
public readonly record struct ConfusionEntry(int Actual, int Predicted, double Weight);
