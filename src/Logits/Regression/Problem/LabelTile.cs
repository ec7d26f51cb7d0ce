using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// The labels' part in a class-major tile: ⟨y_i, o_i⟩ taken off the logits before they become probabilities, and w_i y_i off the weighted probabilities
/// afterwards.
/// </summary>
internal sealed unsafe class LabelTile<T>(Labels labels) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>o_i ← o_i − ⟨y_i, o_i⟩ 1 in every column: then A(o_i) is the loss of the row, without the cancellation of two large numbers.</summary>
    public void Centre(T* logits, int stride, long first, int rows, int used, T* scratch)
    {
        Read(logits, stride, first, rows, scratch);
        new Span<T>(scratch + rows, used - rows).Clear();
        for (int k = 0; k < labels.Classes; k++)
            Subtract(logits + (nint)k * stride, scratch, used);
    }

    /// <summary>
    /// others_i = Σ_{k ≠ y_i} p_ik, where labels are class indices: summed without the label's own probability, beside which they would be lost. False for soft
    /// labels.
    /// </summary>
    public bool SumOthers(T* probabilities, int stride, long first, int rows, int used, T* own, T* others)
    {
        if (!labels.AreIndices)
            return false;
        ReadOnlySpan<int> indices = labels.Indices.Slice((int)first, rows);
        for (int i = 0; i < rows; i++)
        {
            ref T label = ref probabilities[(nint)indices[i] * stride + i];
            own[i] = label;
            label = T.Zero;
        }
        new Span<T>(others, used).Clear();
        for (int k = 0; k < labels.Classes; k++)
            TileSums<T>.Add(probabilities + (nint)k * stride, used, others);
        for (int i = 0; i < rows; i++)
            probabilities[(nint)indices[i] * stride + i] = own[i];
        return true;
    }

    /// <summary>residuals_i −= w_i y_i.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(T* residuals, int stride, long first, int rows, T* weights)
    {
        if (labels.AreIndices)
        {
            ReadOnlySpan<int> indices = labels.Indices.Slice((int)first, rows);
            for (int i = 0; i < rows; i++)
                residuals[(nint)indices[i] * stride + i] -= weights[i];
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> y = labels.Distribution(first + i);
            for (int k = 0; k < y.Length; k++)
                residuals[(nint)k * stride + i] -= weights[i] * T.CreateTruncating(y[k]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Read(T* logits, int stride, long first, int rows, T* scores)
    {
        if (labels.AreIndices)
        {
            ReadOnlySpan<int> indices = labels.Indices.Slice((int)first, rows);
            for (int i = 0; i < rows; i++)
                scores[i] = logits[(nint)indices[i] * stride + i];
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            double score = 0;
            ReadOnlySpan<double> y = labels.Distribution(first + i);
            for (int k = 0; k < y.Length; k++)
                if (y[k] != 0)
                    score += y[k] * double.CreateTruncating(logits[(nint)k * stride + i]);
            scores[i] = T.CreateTruncating(score);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(T* row, T* scores, int used)
    {
        for (int i = 0; i < used; i += Vector<T>.Count)
            Unsafe.WriteUnaligned(row + i, Unsafe.ReadUnaligned<Vector<T>>(row + i) - Unsafe.ReadUnaligned<Vector<T>>(scores + i));
    }
}
