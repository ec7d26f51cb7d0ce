using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// A problem of fewer rows than features in the space that its rows span: with X Xᵀ = L Lᵀ, L of n rows and r ≤ n columns, the weights W = V L⁺ X of least norm
/// give the logits V Lᵀ and have the norm of V, so that a ridge penalty means the same for both. What is found for the rows of L is found for the rows of X.
/// </summary>
/// <remarks>Source: T. Hastie and R. Tibshirani, "Efficient quadratic regularization for expression arrays", Biostatistics 5 (2004).</remarks>
internal sealed class RowSpace
{
    /// <summary>Pivots below this share of the largest are 0 that was rounded: centred columns make the last one so.</summary>
    private const double SmallestPivot = 1e-10;

    private readonly double[] _lower;
    private readonly int[] _pivots;
    private readonly int _count;

    private RowSpace(double[] lower, int[] pivots, int count) => (_lower, _pivots, _count) = (lower, pivots, count);

    /// <summary>r.</summary>
    public int Rank => _pivots.Length;

    /// <summary>L, n×r row-major.</summary>
    public DenseRows<double> Rows => new(_lower, _count, Rank);

    /// <summary>Factors X Xᵀ, row after row of largest remainder first (Cholesky with pivots).</summary>
    public static RowSpace Of<T>(DenseRows<T> rows, int threads, CancellationToken cancellationToken) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int n = checked((int)rows.Count);
        double[] gram = RowGram.Of(rows, threads, cancellationToken), lower = new double[n * n], rest = new double[n];
        for (int i = 0; i < n; i++)
            rest[i] = gram[i * n + i];
        double largest = rest.Max();
        List<int> pivots = [];
        bool[] isPivot = new bool[n];
        while (pivots.Count < n)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int pivot = -1;
            for (int i = 0; i < n; i++)
                if (!isPivot[i] && (pivot < 0 || rest[i] > rest[pivot]))
                    pivot = i;
            if (!(rest[pivot] > SmallestPivot * largest))
                break;
            int column = pivots.Count;
            double root = Math.Sqrt(rest[pivot]);
            isPivot[pivot] = true;
            pivots.Add(pivot);
            lower[pivot * n + column] = root;
            ReadOnlySpan<double> own = lower.AsSpan(pivot * n, column);
            for (int i = 0; i < n; i++)
                if (!isPivot[i])
                {
                    double entry = (gram[Math.Max(i, pivot) * n + Math.Min(i, pivot)] - VectorArithmetic.Dot(lower.AsSpan(i * n, column), own)) / root;
                    lower[i * n + column] = entry;
                    rest[i] -= entry * entry;
                }
        }
        double[] packed = new double[n * pivots.Count];
        for (int i = 0; i < n; i++)
            lower.AsSpan(i * n, pivots.Count).CopyTo(packed.AsSpan(i * pivots.Count));
        return new RowSpace(packed, [.. pivots], n);
    }

    /// <summary>W = A X for the A of the pivot rows with A L = V.</summary>
    /// <param name="rows">X.</param>
    /// <param name="weights">V, K×r.</param>
    /// <param name="classes">K.</param>
    public double[] Lift<T>(DenseRows<T> rows, ReadOnlySpan<double> weights, int classes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int rank = Rank, d = rows.Features;
        double[] multipliers = weights.ToArray(), lifted = new double[classes * d], row = new double[d];
        for (int k = 0; k < classes; k++)
            // The pivot rows of L, in their order, are a lower triangle.
            for (int a = rank - 1; a >= 0; a--)
            {
                ReadOnlySpan<double> own = _lower.AsSpan(_pivots[a] * rank, a + 1);
                double multiplier = multipliers[k * rank + a] /= own[a];
                VectorArithmetic.AddScaled(-multiplier, own[..a], multipliers.AsSpan(k * rank, a));
            }
        for (int a = 0; a < rank; a++)
        {
            rows.CopyRow(_pivots[a], row);
            for (int k = 0; k < classes; k++)
                VectorArithmetic.AddScaled(multipliers[k * rank + a], row, lifted.AsSpan(k * d, d));
        }
        return lifted;
    }
}
