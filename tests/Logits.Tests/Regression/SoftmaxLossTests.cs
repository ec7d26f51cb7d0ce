using System.Numerics;
using CsCheck;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>The fused passes against the formulas written out, at every remainder of rows, features and classes.</summary>
public class SoftmaxLossTests
{
    [Fact]
    public void Every_remainder_of_features() => Check(Enumerable.Range(1, 70).Select(features => (Rows: 37, features, Classes: 3)));

    [Fact]
    public void Every_remainder_of_classes() => Check(Enumerable.Range(2, 20).Concat([63, 64, 65, 66]).Select(classes => (Rows: 29, 11, classes)));

    [Fact]
    public void Every_remainder_of_rows() => Check(Enumerable.Range(1, 40).Concat([511, 512, 513, 1100]).Select(rows => (rows, 9, 4)));

    [Fact]
    public void Random_problems() =>
        Gen.Select(Gen.Int[1, 90], Gen.Int[1, 50], Gen.Int[2, 9]).Sample((rows, features, classes) =>
            Check([(rows, features, classes)]), seed: "0000KnqHUhS3", iter: 100);

    private static void Check(IEnumerable<(int Rows, int Features, int Classes)> sizes)
    {
        foreach ((int rows, int features, int classes) in sizes)
        {
            Check<double>(rows, features, classes, 1e-13);
            Check<float>(rows, features, classes, 2e-5);
        }
    }

    private static void Check<T>(int rows, int features, int classes, double tolerance) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Random random = new(rows * 1000 + features * 10 + classes);
        T[] x = [.. Enumerable.Range(0, rows * features).Select(_ => T.CreateTruncating(2 * random.NextDouble() - 1))];
        int[] indices = [.. Enumerable.Range(0, rows).Select(_ => random.Next(classes))];
        double[] weights = [.. Enumerable.Range(0, rows).Select(_ => 0.25 * (1 + random.Next(4)))];
        const double strength = 0.125;
        double[] point = Draw(), direction = Draw();
        Gauge.TakeOff(direction, classes);
        (double expectedValue, double[] expectedGradient, double[] expectedProduct) = Reference(point, direction);
        double[]? kept = null;
        foreach (bool keepsProbabilities in new[] { true, false })
        {
            PenalisedLoss objective = new(Loss(new DenseRows<T>(x, rows, features), keepsProbabilities), Penalty.OfRidge(strength), []);
            double[] gradient = new double[point.Length], product = new double[point.Length];
            double value = objective.Evaluate(point, gradient);
            objective.HessianVectorProduct(direction, product);
            Assert.Equal(expectedValue, value, tolerance * Math.Max(1, expectedValue));
            for (int j = 0; j < point.Length; j++)
            {
                Assert.Equal(expectedGradient[j], gradient[j], tolerance);
                Assert.Equal(expectedProduct[j], product[j], tolerance);
            }
            // What is kept and what is computed again are the same numbers.
            Assert.Equal(kept ??= product, product);
        }

        SoftmaxLoss<T> Loss(RowBlocks<T> table, bool keepsProbabilities)
        {
            RowWeights rowWeights = new(weights, rows, null);
            Labels labels = Labels.FromIndices(indices, classes);
            return new(
                new RowPasses<T>(table, rowWeights, classes, threads: 2), labels, FitInput.MeanLabels(labels, rowWeights),
                table.Summarise(rowWeights, 2, CancellationToken.None), keepsProbabilities);
        }

        double[] Draw() => [.. Enumerable.Range(0, classes * (features + 1)).Select(_ => 2 * random.NextDouble() - 1)];

        (double, double[], double[]) Reference(double[] at, double[] along)
        {
            double loss = 0, total = weights.Sum();
            double[] g = new double[at.Length], h = new double[at.Length], o = new double[classes], u = new double[classes];
            for (int i = 0; i < rows; i++)
            {
                for (int k = 0; k < classes; k++)
                {
                    (o[k], u[k]) = (at[classes * features + k], along[classes * features + k]);
                    for (int j = 0; j < features; j++)
                    {
                        o[k] += at[k * features + j] * double.CreateTruncating(x[i * features + j]);
                        u[k] += along[k * features + j] * double.CreateTruncating(x[i * features + j]);
                    }
                }
                double max = o.Max(), partition = max + Math.Log(o.Sum(v => Math.Exp(v - max)));
                double[] p = [.. o.Select(v => Math.Exp(v - partition))];
                double mean = p.Zip(u, (a, b) => a * b).Sum();
                loss += weights[i] * (partition - o[indices[i]]);
                for (int k = 0; k < classes; k++)
                {
                    double r = weights[i] / total * (p[k] - (k == indices[i] ? 1 : 0)), s = weights[i] / total * p[k] * (u[k] - mean);
                    g[classes * features + k] += r;
                    h[classes * features + k] += s;
                    for (int j = 0; j < features; j++)
                    {
                        g[k * features + j] += r * double.CreateTruncating(x[i * features + j]);
                        h[k * features + j] += s * double.CreateTruncating(x[i * features + j]);
                    }
                }
            }
            double squares = 0;
            for (int j = 0; j < classes * features; j++)
            {
                squares += at[j] * at[j];
                g[j] += strength * at[j];
                h[j] += strength * along[j];
            }
            return (loss / total + strength / 2 * squares, g, h);
        }
    }
}
