using System.Collections;
using System.Runtime.CompilerServices;

namespace Logits.Claims.Language;

/// <summary>An immutable list that is equal to another when their items are, so that syntax trees compare by content.</summary>
/// <typeparam name="T">Type of the items.</typeparam>
[CollectionBuilder(typeof(Sequence), nameof(Sequence.Create))]
public sealed class Sequence<T> : IReadOnlyList<T>, IEquatable<Sequence<T>>
{
    private readonly T[] items;

    internal Sequence(T[] items) => this.items = items;

    /// <inheritdoc/>
    public int Count => items.Length;

    /// <inheritdoc/>
    public T this[int index] => items[index];

    /// <inheritdoc/>
    public bool Equals(Sequence<T>? other) => other is not null && items.AsSpan().SequenceEqual(other.items);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Sequence<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (T item in items)
        {
            hash.Add(item);
        }
        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)items).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => items.GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{string.Join(", ", items)}]";
}

/// <summary>Makes <see cref="Sequence{T}"/>s, for collection expressions too.</summary>
public static class Sequence
{
    /// <summary>The sequence of the given items, copied.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items, in order.</param>
    public static Sequence<T> Create<T>(ReadOnlySpan<T> items) => new(items.ToArray());

    /// <summary>The sequence of the given items, copied.</summary>
    /// <typeparam name="T">Type of the items.</typeparam>
    /// <param name="items">The items, in order.</param>
    public static Sequence<T> ToSequence<T>(this IEnumerable<T> items) => new([.. items]);
}
