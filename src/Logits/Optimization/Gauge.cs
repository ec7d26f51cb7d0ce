using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>
/// The direction that adds the same to the coefficients of all classes (or to the utilities of all items). It moves no probability, so gradients and steps have no part in it; what
/// rounding leaves there would grow from step to step and drown float32 logits.
/// </summary>
internal static class Gauge
{
    /// <summary>Takes the mean over the K classes from each of the d columns of weights and from the intercepts.</summary>
    /// <param name="point">K×d, then K.</param>
    /// <param name="classes">K.</param>
    public static void TakeOff(Span<double> point, int classes)
    {
        int features = point.Length / classes - 1;
        double[] means = new double[features];
        double mean = 0;
        for (int k = 0; k < classes; k++)
        {
            VectorArithmetic.AddScaled(1.0 / classes, point.Slice(k * features, features), means);
            mean += point[classes * features + k] / classes;
        }
        for (int k = 0; k < classes; k++)
        {
            VectorArithmetic.AddScaled(-1, means, point.Slice(k * features, features));
            point[classes * features + k] -= mean;
        }
    }
}
