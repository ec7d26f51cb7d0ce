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
        EvaluationBuilder builder = new(logits[0].Length);
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
    public void A_row_of_weight_two_is_two_rows() =>
        Rows.Sample(rows =>
        {
            EvaluationBuilder weighted = new(Classes), repeated = new(Classes);
            foreach ((double[] o, int label, _) in rows)
            {
                weighted.AddLogits(o, label, 2);
                repeated.AddLogits(o, label);
                repeated.AddLogits(o, label);
            }
            Evaluation a = weighted.ToEvaluation(), b = repeated.ToEvaluation();
            Assert.Equal(a.Rows * 2, b.Rows);
            Near(a.TotalWeight, b.TotalWeight);
            Near(a.LogLoss, b.LogLoss);
            Near(a.Accuracy, b.Accuracy);
            Near(a.MacroF1, b.MacroF1);
            // Two rows that are always alike carry no more information than one.
            Near(a.AccuracyStandardError, b.AccuracyStandardError * Math.Sqrt(2));
        }, seed: "0000KOIPfn12", iter: 200);

    [Fact]
    public void A_row_of_weight_zero_counts_as_a_row_and_changes_nothing_else()
    {
        EvaluationBuilder builder = new(2);
        builder.AddLogits([1, 0], 0);
        builder.AddLogits([double.NegativeInfinity, 0], 0, 0);
        Evaluation evaluation = builder.ToEvaluation();
        Assert.Equal(2, evaluation.Rows);
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

    private static JsonElement Reference() =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Reference", "evaluation.json"))).RootElement.GetProperty("cases");

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];

    private static void Near(double expected, double actual) => Assert.Equal(expected, actual, 1e-12 * Math.Max(1, Math.Abs(expected)));

    private static void NearAll(IEnumerable<double> expected, IEnumerable<double> actual) =>
        Assert.All(expected.Zip(actual, (e, a) => (e, a)), pair => Near(pair.e, pair.a));
}
