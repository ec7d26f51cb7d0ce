using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>
/// What will be read and written next, to fetch while something is computed; by default nothing. Where the memory moves meanwhile, fetching is in vain.
/// </summary>
internal unsafe struct Ahead<T>(ref readonly T source, ref readonly T destination) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T* _source = (T*)Unsafe.AsPointer(ref Unsafe.AsRef(in source));
    private T* _destination = (T*)Unsafe.AsPointer(ref Unsafe.AsRef(in destination));

    /// <summary>Fetches as much of both as four registers hold.</summary>
    [MethodImpl(AggressiveInlining)]
    public void Fetch<V>() where V : struct, ILanes<V, T>
    {
        if (_source == null)
            return;
        Prefetch.Four<V, T>(in *_source);
        Prefetch.Four<V, T>(in *_destination);
        _source += 4 * V.Count;
        _destination += 4 * V.Count;
    }
}
