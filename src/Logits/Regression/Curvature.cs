using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// S̄, the weighted mean of diag(p) − p pᵀ over all rows: the K×K factor of the preconditioner, and what intercepts respond to. Where K is large only its diagonal, because the whole would
/// cost more than it saves.
/// </summary>
internal sealed unsafe class Curvature(int classes)
{
    private const int LargestFull = 64;

    private readonly double[] _sums = new double[Length(classes)];
    private (double[] Values, double[] Vectors)? _eigenvectors;

    /// <summary>Whether S̄ is known whole, not only its diagonal.</summary>
    public bool IsFull => classes <= LargestFull;

    /// <summary>The numbers each thread sums: Σ w p_k p_l for l ≤ k (K×K) or for l = k alone (K), then Σ w p_k (K).</summary>
    public static int Length(int classes) => (classes <= LargestFull ? classes * classes : classes) + classes;

    /// <summary>Adds a tile, class-major, of weighted probabilities w p and of p itself; columns from <paramref name="rows"/> on have weight 0.</summary>
    public void Add<T>(T* weighted, T* probabilities, int stride, int rows, double rounder, Span<double> sums)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Span<double> products = sums[..^classes], totals = sums[^classes..];
        for (int k = 0; k < classes; k++)
        {
            T* wp = weighted + (nint)k * stride;
            double total = 0;
            for (int i = 0; i < rows; i++)
                total += double.CreateTruncating(wp[i]);
            totals[k] += ReproducibleSum.Round(total, rounder);
            if (IsFull)
                for (int l = 0; l <= k; l++)
                    products[k * classes + l] += ReproducibleSum.Round(Dot(wp, probabilities + (nint)l * stride, rows), rounder);
            else
                products[k] += ReproducibleSum.Round(Dot(wp, probabilities + (nint)k * stride, rows), rounder);
        }
    }

    /// <summary>Takes the sums of all threads, and leaves them empty.</summary>
    public void Collect(IEnumerable<double[]> threadSums)
    {
        _eigenvectors = null;
        Array.Clear(_sums);
        foreach (double[] sums in threadSums)
        {
            for (int j = 0; j < sums.Length; j++)
                _sums[j] += sums[j];
            Array.Clear(sums);
        }
    }

    /// <summary>The eigenvalues of S̄, descending, and its eigenvectors as rows; where S̄ is not known whole, its diagonal stands for it.</summary>
    public (double[] Values, double[] Vectors) Eigenvectors() => _eigenvectors ??= IsFull ? SymmetricEigen.Decompose(Mean(), classes) : SortedDiagonal();

    /// <summary>The c with S̄ c = <paramref name="gradient"/>, whose entries sum to 0: the change of intercepts that such a gradient calls for. Needs S̄ whole.</summary>
    public double[] InterceptStep(ReadOnlySpan<double> gradient)
    {
        (double[] values, double[] vectors) = Eigenvectors();
        double[] step = new double[classes];
        for (int k = 0; k < classes && values[k] > 1e-12 * values[0]; k++)
        {
            ReadOnlySpan<double> vector = vectors.AsSpan(k * classes, classes);
            VectorArithmetic.AddScaled(VectorArithmetic.Dot(vector, gradient) / values[k], vector, step);
        }
        return step;
    }

    /// <summary>The K diagonal entries of S̄: mean p_k (1 − p_k).</summary>
    public double[] Diagonal()
    {
        double[] diagonal = new double[classes];
        double weight = Weight();
        for (int k = 0; k < classes; k++)
            diagonal[k] = (Totals[k] - _sums[IsFull ? k * classes + k : k]) / weight;
        return diagonal;
    }

    private (double[] Values, double[] Vectors) SortedDiagonal()
    {
        double[] values = Diagonal(), vectors = new double[classes * classes];
        int[] order = [.. Enumerable.Range(0, classes)];
        Array.Sort(values, order);
        Array.Reverse(values);
        for (int k = 0; k < classes; k++)
            vectors[k * classes + order[classes - 1 - k]] = 1;
        return (values, vectors);
    }

    private ReadOnlySpan<double> Totals => _sums.AsSpan(^classes..);

    /// <summary>The diagonal is what makes rows sum to 0, to the last bit: a shift of all logits must not look as if it mattered.</summary>
    private double[] Mean()
    {
        double[] mean = new double[classes * classes];
        double weight = Weight();
        for (int k = 0; k < classes; k++)
            for (int l = 0; l < k; l++)
            {
                double product = _sums[k * classes + l] / weight;
                mean[k * classes + l] = mean[l * classes + k] = -product;
                mean[k * classes + k] += product;
                mean[l * classes + l] += product;
            }
        return mean;
    }

    private double Weight()
    {
        double weight = 0;
        foreach (double total in Totals)
            weight += total;
        return weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot<T>(T* a, T* b, int length) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Vector256<T> sum = default;
        for (int i = 0; i < length; i += Vector256<T>.Count)
            sum += Vector256.Load(a + i) * Vector256.Load(b + i);
        return double.CreateTruncating(Vector256.Sum(sum));
    }
}
