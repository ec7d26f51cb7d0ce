namespace Logits.Tests.Regression;

/// <summary>
/// The optimum by the book: Newton's method with the whole Hessian, whose null space is filled, Cholesky and halved steps, until rounding ends it. Whatever it
/// finds lies above the infimum.
/// </summary>
internal static class PlainNewton
{
    public static (double[] Point, double Value) Optimum(Table table) => Optimum(table, table.Strength);

    public static (double[] Point, double Value) Optimum(Table table, double strength)
    {
        PlainObjective objective = new(table, strength);
        double[] point = new double[objective.Dimension];
        double value = objective.Value(point);
        for (int iteration = 0; iteration < 200; iteration++)
        {
            (double[] step, double slope) = Step(table, objective, point);
            bool moved = false;
            for (double length = 1; !moved && length > 1e-12; length /= 2)
            {
                double[] next = [.. point.Zip(step, (z, s) => z + length * s)];
                double nextValue = objective.Value(next);
                moved = nextValue < value && nextValue <= value + 1e-4 * length * slope + 1e-15 * Math.Abs(value);
                if (moved)
                    (point, value) = (next, nextValue);
            }
            if (!moved || -slope <= 1e-17 * Math.Abs(value))
                break;
        }
        return (point, value);
    }

    /// <summary>−H⁻¹g, and gᵀ of it.</summary>
    public static (double[] Step, double Slope) Step(Table table, PlainObjective objective, double[] point)
    {
        int order = objective.Dimension;
        double[] hessian = new double[order * order];
        double[] gradient = objective.Derivatives(point, hessian);
        for (int j = 0; j <= table.Features; j++)
        {
            // The same change for every class moves nothing: what is added along it decides nothing else.
            double fill = Enumerable.Range(0, table.Classes).Average(k => hessian[objective.At(k, j) * (order + 1)]);
            for (int k = 0; k < table.Classes; k++)
                for (int l = 0; l < table.Classes; l++)
                    hessian[objective.At(k, j) * order + objective.At(l, j)] += fill / table.Classes;
        }
        double[] step = Solve(hessian, [.. gradient.Select(g => -g)]);
        return (step, step.Zip(gradient, (s, g) => s * g).Sum());
    }

    /// <summary>A⁻¹b, scaled to a unit diagonal first; what has no pivot stays where it is.</summary>
    private static double[] Solve(double[] matrix, double[] right)
    {
        int order = right.Length;
        double[] scales = [.. Enumerable.Range(0, order).Select(m => matrix[m * (order + 1)] > 0 ? 1 / Math.Sqrt(matrix[m * (order + 1)]) : 0)];
        double[][] factor = [.. Enumerable.Range(0, order).Select(m => new double[m + 1])];
        double[] solution = new double[order];
        for (int m = 0; m < order; m++)
        {
            double[] row = factor[m];
            for (int l = 0; l < m; l++)
                row[l] = factor[l][l] == 0 ? 0 : (matrix[m * order + l] * scales[m] * scales[l] - Dot(row, factor[l], l)) / factor[l][l];
            double pivot = (scales[m] > 0 ? 1 : 0) - Dot(row, row, m);
            row[m] = pivot > 1e-14 ? Math.Sqrt(pivot) : 0;
            solution[m] = row[m] == 0 ? 0 : (right[m] * scales[m] - Dot(row, solution, m)) / row[m];
        }
        for (int m = order - 1; m >= 0; m--)
        {
            double sum = solution[m];
            for (int l = m + 1; l < order; l++)
                sum -= factor[l][m] * solution[l];
            solution[m] = factor[m][m] == 0 ? 0 : sum / factor[m][m];
        }
        return [.. solution.Zip(scales, (s, scale) => s * scale)];
    }

    private static double Dot(double[] a, double[] b, int count)
    {
        double sum = 0;
        for (int m = 0; m < count; m++)
            sum += a[m] * b[m];
        return sum;
    }
}
