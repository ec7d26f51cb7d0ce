using System.Numerics;
using System.Runtime.CompilerServices;
using Logits.Numerics;
using static System.Runtime.CompilerServices.MethodImplOptions;

namespace Logits;

/// <summary>What is summed over the classes of a column: a term for each class.</summary>
internal unsafe interface IColumnTerm<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Whether the term counts ties.</summary>
    static abstract bool CountsTies { get; }

    /// <summary>The term of a register of columns.</summary>
    /// <param name="first">The register, in the tile that is read.</param>
    /// <param name="second">Its place in a second tile, to read or to write.</param>
    /// <param name="shift">The largest logits.</param>
    /// <param name="rate">The exponential's.</param>
    /// <param name="ties">How many logits were the largest, as integers.</param>
    static abstract V Of(T* first, T* second, V shift, V rate, ref V ties);
}

/// <summary>The exponential, which is written.</summary>
internal readonly unsafe struct ExponentialTerm<E, V, T> : IColumnTerm<V, T>
    where E : IExponential where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool CountsTies => false;

    [MethodImpl(AggressiveInlining)]
    public static V Of(T* first, T* second, V shift, V rate, ref V ties)
    {
        V exponential = E.Of<V, T>(V.Load(in *first) - shift, rate);
        exponential.Store(ref *second);
        return exponential;
    }
}

/// <summary>The exponential where it is not the largest, which is counted instead.</summary>
internal readonly unsafe struct SmallerExponentialTerm<E, V, T> : IColumnTerm<V, T>
    where E : IExponential where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool CountsTies => true;

    [MethodImpl(AggressiveInlining)]
    public static V Of(T* first, T* second, V shift, V rate, ref V ties) => SmallerTerm.Of<E, V, T>(V.Load(in *first) - shift, rate, ref ties);
}

/// <summary>The product of the two tiles.</summary>
internal readonly unsafe struct ProductTerm<V, T> : IColumnTerm<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static bool CountsTies => false;

    [MethodImpl(AggressiveInlining)]
    public static V Of(T* first, T* second, V shift, V rate, ref V ties) => V.Load(in *first) * V.Load(in *second);
}

/// <summary>
/// Sums over the classes of a class-major tile (K × stride; a column is a row of the table), a column a lane, so that a sum has the same bits in registers of
/// every width.
/// </summary>
internal static unsafe class ColumnSums<V, T> where V : struct, ILanes<V, T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many terms are summed without compensation: what that loses is small beside what exponentials lose.</summary>
    private const int PlainTerms = 16;

    /// <summary>sums_i = Σ_k of the terms of column i. The tile is walked in bands of classes: so memory is read in order however many there are.</summary>
    /// <param name="first">The tile that is read.</param>
    /// <param name="second">A second tile of the same shape.</param>
    /// <param name="stride">From one class to the next.</param>
    /// <param name="columns">A whole number of registers.</param>
    /// <param name="classes">K.</param>
    /// <param name="shifts">The largest logit of each column.</param>
    /// <param name="rate">The exponential's.</param>
    /// <param name="sums">Receives the sums.</param>
    /// <param name="errors">Room for a number a column.</param>
    /// <param name="ties">Receives the number of ties, as an integer, where the term counts them.</param>
    /// <param name="ahead">What to fetch meanwhile.</param>
    [MethodImpl(AggressiveOptimization | NoInlining)]
    public static void Sum<TTerm>(
        T* first, T* second, nint stride, int columns, int classes, T* shifts, V rate, T* sums, T* errors, T* ties, Ahead<T> ahead)
        where TTerm : IColumnTerm<V, T>
    {
        for (int k = 0; k < classes; k += PlainTerms)
            for (int i = 0; i < columns; i += V.Count)
            {
                nint at = k * stride + i;
                V counted = TTerm.CountsTies && k > 0 ? V.Load(in ties[i]) : default;
                V part = Band<TTerm>(first + at, second + at, stride, Math.Min(classes - k, PlainTerms), V.Load(in shifts[i]), rate, ref counted, ref ahead);
                CompensatedSum<V, T> sum = new(part, default);
                if (k > 0)
                {
                    sum = new(V.Load(in sums[i]), V.Load(in errors[i]));
                    sum.Add(part);
                }
                if (k + PlainTerms < classes)
                    sum.Error.Store(ref errors[i]);
                (k + PlainTerms < classes ? sum.Rounded : sum.Total).Store(ref sums[i]);
                if (TTerm.CountsTies)
                    counted.Store(ref ties[i]);
            }
    }

    [MethodImpl(AggressiveInlining)]
    private static V Band<TTerm>(T* first, T* second, nint stride, int terms, V shift, V rate, ref V ties, ref Ahead<T> ahead) where TTerm : IColumnTerm<V, T>
    {
        V sum = default;
        nint two = 2 * stride;
        for (; terms >= 4; terms -= 4, first += 2 * two, second += 2 * two)
        {
            ahead.Fetch<V>();
            sum += Pair<TTerm>(first, second, stride, shift, rate, ref ties) + Pair<TTerm>(first + two, second + two, stride, shift, rate, ref ties);
        }
        if (terms >= 2)
        {
            sum += Pair<TTerm>(first, second, stride, shift, rate, ref ties);
            first += two;
            second += two;
        }
        if (terms % 2 == 1)
            sum += TTerm.Of(first, second, shift, rate, ref ties);
        return sum;
    }

    /// <summary>The terms of two neighbouring classes.</summary>
    [MethodImpl(AggressiveInlining)]
    private static V Pair<TTerm>(T* first, T* second, nint stride, V shift, V rate, ref V ties) where TTerm : IColumnTerm<V, T> =>
        TTerm.Of(first, second, shift, rate, ref ties) + TTerm.Of(first + stride, second + stride, shift, rate, ref ties);
}
