using System.Numerics;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits;

/// <summary>Stand-in until the kernels branch lands.</summary>
internal static unsafe class ClassMajor<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Softmax(T* logits, int stride, int rows, int classes, T* probabilities, T* logPartition)
    {
        for (int i = 0; i < rows; i += Vector256<T>.Count)
        {
            T* column = logits + i;
            Vector256<T> max = Vector256.Load(column);
            for (int k = 1; k < classes; k++)
                max = Vector256.Max(max, Vector256.Load(column + (nint)k * stride));
            Vector256<T> sum = default;
            for (int k = 0; k < classes; k++)
            {
                Vector256<T> e = Exp(Vector256.Load(column + (nint)k * stride) - max);
                e.Store(probabilities + (nint)k * stride + i);
                sum += e;
            }
            Vector256<T> inverse = Vector256<T>.One / sum;
            (max + Log(sum)).Store(logPartition + i);
            for (int k = 0; k < classes; k++)
                (Vector256.Load(probabilities + (nint)k * stride + i) * inverse).Store(probabilities + (nint)k * stride + i);
        }
    }

    public static void CovarianceProduct(T* probabilities, T* changes, int stride, int rows, int classes, T* weights)
    {
        for (int i = 0; i < rows; i += Vector256<T>.Count)
        {
            Vector256<T> mean = default;
            for (int k = 0; k < classes; k++)
                mean += Vector256.Load(probabilities + (nint)k * stride + i) * Vector256.Load(changes + (nint)k * stride + i);
            for (int k = 0; k < classes; k++)
                (Vector256.Load(weights + i) * Vector256.Load(probabilities + (nint)k * stride + i) * (Vector256.Load(changes + (nint)k * stride + i) - mean)).Store(changes + (nint)k * stride + i);
        }
    }

    private static Vector256<T> Exp(Vector256<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Exp(x.AsSingle()).As<float, T>() : VectorMath.Exp(x.AsDouble()).As<double, T>();

    private static Vector256<T> Log(Vector256<T> x) =>
        typeof(T) == typeof(float) ? VectorMath.Log(x.AsSingle()).As<float, T>() : VectorMath.Log(x.AsDouble()).As<double, T>();
}
