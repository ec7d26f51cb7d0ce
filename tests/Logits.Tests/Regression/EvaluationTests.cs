using System.Text.Json;
using CsCheck;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

public class EvaluationTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Reference().GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Agrees_with_scikit_learn(int index)
    {
        JsonElement expected = Reference()[index];
        double[][] logits = [.. expected.GetProperty("logits").EnumerateArray().Select(Numbers)];
        double[] labels = Numbers(expected.GetProperty("labels")), weights = Numbers(expected.GetProperty("weights"));
        EvaluationBuilder builder = new(logits[0].Length, WeightMeaning.Importances);
        for (int i = 0; i < labels.Length; i++)
            builder.AddLogits(logits[i], (int)labels[i], weights[i]);
        Evaluation actual = builder.ToEvaluation();

        Assert.Equal(labels.Length, actual.Rows);
        Near(weights.Sum(), actual.TotalWeight);
        Near(expected.GetProperty("accuracy").GetDouble(), actual.Accuracy);
        Near(expected.GetProperty("accuracyStandardError").GetDouble(), actual.AccuracyStandardError);
        Near(expected.GetProperty("logLoss").GetDouble(), actual.LogLoss);
        Near(expected.GetProperty("brier").GetDouble(), actual.Brier);
        Near(expected.GetProperty("macroF1").GetDouble(), actual.MacroF1);
        // scikit-learn writes 0 where a ratio is 0/0.
        NearAll(Numbers(expected.GetProperty("precision")), actual.PerClass.Select(c => double.IsNaN(c.Precision) ? 0 : c.Precision));
        NearAll(Numbers(expected.GetProperty("recall")), actual.PerClass.Select(c => c.Recall));
        NearAll(Numbers(expected.GetProperty("f1")), actual.PerClass.Select(c => c.F1));
        NearAll(Numbers(expected.GetProperty("support")), actual.PerClass.Select(c => c.Support));
        double[][] confusion = [.. expected.GetProperty("confusion").EnumerateArray().Select(Numbers)];
        for (int k = 0; k < confusion.Length; k++)
            NearAll(confusion[k], actual.Confusion(k).ToArray());
    }

    [Fact]
    public void Logits_and_their_probabilities_give_the_same_evaluation() =>
        Rows.Sample(rows =>
        {
            EvaluationBuilder fromLogits = new(Classes), fromProbabilities = new(Classes);
            double[] p = new double[Classes];
            foreach ((double[] o, int label, double weight) in rows)
            {
                LogPartition.Softmax(o, p);
                fromLogits.AddLogits(o, label, weight);
                fromProbabilities.AddProbabilities(p, label, weight);
            }
            Evaluation a = fromLogits.ToEvaluation(), b = fromProbabilities.ToEvaluation();
            Near(a.LogLoss, b.LogLoss);
            Near(a.Brier, b.Brier);
        }, seed: "0000KOIPfn12", iter: 200);

    [Fact]
    public void A_row_of_frequency_w_is_w_rows_in_every_figure() =>
        Gen.Select(Rows, Gen.Int[0, 4].Array[40]).Sample((rows, weights) =>
        {
            weights[0] = 3;
            EvaluationBuilder weighted = new(Classes), repeated = new(Classes);
            for (int i = 0; i < rows.Length; i++)
            {
                weighted.AddLogits(rows[i].Item1, rows[i].Item2, weights[i]);
                for (int w = 0; w < weights[i]; w++)
                    repeated.AddLogits(rows[i].Item1, rows[i].Item2);
            }
            Evaluation a = weighted.ToEvaluation(), b = repeated.ToEvaluation();
            Assert.Equal((WeightMeaning.Frequencies, b.Rows, b.TotalWeight), (a.WeightsAre, a.Rows, a.TotalWeight));
            Same(b, a);
        }, seed: "0000KOIPfn12", iter: 200);

    [Fact]
    public void Only_the_proportions_of_importances_count() =>
        Gen.Select(Rows, Gen.OneOf(Gen.Double[1e-3, 1e3], Gen.Const(1e-200), Gen.Const(1e200))).Sample((rows, scale) =>
        {
            EvaluationBuilder plain = new(Classes, WeightMeaning.Importances), scaled = new(Classes, WeightMeaning.Importances);
            foreach ((double[] o, int label, double weight) in rows)
            {
                plain.AddLogits(o, label, weight);
                scaled.AddLogits(o, label, weight * scale);
            }
            Evaluation a = plain.ToEvaluation(), b = scaled.ToEvaluation();
            Assert.Equal((rows.Length, rows.Length), (a.Rows, b.Rows));
            Same(a, b);
        }, seed: "0000KOIPfn12", iter: 200);

    [Fact]
    public void Importances_that_are_all_two_tell_no_more_than_ones()
    {
        EvaluationBuilder importances = new(2, WeightMeaning.Importances), frequencies = new(2, WeightMeaning.Frequencies);
        foreach (EvaluationBuilder builder in (EvaluationBuilder[])[importances, frequencies])
            for (int i = 0; i < 10; i++)
                builder.AddLogits([1, 0], i < 7 ? 0 : 1, 2);
        Near(Math.Sqrt(0.7 * 0.3 / 10), importances.ToEvaluation().AccuracyStandardError);
        Near(Math.Sqrt(0.7 * 0.3 / 20), frequencies.ToEvaluation().AccuracyStandardError);
        Assert.Equal((10, 20), (importances.ToEvaluation().Rows, frequencies.ToEvaluation().Rows));
    }

    [Theory]
    [InlineData(66, 66, 0.9449914, 1)]
    [InlineData(0, 66, 0, 0.0550086)]
    [InlineData(81, 263, 0.2553, 0.3662)]
    public void The_interval_of_the_accuracy_is_wilsons(int correct, int rows, double lower, double upper)
    {
        // The third is from R. G. Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998).
        EvaluationBuilder builder = new(2);
        builder.AddLogits([1, 0], 0, correct);
        builder.AddLogits([1, 0], 1, rows - correct);
        (double low, double high) = builder.ToEvaluation().AccuracyInterval;
        Assert.Equal(lower, low, 5e-5);
        Assert.Equal(upper, high, 5e-5);
    }

    [Fact]
    public void Sixty_thousand_classes_have_a_confusion_of_what_occurs()
    {
        const int classes = 60_000;
        EvaluationBuilder builder = new(classes);
        double[] logits = new double[classes];
        logits[59_999] = 9;
        builder.AddLogits(logits, 59_999);
        builder.AddLogits(logits, 1, 2);
        Evaluation evaluation = builder.ToEvaluation();
        Assert.Equal([new ConfusionEntry(1, 59_999, 2), new ConfusionEntry(59_999, 59_999, 1)], evaluation.ConfusionEntries);
        Assert.Equal((1, 2, 0), (evaluation.Confusion(59_999, 59_999), evaluation.Confusion(1)[59_999], evaluation.Confusion(0, 59_999)));
        Near(1 / 3.0, evaluation.Accuracy);
    }

    [Fact]
    public void Rows_at_once_are_rows_one_by_one()
    {
        const int classes = 7;
        Random random = new(3);
        double[] logits = [.. Enumerable.Range(0, 5000 * classes).Select(_ => random.NextDouble() * 20 - 10)];
        int[] labels = [.. Enumerable.Range(0, 5000).Select(_ => random.Next(classes))];
        double[] weights = [.. Enumerable.Range(0, 5000).Select(_ => random.NextDouble())];
        EvaluationBuilder single = new(classes), batch = new(classes);
        for (int i = 0; i < labels.Length; i++)
            single.AddLogits(logits.AsSpan(i * classes, classes), labels[i], weights[i]);
        batch.AddLogitsRows(logits, labels, weights);
        Same(single.ToEvaluation(), batch.ToEvaluation());
        Assert.Throws<ArgumentException>(() => batch.AddLogitsRows(logits, labels.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => batch.AddLogitsRows(logits, labels, weights.AsSpan(1)));
    }

    [Fact]
    public void A_row_of_weight_zero_is_no_row()
    {
        EvaluationBuilder builder = new(2);
        builder.AddLogits([1, 0], 0);
        builder.AddLogits([double.NegativeInfinity, 0], 0, 0);
        Evaluation evaluation = builder.ToEvaluation();
        Assert.Equal(1, evaluation.Rows);
        Assert.Equal(1, evaluation.Accuracy);
        Near(Math.Log(1 + Math.Exp(-1)), evaluation.LogLoss);
    }

    [Fact]
    public void The_constant_prediction_of_the_shares_has_the_entropy_as_log_loss_and_the_majority_as_accuracy() =>
        Gen.Double[0.1, 5].Array[Classes].Sample(weights =>
        {
            double total = weights.Sum();
            double[] shares = [.. weights.Select(w => w / total)];
            EvaluationBuilder builder = new(Classes);
            for (int k = 0; k < Classes; k++)
                builder.AddProbabilities(shares, k, weights[k]);
            Evaluation evaluation = builder.ToEvaluation();
            Near(evaluation.LabelEntropy, evaluation.LogLoss);
            Near(evaluation.MajorityShare, evaluation.Accuracy);
        }, seed: "0000KOIPfn12", iter: 200);

    [Fact]
    public void The_loss_comes_from_the_logits_where_the_probability_is_zero_in_double()
    {
        EvaluationBuilder builder = new(2);
        builder.AddLogits([2000, 0], 1);
        Assert.Equal(2000, builder.ToEvaluation().LogLoss);
    }

    [Fact]
    public void A_label_of_probability_zero_costs_infinity()
    {
        EvaluationBuilder builder = new(2);
        builder.AddLogits([0, double.NegativeInfinity], 1);
        Assert.Equal(double.PositiveInfinity, builder.ToEvaluation().LogLoss);
    }

    [Fact]
    public void The_first_of_equal_classes_is_predicted()
    {
        EvaluationBuilder builder = new(3);
        builder.AddLogits([1, 2, 2], 1);
        Assert.Equal(1, builder.ToEvaluation().Confusion(1, 1));
    }

    [Fact]
    public void Macro_f1_counts_a_class_that_is_never_predicted_and_leaves_out_one_that_does_not_occur()
    {
        EvaluationBuilder builder = new(4);
        builder.AddLogits([9, 0, 0, 0], 0);
        builder.AddLogits([9, 0, 0, 0], 1);
        builder.AddLogits([0, 0, 9, 0], 2);
        Evaluation evaluation = builder.ToEvaluation();
        Near((2 / 3.0 + 0 + 1) / 3, evaluation.MacroF1);
        Assert.True(double.IsNaN(evaluation.PerClass[1].Precision));
        Assert.True(double.IsNaN(evaluation.PerClass[3].F1));
    }

    [Fact]
    public void A_model_is_judged_over_blocks_as_row_by_row()
    {
        // Wide enough that 200 rows are several blocks.
        const int rows = 200, features = 9000;
        Random random = new(5);
        float[] x = [.. Enumerable.Range(0, rows * features).Select(_ => (float)random.NextDouble() - 0.5f)];
        int[] y = [.. Enumerable.Range(0, rows).Select(_ => random.Next(3))];
        double[] weights = [.. Enumerable.Range(0, rows).Select(_ => random.NextDouble())];
        SoftmaxModel model = new([.. Enumerable.Range(0, 3 * features).Select(_ => random.NextDouble() - 0.5)], [0.1, 0, -0.1]);

        EvaluationBuilder builder = new(3);
        double[] logits = new double[3];
        for (int i = 0; i < rows; i++)
        {
            model.Logits<float>(x.AsSpan(i * features, features), logits);
            builder.AddLogits(logits, y[i], weights[i]);
        }
        DenseRows<float> table = new(x, rows, features);
        Assert.True(table.BlockCount > 1);
        Evaluation actual = Evaluation.Of(model, table, Labels.FromIndices(y, 3), weights), expected = builder.ToEvaluation();
        Near(expected.LogLoss, actual.LogLoss);
        Assert.Equal(expected.Accuracy, actual.Accuracy);
        Assert.NotEqual(expected.LogLoss, Evaluation.Of(model, table, Labels.FromIndices(y, 3)).LogLoss);
    }

    [Fact]
    public void Sparse_rows_are_judged_as_dense_ones()
    {
        Random random = new(6);
        const int rows = 300, features = 40;
        float[] x = [.. Enumerable.Range(0, rows * features).Select(_ => random.Next(5) == 0 ? (float)random.NextDouble() : 0)];
        int[][] columns = [.. Enumerable.Range(0, rows).Select(i => Enumerable.Range(0, features).Where(j => x[i * features + j] != 0).ToArray())];
        long[] starts = [0, .. columns.Select((_, i) => columns.Take(i + 1).Sum(c => (long)c.Length))];
        SparseRows<float> sparse = new(starts, columns.SelectMany(c => c).ToArray(),
            columns.SelectMany((c, i) => c.Select(j => x[i * features + j])).ToArray(), features);
        Labels labels = Labels.FromIndices(Enumerable.Range(0, rows).Select(_ => random.Next(3)).ToArray(), 3);
        SoftmaxModel model = new([.. Enumerable.Range(0, 3 * features).Select(_ => random.NextDouble() - 0.5)], [0.1, 0, -0.1]);
        Same(Evaluation.Of(model, new DenseRows<float>(x, rows, features), labels), Evaluation.Of(model, sparse, labels));
    }

    [Fact]
    public void What_is_not_a_row_is_refused()
    {
        EvaluationBuilder builder = new(2);
        Assert.Throws<InvalidOperationException>(() => builder.ToEvaluation());
        Assert.Throws<ArgumentException>(() => builder.AddLogits([0, 1, 2], 0));
        Assert.Throws<ArgumentException>(() => builder.AddLogits([0, double.NaN], 0));
        Assert.Throws<ArgumentException>(() => builder.AddLogits([0, double.PositiveInfinity], 0));
        Assert.Throws<ArgumentException>(() => builder.AddLogits([double.NegativeInfinity, double.NegativeInfinity], 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.AddLogits([0, 1], 2));
        Assert.Throws<ArgumentException>(() => builder.AddLogits([0, 1], 0, -1));
        Assert.Throws<ArgumentException>(() => builder.AddLogits([0, 1], 0, double.NaN));
        Assert.Throws<ArgumentException>(() => builder.AddProbabilities([0.5, 0.6], 0));
        Assert.Throws<ArgumentException>(() => builder.AddProbabilities([-0.5, 1.5], 0));
        Assert.Throws<InvalidOperationException>(() => builder.ToEvaluation());
        builder.AddLogits([0, 1], 0, 0);
        Assert.Throws<InvalidOperationException>(() => builder.ToEvaluation());
        Assert.Throws<ArgumentOutOfRangeException>(() => new EvaluationBuilder(1));
    }

    private const int Classes = 4;

    private static readonly Gen<(double[], int, double)[]> Rows =
        Gen.Select(Gen.Double[-8, 8].Array[Classes], Gen.Int[0, Classes - 1], Gen.Double[0.01, 3]).Array[1, 40];

    private static void Same(Evaluation expected, Evaluation actual)
    {
        Near(expected.LogLoss, actual.LogLoss);
        Near(expected.Accuracy, actual.Accuracy);
        Near(expected.AccuracyStandardError, actual.AccuracyStandardError);
        Near(expected.AccuracyInterval.Lower, actual.AccuracyInterval.Lower);
        Near(expected.AccuracyInterval.Upper, actual.AccuracyInterval.Upper);
        Near(expected.Brier, actual.Brier);
        Near(expected.MacroF1, actual.MacroF1);
        Near(expected.MajorityShare, actual.MajorityShare);
        Near(expected.LabelEntropy, actual.LabelEntropy);
        double unit = actual.TotalWeight / expected.TotalWeight;
        for (int k = 0; k < expected.Classes; k++)
            Assert.All(expected.Confusion(k).Zip(actual.Confusion(k)), pair => Assert.Equal(pair.First, pair.Second / unit, 1e-10));
    }

    private static JsonElement Reference() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "evaluation.json"))).RootElement.GetProperty("cases");

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, Math.Abs(expected)));

    private static void NearAll(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual, (e, a) => (e, a)), pair => Near(pair.e, pair.a));
}
