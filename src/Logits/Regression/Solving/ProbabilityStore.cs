using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>The probabilities of all rows at one point, n×K numbers, tile by tile and class-major, as they are computed and used.</summary>
internal sealed unsafe class ProbabilityStore<T>(TilePlan plan) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly AlignedArray<T>?[] _chunks = new AlignedArray<T>?[plan.Chunks];

    /// <summary>The bytes that a store for so many rows takes.</summary>
    public static long Bytes(TilePlan plan) => plan.Chunks * plan.ChunkRows * plan.Classes * sizeof(T);

    /// <summary>K × TileRows numbers for the tile that a reader is at.</summary>
    public T* Tile(RowReader<T> reader) => Tile(reader.Chunk, reader.Tile);

    public T* Tile(long chunk, int tile)
    {
        // A chunk belongs to one thread at a time.
        AlignedArray<T> array = _chunks[chunk] ??= new((long)plan.ChunkRows * plan.Classes);
        return array.Pointer + (nint)tile * plan.TileRows * plan.Classes;
    }
}
