using Logits.Claims.Language;

namespace Logits.Claims.Evaluating;

/// <summary>What an expression of the claim language is worth: a scalar, a vector or a square matrix of numbers.</summary>
/// <typeparam name="T">Type of a number.</typeparam>
internal sealed class Value<T>
{
    private Value(Kind kind, T[] entries, int columns)
    {
        Kind = kind;
        Entries = entries;
        Columns = columns;
    }

    public Kind Kind { get; }

    /// <summary>One entry, those of the vector, or those of the matrix row by row.</summary>
    public T[] Entries { get; }

    /// <summary>Columns of a matrix, 1 for anything else.</summary>
    public int Columns { get; }

    public int Rows => Entries.Length / Columns;

    public T Number => Entries[0];

    public T this[int row, int column] => Entries[(row * Columns) + column];

    public static Value<T> Scalar(T value) => new(Kind.Scalar, [value], 1);

    public static Value<T> Vector(T[] entries) => new(Kind.Vector, entries, 1);

    public static Value<T> Matrix(int size, Func<int, int, T> entry)
    {
        var entries = new T[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                entries[(i * size) + j] = entry(i, j);
            }
        }
        return new(Kind.Matrix, entries, size);
    }

    public Value<TOther> Map<TOther>(Func<T, TOther> function) => new Value<TOther>(Kind, [.. Entries.Select(function)], Columns);

    /// <summary>Entry by entry; a scalar goes with every entry of the other.</summary>
    public static Value<T> Zip(Value<T> a, Value<T> b, Func<T, T, T> function)
    {
        if (a.Kind == Kind.Scalar)
        {
            return b.Map(entry => function(a.Number, entry));
        }
        return b.Kind == Kind.Scalar
            ? a.Map(entry => function(entry, b.Number))
            : new(a.Kind, [.. a.Entries.Zip(b.Entries, function)], a.Columns);
    }
}
