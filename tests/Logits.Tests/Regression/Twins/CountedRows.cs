using System.Numerics;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>Counts, and calls once at a count.</summary>
internal sealed class PassCounter
{
    private long _opened;

    public long Opened => _opened;

    public long CallAt { get; set; } = long.MaxValue;

    public Action? Call { get; set; }

    public void Count()
    {
        if (Interlocked.Increment(ref _opened) == CallAt)
            Call?.Invoke();
    }
}

/// <summary>Rows that count the chunks opened, and call when a given one is: inside a pass, where a person's cancellation falls, too.</summary>
internal sealed class CountedRows<T>(RowBlocks<T> rows, PassCounter counter) : RowBlocks<T>(rows.Count, rows.Features) where T
    : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected override void Copy(long row, Span<double> destination) => rows.CopyRow(row, destination);

    internal override TilePlan Plan(int classes) => rows.Plan(classes);

    internal override RowReader<T> Reader(TilePlan plan) => new CountedReader(rows.Reader(plan), counter);

    internal override ColumnSummary Summarise(RowWeights weights, int threads, CancellationToken cancellationToken) =>
        rows.Summarise(weights, threads, cancellationToken);

    internal override RowBlocks<double> Widened() =>
        typeof(T) == typeof(double) ? (RowBlocks<double>)(object)this : new CountedRows<double>(rows.Widened(), counter);

    internal override RowBlocks<T> Only(ReadOnlySpan<long> places) => new CountedRows<T>(rows.Only(places), counter);

    internal override long Stored => rows.Stored;

    private sealed unsafe class CountedReader(RowReader<T> reader, PassCounter counter) : RowReader<T>(reader.Plan, reader.Features)
    {
        public override void Open(long chunk)
        {
            counter.Count();
            reader.Open(chunk);
            Follow();
        }

        public override bool Next()
        {
            bool more = reader.Next();
            Follow();
            return more;
        }

        public override void CopyRow(int row, Span<double> destination) => reader.CopyRow(row, destination);

        public override void WeightedSquares(ReadOnlySpan<T> factors, Span<double> destination) => reader.WeightedSquares(factors, destination);

        public override long PackedLength => reader.PackedLength;

        public override void Pack(ReadOnlySpan<double> point, T* packed, int from, int to) => reader.Pack(point, packed, from, to);

        public override void Scores(T* packed, T* scores) => reader.Scores(packed, scores);

        public override void AddOuterProducts(T* factors) => reader.AddOuterProducts(factors);

        public override void EndChunk(ReadOnlySpan<double> rounders) => reader.EndChunk(rounders);

        public override void AddSums(Span<double> destination, Span<double> remainders, int from, int to) => reader.AddSums(destination, remainders, from, to);

        public override void Clear() => reader.Clear();

        private void Follow() => (Rows, First, Chunk, Tile) = (reader.Rows, reader.First, reader.Chunk, reader.Tile);
    }
}
