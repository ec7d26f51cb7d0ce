using System.Numerics;

namespace Logits.Rows;

/// <summary>
/// A sparse table of n rows and d features in compressed rows: row i holds <c>values[e]</c> in feature <c>columns[e]</c> for e from <c>starts[i]</c> to
/// <c>starts[i + 1] − 1</c>, and zeros elsewhere.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class SparseRows<T> : RowBlocks<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlyMemory<long> _starts;
    private readonly ReadOnlyMemory<int> _columns;
    private readonly ReadOnlyMemory<T> _values;

    /// <summary>Wraps compressed rows without copying them.</summary>
    /// <param name="starts">n + 1 positions, from 0, never falling, to the number of entries.</param>
    /// <param name="columns">The feature of each entry, 0 … d − 1, ascending within a row.</param>
    /// <param name="values">The value of each entry.</param>
    /// <param name="features">d.</param>
    /// <exception cref="ArgumentException">The starts or columns are not as described; the message names the row.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There are no rows or no features.</exception>
    public SparseRows(ReadOnlyMemory<long> starts, ReadOnlyMemory<int> columns, ReadOnlyMemory<T> values, int features) : base(starts.Length - 1, features)
    {
        (_starts, _columns, _values) = (starts, columns, values);
        if (columns.Length != values.Length)
            throw new ArgumentException($"There are {columns.Length} columns but {values.Length} values.", nameof(columns));
        ReadOnlySpan<long> start = starts.Span;
        ReadOnlySpan<int> column = columns.Span;
        if (start[0] != 0 || start[^1] != values.Length)
            throw new ArgumentException($"The starts of rows must go from 0 to the {values.Length} entries, not from {start[0]} to {start[^1]}.",
                nameof(starts));
        for (int i = 0; i + 1 < start.Length; i++)
        {
            if (start[i] > start[i + 1])
                throw new ArgumentException($"Row {i} ends before it starts: its entries go from {start[i]} to {start[i + 1]}.", nameof(starts));
            int previous = -1;
            foreach (int j in column[(int)start[i]..(int)start[i + 1]])
            {
                if (j <= previous || j >= features)
                    throw new ArgumentException($"Row {i} has feature {j} after feature {previous}; features ascend within a row and are below {features}.",
                        nameof(columns));
                previous = j;
            }
        }
    }

    /// <summary>The features of one row's entries, ascending.</summary>
    public ReadOnlySpan<int> Columns(long row) => _columns.Span[Range(row)];

    /// <summary>The values of one row's entries.</summary>
    public ReadOnlySpan<T> Values(long row) => _values.Span[Range(row)];

    internal override long Stored => _values.Length;

    internal override TilePlan Plan(int classes) => SparseTiles.Plan<T>(Count, classes);

    internal override RowReader<T> Reader(TilePlan plan) => new SparseReader<T>(this, Columnwise(plan), plan);

    internal override ColumnSummary Summarise(RowWeights weights, int threads, CancellationToken cancellationToken)
    {
        // Columns are shared out, not rows: each sum has one order, whoever computes it.
        double[] scales = new double[Features], sums = new double[Features], squares = new double[Features];
        Span<double> weight = stackalloc double[1];
        for (long row = 0; row < Count; row++)
        {
            if (row % 4096 == 0)
                cancellationToken.ThrowIfCancellationRequested();
            weights.CopyScaled(row, 1, weight);
            ReadOnlySpan<int> columns = Columns(row);
            ReadOnlySpan<T> values = Values(row);
            for (int e = 0; e < columns.Length; e++)
            {
                double value = double.CreateTruncating(values[e]);
                scales[columns[e]] = Math.Max(scales[columns[e]], Math.Abs(value));
                sums[columns[e]] += weight[0] * value;
                squares[columns[e]] += weight[0] * value * value;
            }
        }
        return new ColumnSummary(scales, [sums], [squares], weights.ScaledTotal);
    }

    internal override RowBlocks<T> Only(ReadOnlySpan<long> rows)
    {
        List<long> starts = [0];
        List<int> columns = [];
        List<T> values = [];
        foreach (long row in rows)
        {
            columns.AddRange(Columns(row));
            values.AddRange(Values(row));
            starts.Add(columns.Count);
        }
        return new SparseRows<T>(starts.ToArray(), columns.ToArray(), values.ToArray(), Features);
    }

    internal override RowBlocks<double> Widened() =>
        typeof(T) == typeof(double) ? (RowBlocks<double>)(object)this
            : new SparseRows<double>(_starts, _columns, Array.ConvertAll(_values.ToArray(), double.CreateTruncating), Features);

    private protected override void Copy(long row, Span<double> destination)
    {
        destination.Clear();
        ReadOnlySpan<int> columns = Columns(row);
        ReadOnlySpan<T> values = Values(row);
        for (int e = 0; e < columns.Length; e++)
            destination[columns[e]] = double.CreateTruncating(values[e]);
    }

    private SparseColumns<T>? _columnwise;

    /// <summary>The same entries by columns, chunk by chunk: sorted once for every pass to come.</summary>
    private SparseColumns<T> Columnwise(TilePlan plan)
    {
        SparseColumns<T>? columnwise = Volatile.Read(ref _columnwise);
        if (columnwise?.ChunkRows != plan.ChunkRows)
            Volatile.Write(ref _columnwise, columnwise = new SparseColumns<T>(this, plan));
        return columnwise!;
    }

    private Range Range(long row) => (int)_starts.Span[(int)row]..(int)_starts.Span[(int)row + 1];
}
