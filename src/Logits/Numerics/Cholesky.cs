using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Numerics;

/// <summary>A = L Lᵀ for a symmetric positive definite matrix of order m, in float64.</summary>
/// <remarks>Blocks of columns are updated by matrix products. Source: G. Golub and C. Van Loan, "Matrix Computations", 4th ed., section 4.2.</remarks>
internal sealed unsafe class Cholesky
{
    private const int BlockSize = 32;

    private readonly int _order;
    private readonly int _stride;
    private readonly double[] _lower;

    private Cholesky(int order)
    {
        _order = order;
        _stride = (order + BlockSize - 1) / BlockSize * BlockSize;
        _lower = GC.AllocateUninitializedArray<double>(checked(_stride * _stride), pinned: true);
    }

    /// <summary>The factor of s C + λ D, or null where that is not positive definite to working precision.</summary>
    /// <param name="matrix">C, order × order row-major; its lower triangle is read.</param>
    /// <param name="scale">s.</param>
    /// <param name="diagonal">λ D, order entries added to the diagonal.</param>
    public static Cholesky? TryFactor(ReadOnlySpan<double> matrix, double scale, ReadOnlySpan<double> diagonal)
    {
        Cholesky factor = new(diagonal.Length);
        factor.Fill(matrix, scale, diagonal);
        return factor.Factor() ? factor : null;
    }

    /// <summary>Solves A x = b in place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Solve(Span<double> b)
    {
        fixed (double* lower = _lower, x = b)
        {
            for (int i = 0; i < _order; i++)
            {
                double* row = lower + (nint)i * _stride;
                x[i] = (x[i] - Dot(row, x, i)) / row[i];
            }
            for (int i = _order - 1; i >= 0; i--)
            {
                double* row = lower + (nint)i * _stride;
                x[i] /= row[i];
                VectorArithmetic.AddScaled(-x[i], new ReadOnlySpan<double>(row, i), new Span<double>(x, i));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Fill(ReadOnlySpan<double> matrix, double scale, ReadOnlySpan<double> diagonal)
    {
        for (int i = 0; i < _stride; i++)
        {
            Span<double> row = _lower.AsSpan(i * _stride, _stride);
            row.Clear();
            if (i >= _order)
            {
                // The order is rounded up to whole blocks by a unit matrix.
                row[i] = 1;
                continue;
            }
            for (int j = 0; j <= i; j++)
                row[j] = scale * matrix[i * _order + j];
            row[i] += diagonal[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Factor()
    {
        double* products = stackalloc double[BlockSize * BlockSize];
        AlignedArray<double> columns = new((long)_stride * BlockSize);
        fixed (double* lower = _lower)
            for (int from = 0; from < _stride; from += BlockSize)
            {
                double* panel = lower + (nint)from * _stride;
                Transpose<double>.Copy(panel, _stride, BlockSize, from, columns.Pointer, BlockSize);
                for (int i = from; from > 0 && i < _stride; i += BlockSize)
                {
                    double* rows = lower + (nint)i * _stride;
                    new Span<double>(products, BlockSize * BlockSize).Clear();
                    MatrixProduct<double>.Add(rows, _stride, 1, BlockSize, columns.Pointer, BlockSize, BlockSize, from, products, BlockSize);
                    for (int r = 0; r < BlockSize; r++)
                        for (int k = 0; k < BlockSize; k++)
                            rows[(nint)r * _stride + from + k] -= products[r * BlockSize + k];
                }
                if (!FactorPanel(lower, from))
                    return false;
            }
        return true;
    }

    /// <summary>The columns of one block, once all earlier columns have been subtracted.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool FactorPanel(double* lower, int from)
    {
        for (int j = from; j < from + BlockSize; j++)
        {
            double* pivotRow = lower + (nint)j * _stride;
            double pivot = pivotRow[j] - Dot(pivotRow + from, pivotRow + from, j - from);
            if (!(pivot > 0))
                return false;
            double root = Math.Sqrt(pivot);
            pivotRow[j] = root;
            for (int i = j + 1; i < _stride; i++)
            {
                double* row = lower + (nint)i * _stride;
                row[j] = (row[j] - Dot(row + from, pivotRow + from, j - from)) / root;
            }
        }
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double Dot(double* a, double* b, int length)
    {
        Vector256<double> even = default, odd = default;
        int j = 0;
        for (; j + 8 <= length; j += 8)
        {
            even = Vector256.MultiplyAddEstimate(Vector256.Load(a + j), Vector256.Load(b + j), even);
            odd = Vector256.MultiplyAddEstimate(Vector256.Load(a + j + 4), Vector256.Load(b + j + 4), odd);
        }
        double sum = Vector256.Sum(even + odd);
        for (; j < length; j++)
            sum += a[j] * b[j];
        return sum;
    }
}
