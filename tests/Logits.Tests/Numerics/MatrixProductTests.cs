using System.Numerics;
using Logits.Numerics;

namespace Logits.Tests.Numerics;

public unsafe class MatrixProductTests
{
    private static readonly int[] Depths =
        [.. Enumerable.Range(1, 40), .. Around(MatrixProduct<double>.PanelLength), .. Around(2 * MatrixProduct<double>.PanelLength)];

    /// <summary>Whatever is left over along each side, in registers of every width, where A lies by rows and where it lies by columns.</summary>
    [Fact]
    public void Every_entry_has_the_bits_of_a_plain_sum_by_panels_in_floats() => AssertBits<float>();

    [Fact]
    public void Every_entry_has_the_bits_of_a_plain_sum_by_panels_in_doubles() => AssertBits<double>();

    [Fact]
    public void A_unit_is_16_bytes()
    {
        Assert.Equal(4, MatrixProduct<float>.Unit);
        Assert.Equal(2, MatrixProduct<double>.Unit);
    }

    [Fact]
    public void Nothing_is_added_where_there_is_nothing_to_sum()
    {
        AssertBits<float>(3, 8, 0, byColumns: false);
        AssertBits<double>(0, 8, 3, byColumns: false);
    }

    private static int[] Around(int panel) => [panel - 1, panel, panel + 1];

    private static void AssertBits<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        for (int m = 1; m <= 13; m++)
            for (int n = MatrixProduct<T>.Unit; n <= 68; n += MatrixProduct<T>.Unit)
                foreach (int depth in Depths)
                    AssertBits<T>(m, n, depth, byColumns: (m + depth) % 2 == 0);
        // More blocks than one.
        foreach ((int m, int n, int depth) in new[] { (64, 12, 784), (10, 784, 64), (100, 200, 50), (5, 20, 256), (256, 8, 20), (131, 132, 70) })
            AssertBits<T>(m, n, depth, byColumns: m > n);
    }

    private static void AssertBits<T>(int m, int n, int depth, bool byColumns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Case<T> product = new(m, n, depth, byColumns);
        foreach (int width in Shape.Widths)
            Assert.True(product.HasBits(width), $"{m} × {n} × {depth} in {width} bits");
        Assert.True(product.HasBits(null), $"{m} × {n} × {depth}");
    }

    /// <summary>Two matrices, a third to add to, and what comes of them; between the rows lie numbers that do not belong to them.</summary>
    private sealed class Case<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly int _m, _n, _depth, _aRow, _aStep, _stride;
        private readonly T[] _a, _b, _c, _expected;

        public Case(int m, int n, int depth, bool byColumns)
        {
            (_m, _n, _depth, _stride) = (m, n, depth, n + 3);
            (_aRow, _aStep) = byColumns ? (1, m + 5) : (depth + 5, 1);
            Random random = new(m + 100 * n + 10_000 * depth);
            _a = Numbers(byColumns ? depth * _aStep : m * _aRow, random);
            _b = Numbers(depth * _stride, random);
            _c = Numbers(m * _stride, random);
            _expected = [.. _c];
            for (int i = 0; i < m; i++)
                for (int t = 0; t < depth; t += MatrixProduct<T>.PanelLength)
                    for (int j = 0; j < n; j++)
                        _expected[i * _stride + j] += PanelSum(i, j, t, Math.Min(t + MatrixProduct<T>.PanelLength, depth));
        }

        /// <summary>Whether registers of a width, or of the one that this machine chooses, give the expected bits, also beside the result.</summary>
        public bool HasBits(int? width)
        {
            T[] result = [.. _c];
            fixed (T* a = _a, b = _b, c = result)
                if (width is { } bits)
                    MatrixProduct<T>.Add(bits, new()
                    {
                        A = a, ARow = _aRow, AStep = _aStep, Rows = _m, B = b, BStride = _stride, Columns = _n, Depth = _depth, C = c, CStride = _stride,
                    });
                else
                    MatrixProduct<T>.Add(a, _aRow, _aStep, _m, b, _stride, _n, _depth, c, _stride);
            return result.AsSpan().SequenceEqual(_expected);
        }

        private T PanelSum(int i, int j, int from, int to)
        {
            T sum = T.Zero;
            for (int t = from; t < to; t++)
            {
                T a = _a[i * _aRow + t * _aStep], b = _b[t * _stride + j];
                sum = VectorMath.HasExp2Near ? T.FusedMultiplyAdd(a, b, sum) : a * b + sum;
            }
            return sum;
        }

        private static T[] Numbers(int count, Random random)
        {
            T[] numbers = new T[count];
            for (int i = 0; i < count; i++)
                numbers[i] = T.CreateTruncating(random.NextSingle() - 0.5f);
            return numbers;
        }
    }
}
