using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Numerics;

namespace Logits;

/// <summary>One row of the product p ⊙ (v − ⟨p, v⟩) of the covariance of a one-hot draw with a vector; the destination may be either source.</summary>
internal readonly ref struct CovarianceRow<T>(ReadOnlySpan<T> probabilities, ReadOnlySpan<T> direction, Span<T> destination) : IRowFunction<T, T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly ReadOnlySpan<T> _probabilities = probabilities;
    private readonly ReadOnlySpan<T> _direction = direction;
    private readonly Span<T> _destination = destination;

    /// <summary>Writes the product and returns ⟨p, v⟩.</summary>
    public T In<V>() where V : struct, ILanes<V, T>
    {
        int classes = _probabilities.Length;
        CompensatedSum<V, T> full = default;
        CompensatedSum<SingleLane<T>, T> rest = default;
        int i = 0;
        for (; i <= classes - V.Count; i += V.Count)
            full.Add(V.Load(in _probabilities[i]) * V.Load(in _direction[i]));
        for (; i < classes; i++)
            rest.Add(new(_probabilities[i] * _direction[i]));
        T mean = full.AcrossLanes() + rest.Total.Value;

        // The last register may overlap the one before it; it is computed before anything is written.
        V means = V.Create(mean);
        int tail = classes - V.Count;
        V last = Product(tail, means);
        for (i = 0; i < tail; i += V.Count)
            Product(i, means).Store(ref _destination[i]);
        last.Store(ref _destination[tail]);
        return mean;
    }

    private V Product<V>(int index, V mean) where V : struct, ILanes<V, T> =>
        V.Load(in _probabilities[index]) * (V.Load(in _direction[index]) - mean);
}
