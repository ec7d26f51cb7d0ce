using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>How dense rows are cut: a tile's rows and the scores of its rows stay in the second-level cache together.</summary>
internal static unsafe class DenseTiles
{
    private const int TileBytes = 256 << 10;
    private const int FewestRows = 48, MostRows = 256;
    private const int ChunkRows = 512;

    public static TilePlan Plan<T>(long count, int rowsPerBlock, int features, int classes) where T : unmanaged
    {
        long rowBytes = ((long)features + 2L * classes) * sizeof(T);
        int tileRows = (int)Math.Clamp(TileBytes / rowBytes / 16 * 16, FewestRows, MostRows);
        int chunkTiles = Math.Max(ChunkRows / tileRows, 1);
        int chunkRows = chunkTiles * tileRows;
        long chunksPerBlock = ChunksPerBlock(rowsPerBlock, chunkRows), wholeBlocks = (count - 1) / rowsPerBlock;
        long chunks = wholeBlocks * chunksPerBlock + (count - wholeBlocks * rowsPerBlock + chunkRows - 1) / chunkRows;
        return new TilePlan(classes, tileRows, chunkTiles, chunks);
    }

    public static int ChunksPerBlock(int rowsPerBlock, int chunkRows) => (rowsPerBlock + chunkRows - 1) / chunkRows;
}

/// <summary>The products of tiles of dense rows, wherever the rows of a tile come from.</summary>
internal abstract unsafe class DenseTileReader<T> : RowReader<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Row strides of whole multiples of this many bytes put the same column of many rows into one cache set.</summary>
    private const int ConflictingBytes = 1024;

    private readonly int _paddedClasses;
    private readonly bool _transposesRows;
    private readonly AlignedArray<T> _side;
    private readonly AlignedArray<T> _chunkSums;
    private readonly double[] _sums;
    private readonly double[] _remainders;

    protected DenseTileReader(TilePlan plan, int features) : base(plan, features)
    {
        Width = RoundUp(features);
        _paddedClasses = RoundUp(plan.Classes);
        // Scores come out class-major when columns of rows are the vectors, row-major when classes are: either the rows are transposed or the scores, whichever
        // is less.
        _transposesRows = features <= plan.Classes;
        _side = new AlignedArray<T>((long)plan.TileRows * (_transposesRows ? features : _paddedClasses));
        _chunkSums = new AlignedArray<T>((long)plan.Classes * Width);
        _sums = new double[checked(plan.Classes * Width)];
        // What the grid takes from terms in single precision is far below their own rounding.
        _remainders = typeof(T) == typeof(double) ? new double[_sums.Length] : [];
    }

    /// <summary>d rounded up to whole registers: products read a row to this length, and what follows d counts for nothing.</summary>
    protected int Width { get; }

    /// <summary>Row i of the tile begins at X + i·Stride, and Width numbers can be read from there.</summary>
    protected T* X { get; set; }

    protected int Stride { get; set; }

    public override long PackedLength => (long)(Features + 1) * _paddedClasses;

    public override void CopyRow(int row, Span<double> destination)
    {
        ReadOnlySpan<T> values = new(X + (nint)row * Stride, Features);
        for (int j = 0; j < values.Length; j++)
            destination[j] = double.CreateTruncating(values[j]);
    }

    public override void WeightedSquares(ReadOnlySpan<T> factors, Span<double> destination)
    {
        for (int i = 0; i < Rows; i++)
            destination[i] = double.CreateTruncating(WeightedSquare(new ReadOnlySpan<T>(X + (nint)i * Stride, Features), factors));
    }

    public override void Pack(ReadOnlySpan<double> point, T* packed, int from, int to)
    {
        for (int k = 0; k < Classes; k++)
        {
            ReadOnlySpan<double> weights = point.Slice(k * Features, Features);
            // By rows: class after class. By columns: feature after feature. The intercepts come last.
            T* target = _transposesRows ? packed + (nint)k * Features : packed + k;
            nint step = _transposesRows ? 1 : _paddedClasses;
            for (int j = from; j < to; j++)
                target[j * step] = T.CreateTruncating(weights[j]);
            if (from == 0)
                packed[(nint)Features * _paddedClasses + k] = T.CreateTruncating(point[Classes * Features + k]);
        }
    }

    public override void Scores(T* packed, T* scores)
    {
        int rows = Rows, stride = Plan.TileRows, used = Math.Min(stride, (rows + 15) / 16 * 16);
        T* intercepts = packed + (nint)Features * _paddedClasses;
        T* side = _side.Pointer;
        if (_transposesRows)
        {
            Transpose<T>.Copy(X, Stride, rows, Features, side, stride);
            for (int k = 0; k < Classes; k++)
                new Span<T>(scores + (nint)k * stride, used).Fill(intercepts[k]);
            MatrixProduct<T>.Add(packed, Features, 1, Classes, side, stride, used, Features, scores, stride);
            return;
        }
        for (int i = 0; i < rows; i++)
            new ReadOnlySpan<T>(intercepts, _paddedClasses).CopyTo(new Span<T>(side + (nint)i * _paddedClasses, _paddedClasses));
        MatrixProduct<T>.Add(X, Stride, 1, rows, packed, _paddedClasses, _paddedClasses, Features, side, _paddedClasses);
        Transpose<T>.Copy(side, _paddedClasses, rows, Classes, scores, stride);
        for (int k = 0; rows < used && k < Classes; k++)
            new Span<T>(scores + (nint)k * stride + rows, used - rows).Clear();
    }

    public override void AddOuterProducts(T* factors) =>
        MatrixProduct<T>.Add(factors, Plan.TileRows, 1, Classes, X, Stride, Width, Rows, _chunkSums.Pointer, Width);

    public override void EndChunk(ReadOnlySpan<double> rounders)
    {
        for (int k = 0; k < Classes; k++)
        {
            Span<T> chunk = _chunkSums.Span.Slice(k * Width, Width);
            if (typeof(T) == typeof(double))
                ReproducibleSum.Drain(MemoryMarshal.Cast<T, double>(chunk[..Features]), rounders, _sums.AsSpan(k * Width, Features),
                    _remainders.AsSpan(k * Width, Features));
            else
                ReproducibleSum.Drain(chunk[..Features], rounders, _sums.AsSpan(k * Width, Features));
            chunk[Features..].Clear();
        }
    }

    public override void AddSums(Span<double> destination, Span<double> remainders, int from, int to)
    {
        for (int k = 0; k < Classes; k++)
        {
            VectorArithmetic.AddScaled(1, _sums.AsSpan(k * Width + from, to - from), destination.Slice(k * Features + from, to - from));
            if (_remainders.Length > 0)
                VectorArithmetic.AddScaled(1, _remainders.AsSpan(k * Width + from, to - from), remainders.Slice(k * Features + from, to - from));
        }
    }

    public override void Clear()
    {
        Array.Clear(_sums);
        Array.Clear(_remainders);
        _chunkSums.Span.Clear();
    }

    /// <summary>
    /// Whether rows of this stride are better copied apart: nothing may be read behind the last row, and no cache set should hold a whole column.
    /// </summary>
    protected bool NeedsCopy(bool isLast) => (Features < Width && isLast) || Features * sizeof(T) % ConflictingBytes == 0;

    /// <summary>The stride of copied rows: as short as it can be without falling into one cache set.</summary>
    protected int CopyStride => Width * sizeof(T) % ConflictingBytes == 0 ? Width + 64 / sizeof(T) : Width;

    /// <summary>In eight parts (four of double), whatever the hardware.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static T WeightedSquare(ReadOnlySpan<T> row, ReadOnlySpan<T> factors)
    {
        Vector256<T> sum = default;
        int j = 0;
        for (; j + Vector256<T>.Count <= row.Length; j += Vector256<T>.Count)
        {
            Vector256<T> x = Vector256.Create(row[j..]);
            sum += x * x * Vector256.Create(factors[j..]);
        }
        T total = Vector256.Sum(sum);
        for (; j < row.Length; j++)
            total += row[j] * row[j] * factors[j];
        return total;
    }

    private static int RoundUp(int length) => (length + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;
}
