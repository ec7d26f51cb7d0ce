namespace Logits.Rows;

/// <summary>How rows are visited: tiles stay in cache while they are worked on; a chunk of tiles is what one thread takes at a time.</summary>
/// <param name="Classes">K.</param>
/// <param name="TileRows">The most rows of a tile, a multiple of 16: also the stride of what is computed for it.</param>
/// <param name="ChunkTiles">The most tiles of a chunk.</param>
/// <param name="Chunks">The number of chunks.</param>
internal readonly record struct TilePlan(int Classes, int TileRows, int ChunkTiles, long Chunks)
{
    /// <summary>The most rows of a chunk.</summary>
    public int ChunkRows => TileRows * ChunkTiles;
}
