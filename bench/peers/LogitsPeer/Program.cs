// Logits on a benchmark table: LogitsPeer FOLDER WEIGHTS [THREADS]. Prints one JSON line. On SIGTERM it hands back the best model so far.
using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

Table table = new(args[0]);
int threads = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.ProcessorCount;
Labels labels = Labels.FromIndices(table.Labels(), table.Classes);
FitOptions options = new() { Strength = table.Strength, Tolerance = 1e-6, Threads = threads };

using CancellationTokenSource outOfTime = new();
using PosixSignalRegistration signal = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    outOfTime.Cancel();
});

if (table.IsSparse)
{
    SparseRows<float> rows = new(table.RowStarts(), table.Columns(), table.Values<float>(), table.Features);
    Measure(() => SoftmaxRegression.Fit(rows, labels, options, cancellationToken: outOfTime.Token), () => null);
}
else if (table.IsDouble)
    MeasureDense<double>();
else
    MeasureDense<float>();

void MeasureDense<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    DenseRows<T> rows = new(table.Values<T>(), table.Rows, table.Features);
    Measure(() => SoftmaxRegression.Fit(rows, labels, options, cancellationToken: outOfTime.Token), () =>
        GradientPass.Seconds(rows, labels, table.Strength, threads));
}

// The first fit, compilation of its code included, is the one that counts; the others show what a long-lived process sees.
void Measure(Func<FitResult> fit, Func<double?> gradientSeconds)
{
    FitResult first = fit();
    Table.Write(args[1], first.Model.Weights, first.Model.Intercepts);
    double peakMegabytes = Table.PeakResidentMegabytes();
    List<double> laterSeconds = [];
    while (laterSeconds.Count < 2 && !outOfTime.IsCancellationRequested)
    {
        FitReport later = fit().Report;
        if (later.StopReason != StopReason.Cancelled)
            laterSeconds.Add(later.Seconds);
    }
    FitReport report = first.Report;
    Console.WriteLine(JsonSerializer.Serialize(new
    {
        seconds = report.Seconds,
        stopped = report.StopReason == StopReason.Cancelled,
        laterSeconds,
        note = $"{report.StopReason}: {report.Gradients} gradients, {report.HessianVectorProducts} Hessian-vector products, {report.OtherPasses} other passes",
        objective = report.Objective,
        relativeGap = double.IsFinite(report.RelativeGap) ? report.RelativeGap : (double?)null,
        gapCertified = report.GapCertified,
        peakMegabytes,
        gradientSeconds = outOfTime.IsCancellationRequested ? null : gradientSeconds(),
        vectorBits = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : Vector128.IsHardwareAccelerated ? 128 : 64,
    }));
}
