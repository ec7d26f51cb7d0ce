using System.Numerics;

namespace Logits.Rows;

/// <summary>
/// One thread's way through the rows, tile by tile. Every tile offers two products: the scores of its rows for given weights, and the sum of outer products of
/// its rows with given factors, which the reader adds up over tiles (in T) and over chunks (in float64, on a grid: see <see
/// cref="Numerics.ReproducibleSum"/>). What is computed for a tile is class-major: K rows of <see cref="TilePlan.TileRows"/> numbers, a column a row of the
/// table.
/// </summary>
internal abstract unsafe class RowReader<T>(TilePlan plan, int features) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private double[]? _row;

    public TilePlan Plan { get; } = plan;

    /// <summary>K.</summary>
    public int Classes => Plan.Classes;

    /// <summary>d.</summary>
    public int Features { get; } = features;

    /// <summary>The rows of the current tile.</summary>
    public int Rows { get; protected set; }

    /// <summary>The position in the table of the first row of the current tile.</summary>
    public long First { get; protected set; }

    /// <summary>The chunk that the current tile belongs to.</summary>
    public long Chunk { get; protected set; }

    /// <summary>The position of the current tile in its chunk.</summary>
    public int Tile { get; protected set; }

    /// <summary>Goes to the first tile of a chunk; <see cref="Next"/> goes on from there.</summary>
    public abstract void Open(long chunk);

    /// <summary>Goes to the next tile; false at the end of the chunk.</summary>
    public abstract bool Next();

    /// <summary>Copies the d features of a row of the current tile.</summary>
    public abstract void CopyRow(int row, Span<double> destination);

    /// <summary>Copies some features of a row of the current tile.</summary>
    public virtual void CopyColumns(int row, ColumnSubset subset, Span<double> destination)
    {
        if (subset.IsAll)
        {
            CopyRow(row, destination);
            return;
        }
        _row ??= new double[Features];
        CopyRow(row, _row);
        for (int place = 0; place < destination.Length; place++)
            destination[place] = _row[subset.Columns[place]];
    }

    /// <summary>destination[i] = Σ_j factors[j] x_ij² for the rows of the current tile.</summary>
    public abstract void WeightedSquares(ReadOnlySpan<T> factors, Span<double> destination);

    /// <summary>How many numbers packed weights take.</summary>
    public abstract long PackedLength { get; }

    /// <summary>
    /// Lays the weights of features <paramref name="from"/> … <paramref name="to"/> − 1, of K×d, and with the first of them the K intercepts out for <see
    /// cref="Scores"/>.
    /// </summary>
    public abstract void Pack(ReadOnlySpan<double> point, T* packed, int from, int to);

    /// <summary>scores[k·TileRows + i] = b_k + ⟨w_k, x_i⟩, class-major; columns past the last row hold anything finite.</summary>
    public abstract void Scores(T* packed, T* scores);

    /// <summary>Adds Σ_i factors[k·TileRows + i] x_i to the sums of class k, for each class.</summary>
    public abstract void AddOuterProducts(T* factors);

    /// <summary>Ends a chunk: its sums go to the thread's, those of feature j rounded by rounders[j].</summary>
    public abstract void EndChunk(ReadOnlySpan<double> rounders);

    /// <summary>
    /// Adds the thread's sums of features <paramref name="from"/> … <paramref name="to"/> − 1 to K×d numbers, and what they leave to another K×d.
    /// </summary>
    public abstract void AddSums(Span<double> destination, Span<double> remainders, int from, int to);

    /// <summary>Forgets the sums.</summary>
    public abstract void Clear();
}
