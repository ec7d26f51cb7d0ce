using System.Numerics;
using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>A number of type T, known to be float or double, as what it is or as its bits.</summary>
internal static class Bits
{
    [MethodImpl(AggressiveInlining)]
    public static float Single<T>(T value) where T : unmanaged => Unsafe.BitCast<T, float>(value);

    [MethodImpl(AggressiveInlining)]
    public static double Double<T>(T value) where T : unmanaged => Unsafe.BitCast<T, double>(value);

    [MethodImpl(AggressiveInlining)]
    public static ulong Of<T>(T value) where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<T, uint>(value) : Unsafe.BitCast<T, ulong>(value);

    [MethodImpl(AggressiveInlining)]
    public static T To<T>(ulong bits) where T : unmanaged =>
        typeof(T) == typeof(float) ? Unsafe.BitCast<uint, T>((uint)bits) : Unsafe.BitCast<ulong, T>(bits);
}
