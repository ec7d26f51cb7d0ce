using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Numerics;

/// <summary>The product of two matrices, added to a third: every product of a fit, whichever way its matrices lie.</summary>
/// <remarks>
/// An entry of the result is a sum over t in panels of <see cref="PanelLength"/>: within a panel term after term by multiply-add, from 0, and the panels one
/// after the other. So it has the same bits in registers of every width, and however the result is cut into blocks. Blocks follow K. Goto and R. van de Geijn,
/// "Anatomy of high-performance matrix multiplication", ACM Transactions on Mathematical Software 34, 2008; nothing is packed, because tiles are in cache.
/// </remarks>
internal static unsafe class MatrixProduct<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>The terms that are summed before they are added to the result: so many that this is cheap, so few that a strip of B stays in cache.</summary>
    public const int PanelLength = 256;

    private const int GroupBytes = 16;

    /// <summary>The numbers that the length of a row of B and of the result is a multiple of: 16 bytes, on every machine.</summary>
    public static int Unit => GroupBytes / sizeof(T);

    /// <summary>C[i·cStride + j] += Σ_t A[i·aRow + t·aStep] · B[t·bStride + j] for i &lt; m, j &lt; n and t &lt; depth.</summary>
    /// <param name="a">A, m × depth.</param>
    /// <param name="aRow">From one row of A to the next.</param>
    /// <param name="aStep">From one number of a row of A to the next.</param>
    /// <param name="m">The rows of A and of C.</param>
    /// <param name="b">B, depth × n, the numbers of a row side by side.</param>
    /// <param name="bStride">From one row of B to the next.</param>
    /// <param name="n">A multiple of <see cref="Unit"/>; nothing beyond it is read or written.</param>
    /// <param name="depth">The terms of each sum.</param>
    /// <param name="c">C, m × n, the numbers of a row side by side; overlaps neither A nor B.</param>
    /// <param name="cStride">From one row of C to the next.</param>
    public static void Add(T* a, nint aRow, nint aStep, int m, T* b, nint bStride, int n, int depth, T* c, nint cStride)
    {
        // Registers no wider than the rows.
        int bytes = n * sizeof(T);
        Operands<T> operands = new()
        {
            A = a, ARow = aRow, AStep = aStep, Rows = m, B = b, BStride = bStride, Columns = n, Depth = depth, C = c, CStride = cStride,
        };
        if (Vector512.IsHardwareAccelerated && bytes > 32)
            Add(512, operands);
        else if (Vector256.IsHardwareAccelerated && bytes > 16)
            Add(256, operands);
        else
            Add(Vector128.IsHardwareAccelerated ? 128 : 0, operands);
    }

    /// <summary>In registers of a given width; 0 is a single number.</summary>
    public static void Add(int width, in Operands<T> operands)
    {
        if (typeof(T) == typeof(float))
        {
            ref readonly Operands<float> single = ref Unsafe.As<Operands<T>, Operands<float>>(ref Unsafe.AsRef(in operands));
            switch (width)
            {
                case 512: ProductBlocks<Single512, Vector512<float>, float>.Add(in single); break;
                case 256: ProductBlocks<Single256, Vector256<float>, float>.Add(in single); break;
                case 128: ProductBlocks<Single128, Vector128<float>, float>.Add(in single); break;
                default: ProductBlocks<Single1, float, float>.Add(in single); break;
            }
        }
        else
        {
            ref readonly Operands<double> wide = ref Unsafe.As<Operands<T>, Operands<double>>(ref Unsafe.AsRef(in operands));
            switch (width)
            {
                case 512: ProductBlocks<Double512, Vector512<double>, double>.Add(in wide); break;
                case 256: ProductBlocks<Double256, Vector256<double>, double>.Add(in wide); break;
                case 128: ProductBlocks<Double128, Vector128<double>, double>.Add(in wide); break;
                default: ProductBlocks<Double1, double, double>.Add(in wide); break;
            }
        }
    }
}

/// <summary>The matrices of a product, or of a block of it.</summary>
internal unsafe struct Operands<T> where T : unmanaged
{
    public T* A;
    public nint ARow;
    public nint AStep;
    public int Rows;
    public T* B;
    public nint BStride;
    public int Columns;
    public int Depth;
    public T* C;
    public nint CStride;
}
