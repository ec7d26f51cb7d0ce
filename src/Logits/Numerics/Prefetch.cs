using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>Asks for memory before it is needed, where the hardware can be asked; any address will do, also one outside the array.</summary>
internal static unsafe class Prefetch
{
    /// <summary>What four registers from <paramref name="address"/> on would load.</summary>
    [MethodImpl(AggressiveInlining)]
    public static void Four<V, T>(ref readonly T address) where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (!Sse.IsSupported)
            return;
        byte* first = (byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in address));
        Sse.Prefetch0(first);
        if (V.Count * sizeof(T) > 128 / 8)
            Sse.Prefetch0(first + 64);
        if (V.Count * sizeof(T) > 256 / 8)
        {
            Sse.Prefetch0(first + 128);
            Sse.Prefetch0(first + 192);
        }
    }
}
