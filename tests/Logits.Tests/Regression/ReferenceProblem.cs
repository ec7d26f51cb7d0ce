using System.Globalization;
using System.Text.Json;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>A problem that Reference/regression/generate.py solved to rounding, or proved to have no optimum.</summary>
internal sealed record ReferenceProblem
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public required string About { get; init; }
    public required int Rows { get; init; }
    public required int Features { get; init; }
    public required int Classes { get; init; }
    public required double Strength { get; init; }

    /// <summary>A table in samples/ whose last column is the label; then there is no X and there are no labels here.</summary>
    public string? Table { get; init; }
    public double[] X { get; init; } = [];
    public int[] Labels { get; init; } = [];
    public double[] Probabilities { get; init; } = [];
    public double[] RowWeights { get; init; } = [];

    public double Objective { get; init; }
    public double DataLoss { get; init; }
    public double[] Weights { get; init; } = [];
    public double[] Intercepts { get; init; } = [];
    public SeparationOfRows? Separation { get; init; }

    internal sealed record SeparationOfRows(bool Complete, int[] Rows);

    /// <summary>The size of the terms that a loss sums: what its rounding is relative to.</summary>
    public double LargestLogit
    {
        get
        {
            double largest = 0;
            for (int i = 0; i < Rows; i++)
                for (int k = 0; k < Classes; k++)
                {
                    double size = Math.Abs(Intercepts[k]);
                    for (int j = 0; j < Features; j++)
                        size += Math.Abs(Weights[k * Features + j] * X[i * Features + j]);
                    largest = Math.Max(largest, size);
                }
            return largest;
        }
    }

    private static string Folder => Path.Combine(Repository.Root, "tests", "Logits.Tests", "Reference", "regression");

    public static IEnumerable<string> Names =>
        Directory.GetFiles(Folder, "*.json").Select(f => Path.GetFileNameWithoutExtension(f)!).Order(StringComparer.Ordinal);

    public static ReferenceProblem Read(string name)
    {
        ReferenceProblem problem = JsonSerializer.Deserialize<ReferenceProblem>(File.ReadAllText(Path.Combine(Folder, name + ".json")), Json)!;
        if (problem.Table is null)
            return problem;
        string[][] cells = [.. File.ReadLines(Path.Combine(Repository.Root, "samples", problem.Table)).Skip(1).Select(line => line.Split(','))];
        return problem with
        {
            X = [.. cells.SelectMany(row => row[..^1]).Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))],
            Labels = [.. cells.Select(row => int.Parse(row[^1], CultureInfo.InvariantCulture))],
        };
    }

    public FitResult Fit<T>(FitOptions options) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        SoftmaxRegression.Fit(
            new DenseRows<T>(Array.ConvertAll(X, T.CreateTruncating), Rows, Features),
            Probabilities.Length > 0
                ? Logits.Regression.Labels.FromProbabilities(Probabilities, Classes)
                : Logits.Regression.Labels.FromIndices(Labels, Classes),
            options with { Strength = Strength, RowWeights = RowWeights });
}
