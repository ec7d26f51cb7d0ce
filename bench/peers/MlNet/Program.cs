// ML.NET's LbfgsMaximumEntropy on a dense float32 table: MlNet FOLDER WEIGHTS [L2 [TOLERANCE]]. Prints one JSON line.
//
// Its l2Regularization is on the scale of the sum over the rows: it minimises Σ_i loss_i + l2/2 ‖W‖² (bias free), so a strength λ of a mean is l2 = λ n.
// README.md says how that was established, since its documentation does not.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

Table data = new(args[0]);
float l2 = args.Length > 2 ? float.Parse(args[2], CultureInfo.InvariantCulture) : (float)(data.Strength * data.Rows);
float tolerance = args.Length > 3 ? float.Parse(args[3], CultureInfo.InvariantCulture) : 1e-7f;

SchemaDefinition schema = SchemaDefinition.Create(typeof(Row));
schema[nameof(Row.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, data.Features);
schema[nameof(Row.Label)].ColumnType = new KeyDataViewType(typeof(uint), data.Classes);
float[] x = data.Values<float>();
int[] y = data.Labels();
MLContext context = new(seed: 0);
IDataView table = context.Data.LoadFromEnumerable(
    Enumerable.Range(0, data.Rows).Select(i => new Row { Features = x.AsSpan(i * data.Features, data.Features).ToArray(), Label = (uint)y[i] }).ToArray(),
        schema);

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
Table.Write(args[1], [.. classes.SelectMany(c => c.DenseValues()).Select(w => (double)w)], [.. model.GetBiases().Select(b => (double)b)]);
Console.WriteLine(JsonSerializer.Serialize(new
{
    seconds,
    note = string.Create(CultureInfo.InvariantCulture, $"l2 = {l2}, tolerance {tolerance}"),
    peakMegabytes = Table.PeakResidentMegabytes(),
}));

internal sealed class Row
{
    public required float[] Features { get; init; }

    public required uint Label { get; init; }
}
