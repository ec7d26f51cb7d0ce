using System.Numerics;
using Logits.Numerics;

namespace Logits.Tests.Numerics;

public unsafe class TransposeTests
{
    private const int Largest = 40;

    [Fact]
    public void Every_size_in_every_shape()
    {
        AssertEverySize<float>();
        AssertEverySize<double>();
    }

    private static void AssertEverySize<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int rows = 0; rows <= Largest; rows++)
            for (int columns = 0; columns <= Largest; columns++)
            {
                AssertCopies<T>(rows, columns, Transpose<T>.Copy);
                AssertCopies<T>(rows, columns, Transpose<T>.Copy<SingleLane<T>>);
                AssertCopies<Lanes128<T>, T>(rows, columns);
                AssertCopies<Lanes256<T>, T>(rows, columns);
                AssertCopies<Lanes512<T>, T>(rows, columns);
            }
    }

    private static void AssertCopies<V, T>(int rows, int columns) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows >= V.Count)
            AssertCopies<T>(rows, columns, Transpose<T>.Copy<V>);
    }

    private static void AssertCopies<T>(int rows, int columns, Copy<T> copy) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // A guard of NaN before, behind and between the rows must neither be copied nor be written to.
        int sourceStride = columns + 1, targetStride = rows + 2;
        T[] source = new T[rows * sourceStride + 2], target = new T[columns * targetStride + 2], expected = new T[target.Length];
        Array.Fill(source, T.NaN);
        Array.Fill(target, T.NaN);
        Array.Fill(expected, T.NaN);
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++)
                expected[1 + j * targetStride + i] = source[1 + i * sourceStride + j] = T.CreateTruncating(i * 100 + j);
        fixed (T* from = source, to = target)
            copy(from + 1, sourceStride, rows, columns, to + 1, targetStride);
        Assert.Equal(expected, target);
    }

    private delegate void Copy<T>(T* source, nint sourceStride, int rows, int columns, T* target, nint targetStride) where T : unmanaged;
}
