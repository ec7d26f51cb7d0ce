using Logits.Regression;

namespace Logits.Tests.Regression;

public class SoftmaxModelTests
{
    [Fact]
    public void Logits_are_those_of_the_plain_sum_at_every_remainder()
    {
        Random random = new(1);
        foreach (int classes in (int[])[2, 3, 4, 5, 7, 8, 9, 16, 17, 33])
            foreach (int features in (int[])[1, 2, 3, 5, 8, 31, 64, 255, 256, 257, 600])
                foreach (int rows in (int[])[0, 1, 2, 11, 12, 13, 25, 300])
                    if (rows < 100 || features < 40)
                        Check(random, rows, features, classes);
    }

    [Fact]
    public void A_model_of_no_features_has_its_intercepts_as_logits()
    {
        SoftmaxModel model = new([], [1, 2, 3]);
        double[] logits = new double[6];
        model.Logits<float>([], logits);
        Assert.Equal([1, 2, 3, 1, 2, 3], logits);
    }

    [Fact]
    public void Many_threads_may_ask_one_model()
    {
        Random random = new(2);
        double[] weights = Numbers(random, 30 * 10), rows = Numbers(random, 50 * 30);
        double[] expected = new double[50 * 10];
        new SoftmaxModel(weights, new double[10]).Logits<double>(rows, expected);
        SoftmaxModel model = new(weights, new double[10]);
        Parallel.For(0, 64, _ =>
        {
            double[] logits = new double[50 * 10];
            model.Logits<double>(rows, logits);
            Assert.Equal(expected, logits);
        });
    }

    private static void Check(Random random, int rows, int features, int classes)
    {
        double[] weights = Numbers(random, classes * features), intercepts = Numbers(random, classes), x = Numbers(random, rows * features);
        float[] single = [.. x.Select(v => (float)v)];
        SoftmaxModel model = new(weights, intercepts);
        double[] logits = new double[rows * classes], fromSingle = new double[rows * classes];
        model.Logits<double>(x, logits);
        model.Logits<float>(single, fromSingle);
        for (int i = 0; i < rows; i++)
            for (int k = 0; k < classes; k++)
            {
                double sum = intercepts[k], ofSingle = intercepts[k];
                for (int j = 0; j < features; j++)
                {
                    sum += weights[k * features + j] * x[i * features + j];
                    ofSingle += weights[k * features + j] * single[i * features + j];
                }
                Assert.Equal(sum, logits[i * classes + k], 1e-12);
                Assert.Equal(ofSingle, fromSingle[i * classes + k], 1e-12);
            }
    }

    private static double[] Numbers(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => random.NextDouble() * 2 - 1)];
}
