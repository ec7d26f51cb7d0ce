using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Logits.Numerics;

/// <summary>
/// The two matrix products of a softmax regression on a tile of rows that stays in cache: logits (X Wᵀ) and gradient (Rᵀ X).
/// Logits and residuals are class-major (K×rows), so that everything between the two products works on vectors of rows.
/// </summary>
/// <remarks>
/// The vector shape is 256 bits everywhere: on wider hardware too, so that a fit has the same bits there. Blocks of 4 rows × 3 or 2 classes, and of
/// 3 or 2 classes × 4 vectors of features, keep 8 to 12 independent sums in registers, enough to hide the latency of a fused multiply-add.
/// </remarks>
internal static unsafe class TileKernels<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>How many numbers a vector holds.</summary>
    public static int Lanes
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    /// <summary>products[k·productStride + i] = Σ_j x[i·stride + j] w[k·wStride + j].</summary>
    /// <param name="x">Row i begins at i·stride, and <paramref name="width"/> numbers can be read from there.</param>
    /// <param name="rows">How many rows; products are written for this number rounded up to a multiple of 4 (copies of the last row).</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="w">Row k begins at k·<paramref name="wStride"/>; zeros where a row of x has ended.</param>
    /// <param name="wStride">From one row of w to the next.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="width">A whole number of vectors.</param>
    /// <param name="products">classes × productStride.</param>
    /// <param name="productStride">At least <paramref name="rows"/> rounded up to a multiple of 4.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowProducts(T* x, int rows, int stride, T* w, int wStride, int classes, int width, T* products, int productStride)
    {
        for (int i = 0; i < rows; i += 4)
        {
            T* x0 = x + (nint)i * stride;
            T* x1 = x + (nint)Math.Min(i + 1, rows - 1) * stride;
            T* x2 = x + (nint)Math.Min(i + 2, rows - 1) * stride;
            T* x3 = x + (nint)Math.Min(i + 3, rows - 1) * stride;
            for (int k = 0, step; k < classes; k += step)
            {
                step = ClassStep(classes - k);
                T* target = products + (nint)k * productStride + i;
                if (step == 3)
                    RowProducts4x3(x0, x1, x2, x3, w + (nint)k * wStride, wStride, width, target, productStride);
                else
                    RowProducts4x2(x0, x1, x2, x3, w + (nint)k * wStride, wStride, width, target, productStride);
            }
        }
    }

    /// <summary>sums[k·sumStride + j] += Σ_i factors[k·classStride + i·rowStride] x[i·stride + j].</summary>
    /// <param name="x">Row i begins at i·stride, and <paramref name="width"/> numbers can be read from there.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="stride">From one row to the next.</param>
    /// <param name="width">A whole number of vectors.</param>
    /// <param name="factors">The entry of class k and row i lies at k·classStride + i·rowStride.</param>
    /// <param name="classStride">From one class to the next.</param>
    /// <param name="rowStride">From one row to the next.</param>
    /// <param name="classes">At least 2.</param>
    /// <param name="sums">Those of class k begin at k·<paramref name="sumStride"/>.</param>
    /// <param name="sumStride">From one class's sums to the next.</param>
    /// <param name="from">The first feature to sum, a multiple of a vector; the features before it stay as they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOuterProducts(
        T* x, int rows, int stride, int width, T* factors, nint classStride, nint rowStride, int classes, T* sums, nint sumStride, int from = 0)
    {
        int strip = 4 * Lanes;
        int j = from;
        for (; j + strip <= width; j += strip)
            for (int k = 0, step; k < classes; k += step)
            {
                step = ClassStep(classes - k);
                AddOuterProducts(step, x + j, rows, stride, factors + k * classStride, classStride, rowStride, sums + k * sumStride + j, sumStride);
            }
        if (j == width)
            return;
        if (width < strip)
            AddNarrow(x, rows, stride, width, factors, classStride, rowStride, classes, sums, sumStride, j);
        else
            AddLastStrip(x, rows, stride, width, factors, classStride, rowStride, classes, sums, sumStride, j);
    }

    /// <summary>3 where that leaves no single class behind, else 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ClassStep(int left) => left is 3 or > 4 ? 3 : 2;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<T> MultiplyAdd(Vector256<T> a, Vector256<T> b, Vector256<T> c) =>
        typeof(T) == typeof(float)
            ? Vector256.MultiplyAddEstimate(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>()
            : Vector256.MultiplyAddEstimate(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>();

    /// <summary>The sums of the lanes of four vectors, each lane added to its neighbour first, in every implementation.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreSums(Vector256<T> a, Vector256<T> b, Vector256<T> c, Vector256<T> d, T* target)
    {
        if (Avx.IsSupported && typeof(T) == typeof(float))
        {
            Vector256<float> quarters = Avx.HorizontalAdd(
                Avx.HorizontalAdd(a.AsSingle(), b.AsSingle()), Avx.HorizontalAdd(c.AsSingle(), d.AsSingle()));
            (quarters.GetLower() + quarters.GetUpper()).Store((float*)target);
        }
        else
        {
            target[0] = Vector256.Sum(a);
            target[1] = Vector256.Sum(b);
            target[2] = Vector256.Sum(c);
            target[3] = Vector256.Sum(d);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowProducts4x3(T* x0, T* x1, T* x2, T* x3, T* w, int wStride, int width, T* products, int productStride)
    {
        T* w1 = w + wStride, w2 = w1 + wStride;
        Vector256<T> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<T> b0 = default, b1 = default, b2 = default, b3 = default;
        Vector256<T> c0 = default, c1 = default, c2 = default, c3 = default;
        for (nint j = 0; j < width; j += Lanes)
        {
            Vector256<T> u = Vector256.Load(w + j), v = Vector256.Load(w1 + j), z = Vector256.Load(w2 + j);
            Vector256<T> x = Vector256.Load(x0 + j);
            a0 = MultiplyAdd(x, u, a0); b0 = MultiplyAdd(x, v, b0); c0 = MultiplyAdd(x, z, c0);
            x = Vector256.Load(x1 + j);
            a1 = MultiplyAdd(x, u, a1); b1 = MultiplyAdd(x, v, b1); c1 = MultiplyAdd(x, z, c1);
            x = Vector256.Load(x2 + j);
            a2 = MultiplyAdd(x, u, a2); b2 = MultiplyAdd(x, v, b2); c2 = MultiplyAdd(x, z, c2);
            x = Vector256.Load(x3 + j);
            a3 = MultiplyAdd(x, u, a3); b3 = MultiplyAdd(x, v, b3); c3 = MultiplyAdd(x, z, c3);
        }
        StoreSums(a0, a1, a2, a3, products);
        StoreSums(b0, b1, b2, b3, products + productStride);
        StoreSums(c0, c1, c2, c3, products + 2 * (nint)productStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RowProducts4x2(T* x0, T* x1, T* x2, T* x3, T* w, int wStride, int width, T* products, int productStride)
    {
        T* w1 = w + wStride;
        Vector256<T> a0 = default, a1 = default, a2 = default, a3 = default;
        Vector256<T> b0 = default, b1 = default, b2 = default, b3 = default;
        for (nint j = 0; j < width; j += Lanes)
        {
            Vector256<T> u = Vector256.Load(w + j), v = Vector256.Load(w1 + j);
            Vector256<T> x = Vector256.Load(x0 + j);
            a0 = MultiplyAdd(x, u, a0); b0 = MultiplyAdd(x, v, b0);
            x = Vector256.Load(x1 + j);
            a1 = MultiplyAdd(x, u, a1); b1 = MultiplyAdd(x, v, b1);
            x = Vector256.Load(x2 + j);
            a2 = MultiplyAdd(x, u, a2); b2 = MultiplyAdd(x, v, b2);
            x = Vector256.Load(x3 + j);
            a3 = MultiplyAdd(x, u, a3); b3 = MultiplyAdd(x, v, b3);
        }
        StoreSums(a0, a1, a2, a3, products);
        StoreSums(b0, b1, b2, b3, products + productStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOuterProducts(
        int classes, T* x, int rows, nint stride, T* factors, nint classStride, nint rowStride, T* sums, nint sumStride)
    {
        if (classes == 3)
            AddOuterProducts3x4(x, rows, stride, factors, classStride, rowStride, sums, sumStride);
        else
            AddOuterProducts2x4(x, rows, stride, factors, classStride, rowStride, sums, sumStride);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProducts3x4(
        T* x, int rows, nint stride, T* factors, nint classStride, nint rowStride, T* sums, nint sumStride)
    {
        T* f1 = factors + classStride, f2 = f1 + classStride;
        T* s1 = sums + sumStride, s2 = s1 + sumStride;
        nint l = Lanes;
        Vector256<T> a0 = Vector256.Load(sums), a1 = Vector256.Load(sums + l), a2 = Vector256.Load(sums + 2 * l), a3 = Vector256.Load(sums + 3 * l);
        Vector256<T> b0 = Vector256.Load(s1), b1 = Vector256.Load(s1 + l), b2 = Vector256.Load(s1 + 2 * l), b3 = Vector256.Load(s1 + 3 * l);
        Vector256<T> c0 = Vector256.Load(s2), c1 = Vector256.Load(s2 + l), c2 = Vector256.Load(s2 + 2 * l), c3 = Vector256.Load(s2 + 3 * l);
        nint at = 0;
        for (int i = 0; i < rows; i++, x += stride, at += rowStride)
        {
            Vector256<T> u = Vector256.Create(factors[at]), v = Vector256.Create(f1[at]), z = Vector256.Create(f2[at]);
            Vector256<T> y = Vector256.Load(x);
            a0 = MultiplyAdd(y, u, a0); b0 = MultiplyAdd(y, v, b0); c0 = MultiplyAdd(y, z, c0);
            y = Vector256.Load(x + l);
            a1 = MultiplyAdd(y, u, a1); b1 = MultiplyAdd(y, v, b1); c1 = MultiplyAdd(y, z, c1);
            y = Vector256.Load(x + 2 * l);
            a2 = MultiplyAdd(y, u, a2); b2 = MultiplyAdd(y, v, b2); c2 = MultiplyAdd(y, z, c2);
            y = Vector256.Load(x + 3 * l);
            a3 = MultiplyAdd(y, u, a3); b3 = MultiplyAdd(y, v, b3); c3 = MultiplyAdd(y, z, c3);
        }
        a0.Store(sums); a1.Store(sums + l); a2.Store(sums + 2 * l); a3.Store(sums + 3 * l);
        b0.Store(s1); b1.Store(s1 + l); b2.Store(s1 + 2 * l); b3.Store(s1 + 3 * l);
        c0.Store(s2); c1.Store(s2 + l); c2.Store(s2 + 2 * l); c3.Store(s2 + 3 * l);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOuterProducts2x4(
        T* x, int rows, nint stride, T* factors, nint classStride, nint rowStride, T* sums, nint sumStride)
    {
        T* f1 = factors + classStride;
        T* s1 = sums + sumStride;
        nint l = Lanes;
        Vector256<T> a0 = Vector256.Load(sums), a1 = Vector256.Load(sums + l), a2 = Vector256.Load(sums + 2 * l), a3 = Vector256.Load(sums + 3 * l);
        Vector256<T> b0 = Vector256.Load(s1), b1 = Vector256.Load(s1 + l), b2 = Vector256.Load(s1 + 2 * l), b3 = Vector256.Load(s1 + 3 * l);
        nint at = 0;
        for (int i = 0; i < rows; i++, x += stride, at += rowStride)
        {
            Vector256<T> u = Vector256.Create(factors[at]), v = Vector256.Create(f1[at]);
            Vector256<T> y = Vector256.Load(x);
            a0 = MultiplyAdd(y, u, a0); b0 = MultiplyAdd(y, v, b0);
            y = Vector256.Load(x + l);
            a1 = MultiplyAdd(y, u, a1); b1 = MultiplyAdd(y, v, b1);
            y = Vector256.Load(x + 2 * l);
            a2 = MultiplyAdd(y, u, a2); b2 = MultiplyAdd(y, v, b2);
            y = Vector256.Load(x + 3 * l);
            a3 = MultiplyAdd(y, u, a3); b3 = MultiplyAdd(y, v, b3);
        }
        a0.Store(sums); a1.Store(sums + l); a2.Store(sums + 2 * l); a3.Store(sums + 3 * l);
        b0.Store(s1); b1.Store(s1 + l); b2.Store(s1 + 2 * l); b3.Store(s1 + 3 * l);
    }

    /// <summary>The last features, fewer than a strip: a strip that ends with the row is summed apart, and only what is new in it is added.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddLastStrip(
        T* x, int rows, int stride, int width, T* factors, nint classStride, nint rowStride, int classes, T* sums, nint sumStride, int from)
    {
        int strip = 4 * Lanes, start = width - strip;
        T* apart = stackalloc T[3 * strip];
        for (int k = 0, step; k < classes; k += step)
        {
            step = ClassStep(classes - k);
            new Span<T>(apart, step * strip).Clear();
            AddOuterProducts(step, x + start, rows, stride, factors + k * classStride, classStride, rowStride, apart, strip);
            for (int c = 0; c < step; c++)
                for (int j = from; j < width; j++)
                    sums[(k + c) * sumStride + j] += apart[c * strip + j - start];
        }
    }

    /// <summary>Rows of fewer than four vectors: even and odd rows apart keep more sums under way.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddNarrow(
        T* x, int rows, int stride, int width, T* factors, nint classStride, nint rowStride, int classes, T* sums, nint sumStride, int from)
    {
        for (int k = 0; k < classes; k++)
            for (int j = from; j < width; j += Lanes)
            {
                T* factor = factors + k * classStride;
                T* row = x + j;
                T* sum = sums + k * sumStride + j;
                Vector256<T> even = Vector256.Load(sum), odd = default;
                int i = 0;
                for (; i + 2 <= rows; i += 2, row += 2 * (nint)stride, factor += 2 * rowStride)
                {
                    even = MultiplyAdd(Vector256.Load(row), Vector256.Create(factor[0]), even);
                    odd = MultiplyAdd(Vector256.Load(row + stride), Vector256.Create(factor[rowStride]), odd);
                }
                if (i < rows)
                    even = MultiplyAdd(Vector256.Load(row), Vector256.Create(factor[0]), even);
                (even + odd).Store(sum);
            }
    }
}
