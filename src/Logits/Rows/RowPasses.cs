using System.Numerics;
using Logits.Numerics;

namespace Logits.Rows;

/// <summary>
/// Goes over all rows, chunk by chunk, on several threads. What threads add up does not depend on who took which chunk, so results have the same bits for any
/// number of threads; a pass that is cancelled or fails leaves no sum behind.
/// </summary>
internal sealed class RowPasses<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Worker[] _workers;
    private double[]? _remainders;

    public RowPasses(RowBlocks<T> rows, RowWeights weights, int classes, int threads)
    {
        Rows = rows;
        Weights = weights;
        Plan = rows.Plan(classes);
        _workers = new Worker[(int)Math.Min(threads, Plan.Chunks)];
        for (int t = 0; t < _workers.Length; t++)
            _workers[t] = new Worker(t, rows.Reader(Plan), weights);
    }

    public RowBlocks<T> Rows { get; }

    public RowWeights Weights { get; }

    public TilePlan Plan { get; }

    public int Threads => _workers.Length;

    /// <summary>Cancels the passes.</summary>
    public CancellationToken CancellationToken { get; set; }

    /// <summary>What one thread needs: a reader, and room for what is computed for a tile.</summary>
    internal sealed unsafe class Worker(int thread, RowReader<T> reader, RowWeights weights)
    {
        private readonly AlignedArray<T> _weights = new(reader.Plan.TileRows);
        private AlignedArray<T>? _scores, _probabilities;

        public int Thread { get; } = thread;

        public RowReader<T> Reader { get; } = reader;

        /// <summary>The tile's rows, rounded up to whole registers of any width.</summary>
        public int Used => Math.Min(Reader.Plan.TileRows, (Reader.Rows + 15) / 16 * 16);

        /// <summary>The weights of the tile's rows, at most 1, then zeros.</summary>
        public T* Weights => _weights.Pointer;

        /// <summary>K × TileRows, class-major.</summary>
        public T* Scores => (_scores ??= new((long)Reader.Classes * Reader.Plan.TileRows)).Pointer;

        /// <summary>K × TileRows, class-major, for probabilities that are not kept.</summary>
        public T* Probabilities => (_probabilities ??= new((long)Reader.Classes * Reader.Plan.TileRows)).Pointer;

        public bool Next()
        {
            if (!Reader.Next())
                return false;
            weights.CopyScaled(Reader.First, Reader.Rows, _weights.Span);
            return true;
        }
    }

    /// <summary>How many numbers the weights take that the readers' scores are computed with.</summary>
    public AlignedArray<T> PackedWeights() => new(_workers[0].Reader.PackedLength);

    /// <summary>Lays a point out for the readers.</summary>
    public unsafe void Pack(ReadOnlySpan<double> point, AlignedArray<T> packed)
    {
        fixed (double* first = point)
        {
            double* p = first;
            int length = point.Length;
            Share(Rows.Features, (from, to) => _workers[0].Reader.Pack(new ReadOnlySpan<double>(p, length), packed.Pointer, from, to));
        }
    }

    /// <summary>Works on stretches of the features, on several threads where there are many.</summary>
    private void Share(int features, Action<int, int> work)
    {
        const int stretch = 1024;
        if (features <= stretch)
            work(0, features);
        else
            Parallel.For(0, (features + stretch - 1) / stretch, new ParallelOptions { MaxDegreeOfParallelism = Threads },
                part => work(part * stretch, Math.Min(features, (part + 1) * stretch)));
    }

    /// <summary>Calls <paramref name="visit"/> for every tile, and <paramref name="endChunk"/> after the last tile of each chunk.</summary>
    /// <param name="visit">Works on the tile that the worker's reader is at.</param>
    /// <param name="endChunk">Ends a chunk.</param>
    /// <param name="sums">What the pass adds up, beside the readers' own sums: cleared if it does not come to its end.</param>
    /// <exception cref="OperationCanceledException">Cancelled; the pass has no result.</exception>
    public void Run(Action<Worker> visit, Action<Worker>? endChunk, params ReadOnlySpan<GridSum> sums)
    {
        bool whole = false;
        try
        {
            long next = -1;
            Parallel.For(0, Threads, new ParallelOptions { MaxDegreeOfParallelism = Threads }, thread =>
            {
                Worker worker = _workers[thread];
                for (long chunk; !CancellationToken.IsCancellationRequested && (chunk = Interlocked.Increment(ref next)) < Plan.Chunks;)
                {
                    worker.Reader.Open(chunk);
                    while (worker.Next())
                        visit(worker);
                    endChunk?.Invoke(worker);
                }
            });
            CancellationToken.ThrowIfCancellationRequested();
            whole = true;
        }
        finally
        {
            if (!whole)
            {
                foreach (GridSum sum in sums)
                    sum.Clear();
                Parallel.ForEach(_workers, worker => worker.Reader.Clear());
            }
        }
    }

    /// <summary>The readers' sums times <paramref name="factor"/>, K×d; they are empty afterwards.</summary>
    public unsafe void CollectSums(double factor, Span<double> destination)
    {
        if (typeof(T) == typeof(double))
            _remainders ??= new double[destination.Length];
        fixed (double* first = destination)
        {
            double* sums = first;
            int length = destination.Length;
            Share(Rows.Features, (from, to) => CollectSums(factor, new Span<double>(sums, length), from, to));
        }
        Parallel.ForEach(_workers, worker => worker.Reader.Clear());
    }

    private void CollectSums(double factor, Span<double> destination, int from, int to)
    {
        int features = Rows.Features;
        for (int k = 0; k < Plan.Classes; k++)
        {
            destination.Slice(k * features + from, to - from).Clear();
            _remainders?.AsSpan(k * features + from, to - from).Clear();
        }
        foreach (Worker worker in _workers)
            worker.Reader.AddSums(destination, _remainders, from, to);
        for (int k = 0; k < Plan.Classes; k++)
        {
            Span<double> sums = destination.Slice(k * features + from, to - from);
            // Each sum is exact on its own grid; only this last one rounds.
            if (_remainders is not null)
                VectorArithmetic.AddScaled(1, _remainders.AsSpan(k * features + from, to - from), sums);
            VectorArithmetic.Scale(factor, sums);
        }
    }
}
