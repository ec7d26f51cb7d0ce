namespace Logits.Tests.Regression;

/// <summary>Tables of the kinds that people bring, each from a seed.</summary>
internal static class Tables
{
    /// <summary>One of each kind.</summary>
    public static IEnumerable<Table> Of(int seed) =>
    [
        Numbers(seed), Offset(seed), Categories(seed), OneCategory(seed, pure: seed % 2 == 0), Correlated(seed), Collinear(seed), Imbalanced(seed),
            SoftLabels(seed),
        Importances(seed), Frequencies(seed), LargeLogits(seed), Wide(seed), Tiny(seed), Sparse(seed), ManyClasses(seed, 20),
    ];

    /// <summary>Columns from thousandths to thousands.</summary>
    public static Table Numbers(int seed)
    {
        Random random = new(seed);
        int n = random.Next(30, 300), d = random.Next(1, 7), classes = random.Next(2, 6);
        double[] z = Normals(random, n * d), scales = [.. Enumerable.Range(0, d).Select(_ => Math.Pow(10, random.Next(-3, 4)))];
        return Draw(random, "numbers", Each(z, d, (v, j) => v * scales[j]), z, d, classes, 1.5) with { Strength = Pick(random, 1e-6, 1e-4, 1e-2, 1.0) };
    }

    /// <summary>Columns far from 0.</summary>
    public static Table Offset(int seed)
    {
        Random random = new(seed + 1000);
        int n = random.Next(30, 300), d = random.Next(1, 5), classes = random.Next(2, 5);
        double[] z = Normals(random, n * d), offsets = [.. Enumerable.Range(0, d).Select(_ => Pick(random, -10, 100, 2000.0))];
        return Draw(random, "offset", Each(z, d, (v, j) => v + offsets[j]), z, d, classes, 1.5) with { Strength = Pick(random, 1e-5, 1e-3) };
    }

    /// <summary>One-hot levels, of which the j-th is 1/j as frequent as the first, and the last ones occur once to three times; and a number.</summary>
    public static Table Categories(int seed)
    {
        Random random = new(seed + 2000);
        int levels = random.Next(5, 25), n = 0, classes = random.Next(2, 4);
        List<double> x = [], z = [];
        for (int level = 0; level < levels; level++)
            for (int count = level >= levels - 3 ? levels - level : 200 / (level + 1) + 1; count > 0; count--, n++)
            {
                double number = (float)Normal(random);
                x.AddRange(Enumerable.Range(0, levels).Select(l => l == level ? 1.0 : 0));
                x.Add(number);
                z.AddRange(Enumerable.Range(0, levels).Select(l => l == level ? 1.0 : 0));
                z.Add(number);
            }
        return Draw(random, "categories", [.. x], [.. z], levels + 1, classes, 1.5) with { Strength = Pick(random, 1e-7, 1e-5, 1e-3) };
    }

    /// <summary>One category alone, all levels but the first as columns; with <paramref name="pure"/> levels that have one class only.</summary>
    public static Table OneCategory(int seed, bool pure)
    {
        Random random = new(seed + 3000);
        int levels = random.Next(3, 12), classes = random.Next(2, 5);
        List<double> x = [];
        List<int> labels = [];
        for (int level = 0; level < levels; level++)
            for (int k = 0; k < classes; k++)
                for (int count = pure && level >= levels - 2 ? (k == level % classes ? 3 : 0) : random.Next(1, 60 / (level + 1) + 2); count > 0; count--)
                {
                    x.AddRange(Enumerable.Range(1, levels - 1).Select(l => l == level ? 1.0 : 0));
                    labels.Add(k);
                }
        return new Table(pure ? "one category with pure levels"
            : "one category", [.. x], levels - 1, [.. labels], classes) { Strength = Pick(random, 1e-8, 1e-5, 1e-3) };
    }

    /// <summary>Columns that hardly differ.</summary>
    public static Table Correlated(int seed)
    {
        Random random = new(seed + 4000);
        int n = random.Next(50, 200), d = random.Next(2, 6), classes = random.Next(2, 4);
        double rest = Pick(random, 0.1, 1e-2, 1e-3);
        double[] x = new double[n * d];
        for (int i = 0; i < n; i++)
        {
            double common = Normal(random);
            for (int j = 0; j < d; j++)
                x[i * d + j] = common + rest * Normal(random);
        }
        return Draw(random, "correlated", x, x, d, classes, 0.7) with { Strength = Pick(random, 1e-6, 1e-3) };
    }

    /// <summary>A negative, a sum and a constant among the columns.</summary>
    public static Table Collinear(int seed)
    {
        Table table = Numbers(seed + 5000);
        return table.Map(table.Features + 3, r => [.. r, -r[0], (float)(r[0] + r[^1]), 2], "collinear");
    }

    /// <summary>Class k half as frequent as the one before, down to single rows.</summary>
    public static Table Imbalanced(int seed)
    {
        Random random = new(seed + 6000);
        const int classes = 7;
        List<int> labels = [];
        for (int k = 0; k < classes; k++)
            labels.AddRange(Enumerable.Repeat(k, Math.Max(1, 200 >> (2 * k))));
        int[] order = [.. labels];
        random.Shuffle(order);
        double[] x = Normals(random, order.Length * 3);
        for (int i = 0; i < order.Length; i++)
            x[i * 3] = (float)(x[i * 3] + order[i] * 0.5);
        return new Table("imbalanced", x, 3, order, classes) { Strength = Pick(random, 1e-7, 1e-4) };
    }

    public static Table SoftLabels(int seed)
    {
        Random random = new(seed + 7000);
        int n = random.Next(20, 200), classes = random.Next(2, 6);
        double[] soft = new double[n * classes];
        for (int i = 0; i < n; i++)
        {
            Span<double> row = soft.AsSpan(i * classes, classes);
            foreach (ref double share in row)
                share = random.Next(3) == 0 ? 0 : -Math.Log(1 - random.NextDouble());
            row[random.Next(classes)] += 0.5;
            double sum = 0;
            foreach (double share in row)
                sum += share;
            foreach (ref double share in row)
                share /= sum;
        }
        return new Table("soft labels", Normals(random, n * 4), 4, [], classes) { Soft = soft, Strength = Pick(random, 1e-5, 1e-2) };
    }

    /// <summary>Weights over six orders of magnitude, some of them 0.</summary>
    public static Table Importances(int seed)
    {
        Table table = Numbers(seed + 8000);
        Random random = new(seed);
        return table with
        {
            Name = "importances",
            Weights = [.. Enumerable.Range(0, table.Rows).Select(i =>
                i >= table.Classes && random.Next(4) == 0 ? 0 : 0.37 * Math.Pow(10, 6 * random.NextDouble() - 3))],
        };
    }

    /// <summary>Whole weights, some of them 0.</summary>
    public static Table Frequencies(int seed)
    {
        Table table = Numbers(seed + 9000);
        Random random = new(seed);
        return table with { Name = "frequencies", Weights = [.. Enumerable.Range(0, table.Rows).Select(i => i < table.Classes ? 1.0 : random.Next(4))] };
    }

    /// <summary>Nearly separable, hardly penalised.</summary>
    public static Table LargeLogits(int seed)
    {
        Random random = new(seed + 10_000);
        int n = random.Next(40, 200), d = random.Next(2, 5), classes = random.Next(2, 4);
        double[] z = Normals(random, n * d);
        Table table = Draw(random, "large logits", z, z, d, classes, 200);
        return table with { Strength = Pick(random, 1e-6, 1e-8, 1e-9) };
    }

    /// <summary>More columns than rows, for a start in the space of the rows and for one without.</summary>
    public static Table Wide(int seed)
    {
        Random random = new(seed + 11_000);
        int n = random.Next(8, 40), d = n + random.Next(1, 2 * n), classes = random.Next(2, 4);
        double[] z = Normals(random, n * d);
        return Draw(random, "wide", z, z, d, classes, 0.3) with { Strength = Pick(random, 1e-5, 1e-2) };
    }

    public static Table Tiny(int seed)
    {
        Random random = new(seed + 12_000);
        int n = random.Next(2, 6), d = random.Next(1, 4);
        double[] z = Normals(random, n * d);
        return Draw(random, "tiny", z, z, d, 2, 1) with { Strength = Pick(random, 1e-6, 1.0 / n, 100) };
    }

    /// <summary>One number in ten is not 0; some columns hold but one or none.</summary>
    public static Table Sparse(int seed)
    {
        Random random = new(seed + 13_000);
        int n = random.Next(100, 300), d = random.Next(8, 20), classes = random.Next(2, 5);
        double[] z = [.. Normals(random, n * d).Select(v => random.Next(10) == 0 ? v : 0)];
        return Draw(random, "sparse", z, z, d, classes, 2) with { Strength = Pick(random, 1e-5, 1e-3) };
    }

    /// <summary>A cloud for each of many classes.</summary>
    public static Table ManyClasses(int seed, int classes)
    {
        Random random = new(seed + 14_000);
        int d = classes > 100 ? 2 : 3;
        double[] centres = Normals(random, classes * d);
        int[] labels = [.. Enumerable.Range(0, classes * (classes > 100 ? 3 : 6)).Select(i => i < classes ? i : random.Next(classes))];
        double[] x = Normals(random, labels.Length * d);
        for (int m = 0; m < x.Length; m++)
            x[m] = (float)(x[m] + 1.5 * centres[labels[m / d] * d + m % d]);
        return new Table($"{classes} classes", x, d, labels, classes) { Strength = Pick(random, 1e-5, 1e-3) };
    }

    /// <summary>Labels drawn from the softmax of random weights of the given size; every class has a row.</summary>
    private static Table Draw(Random random, string name, double[] x, double[] z, int d, int classes, double size)
    {
        int n = z.Length / d;
        double[] weights = [.. Normals(random, classes * d).Select(w => size * w)];
        int[] labels = new int[n];
        for (int i = 0; i < n; i++)
        {
            double best = double.NegativeInfinity;
            for (int k = 0; k < classes; k++)
            {
                double logit = -Math.Log(-Math.Log(random.NextDouble()));
                for (int j = 0; j < d; j++)
                    logit += weights[k * d + j] * z[i * d + j];
                if (logit > best)
                    (best, labels[i]) = (logit, k);
            }
        }
        for (int k = 0; k < classes; k++)
            labels[k] = k;
        return new Table(name, [.. x.Select(v => (double)(float)v)], d, labels, classes);
    }

    private static double[] Each(double[] z, int d, Func<double, int, double> change) => [.. z.Select((v, m) => change(v, m % d))];

    private static double[] Normals(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (double)(float)Normal(random))];

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static T Pick<T>(Random random, params T[] choices) => choices[random.Next(choices.Length)];
}
