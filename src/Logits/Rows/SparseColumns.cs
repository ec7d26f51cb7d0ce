using System.Numerics;

namespace Logits.Rows;

/// <summary>The entries of sparse rows by columns, chunk by chunk.</summary>
internal sealed class SparseColumns<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Chunk[] _chunks;

    public SparseColumns(SparseRows<T> rows, TilePlan plan)
    {
        ChunkRows = plan.ChunkRows;
        _chunks = new Chunk[plan.Chunks];
        int[] slots = new int[rows.Features];
        Array.Fill(slots, -1);
        for (long chunk = 0; chunk < plan.Chunks; chunk++)
            _chunks[chunk] = Sort(rows, chunk * ChunkRows, Math.Min(rows.Count, (chunk + 1) * ChunkRows), slots);
    }

    public int ChunkRows { get; }

    public Chunk this[long chunk] => _chunks[chunk];

    /// <summary>The columns that occur in a chunk, and for each the entries, by ascending row.</summary>
    /// <param name="Columns">The features that occur, ascending.</param>
    /// <param name="Starts">Where the entries of each begin; one more for the end.</param>
    /// <param name="Rows">The row of each entry, from the first of the chunk.</param>
    /// <param name="Values">The value of each entry.</param>
    public readonly record struct Chunk(int[] Columns, int[] Starts, ushort[] Rows, T[] Values);

    /// <param name="rows">The rows.</param>
    /// <param name="from">The first of them.</param>
    /// <param name="to">The one after the last.</param>
    /// <param name="slots">−1 for each feature, before and after.</param>
    private static Chunk Sort(SparseRows<T> rows, long from, long to, int[] slots)
    {
        List<int> columns = [];
        List<int> counts = [];
        for (long row = from; row < to; row++)
            foreach (int j in rows.Columns(row))
            {
                if (slots[j] < 0)
                {
                    slots[j] = columns.Count;
                    columns.Add(j);
                    counts.Add(0);
                }
                counts[slots[j]]++;
            }
        // Ascending, so that sums are met in the order in which they lie in memory.
        int[] ascending = [.. columns], starts = new int[columns.Count + 1];
        Array.Sort(ascending);
        for (int c = 0; c < ascending.Length; c++)
            starts[c + 1] = starts[c] + counts[slots[ascending[c]]];
        for (int c = 0; c < ascending.Length; c++)
            slots[ascending[c]] = c;
        int[] next = starts[..^1];
        Chunk chunk = new(ascending, starts, new ushort[starts[^1]], new T[starts[^1]]);
        for (long row = from; row < to; row++)
        {
            ReadOnlySpan<int> features = rows.Columns(row);
            ReadOnlySpan<T> values = rows.Values(row);
            for (int e = 0; e < features.Length; e++)
            {
                int at = next[slots[features[e]]]++;
                chunk.Rows[at] = (ushort)(row - from);
                chunk.Values[at] = values[e];
            }
        }
        foreach (int j in ascending)
            slots[j] = -1;
        return chunk;
    }
}
