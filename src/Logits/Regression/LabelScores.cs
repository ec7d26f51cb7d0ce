using System.Numerics;
using System.Runtime.CompilerServices;

namespace Logits.Regression;

/// <summary>The labels' part in a tile: ⟨y_i, o_i⟩ before the logits become probabilities, and w_i y_i taken off afterwards.</summary>
internal sealed unsafe class LabelScores<T>(Labels labels) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>scores[i] = ⟨y_i, o_i⟩ for the columns o_i of a class-major tile; the others up to a whole vector are 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(T* logits, int stride, int first, int rows, T* scores)
    {
        new Span<T>(scores, stride)[rows..].Clear();
        if (labels.AreIndices)
        {
            ReadOnlySpan<int> indices = labels.Indices.Slice(first, rows);
            for (int i = 0; i < rows; i++)
                scores[i] = logits[(nint)indices[i] * stride + i];
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            double score = 0;
            ReadOnlySpan<double> y = Row(first + i);
            for (int k = 0; k < y.Length; k++)
                if (y[k] != 0)
                    score += y[k] * double.CreateTruncating(logits[(nint)k * stride + i]);
            scores[i] = T.CreateTruncating(score);
        }
    }

    /// <summary>residuals_i −= w_i y_i for the columns of a class-major tile.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Subtract(T* residuals, int stride, int first, int rows, T* weights)
    {
        if (labels.AreIndices)
        {
            ReadOnlySpan<int> indices = labels.Indices.Slice(first, rows);
            for (int i = 0; i < rows; i++)
                residuals[(nint)indices[i] * stride + i] -= weights[i];
            return;
        }
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> y = Row(first + i);
            for (int k = 0; k < y.Length; k++)
                residuals[(nint)k * stride + i] -= weights[i] * T.CreateTruncating(y[k]);
        }
    }

    private ReadOnlySpan<double> Row(int row) => labels.Probabilities.Slice(row * labels.Classes, labels.Classes);
}
