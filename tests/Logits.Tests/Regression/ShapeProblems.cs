using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>The shapes of tables that the benchmark has, small enough for a test, each drawn from a seed of its own.</summary>
internal static class ShapeProblems
{
    /// <summary>More classes than features, of very different sizes.</summary>
    public static (DenseRows<float>, Labels) Many()
    {
        const int n = 6000, d = 20, classes = 200;
        Random random = new(1);
        float[] x = Normals(random, n * d), weights = Normals(random, d * classes);
        return (new DenseRows<float>(x, n, d), Present(Drawn(random, x, n, d, weights, classes)));
    }

    /// <summary>Far more features than rows, a few hidden factors behind them.</summary>
    public static (DenseRows<float>, Labels) Wide()
    {
        const int n = 200, d = 3000, classes = 4, factors = 10;
        Random random = new(2);
        float[] hidden = Normals(random, n * factors), loadings = Normals(random, factors * d), x = Normals(random, n * d);
        int[] y = [.. Enumerable.Range(0, n).Select(_ => random.Next(classes))];
        for (int i = 0; i < n; i++)
            for (int j = 0; j < d; j++)
            {
                for (int f = 0; f < factors; f++)
                    x[i * d + j] += 0.5f * hidden[i * factors + f] * loadings[f * d + j];
                x[i * d + j] += j < 50 && y[i] == j % classes ? 0.7f : 0;
            }
        return (new DenseRows<float>(x, n, d), Labels.FromIndices(y, classes));
    }

    /// <summary>Very many rows of a few features.</summary>
    public static (DenseRows<float>, Labels) Tall()
    {
        const int n = 120_000, d = 10, classes = 5;
        Random random = new(3);
        float[] x = Normals(random, n * d), weights = Array.ConvertAll(Normals(random, d * classes), w => w / 2);
        return (new DenseRows<float>(x, n, d), Labels.FromIndices(Drawn(random, x, n, d, weights, classes), classes));
    }

    /// <summary>Clusters with a spectrum that decays as a power, rectified, one label in ten drawn at random.</summary>
    public static (DenseRows<float>, Labels) Probe()
    {
        const int n = 10_000, d = 48, classes = 30;
        Random random = new(4);
        float[] centres = Normals(random, classes * d), x = Normals(random, n * d), turned = new float[n * d], turn = Normals(random, d * d);
        int[] y = new int[n];
        for (int i = 0; i < n; i++)
        {
            y[i] = random.Next(classes);
            for (int j = 0; j < d; j++)
                x[i * d + j] = (x[i * d + j] + centres[y[i] * d + j]) * MathF.Pow(j + 1, -0.8f);
            for (int j = 0; j < d; j++)
            {
                float sum = 0;
                for (int l = 0; l < d; l++)
                    sum += x[i * d + l] * turn[l * d + j];
                turned[i * d + j] = Math.Max(0, sum);
            }
            if (random.NextDouble() < 0.1)
                y[i] = random.Next(classes);
        }
        return (new DenseRows<float>(turned, n, d), Labels.FromIndices(y, classes));
    }

    /// <summary>Whole numbers in few columns, for a fit with hardly a penalty or none.</summary>
    public static (DenseRows<double>, Labels) Letters()
    {
        const int n = 5000, d = 12, classes = 16;
        Random random = new(5);
        float[] z = Normals(random, n * d), weights = Normals(random, d * classes);
        double[] x = Array.ConvertAll(z, v => Math.Round(7.0 + 2 * v));
        return (new DenseRows<double>(x, n, d), Labels.FromIndices(Drawn(random, z, n, d, Array.ConvertAll(weights, w => 0.6f * w), classes), classes));
    }

    /// <summary>Words by Zipf's law, one in eight from those that the class prefers; rows of length 1.</summary>
    public static (SparseRows<float>, Labels) Text()
    {
        const int n = 3000, words = 6000, classes = 20, preferred = 100;
        Random random = new(6);
        int[] y = new int[n];
        List<long> starts = [0];
        List<int> columns = [];
        List<float> values = [];
        for (int i = 0; i < n; i++)
        {
            y[i] = (int)(classes * Math.Pow(random.NextDouble(), 2));
            SortedDictionary<int, int> counts = [];
            for (int length = random.Next(30, 80); length > 0; length--)
            {
                int word = random.NextDouble() < 0.12
                    ? (y[i] * 977 + (int)(preferred * Math.Pow(random.NextDouble(), 2)) * 53) % words
                    : (int)Math.Min(words - 1, 3.7 * Math.Pow(words / 3.7, random.NextDouble()) - 2.7);
                counts[Math.Max(0, word)] = counts.GetValueOrDefault(Math.Max(0, word)) + 1;
            }
            double norm = Math.Sqrt(counts.Values.Sum(c => Math.Pow(Math.Log(1 + c), 2)));
            foreach ((int word, int count) in counts)
            {
                columns.Add(word);
                values.Add((float)(Math.Log(1 + count) / norm));
            }
            starts.Add(columns.Count);
        }
        return (new SparseRows<float>(starts.ToArray(), columns.ToArray(), values.ToArray(), words), Present(y));
    }

    /// <summary>One category of many levels, the j-th 1/j² as frequent as the first, in their order, and one number: a formula.</summary>
    public static (DenseRows<float>, Labels) Rare()
    {
        const int size = 20_000, levels = 80;
        List<float> x = [];
        List<int> y = [];
        for (int j = 1; j <= levels; j++)
            for (int i = 0; i <= size / (j * j); i++)
            {
                double number = (i * 31 + j * 17) % 100 / 100.0, value = (i * 7919 + j * 104729) % 1000 / 1000.0 + number + j % 7 / 7.0;
                for (int level = 1; level <= levels; level++)
                    x.Add(level == j ? 1 : 0);
                x.Add((float)number);
                y.Add(value < 1 ? 0 : value < 1.7 ? 1 : 2);
            }
        return (new DenseRows<float>(x.ToArray(), y.Count, levels + 1), Labels.FromIndices(y.ToArray(), 3));
    }

    private static float[] Normals(Random random, int count)
    {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
            numbers[i] = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return numbers;
    }

    /// <summary>One class a row from the softmax of its logits: the largest after Gumbel noise.</summary>
    private static int[] Drawn(Random random, float[] x, int n, int d, float[] weights, int classes)
    {
        int[] y = new int[n];
        for (int i = 0; i < n; i++)
        {
            double largest = double.NegativeInfinity;
            for (int k = 0; k < classes; k++)
            {
                double logit = -Math.Log(-Math.Log(1 - random.NextDouble()));
                for (int j = 0; j < d; j++)
                    logit += x[i * d + j] * weights[j * classes + k];
                if (logit > largest)
                    (largest, y[i]) = (logit, k);
            }
        }
        return y;
    }

    /// <summary>The labels with the classes that do not occur left out.</summary>
    private static Labels Present(int[] y)
    {
        int[] present = [.. y.Distinct().Order()];
        return Labels.FromIndices(Array.ConvertAll(y, k => Array.BinarySearch(present, k)), present.Length);
    }
}
