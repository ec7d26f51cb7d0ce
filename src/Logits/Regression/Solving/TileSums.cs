using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Logits.Regression;

/// <summary>
/// Sums over the columns of one class's row in a class-major tile. They are formed in eight (float) or four (double) parts whatever the hardware, so that they
/// have the same bits everywhere; what follows the tile's rows must be 0, or have weight 0.
/// </summary>
internal static unsafe class TileSums<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Σ terms, in float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Sum(T* terms, int used)
    {
        Vector256<double> lower = default, upper = default;
        for (int i = 0; i < used; i += Vector256<T>.Count)
            Add(Vector256.Load(terms + i), ref lower, ref upper);
        return Vector256.Sum(lower + upper);
    }

    /// <summary>Σ w · terms, in float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double WeightedSum(T* terms, T* weights, int used)
    {
        Vector256<double> lower = default, upper = default;
        for (int i = 0; i < used; i += Vector256<T>.Count)
            Add(Vector256.Load(terms + i) * Vector256.Load(weights + i), ref lower, ref upper);
        return Vector256.Sum(lower + upper);
    }

    /// <summary>weighted = w ⊙ p, with Σ w p and Σ w p².</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (double Sum, double Squares) Weight(T* probabilities, T* weights, int used, T* weighted)
    {
        Vector256<double> lower = default, upper = default;
        Vector256<T> squares = default;
        for (int i = 0; i < used; i += Vector256<T>.Count)
        {
            Vector256<T> p = Vector256.Load(probabilities + i), wp = p * Vector256.Load(weights + i);
            wp.Store(weighted + i);
            squares += p * wp;
            Add(wp, ref lower, ref upper);
        }
        Vector256<double> lowerSquares = default, upperSquares = default;
        Add(squares, ref lowerSquares, ref upperSquares);
        return (Vector256.Sum(lower + upper), Vector256.Sum(lowerSquares + upperSquares));
    }

    /// <summary>totals += p.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(T* probabilities, int used, T* totals)
    {
        for (int i = 0; i < used; i += Vector256<T>.Count)
            (Vector256.Load(totals + i) + Vector256.Load(probabilities + i)).Store(totals + i);
    }

    /// <summary>
    /// Where the label is the likelier outcome, with the others' probabilities r together: loss = −log(1 − r) = log(1 + r / (1 − r)), to the last place however
    /// small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Refine(T* others, int used, T* losses)
    {
        Vector256<T> one = Vector256<T>.One, half = Vector256.Create(T.CreateTruncating(0.5));
        for (int i = 0; i < used; i += Vector256<T>.Count)
        {
            Vector256<T> rest = Vector256.Load(others + i), isLikely = Vector256.LessThan(rest, half);
            Vector256<T> odds = Vector256.ConditionalSelect(isLikely, rest, default) / (one - Vector256.ConditionalSelect(isLikely, rest, default));
            Vector256<T> loss = Numerics.VectorMath.Log1P<Numerics.Lanes256<T>, T>(new(odds)).Value;
            Vector256.ConditionalSelect(isLikely, loss, Vector256.Load(losses + i)).Store(losses + i);
        }
    }

    /// <summary>means += p ⊙ u: a step towards ⟨p_i, u_i⟩ in every column.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddProducts(T* probabilities, T* changes, int used, T* means)
    {
        for (int i = 0; i < used; i += Vector256<T>.Count)
            (Vector256.Load(means + i) + Vector256.Load(probabilities + i) * Vector256.Load(changes + i)).Store(means + i);
    }

    /// <summary>least_i = min(least_i, u_i − means_i).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void KeepLeast(T* changes, T* means, int used, T* least)
    {
        for (int i = 0; i < used; i += Vector256<T>.Count)
            Vector256.Min(Vector256.Load(least + i), Vector256.Load(changes + i) - Vector256.Load(means + i)).Store(least + i);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector256<T> terms, ref Vector256<double> lower, ref Vector256<double> upper)
    {
        if (typeof(T) == typeof(float))
        {
            (Vector256<double> a, Vector256<double> b) = Vector256.Widen(terms.AsSingle());
            lower += a;
            upper += b;
        }
        else
        {
            lower += terms.AsDouble();
        }
    }
}
