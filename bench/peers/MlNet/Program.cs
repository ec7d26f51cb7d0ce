// ML.NET's LbfgsMaximumEntropy on the benchmark problem: MlNet DATA ROWS WEIGHTS [L2 [TOLERANCE]]. Prints one JSON line.
//
// Its l2Regularization is on the scale of the sum over the rows: it minimises Σ_i loss_i + l2/2 ‖W‖² (bias free), so a strength λ of a mean is l2 = λ n.
// README.md says how that was established, since its documentation does not.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

string data = args[0], weightsPath = args[2];
int rows = int.Parse(args[1], CultureInfo.InvariantCulture);
float l2 = args.Length > 3 ? float.Parse(args[3], CultureInfo.InvariantCulture) : (float)(Problem.Strength * rows);
float tolerance = args.Length > 4 ? float.Parse(args[4], CultureInfo.InvariantCulture) : 1e-7f;

Problem problem = Problem.Read(data, rows);
MLContext context = new(seed: 0);
IDataView table = context.Data.LoadFromEnumerable(
    Enumerable.Range(0, rows).Select(i => new Row { Features = problem.X.AsSpan(i * Problem.Features, Problem.Features).ToArray(), Label = (uint)problem.Y[i] }).ToArray());

LbfgsMaximumEntropyMulticlassTrainer trainer = context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
{
    L1Regularization = 0,
    L2Regularization = l2,
    OptimizationTolerance = tolerance,
    MaximumNumberOfIterations = int.MaxValue,
    NumberOfThreads = Environment.ProcessorCount,
});
Stopwatch clock = Stopwatch.StartNew();
MaximumEntropyModelParameters model = trainer.Fit(table).Model;
double seconds = clock.Elapsed.TotalSeconds;

VBuffer<float>[] classes = [];
model.GetWeights(ref classes, out _);
Problem.Write(weightsPath, [.. classes.SelectMany(c => c.DenseValues()).Select(w => (double)w)], [.. model.GetBiases().Select(b => (double)b)]);
Console.WriteLine(JsonSerializer.Serialize(new
{
    seconds,
    note = string.Create(CultureInfo.InvariantCulture, $"l2 = {l2}, tolerance {tolerance}"),
    peakMegabytes = Problem.PeakResidentMegabytes(),
}));

internal sealed class Row
{
    [VectorType(Problem.Features)]
    public required float[] Features { get; init; }

    [KeyType(Problem.Classes)]
    public required uint Label { get; init; }
}
