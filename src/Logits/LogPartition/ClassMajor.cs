using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits;

/// <summary>
/// Softmax and its derivative on a class-major tile (K × stride; a column is a row of the table), the way logits come out of a matrix product and residuals go
/// into the next one. A column never meets another: results have the same bits in registers of every width, whatever lies in the columns beyond the rows.
/// </summary>
internal static unsafe class ClassMajor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The numbers that a stride is a multiple of.</summary>
    public const int StrideUnit = 16;

    /// <summary>p = softmax(o) and A(o) = log Σ_k exp(o_k) of each column, for logits below +∞ of which not all are −∞.</summary>
    /// <param name="logits">o, K × stride.</param>
    /// <param name="stride">A multiple of <see cref="StrideUnit"/>; what lies beyond the rows is any numbers.</param>
    /// <param name="rows">How many columns matter; others may be computed too.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="probabilities">Receives p, K × stride; may be the logits.</param>
    /// <param name="logPartition">Receives A, in room for a stride.</param>
    /// <remarks>
    /// Relative error of a probability: at most (max − o_k + 8) ε; one that would be a denormal may be 0. Error of A: at most 8 ε (max_k |o_k| + log K + 1).
    /// </remarks>
    public static void Softmax(T* logits, int stride, int rows, int classes, T* probabilities, T* logPartition)
    {
        if (Vector512.IsHardwareAccelerated)
            Softmax<Lanes512<T>>(logits, stride, rows, classes, probabilities, logPartition);
        else if (Vector256.IsHardwareAccelerated)
            Softmax<Lanes256<T>>(logits, stride, rows, classes, probabilities, logPartition);
        else if (Vector128.IsHardwareAccelerated)
            Softmax<Lanes128<T>>(logits, stride, rows, classes, probabilities, logPartition);
        else
            Softmax<SingleLane<T>>(logits, stride, rows, classes, probabilities, logPartition);
    }

    /// <summary>u ← w p ⊙ (u − ⟨p, u⟩) in each column: the Hessian of w A times the change u of the logits.</summary>
    /// <param name="probabilities">p, K × stride.</param>
    /// <param name="changes">u, K × stride: receives the products.</param>
    /// <param name="stride">A multiple of <see cref="StrideUnit"/>; what lies beyond the rows is any numbers.</param>
    /// <param name="rows">How many columns matter; others may be computed too.</param>
    /// <param name="classes">K ≥ 1.</param>
    /// <param name="weights">w of each column, a stride of them.</param>
    /// <remarks>Error of each entry against the exact product of the given numbers: at most 8 ε w p_k (|u_k| + Σ_j p_j |u_j|).</remarks>
    public static void CovarianceProduct(T* probabilities, T* changes, int stride, int rows, int classes, T* weights)
    {
        if (Vector512.IsHardwareAccelerated)
            CovarianceProduct<Lanes512<T>>(probabilities, changes, stride, rows, classes, weights);
        else if (Vector256.IsHardwareAccelerated)
            CovarianceProduct<Lanes256<T>>(probabilities, changes, stride, rows, classes, weights);
        else if (Vector128.IsHardwareAccelerated)
            CovarianceProduct<Lanes128<T>>(probabilities, changes, stride, rows, classes, weights);
        else
            CovarianceProduct<SingleLane<T>>(probabilities, changes, stride, rows, classes, weights);
    }

    /// <summary>In registers of a given shape.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax<V>(T* logits, int stride, int rows, int classes, T* probabilities, T* logPartition) where V : struct, ILanes<V, T>
    {
        T* sums = stackalloc T[ClassTile<V, T>.MaxColumns], errors = stackalloc T[ClassTile<V, T>.MaxColumns];
        int block = ClassTile<V, T>.Columns(classes);
        for (int i = 0; i < rows; i += block)
        {
            int columns = Math.Min(block, (rows - i + V.Count - 1) / V.Count * V.Count);
            T* max = logPartition + i, p = probabilities + i;
            ClassTile<V, T>.Maxima(logits + i, stride, columns, classes, max);
            if (VectorMath.HasExp2Near)
                Exponentials<V, FlushedExponential>(logits + i, p, stride, columns, classes, max, sums, errors);
            else
                Exponentials<V, WideExponential>(logits + i, p, stride, columns, classes, max, sums, errors);
            ClassTile<V, T>.Finish(sums, columns, max);
            ClassTile<V, T>.Scale(p, stride, columns, classes, sums);
        }
    }

    /// <summary>In registers of a given shape.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void CovarianceProduct<V>(T* probabilities, T* changes, int stride, int rows, int classes, T* weights) where V : struct, ILanes<V, T>
    {
        T* means = stackalloc T[ClassTile<V, T>.MaxColumns], errors = stackalloc T[ClassTile<V, T>.MaxColumns];
        int block = ClassTile<V, T>.Columns(classes);
        for (int i = 0; i < rows; i += block)
        {
            int columns = Math.Min(block, (rows - i + V.Count - 1) / V.Count * V.Count);
            T* p = probabilities + i, u = changes + i, w = weights + i;
            ColumnSums<V, T>.Sum<ProductTerm<V, T>>(p, u, stride, columns, classes, w, default, means, errors, null, default);
            ClassTile<V, T>.Center(p, u, stride, columns, classes, means, w);
        }
    }

    private static void Exponentials<V, E>(T* logits, T* target, nint stride, int columns, int classes, T* max, T* sums, T* errors)
        where V : struct, ILanes<V, T> where E : IExponential =>
        ColumnSums<V, T>.Sum<ExponentialTerm<E, V, T>>(logits, target, stride, columns, classes, max, V.Create(E.Rate(T.One)), sums, errors, null, default);
}
