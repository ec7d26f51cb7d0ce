using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Logits.Numerics;

/// <summary>Zeros at first, at an address that is a multiple of a cache line and does not move, so that kernels may keep pointers to them.</summary>
internal sealed unsafe class AlignedArray<T> where T : unmanaged
{
    private const int CacheLine = 64;

    private readonly T[] _pinned;

    /// <exception cref="InsufficientMemoryException">There are more numbers than one array can hold, or than there is memory for.</exception>
    public AlignedArray(long length)
    {
        long padded = length + CacheLine / sizeof(T);
        if (padded > Array.MaxLength)
            throw new InsufficientMemoryException($"{length:N0} numbers in one piece are more than one array can hold ({Array.MaxLength:N0}).");
        Length = (int)length;
        try
        {
            _pinned = GC.AllocateArray<T>((int)padded, pinned: true);
        }
        catch (OutOfMemoryException exception)
        {
            throw new InsufficientMemoryException($"There is no memory for {length:N0} numbers of {sizeof(T)} bytes.", exception);
        }
        nint start = (nint)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_pinned));
        Pointer = (T*)((start + CacheLine - 1) & ~(nint)(CacheLine - 1));
    }

    public int Length { get; }

    /// <summary>The first number. Valid as long as this object is referred to.</summary>
    public T* Pointer { get; }

    public Span<T> Span => new(Pointer, Length);
}
