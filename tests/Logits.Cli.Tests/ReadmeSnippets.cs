using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli.Tests;

/// <summary>The snippets of the README, run. What is in the README stands here line by line.</summary>
public sealed class ReadmeSnippets
{
    [Fact]
    public void From_a_table()
    {
        string folder = Workspace.Samples, model = Path.Combine(Directory.CreateTempSubdirectory("logits-test-").FullName, "iris.logits.json");

        using TableSource source = TableSource.Open(Path.Combine(folder, "iris.csv"));
        TrainingTable<float> table = TrainingTable<float>.Read(source, new TrainingOptions { Label = "species" });

        FitResult fit = SoftmaxRegression.Fit(table.Rows, table.Labels, new FitOptions { Strength = 1e-3 });
        Evaluation heldOut = Evaluation.Of(fit.Model, table.TestRows!, table.TestLabels!);
        Console.WriteLine($"{fit.Report.StopReason}: within {fit.Report.RelativeGap:P4} of the optimum; accuracy {heldOut.Accuracy:P1}");

        new ModelDocument { Encoding = table.Encoding, Model = table.Encoding.ToTableUnits(fit.Model), Report = fit.Report }.Save(model);

        Assert.Equal(StopReason.Converged, fit.Report.StopReason);
        Assert.InRange(heldOut.Accuracy, 0.8, 1);
        Assert.Equal(3, ModelDocument.Load(model).Model.Classes);
        Directory.Delete(Path.GetDirectoryName(model)!, recursive: true);
    }

    [Fact]
    public void From_arrays()
    {
        // Two features a row, row after row; three classes.
        float[] features = [0.1f, 1.0f, 0.9f, 0.2f, 1.1f, 1.2f, 0.0f, 0.8f, 1.0f, 0.1f, 0.9f, 1.0f];
        int[] classes = [0, 1, 2, 0, 1, 2];

        DenseRows<float> rows = new(features, count: 6, features: 2);
        FitResult fit = SoftmaxRegression.Fit(rows, Labels.FromIndices(classes, 3));

        double[] probabilities = new double[3];
        fit.Model.Probabilities<float>([0.2f, 0.9f], probabilities);

        Assert.Equal(StopReason.Converged, fit.Report.StopReason);
        Assert.Equal(1, probabilities.Sum(), 1e-12);
        Assert.Equal(probabilities.Max(), probabilities[0]);
    }

    [Fact]
    public void The_log_partition()
    {
        double[] logits = [1000, 1001];
        double[] p = new double[2];

        double a = LogPartition.Value(logits);   // log(e¹⁰⁰⁰ + e¹⁰⁰¹) = 1001.3133
        LogPartition.Softmax(logits, p);         // 0.2689, 0.7311: its gradient

        Assert.Equal(1001.3132616875182, a, 1e-10);
        Assert.Equal(0.2689414213699951, p[0], 1e-15);
        Assert.Equal(0.7310585786300049, p[1], 1e-15);
    }
}
