using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>
/// The direction that adds the same to the coefficients of all classes (or to the utilities of all items). It moves no probability, so gradients and steps have
/// no part in it; what rounding leaves there would grow from step to step and drown float32 logits.
/// </summary>
internal static class Gauge
{
    /// <summary>Takes the mean over the K classes from each of the d columns of weights and from the intercepts.</summary>
    /// <param name="point">K×d, then K.</param>
    /// <param name="classes">K.</param>
    /// <param name="threads">How many threads work on many columns.</param>
    public static unsafe void TakeOff(Span<double> point, int classes, int threads = 1)
    {
        const int stretch = 1024;
        int features = point.Length / classes - 1;
        fixed (double* first = point)
        {
            double* p = first;
            int length = point.Length;
            if (threads == 1 || features <= 4 * stretch)
                TakeOff(point, classes, 0, features);
            else
                Parallel.For(0, (features + stretch - 1) / stretch, new ParallelOptions { MaxDegreeOfParallelism = threads },
                    part => TakeOff(new Span<double>(p, length), classes, part * stretch, Math.Min(features, (part + 1) * stretch)));
        }
        Span<double> intercepts = point[(classes * features)..];
        double mean = 0;
        foreach (double intercept in intercepts)
            mean += intercept / classes;
        foreach (ref double intercept in intercepts)
            intercept -= mean;
    }

    private static void TakeOff(Span<double> point, int classes, int from, int to)
    {
        int features = point.Length / classes - 1;
        double[] means = new double[to - from];
        for (int k = 0; k < classes; k++)
            VectorArithmetic.AddScaled(1.0 / classes, point.Slice(k * features + from, to - from), means);
        for (int k = 0; k < classes; k++)
            VectorArithmetic.AddScaled(-1, means, point.Slice(k * features + from, to - from));
    }
}
