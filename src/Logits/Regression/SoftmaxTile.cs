using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// What happens between the two matrix products of a pass, on a class-major tile of scores (K × stride; a column is a row of the table): whole vectors of rows
/// go from logits to probabilities, losses and residuals while the tile is in cache.
/// </summary>
internal static unsafe class SoftmaxTile<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>scores_k += intercepts_k in every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddIntercepts(T* scores, int stride, int rows, ReadOnlySpan<T> intercepts)
    {
        for (int k = 0; k < intercepts.Length; k++)
        {
            T* row = scores + (nint)k * stride;
            Vector256<T> intercept = Vector256.Create(intercepts[k]);
            for (int i = 0; i < rows; i += TileKernels<T>.Lanes)
                (Vector256.Load(row + i) + intercept).Store(row + i);
        }
    }

    /// <summary>
    /// Turns logits o into weighted probabilities w p, leaves p itself in <paramref name="probabilities"/>, and returns the loss Σ_i w_i [A(o_i) − labelScores_i].
    /// </summary>
    /// <param name="scores">K × stride: logits in, weighted probabilities out.</param>
    /// <param name="stride">A whole number of vectors.</param>
    /// <param name="rows">How many columns matter; the weights of the others up to a whole vector are 0.</param>
    /// <param name="classes">K.</param>
    /// <param name="labelScores">⟨y_i, o_i⟩ of each row.</param>
    /// <param name="weights">w_i of each row.</param>
    /// <param name="probabilities">K × stride.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double WeightedSoftmax(T* scores, int stride, int rows, int classes, T* labelScores, T* weights, T* probabilities)
    {
        Vector256<double> loss = default;
        for (int i = 0; i < rows; i += TileKernels<T>.Lanes)
        {
            T* column = scores + i;
            Vector256<T> max = Max(column, stride, classes);
            Vector256<T> sum = default;
            for (int k = 0; k < classes; k++)
            {
                T* at = column + (nint)k * stride;
                Vector256<T> e = Exp(Vector256.Load(at) - max);
                e.Store(at);
                sum += e;
            }
            Vector256<T> weight = Vector256.Load(weights + i), inverse = Vector256<T>.One / sum;
            AddWidened(ref loss, weight * (max - Vector256.Load(labelScores + i) + Log(sum)));
            for (int k = 0; k < classes; k++)
            {
                T* at = column + (nint)k * stride;
                Vector256<T> p = Vector256.Load(at) * inverse;
                (weight * p).Store(at);
                p.Store(probabilities + (nint)k * stride + i);
            }
        }
        return Vector256.Sum(loss);
    }

    /// <summary>Turns logits o into w p ⊙ (u − ⟨p, u⟩): the rows' part of a Hessian-vector product, for the change u of the logits.</summary>
    /// <param name="scores">K × stride: logits in, products out.</param>
    /// <param name="changes">K × stride: u.</param>
    /// <param name="stride">A whole number of vectors.</param>
    /// <param name="rows">How many columns matter; the weights of the others up to a whole vector are 0.</param>
    /// <param name="classes">K.</param>
    /// <param name="weights">w_i of each row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WeightedCovarianceProduct(T* scores, T* changes, int stride, int rows, int classes, T* weights)
    {
        for (int i = 0; i < rows; i += TileKernels<T>.Lanes)
        {
            T* column = scores + i, change = changes + i;
            Vector256<T> max = Max(column, stride, classes);
            Vector256<T> sum = default, mean = default;
            for (int k = 0; k < classes; k++)
            {
                T* at = column + (nint)k * stride;
                Vector256<T> e = Exp(Vector256.Load(at) - max);
                e.Store(at);
                sum += e;
                mean += e * Vector256.Load(change + (nint)k * stride);
            }
            Vector256<T> inverse = Vector256<T>.One / sum, weight = Vector256.Load(weights + i) * inverse;
            mean *= inverse;
            for (int k = 0; k < classes; k++)
            {
                T* at = column + (nint)k * stride;
                (weight * Vector256.Load(at) * (Vector256.Load(change + (nint)k * stride) - mean)).Store(at);
            }
        }
    }

    /// <summary>The sum of each class's scores over the first <paramref name="rows"/> columns, added in float64 to <paramref name="sums"/>, rounded to a grid.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRowSums(T* scores, int stride, int rows, double rounder, Span<double> sums)
    {
        for (int k = 0; k < sums.Length; k++)
        {
            double sum = 0;
            foreach (T score in new ReadOnlySpan<T>(scores + (nint)k * stride, rows))
                sum += double.CreateTruncating(score);
            sums[k] += ReproducibleSum.Round(sum, rounder);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Max(T* column, int stride, int classes)
    {
        Vector256<T> max = Vector256.Load(column);
        for (int k = 1; k < classes; k++)
            max = Vector256.Max(max, Vector256.Load(column + (nint)k * stride));
        return max;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Exp(Vector256<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Exp(x.AsSingle()).As<float, T>() : VectorMath.Exp(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> Log(Vector256<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Log(x.AsSingle()).As<float, T>() : VectorMath.Log(x.AsDouble()).As<double, T>();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddWidened(ref Vector256<double> sum, Vector256<T> terms)
    {
        if (typeof(T) == typeof(float))
        {
            (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(terms.AsSingle());
            sum += lower + upper;
        }
        else
        {
            sum += terms.AsDouble();
        }
    }
}
