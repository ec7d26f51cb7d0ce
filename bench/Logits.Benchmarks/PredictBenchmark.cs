using System.Diagnostics;
using System.Globalization;
using Logits.Regression;

namespace Logits.Benchmarks;

/// <summary>
/// The logits and the evaluation of many rows by one model on one thread, in billions of floating-point operations a second, beside a copy of the plain loop.
/// Run it by
/// <c>dotnet run -c Release --project bench/Logits.Benchmarks -- predict</c>.
/// </summary>
public static class PredictBenchmark
{
    private const int Repetitions = 5;

    /// <summary>Prints a line for each shape.</summary>
    public static void Run()
    {
        Console.WriteLine("features  classes      rows  plain loop  Logits<float>  Logits<double>  with Probabilities<float>   (GF/s)");
        foreach ((int features, int classes) in ((int, int)[])[(4, 3), (64, 10), (784, 10), (100, 100), (784, 1000)])
            Console.WriteLine(Line(features, classes, Math.Clamp(200_000_000 / (features * classes), 100, 200_000)));
    }

    private static string Line(int features, int classes, int rows)
    {
        Random random = new(1);
        double[] weights = [.. Enumerable.Range(0, features * classes).Select(_ => random.NextDouble() - 0.5)];
        float[] single = [.. Enumerable.Range(0, features * rows).Select(_ => random.NextSingle() - 0.5f)];
        double[] wide = Array.ConvertAll(single, v => (double)v), logits = new double[rows * classes];
        SoftmaxModel model = new(weights, new double[classes]);
        double work = 2e-9 * features * classes * rows;
        double Rate(Action action) => work / Best(action);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{features,8} {classes,8} {rows,9} {Rate(() => PlainLoop(weights, single, features, classes, logits)),11:0.0} {Rate(() => model.Logits<float>(single, logits)),14:0.0} "
            + $"{Rate(() => model.Logits<double>(wide, logits)),15:0.0} {Rate(() => model.Probabilities<float>(single, logits)),25:0.0}");
    }

    private static void PlainLoop(double[] weights, float[] rows, int features, int classes, double[] logits)
    {
        for (int i = 0; i * features < rows.Length; i++)
            for (int k = 0; k < classes; k++)
            {
                ReadOnlySpan<double> w = weights.AsSpan(k * features, features);
                ReadOnlySpan<float> row = rows.AsSpan(i * features, features);
                double sum = 0;
                for (int j = 0; j < row.Length; j++)
                    sum += w[j] * row[j];
                logits[i * classes + k] = sum;
            }
    }

    private static double Best(Action action)
    {
        double best = double.PositiveInfinity;
        for (int r = 0; r < Repetitions; r++)
        {
            long start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
