namespace Logits.Numerics;

/// <summary>
/// What a matrix product asks of a register <typeparamref name="X"/> of numbers <typeparamref name="T"/>. It is <see cref="ILanes{V, T}"/> less all wrapping:
/// a product repeats these operations a hundred times in one method, and to compile that must not take longer than the product.
/// </summary>
internal unsafe interface IRegister<X, T> where X : unmanaged where T : unmanaged
{
    static abstract X Create(T value);

    /// <summary>Loads the lanes of a mask, the first ones, in whole groups of 16 bytes; nothing beyond them is read.</summary>
    /// <param name="source">The number of the first lane.</param>
    /// <param name="mask">Ones in the lanes to load.</param>
    /// <param name="whole">Whether those are all.</param>
    static abstract X Load(T* source, X mask, bool whole);

    /// <summary>Stores the lanes of a mask, as when loading.</summary>
    static abstract void Store(T* target, X value, X mask, bool whole);

    static abstract X Add(X a, X b);

    /// <summary>a·b + c, rounded once where the hardware does that at full speed and twice elsewhere.</summary>
    static abstract X MultiplyAdd(X a, X b, X c);
}
