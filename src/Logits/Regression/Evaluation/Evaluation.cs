using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// How well predicted distributions agree with labels, over n rows of weights w_i with labels y_i, probabilities p_ik and predictions
/// ŷ_i = argmax_k p_ik (the first of equals). Made by an <see cref="EvaluationBuilder"/>, row by row, or by <see cref="Of"/>.
/// </summary>
public sealed class Evaluation
{
    private readonly double[] _confusion;

    internal Evaluation(EvaluationSums sums, double[] confusion, int classes)
    {
        _confusion = (double[])confusion.Clone();
        Rows = sums.Rows;
        TotalWeight = sums.Weight;
        LogLoss = sums.Loss / sums.Weight;
        Brier = sums.SquaredError / sums.Weight;
        PerClass = Margins(classes);
        Accuracy = PerClass.Sum(c => c.Correct) / TotalWeight;
        AccuracyStandardError = Math.Sqrt(
            sums.SquaredWeightCorrect * (1 - Accuracy) * (1 - Accuracy) + sums.SquaredWeightWrong * Accuracy * Accuracy) / TotalWeight;
        MacroF1 = PerClass.Where(c => !double.IsNaN(c.F1)).Average(c => c.F1);
        MajorityShare = PerClass.Max(c => c.Support) / TotalWeight;
        LabelEntropy = -PerClass.Where(c => c.Support > 0).Sum(c => c.Support / TotalWeight * Math.Log(c.Support / TotalWeight));
    }

    /// <summary>n, the number of rows, whatever their weights.</summary>
    public long Rows { get; }

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
    /// weights. It is 0 when every row agrees, however few they are.
    /// </summary>
    public double AccuracyStandardError { get; }

    /// <summary>
    /// (1/Σw) Σ w_i Σ_k (p_ik − [y_i = k])², between 0 and 2. For two classes it is twice the figure that counts one class only.
    /// </summary>
    /// <remarks>Source: G. W. Brier, "Verification of forecasts expressed in terms of probability", Monthly Weather Review 78 (1950).</remarks>
    public double Brier { get; }

    /// <summary>
    /// The unweighted mean of <see cref="ClassEvaluation.F1"/> over the classes that have rows or predictions. A class with rows and no prediction counts as 0;
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
        ArgumentOutOfRangeException.ThrowIfNegative(predicted);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(predicted, Classes);
        return Confusion(actual)[predicted];
    }

    /// <summary>One row of the confusion matrix: the K sums of weights of the rows labelled <paramref name="actual"/>, by predicted class.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public ReadOnlySpan<double> Confusion(int actual)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(actual);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(actual, Classes);
        return _confusion.AsSpan(actual * Classes, Classes);
    }

    /// <summary>Evaluates a model on rows with labels.</summary>
    /// <param name="model">K classes, d features.</param>
    /// <param name="rows">n×d.</param>
    /// <param name="labels">n class indices.</param>
    /// <param name="rowWeights">n weights, finite, at least 0 and not all 0; empty weighs every row 1.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, the labels are not class indices, or a row's logits are not finite.</exception>
    public static Evaluation Of<T>(SoftmaxModel model, DenseRows<T> rows, Labels labels, ReadOnlySpan<double> rowWeights = default)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows.Features != model.Features || labels.Classes != model.Classes)
            throw new ArgumentException(
                $"A model of {model.Features} features and {model.Classes} classes cannot judge rows of {rows.Features} features and labels of {labels.Classes} classes.");
        if (labels.Count != rows.Count || (rowWeights.Length != 0 && rowWeights.Length != rows.Count))
            throw new ArgumentException($"{rows.Count} rows, {labels.Count} labels and {rowWeights.Length} weights do not agree.");
        if (!labels.AreIndices)
            throw new ArgumentException("Only labels that are class indices can be judged.", nameof(labels));

        const int batch = 256;
        EvaluationBuilder builder = new(model.Classes);
        double[] logits = new double[batch * model.Classes];
        int done = 0;
        for (int b = 0; b < rows.BlockCount; b++)
        {
            ReadOnlySpan<T> block = rows.Block(b);
            while (!block.IsEmpty)
            {
                int count = Math.Min(batch, block.Length / rows.Features);
                model.Logits(block[..(count * rows.Features)], logits.AsSpan(0, count * model.Classes));
                for (int i = 0; i < count; i++, done++)
                    builder.AddLogits(logits.AsSpan(i * model.Classes, model.Classes), labels.Indices[done], rowWeights.IsEmpty ? 1 : rowWeights[done]);
                block = block[(count * rows.Features)..];
            }
        }
        return builder.ToEvaluation();
    }

    private ClassEvaluation[] Margins(int classes)
    {
        double[] support = new double[classes], predicted = new double[classes];
        for (int actual = 0; actual < classes; actual++)
            for (int k = 0; k < classes; k++)
            {
                support[actual] += _confusion[actual * classes + k];
                predicted[k] += _confusion[actual * classes + k];
            }
        ClassEvaluation[] margins = new ClassEvaluation[classes];
        for (int k = 0; k < classes; k++)
            margins[k] = new ClassEvaluation(support[k], predicted[k], _confusion[k * classes + k]);
        return margins;
    }
}
