// A program that uses the core, compiled ahead of time: proof that nothing in it needs a compiler at run time. It checks its own answers; exit status 1 says
// that one is wrong.
using System.Globalization;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

const int Classes = 3;
const double Strength = 0.1;
double[] features = [-3, -2, -2, -1, -1, 0, 1, -1, -1, 0, 0, 0, 1, 1, -1, 0, 1, 1, 2, 2, 3];
int[] classes = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2];

bool passed = Check(features, 1e-12, 1e-6) & Check(Array.ConvertAll(features, x => (float)x), 1e-6, 1e-3);
Console.WriteLine(passed ? "The core works when compiled ahead of time." : "The core gives wrong answers when compiled ahead of time.");
return passed ? 0 : 1;

// Fits, and computes the gradient of the objective at the model once more, row by row.
bool Check<T>(T[] values, double tolerance, double largestGradient) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    FitOptions options = new() { Strength = Strength, Tolerance = tolerance };
    FitResult fit = SoftmaxRegression.Fit(new DenseRows<T>(values, values.Length, 1), Labels.FromIndices(classes, Classes), options);
    double[] probabilities = new double[values.Length * Classes];
    fit.Model.Probabilities<T>(values, probabilities);

    double worst = 0;
    for (int k = 0; k < Classes; k++)
    {
        double weight = Strength * fit.Model.Weights[k], intercept = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double residual = (probabilities[i * Classes + k] - (classes[i] == k ? 1 : 0)) / values.Length;
            weight += residual * features[i];
            intercept += residual;
        }
        worst = Math.Max(worst, Math.Max(Math.Abs(weight), Math.Abs(intercept)));
    }
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{fit.Report.Precision}: {fit.Report.StopReason}, objective {fit.Report.Objective:F9}, relative gap {fit.Report.RelativeGap:E1}, largest gradient entry {worst:E1}"));
    return fit.Report is { StopReason: StopReason.Converged, GapCertified: true } && fit.Report.RelativeGap <= tolerance && worst <= largestGradient;
}
