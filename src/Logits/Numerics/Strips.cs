using System.Runtime.CompilerServices;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits.Numerics;

/// <summary>One to four registers side by side: what a matrix product works on at once along a row of its result.</summary>
internal unsafe interface IStrip<S, O, X, T> where S : unmanaged where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    /// <summary>Loads the registers, of the last one the lanes of a mask.</summary>
    static abstract S Load(X* source, X mask, bool whole);

    /// <summary>a·b + c, where each register of b and c meets the same a.</summary>
    static abstract S MultiplyAdd(X a, S b, S c);

    /// <summary>Adds a strip to memory, of its last register the lanes of a mask.</summary>
    static abstract void AddTo(X* target, S strip, X mask, bool whole);
}

internal unsafe struct Strip1<O, X, T> : IStrip<Strip1<O, X, T>, O, X, T> where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    private X A;

    [MethodImpl(AggressiveInlining)]
    public static Strip1<O, X, T> Load(X* source, X mask, bool whole) => new() { A = O.Load((T*)source, mask, whole) };

    [MethodImpl(AggressiveInlining)]
    public static Strip1<O, X, T> MultiplyAdd(X a, Strip1<O, X, T> b, Strip1<O, X, T> c) => new() { A = O.MultiplyAdd(a, b.A, c.A) };

    [MethodImpl(AggressiveInlining)]
    public static void AddTo(X* target, Strip1<O, X, T> strip, X mask, bool whole)
    {
        O.Store((T*)target, O.Add(O.Load((T*)target, mask, whole), strip.A), mask, whole);
    }
}

internal unsafe struct Strip2<O, X, T> : IStrip<Strip2<O, X, T>, O, X, T> where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    private X A, B;

    [MethodImpl(AggressiveInlining)]
    public static Strip2<O, X, T> Load(X* source, X mask, bool whole) => new() { A = source[0], B = O.Load((T*)(source + 1), mask, whole) };

    [MethodImpl(AggressiveInlining)]
    public static Strip2<O, X, T> MultiplyAdd(X a, Strip2<O, X, T> b, Strip2<O, X, T> c) =>
        new() { A = O.MultiplyAdd(a, b.A, c.A), B = O.MultiplyAdd(a, b.B, c.B) };

    [MethodImpl(AggressiveInlining)]
    public static void AddTo(X* target, Strip2<O, X, T> strip, X mask, bool whole)
    {
        target[0] = O.Add(target[0], strip.A);
        O.Store((T*)(target + 1), O.Add(O.Load((T*)(target + 1), mask, whole), strip.B), mask, whole);
    }
}

internal unsafe struct Strip3<O, X, T> : IStrip<Strip3<O, X, T>, O, X, T> where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    private X A, B, C;

    [MethodImpl(AggressiveInlining)]
    public static Strip3<O, X, T> Load(X* source, X mask, bool whole) => new() { A = source[0], B = source[1], C = O.Load((T*)(source + 2), mask, whole) };

    [MethodImpl(AggressiveInlining)]
    public static Strip3<O, X, T> MultiplyAdd(X a, Strip3<O, X, T> b, Strip3<O, X, T> c) =>
        new() { A = O.MultiplyAdd(a, b.A, c.A), B = O.MultiplyAdd(a, b.B, c.B), C = O.MultiplyAdd(a, b.C, c.C) };

    [MethodImpl(AggressiveInlining)]
    public static void AddTo(X* target, Strip3<O, X, T> strip, X mask, bool whole)
    {
        target[0] = O.Add(target[0], strip.A);
        target[1] = O.Add(target[1], strip.B);
        O.Store((T*)(target + 2), O.Add(O.Load((T*)(target + 2), mask, whole), strip.C), mask, whole);
    }
}

internal unsafe struct Strip4<O, X, T> : IStrip<Strip4<O, X, T>, O, X, T> where O : IRegister<X, T> where X : unmanaged where T : unmanaged
{
    private X A, B, C, D;

    [MethodImpl(AggressiveInlining)]
    public static Strip4<O, X, T> Load(X* source, X mask, bool whole) =>
        new() { A = source[0], B = source[1], C = source[2], D = O.Load((T*)(source + 3), mask, whole) };

    [MethodImpl(AggressiveInlining)]
    public static Strip4<O, X, T> MultiplyAdd(X a, Strip4<O, X, T> b, Strip4<O, X, T> c) =>
        new() { A = O.MultiplyAdd(a, b.A, c.A), B = O.MultiplyAdd(a, b.B, c.B), C = O.MultiplyAdd(a, b.C, c.C), D = O.MultiplyAdd(a, b.D, c.D) };

    [MethodImpl(AggressiveInlining)]
    public static void AddTo(X* target, Strip4<O, X, T> strip, X mask, bool whole)
    {
        target[0] = O.Add(target[0], strip.A);
        target[1] = O.Add(target[1], strip.B);
        target[2] = O.Add(target[2], strip.C);
        O.Store((T*)(target + 3), O.Add(O.Load((T*)(target + 3), mask, whole), strip.D), mask, whole);
    }
}
