namespace Logits.Claims.Judging.Solving;

/// <summary>Small systems of linear equations in doubles.</summary>
internal static class Linear
{
    /// <summary>The combination of the columns that gives the right side in the rows named; null where there is none.</summary>
    public static double[]? Solve(double[][] columns, IReadOnlyList<int> rows, double[] right)
    {
        int size = columns.Length;
        double[][] table = [.. rows.Select(row => columns.Select(column => column[row]).Append(right[row]).ToArray())];
        for (int k = 0; k < size; k++)
        {
            int best = Enumerable.Range(k, size - k).MaxBy(i => Math.Abs(table[i][k]));
            if (Math.Abs(table[best][k]) < 1e-14)
            {
                return null;
            }
            (table[k], table[best]) = (table[best], table[k]);
            for (int i = 0; i < size; i++)
            {
                double factor = i == k ? 0 : table[i][k] / table[k][k];
                for (int j = k; j <= size && factor != 0; j++)
                {
                    table[i][j] -= factor * table[k][j];
                }
            }
        }
        return [.. Enumerable.Range(0, size).Select(k => table[k][size] / table[k][k])];
    }

    /// <summary>The inverse of the matrix with these columns, row by row; null where there is none.</summary>
    public static double[][]? Inverse(double[][] columns)
    {
        int size = columns.Length;
        int[] rows = [.. Enumerable.Range(0, size)];
        double[]?[] inverse = [.. rows.Select(k => Solve(columns, rows, [.. rows.Select(i => i == k ? 1.0 : 0.0)]))];
        return inverse.Contains(null) ? null : [.. rows.Select(i => rows.Select(k => inverse[k]![i]).ToArray())];
    }
}
