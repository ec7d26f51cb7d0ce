using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Logits.Numerics;

/// <summary>A matrix product in registers of one width, cut into blocks whose sums stay in registers while A and B pass by.</summary>
internal static unsafe class ProductBlocks<O, X, T> where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    private const int MaxRows = 12;

    private const int PanelLength = MatrixProduct<float>.PanelLength;

    /// <summary>The numbers in a register.</summary>
    private static int Lanes => sizeof(X) / sizeof(T);

    // Of 32 registers 24 hold sums and 4 a strip of B; of the 16 that narrower vectors have, 12 and 3.
    private static int MaxSums => sizeof(X) == 64 ? 24 : 12;

    private static int MaxStrip => sizeof(X) == 64 ? 4 : 2;

    // Optimised at once: a fit is over before the runtime would have found out that this is called often.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(in Operands<T> product)
    {
        int registers = (product.Columns + Lanes - 1) / Lanes;
        int strip = Even(registers, MaxStrip);
        for (int t = 0; t < product.Depth; t += PanelLength)
            for (int register = 0; register < registers; register += strip)
            {
                Operands<T> panel = product;
                int column = register * Lanes;
                panel.A += t * product.AStep;
                panel.B += t * product.BStride + column;
                panel.C += column;
                panel.Columns = Math.Min(strip * Lanes, product.Columns - column);
                panel.Depth = Math.Min(PanelLength, product.Depth - t);
                switch (Math.Min(strip, registers - register))
                {
                    case 1: AddStrip<Strip1<O, X, T>>(ref panel, 1); break;
                    case 2: AddStrip<Strip2<O, X, T>>(ref panel, 2); break;
                    case 3: AddStrip<Strip3<O, X, T>>(ref panel, 3); break;
                    default: AddStrip<Strip4<O, X, T>>(ref panel, 4); break;
                }
            }
    }

    /// <summary>The length of the parts when a length is cut into as few as can be, as even as can be.</summary>
    private static int Even(int length, int most)
    {
        int parts = Math.Max(1, (length + most - 1) / most);
        return (length + parts - 1) / parts;
    }

    /// <summary>The columns of one strip of registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddStrip<S>(ref Operands<T> panel, int registers) where S : unmanaged, IStrip<S, O, X, T>
    {
        int rows = panel.Rows, block = Even(rows, Math.Min(MaxRows, MaxSums / registers));
        for (int done = 0; done < rows; done += block)
        {
            switch (Math.Min(block, rows - done))
            {
                case 1: AddBlock<S, Rows1>(in panel); break;
                case 2: AddBlock<S, Rows2>(in panel); break;
                case 3: AddBlock<S, Rows3>(in panel); break;
                case 4: AddBlock<S, Rows4>(in panel); break;
                case 5: AddBlock<S, Rows5>(in panel); break;
                case 6: AddBlock<S, Rows6>(in panel); break;
                case 7: AddBlock<S, Rows7>(in panel); break;
                case 8: AddBlock<S, Rows8>(in panel); break;
                case 9: AddBlock<S, Rows9>(in panel); break;
                case 10: AddBlock<S, Rows10>(in panel); break;
                case 11: AddBlock<S, Rows11>(in panel); break;
                default: AddBlock<S, Rows12>(in panel); break;
            }
            panel.A += block * panel.ARow;
            panel.C += block * panel.CStride;
        }
    }

    /// <summary>sizeof(R) rows of a strip; what is for further rows is not even compiled.</summary>
    [SkipLocalsInit]
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void AddBlock<S, R>(in Operands<T> block) where S : unmanaged, IStrip<S, O, X, T> where R : unmanaged
    {
        nint row = block.ARow, step = block.AStep, bStride = block.BStride;
        T* a0 = block.A, a3 = a0 + 3 * row, a6 = a3 + 3 * row, a9 = a6 + 3 * row, b = block.B;
        int last = block.Columns - (sizeof(S) / sizeof(X) - 1) * Lanes;
        bool whole = last == Lanes;
        X mask = Mask(last);
        S s0 = default, s1 = default, s2 = default, s3 = default, s4 = default, s5 = default;
        S s6 = default, s7 = default, s8 = default, s9 = default, s10 = default, s11 = default;
        for (int t = block.Depth; t > 0; t--)
        {
            S x = S.Load((X*)b, mask, whole);
            s0 = S.MultiplyAdd(O.Create(a0[0]), x, s0);
            if (sizeof(R) > 1) s1 = S.MultiplyAdd(O.Create(a0[row]), x, s1);
            if (sizeof(R) > 2) s2 = S.MultiplyAdd(O.Create(a0[2 * row]), x, s2);
            if (sizeof(R) > 3) s3 = S.MultiplyAdd(O.Create(a3[0]), x, s3);
            if (sizeof(R) > 4) s4 = S.MultiplyAdd(O.Create(a3[row]), x, s4);
            if (sizeof(R) > 5) s5 = S.MultiplyAdd(O.Create(a3[2 * row]), x, s5);
            if (sizeof(R) > 6) s6 = S.MultiplyAdd(O.Create(a6[0]), x, s6);
            if (sizeof(R) > 7) s7 = S.MultiplyAdd(O.Create(a6[row]), x, s7);
            if (sizeof(R) > 8) s8 = S.MultiplyAdd(O.Create(a6[2 * row]), x, s8);
            if (sizeof(R) > 9) s9 = S.MultiplyAdd(O.Create(a9[0]), x, s9);
            if (sizeof(R) > 10) s10 = S.MultiplyAdd(O.Create(a9[row]), x, s10);
            if (sizeof(R) > 11) s11 = S.MultiplyAdd(O.Create(a9[2 * row]), x, s11);
            a0 += step;
            if (sizeof(R) > 3) a3 += step;
            if (sizeof(R) > 6) a6 += step;
            if (sizeof(R) > 9) a9 += step;
            b += bStride;
        }
        T* c = block.C;
        nint cStride = block.CStride;
        S.AddTo((X*)c, s0, mask, whole);
        if (sizeof(R) > 1) S.AddTo((X*)(c += cStride), s1, mask, whole);
        if (sizeof(R) > 2) S.AddTo((X*)(c += cStride), s2, mask, whole);
        if (sizeof(R) > 3) S.AddTo((X*)(c += cStride), s3, mask, whole);
        if (sizeof(R) > 4) S.AddTo((X*)(c += cStride), s4, mask, whole);
        if (sizeof(R) > 5) S.AddTo((X*)(c += cStride), s5, mask, whole);
        if (sizeof(R) > 6) S.AddTo((X*)(c += cStride), s6, mask, whole);
        if (sizeof(R) > 7) S.AddTo((X*)(c += cStride), s7, mask, whole);
        if (sizeof(R) > 8) S.AddTo((X*)(c += cStride), s8, mask, whole);
        if (sizeof(R) > 9) S.AddTo((X*)(c += cStride), s9, mask, whole);
        if (sizeof(R) > 10) S.AddTo((X*)(c += cStride), s10, mask, whole);
        if (sizeof(R) > 11) S.AddTo((X*)(c += cStride), s11, mask, whole);
    }

    /// <summary>A register with ones in its first lanes.</summary>
    private static X Mask(int lanes)
    {
        X mask = default;
        new Span<byte>(&mask, lanes * sizeof(T)).Fill(0xff);
        return mask;
    }

    [StructLayout(LayoutKind.Sequential, Size = 1)] private readonly struct Rows1;
    [StructLayout(LayoutKind.Sequential, Size = 2)] private readonly struct Rows2;
    [StructLayout(LayoutKind.Sequential, Size = 3)] private readonly struct Rows3;
    [StructLayout(LayoutKind.Sequential, Size = 4)] private readonly struct Rows4;
    [StructLayout(LayoutKind.Sequential, Size = 5)] private readonly struct Rows5;
    [StructLayout(LayoutKind.Sequential, Size = 6)] private readonly struct Rows6;
    [StructLayout(LayoutKind.Sequential, Size = 7)] private readonly struct Rows7;
    [StructLayout(LayoutKind.Sequential, Size = 8)] private readonly struct Rows8;
    [StructLayout(LayoutKind.Sequential, Size = 9)] private readonly struct Rows9;
    [StructLayout(LayoutKind.Sequential, Size = 10)] private readonly struct Rows10;
    [StructLayout(LayoutKind.Sequential, Size = 11)] private readonly struct Rows11;
    [StructLayout(LayoutKind.Sequential, Size = 12)] private readonly struct Rows12;
}
