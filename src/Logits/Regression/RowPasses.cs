using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// Goes over all rows once, tile by tile, on several threads. A tile is small enough to stay in cache between the products that read it; a chunk of tiles is what
/// one thread takes at a time. Both depend on d and K alone, and what threads add up is order-independent, so results have the same bits for any number of threads.
/// </summary>
internal sealed unsafe class RowPasses<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int TileBytes = 192 << 10;
    private const int ChunkRows = 512;

    private readonly DenseRows<T> _rows;
    private readonly T[] _weights;
    private readonly int _chunksPerBlock;
    private readonly Workspace[] _workspaces;
    private readonly CancellationToken _cancellationToken;

    public RowPasses(DenseRows<T> rows, ReadOnlySpan<double> rowWeights, int classes, int threads, CancellationToken cancellationToken)
    {
        _rows = rows;
        _cancellationToken = cancellationToken;
        Width = (rows.Features + TileKernels<T>.Lanes - 1) / TileKernels<T>.Lanes * TileKernels<T>.Lanes;
        TileRows = Math.Clamp(TileBytes / ((Width + 2 * classes) * sizeof(T)) / 16 * 16, 16, 256);
        int chunkRows = Math.Max(ChunkRows / TileRows, 1) * TileRows;
        ChunkTiles = chunkRows / TileRows;
        _chunksPerBlock = (rows.RowsPerBlock + chunkRows - 1) / chunkRows;
        Chunks = (rows.BlockCount - 1) * _chunksPerBlock + (rows.BlockRows(rows.BlockCount - 1) + chunkRows - 1) / chunkRows;
        Classes = classes;
        _weights = new T[rows.Count + TileRows];
        // Only the proportions of the weights count; with 1 as the largest, neither they nor their sum leave the range of T.
        double largest = 1;
        for (int i = 0; i < rowWeights.Length; i++)
            largest = i == 0 ? rowWeights[i] : Math.Max(largest, rowWeights[i]);
        for (int i = 0; i < rows.Count; i++)
        {
            _weights[i] = T.CreateTruncating(rowWeights.IsEmpty ? 1 : rowWeights[i] / largest);
            WeightSum += double.CreateTruncating(_weights[i]);
        }
        _workspaces = new Workspace[threads];
        for (int t = 0; t < threads; t++)
            _workspaces[t] = new Workspace(this, t);
        (ColumnScales, ColumnMeans, double meanSquare) = SummariseColumns();
        RowVariance = Math.Max(0, meanSquare - VectorArithmetic.Dot(ColumnMeans, ColumnMeans));
    }

    /// <summary>K, the number of classes.</summary>
    public int Classes { get; }

    /// <summary>d rounded up to whole vectors: kernels read a row to this length, and what follows it counts for nothing.</summary>
    public int Width { get; }

    /// <summary>The most rows of a tile, a multiple of 16.</summary>
    public int TileRows { get; }

    /// <summary>The tiles of a chunk.</summary>
    public int ChunkTiles { get; }

    /// <summary>The number of chunks.</summary>
    public int Chunks { get; }

    /// <summary>Σ w_i.</summary>
    public double WeightSum { get; }

    /// <summary>max_i |x_ij| for each feature, 0 in the padding.</summary>
    public double[] ColumnScales { get; }

    /// <summary>x̄, the weighted mean of each feature, 0 in the padding.</summary>
    public double[] ColumnMeans { get; }

    /// <summary>The weighted mean of ‖x − x̄‖².</summary>
    public double RowVariance { get; }

    public int Threads => _workspaces.Length;

    /// <summary>The rows of a tile as they lie in cache.</summary>
    /// <param name="X">Row i begins at i·Stride, and Width numbers can be read from there.</param>
    /// <param name="Rows">How many rows.</param>
    /// <param name="Stride">From one row to the next.</param>
    /// <param name="First">The index of the first row in the whole table.</param>
    /// <param name="InChunk">The position of the tile in its chunk.</param>
    /// <param name="Weights">A weight for each row, then zeros up to a whole vector.</param>
    public readonly record struct Tile(nint X, int Rows, int Stride, int First, int InChunk, nint Weights);

    /// <summary>What one thread needs: room for a tile and sums of its own.</summary>
    public sealed class Workspace
    {
        private readonly T[] _padded;

        public Workspace(RowPasses<T> passes, int thread)
        {
            Thread = thread;
            _padded = passes.Width == passes._rows.Features ? [] : Allocate<T>(passes.TileRows * passes.Width);
            Scores = Allocate<T>(2 * passes.Classes * passes.TileRows);
            ChunkSums = Allocate<T>(passes.Classes * passes.Width);
            Sums = new double[passes.Classes * passes.Width];
            InterceptSums = new double[passes.Classes];
            CurvatureSums = new double[Curvature.Length(passes.Classes)];
        }

        /// <summary>The index of the thread, from 0.</summary>
        public int Thread { get; }

        /// <summary>2K × TileRows, class-major: logits, then whatever becomes of them.</summary>
        public T[] Scores { get; }

        /// <summary>K × Width: sums over the tiles of one chunk.</summary>
        public T[] ChunkSums { get; }

        /// <summary>K × Width: sums over the chunks of this thread.</summary>
        public double[] Sums { get; }

        /// <summary>K: the same for the intercepts.</summary>
        public double[] InterceptSums { get; }

        /// <summary>The same for the covariances of the labels.</summary>
        public double[] CurvatureSums { get; }

        /// <summary>The loss over the tiles of this thread.</summary>
        public double Loss { get; set; }

        /// <summary>Rows × d to rows × Width.</summary>
        public T* Pad(T* x, int rows, int features, int width)
        {
            T* padded = Pointer(_padded);
            for (int i = 0; i < rows; i++)
                new ReadOnlySpan<T>(x + i * features, features).CopyTo(new Span<T>(padded + i * width, features));
            return padded;
        }
    }

    /// <summary>Calls <paramref name="visit"/> for every tile, and <paramref name="endChunk"/> after the last tile of each chunk.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the pass has no result.</exception>
    public void Run(Action<Workspace, Tile> visit, Action<Workspace>? endChunk = null)
    {
        int next = -1;
        Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
        {
            for (int chunk; (chunk = Interlocked.Increment(ref next)) < Chunks;)
            {
                if (_cancellationToken.IsCancellationRequested)
                    return;
                RunChunk(_workspaces[thread], chunk, visit);
                endChunk?.Invoke(_workspaces[thread]);
            }
        });
        _cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What each thread summed.</summary>
    public IReadOnlyList<Workspace> Workspaces => _workspaces;

    /// <summary>An array that does not move, so that kernels may keep pointers into it.</summary>
    public static TItem[] Allocate<TItem>(long length) => GC.AllocateArray<TItem>(checked((int)length), pinned: true);

    /// <summary>The address of an array from <see cref="Allocate"/>.</summary>
    public static TItem* Pointer<TItem>(TItem[] pinned) where TItem : unmanaged =>
        (TItem*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(pinned));

    private void RunChunk(Workspace workspace, int chunk, Action<Workspace, Tile> visit)
    {
        int block = chunk / _chunksPerBlock;
        int inBlock = chunk % _chunksPerBlock * ChunkTiles * TileRows;
        int end = Math.Min(inBlock + ChunkTiles * TileRows, _rows.BlockRows(block));
        fixed (T* x = _rows.Block(block))
        fixed (T* weights = _weights)
            for (int tile = 0, i = inBlock; i < end; tile++, i += TileRows)
            {
                int rows = Math.Min(TileRows, end - i);
                int first = block * _rows.RowsPerBlock + i;
                T* start = x + (nint)i * _rows.Features;
                int stride = _rows.Features;
                if (stride < Width && i + rows == _rows.BlockRows(block))
                {
                    // Nothing may be read behind the last row of a block.
                    start = workspace.Pad(start, rows, stride, Width);
                    stride = Width;
                }
                visit(workspace, new Tile((nint)start, rows, stride, first, tile, (nint)(weights + first)));
            }
    }

    /// <summary>Each block is summarised apart, and blocks are combined in their order.</summary>
    private (double[] Scales, double[] Means, double MeanSquare) SummariseColumns()
    {
        double[][] scales = new double[_rows.BlockCount][], sums = new double[_rows.BlockCount][];
        double[] squares = new double[_rows.BlockCount];
        Parallel.For(0, _rows.BlockCount, new ParallelOptions { MaxDegreeOfParallelism = Threads }, block =>
        {
            if (_cancellationToken.IsCancellationRequested)
                return;
            T[] largest = new T[Width];
            double[] sum = new double[Width];
            ReadOnlySpan<T> values = _rows.Block(block);
            for (int i = 0; i < _rows.BlockRows(block); i++)
            {
                ReadOnlySpan<T> row = values.Slice(i * _rows.Features, _rows.Features);
                KeepLargest(row, largest);
                double weight = double.CreateTruncating(_weights[block * _rows.RowsPerBlock + i]);
                squares[block] += weight * AddRow(row, weight, sum);
            }
            scales[block] = Array.ConvertAll(largest, double.CreateTruncating);
            sums[block] = sum;
        });
        _cancellationToken.ThrowIfCancellationRequested();
        for (int block = 1; block < _rows.BlockCount; block++)
            for (int j = 0; j < Width; j++)
            {
                scales[0][j] = Math.Max(scales[0][j], scales[block][j]);
                sums[0][j] += sums[block][j];
            }
        foreach (ref double sum in sums[0].AsSpan())
            sum /= WeightSum;
        return (scales[0], sums[0], squares.Sum() / WeightSum);
    }

    /// <summary>sums += weight · row in float64; returns ‖row‖².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static double AddRow(ReadOnlySpan<T> row, double weight, Span<double> sums)
    {
        Vector256<double> weights = Vector256.Create(weight), squares = default;
        int j = 0;
        if (typeof(T) == typeof(float))
            for (; j + Vector256<T>.Count <= row.Length; j += Vector256<T>.Count)
            {
                (Vector256<double> lower, Vector256<double> upper) = Vector256.Widen(Vector256.Create(row[j..]).AsSingle());
                (Vector256.Create<double>(sums[j..]) + weights * lower).CopyTo(sums[j..]);
                (Vector256.Create<double>(sums[(j + 4)..]) + weights * upper).CopyTo(sums[(j + 4)..]);
                squares += lower * lower + upper * upper;
            }
        double square = Vector256.Sum(squares);
        for (; j < row.Length; j++)
        {
            double value = double.CreateTruncating(row[j]);
            sums[j] += weight * value;
            square += value * value;
        }
        return square;
    }

    /// <summary>largest_j = max(largest_j, |values_j|), NaN if either is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void KeepLargest(ReadOnlySpan<T> values, Span<T> largest)
    {
        int j = 0;
        for (; j + Vector256<T>.Count <= values.Length; j += Vector256<T>.Count)
        {
            Span<T> kept = largest[j..];
            Vector256.Max(Vector256.Create<T>(kept), Vector256.Abs(Vector256.Create(values[j..]))).CopyTo(kept);
        }
        for (; j < values.Length; j++)
            largest[j] = T.Max(largest[j], T.Abs(values[j]));
    }
}
