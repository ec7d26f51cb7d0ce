using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// Which columns are linear combinations of others (and a constant), found by a Cholesky factorisation of the centred and scaled Gram matrix in the order of
/// the columns. Without a penalty their coefficients are free; the solution of least norm is then the one that is given.
/// </summary>
internal sealed class ColumnSpace
{
    private const double LargestShare = 1e-10;

    private readonly List<DependentColumn> _dependent = [];
    private readonly int _features;

    private ColumnSpace(int features) => _features = features;

    /// <summary>The columns that are left out of a fit.</summary>
    public int[] Fixed => [.. _dependent.Select(c => c.Feature)];

    public IReadOnlyList<DependentColumn> Dependent => _dependent;

    /// <summary>All columns independent, as far as is known.</summary>
    public static ColumnSpace Independent(ColumnSummary columns) => new(columns.Scales.Length);

    /// <param name="gram">C of all rows, in double precision.</param>
    /// <param name="columns">What is known of the columns.</param>
    /// <param name="unitRoundoff">Of the precision of the data: a combination need only hold as far as the rounding of its columns lets it.</param>
    public static ColumnSpace Of(double[] gram, ColumnSummary columns, double unitRoundoff)
    {
        int d = columns.Scales.Length, order = d + 1;
        ColumnSpace space = new(d);
        double[] deviations = new double[d];
        double[] covariance = new double[d * d];
        for (int j = 0; j < d; j++)
            for (int l = 0; l <= j; l++)
                covariance[j * d + l] = gram[j * order + l] - gram[j * order + d] * gram[l * order + d];
        for (int j = 0; j < d; j++)
            deviations[j] = Math.Sqrt(Math.Max(0, covariance[j * d + j]));
        List<int> kept = [];
        List<double[]> factor = [];
        for (int j = 0; j < d; j++)
        {
            // Row of the factor for column j over the columns kept so far, in units of standard deviations.
            double[] row = new double[kept.Count + 1];
            double rest = 1;
            for (int a = 0; a < kept.Count; a++)
            {
                int l = kept[a];
                double correlation = deviations[j] == 0 ? 0 : covariance[j * d + l] / (deviations[j] * deviations[l]);
                row[a] = (correlation - VectorArithmetic.Dot(row.AsSpan(0, a), factor[a].AsSpan(0, a))) / factor[a][a];
                rest -= row[a] * row[a];
            }
            double[] coefficients = Combination(row, factor, kept.Count);
            if (deviations[j] <= 1e-13 * columns.Scales[j] || rest <= Tolerance(coefficients, kept, deviations, columns, j, unitRoundoff))
            {
                space.Add(j, coefficients, kept, deviations, columns);
                continue;
            }
            row[kept.Count] = Math.Sqrt(rest);
            kept.Add(j);
            factor.Add(row);
        }
        return space;
    }

    /// <summary>The point of least weights among those that give the same logits: what the dependent columns can take over, they do.</summary>
    /// <param name="point">W, K×d, then b; the dependent columns' coefficients are 0.</param>
    /// <param name="classes">K.</param>
    public void Spread(double[] point, int classes)
    {
        if (_dependent.Count == 0)
            return;
        // Along z_c: column c up by one, its terms down by their coefficients. Least squares in as many unknowns as there are dependent columns.
        int m = _dependent.Count;
        double[][] directions = new double[m][];
        for (int c = 0; c < m; c++)
        {
            directions[c] = new double[_features];
            directions[c][_dependent[c].Feature] = 1;
            foreach ((int feature, double coefficient) in _dependent[c].Terms)
                directions[c][feature] = -coefficient;
        }
        double[] normal = new double[m * m], diagonal = new double[m];
        for (int a = 0; a < m; a++)
            for (int b = 0; b <= a; b++)
                normal[a * m + b] = VectorArithmetic.Dot(directions[a], directions[b]);
        Cholesky factor = Cholesky.TryFactor(normal, 1, diagonal)!;
        for (int k = 0; k < classes; k++)
        {
            Span<double> weights = point.AsSpan(k * _features, _features);
            double[] amounts = new double[m];
            for (int c = 0; c < m; c++)
                amounts[c] = -VectorArithmetic.Dot(directions[c], weights);
            factor.Solve(amounts);
            for (int c = 0; c < m; c++)
            {
                VectorArithmetic.AddScaled(amounts[c], directions[c], weights);
                point[classes * _features + k] -= amounts[c] * _dependent[c].Constant;
            }
        }
    }

    private void Add(int j, double[] coefficients, List<int> kept, double[] deviations, ColumnSummary columns)
    {
        List<(int, double)> terms = [];
        double constant = columns.Means[j];
        for (int a = 0; a < coefficients.Length; a++)
        {
            double coefficient = coefficients[a] * deviations[j] / deviations[kept[a]];
            if (Math.Abs(coefficients[a]) <= 1e-6)
                continue;
            terms.Add((kept[a], coefficient));
            constant -= coefficient * columns.Means[kept[a]];
        }
        _dependent.Add(new DependentColumn(j, constant, terms));
    }

    /// <summary>The squared share of a column's deviation that rounding of the columns alone can leave unexplained.</summary>
    private static double Tolerance(double[] coefficients, List<int> kept, double[] deviations, ColumnSummary columns, int j, double unitRoundoff)
    {
        double size = columns.Scales[j] / deviations[j];
        for (int a = 0; a < coefficients.Length; a++)
            size += Math.Abs(coefficients[a]) * columns.Scales[kept[a]] / deviations[kept[a]];
        double rounding = 2 * unitRoundoff * size;
        // However large the columns: what explains more than this of a column's variance is a column of its own.
        return Math.Min(LargestShare, Math.Max(rounding * rounding, 1e-14 * size * size));
    }

    /// <summary>The coefficients, in units of standard deviations, of the combination of the columns kept that comes nearest to a column.</summary>
    private static double[] Combination(double[] row, List<double[]> factor, int count)
    {
        double[] coefficients = new double[count];
        for (int a = count - 1; a >= 0; a--)
        {
            double sum = row[a];
            for (int b = a + 1; b < count; b++)
                sum -= factor[b][a] * coefficients[b];
            coefficients[a] = sum / factor[a][a];
        }
        return coefficients;
    }
}
