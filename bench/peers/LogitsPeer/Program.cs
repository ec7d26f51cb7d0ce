// Logits on the benchmark problem: LogitsPeer DATA ROWS WEIGHTS [THREADS]. Prints one JSON line.
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

string data = args[0], weights = args[2];
int rows = int.Parse(args[1], CultureInfo.InvariantCulture);
int threads = args.Length > 3 ? int.Parse(args[3], CultureInfo.InvariantCulture) : Environment.ProcessorCount;

Problem problem = Problem.Read(data, rows);
DenseRows<float> x = new(problem.X, problem.Rows, Problem.Features);
Labels labels = Labels.FromIndices(problem.Y, Problem.Classes);
FitOptions options = new() { Strength = Problem.Strength, Tolerance = 1e-6, Threads = threads };

// The first fit, compilation of its code included, is the one that counts; the others show what a long-lived process sees.
const int Fits = 3;
FitReport[] reports = new FitReport[Fits];
for (int i = 0; i < Fits; i++)
{
    FitResult fit = SoftmaxRegression.Fit(x, labels, options);
    reports[i] = fit.Report;
    if (i == 0)
        Problem.Write(weights, fit.Model.Weights, fit.Model.Intercepts);
}

FitReport first = reports[0];
double peakMegabytes = Problem.PeakResidentMegabytes();
Console.WriteLine(JsonSerializer.Serialize(new
{
    seconds = first.Seconds,
    laterSeconds = reports.Skip(1).Select(r => r.Seconds),
    note = $"{first.StopReason}: {first.Gradients} gradients, {first.HessianVectorProducts} Hessian-vector products, {first.OtherPasses} other passes",
    objective = first.Objective,
    relativeGap = first.RelativeGap,
    gapCertified = first.GapCertified,
    peakMegabytes,
    gradientSeconds = GradientSeconds(),
}));
return first.StopReason == StopReason.Converged ? 0 : 1;

// The best of several passes over the data for the loss and its gradient, at weights small and alike in no two places.
double GradientSeconds()
{
    SoftmaxObjective<float> objective = new(new RowPasses<float>(x, default, Problem.Classes, threads, default), labels, Problem.Features, Problem.Strength);
    double[] point = new double[objective.Dimension], gradient = new double[objective.Dimension];
    for (int j = 0; j < point.Length; j++)
        point[j] = 0.01 * Math.Sin(j);
    double best = double.PositiveInfinity;
    for (int pass = 0; pass < 20; pass++)
    {
        long start = Stopwatch.GetTimestamp();
        objective.Evaluate(point, gradient);
        best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }
    return best;
}
