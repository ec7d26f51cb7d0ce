using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>
/// (1/Σw) Σ w [A(o) − ⟨y, o⟩] + λ/2 ‖W‖² and its derivatives as the formulas are written, row after row: in twice float64's precision where it counts (logits
/// and sums), and sharing nothing with what it judges. A point is W, K×d row-major, then b.
/// </summary>
internal sealed class PlainObjective(Table table, double strength)
{
    private readonly int _classes = table.Classes, _features = table.Features;

    public int Dimension => _classes * (_features + 1);

    public double Value(SoftmaxModel model) => Value([.. model.Weights, .. model.Intercepts]);

    public double Value(double[] point)
    {
        Sum loss = default, total = default, squares = default;
        for (int i = 0; i < table.Rows; i++)
        {
            double weight = table.Weight(i);
            if (weight == 0)
                continue;
            loss.Add(weight * Loss(i, Logits(i, point)));
            total.Add(weight);
        }
        foreach (double w in point.AsSpan(0, _classes * _features))
            squares.Add(w * w);
        return loss.Value / total.Value + strength / 2 * squares.Value;
    }

    public double[] Gradient(double[] point) => Derivatives(point, null);

    /// <summary>The gradient, and into <paramref name="hessian"/> the whole Hessian, in the order of the point.</summary>
    public double[] Derivatives(double[] point, double[]? hessian)
    {
        int order = Dimension, width = _features + 1;
        double[] gradient = new double[order], x = new double[width];
        double total = Enumerable.Range(0, table.Rows).Sum(table.Weight);
        Sum[] sums = new Sum[order];
        int[] used = new int[width];
        for (int i = 0; i < table.Rows; i++)
        {
            double weight = table.Weight(i) / total;
            if (weight == 0)
                continue;
            table.X.AsSpan(i * _features, _features).CopyTo(x);
            x[_features] = 1;
            int count = 0;
            for (int j = 0; j < width; j++)
                if (x[j] != 0)
                    used[count++] = j;
            double[] p = Probabilities(Logits(i, point));
            for (int k = 0; k < _classes; k++)
            {
                double residual = weight * Residual(i, k, p);
                foreach (int j in used.AsSpan(0, count))
                    sums[At(k, j)].Add(residual * x[j]);
                for (int l = 0; hessian is not null && l <= k; l++)
                {
                    // 1 − p_k is the sum of the others: no cancellation where p_k is near 1.
                    double curvature = weight * (k == l ? p[k] * Others(p, k) : -p[k] * p[l]);
                    foreach (int a in used.AsSpan(0, count))
                        foreach (int b in used.AsSpan(0, count))
                            hessian[At(k, a) * order + At(l, b)] += curvature * x[a] * x[b];
                }
            }
        }
        for (int m = 0; m < order; m++)
            gradient[m] = sums[m].Value + (m < _classes * _features ? strength * point[m] : 0);
        if (hessian is null)
            return gradient;
        for (int m = 0; m < _classes * _features; m++)
            hessian[m * order + m] += strength;
        for (int k = 0; k < _classes; k++)
            for (int l = 0; l < k; l++)
                for (int a = 0; a < width; a++)
                    for (int b = 0; b < width; b++)
                        hessian[At(l, b) * order + At(k, a)] = hessian[At(k, a) * order + At(l, b)];
        return gradient;
    }

    /// <summary>Where the coefficient of feature j, or with j = d the intercept, of class k stands.</summary>
    public int At(int k, int j) => j < _features ? k * _features + j : _classes * _features + k;

    /// <summary>p_i, n×K.</summary>
    public double[] AllProbabilities(SoftmaxModel model)
    {
        double[] point = [.. model.Weights, .. model.Intercepts];
        return [.. Enumerable.Range(0, table.Rows).SelectMany(i => Probabilities(Logits(i, point)))];
    }

    private double Residual(int i, int k, double[] p) => table.Soft.Length == 0 && table.Indices[i] == k ? -Others(p, k) : p[k] - table.Share(i, k);

    private static double Others(double[] p, int k)
    {
        double sum = 0;
        for (int l = 0; l < p.Length; l++)
            sum += l == k ? 0 : p[l];
        return sum;
    }

    private Sum[] Logits(int i, double[] point)
    {
        Sum[] logits = new Sum[_classes];
        for (int k = 0; k < _classes; k++)
        {
            logits[k].Add(point[_classes * _features + k]);
            for (int j = 0; j < _features; j++)
                logits[k].AddProduct(point[k * _features + j], table.X[i * _features + j]);
        }
        return logits;
    }

    private double Loss(int i, Sum[] logits)
    {
        double loss = 0;
        for (int y = 0; y < _classes; y++)
            if (table.Share(i, y) is var share && share > 0)
                loss += share * Surprisal(logits, y);
        return loss;
    }

    /// <summary>A(o) − o_y, small where it is small.</summary>
    private static double Surprisal(Sum[] logits, int y)
    {
        double max = 0, sum = 0;
        for (int k = 0; k < logits.Length; k++)
            max = Math.Max(max, logits[k].Minus(logits[y]));
        for (int k = 0; k < logits.Length; k++)
            if (max > 0 || k != y)
                sum += Math.Exp(logits[k].Minus(logits[y]) - max);
        return max > 0 ? max + Math.Log(sum) : Log1P(sum);
    }

    private static double Log1P(double x) => x < 1e-4 ? x * (1 - x * (0.5 - x * (1.0 / 3 - x * (0.25 - x / 5)))) : Math.Log(1 + x);

    private static double[] Probabilities(Sum[] logits)
    {
        int top = 0;
        for (int k = 1; k < logits.Length; k++)
            if (logits[k].Minus(logits[top]) > 0)
                top = k;
        double[] p = new double[logits.Length];
        double sum = 0;
        for (int k = 0; k < p.Length; k++)
            sum += p[k] = Math.Exp(logits[k].Minus(logits[top]));
        for (int k = 0; k < p.Length; k++)
            p[k] /= sum;
        return p;
    }

    /// <summary>A sum in twice the precision: T. Ogita, S. Rump, S. Oishi, "Accurate sum and dot product", SIAM J. Sci. Comput. 26 (2005).</summary>
    private struct Sum
    {
        private double _high, _low;

        public readonly double Value => _high + _low;

        public readonly double Minus(Sum other) => (_high - other._high) + (_low - other._low);

        public void Add(double term)
        {
            double sum = _high + term, part = sum - _high;
            _low += (_high - (sum - part)) + (term - part);
            _high = sum;
        }

        public void AddProduct(double a, double b)
        {
            double product = a * b;
            _low += Math.FusedMultiplyAdd(a, b, -product);
            Add(product);
        }
    }
}
