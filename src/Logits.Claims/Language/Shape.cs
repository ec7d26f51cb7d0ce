using System.Globalization;

namespace Logits.Claims.Language;

/// <summary>What an expression is.</summary>
public enum Kind
{
    /// <summary>A real number.</summary>
    Scalar,

    /// <summary>A column of real numbers.</summary>
    Vector,

    /// <summary>A square table of real numbers.</summary>
    Matrix,

    /// <summary>A position 1..size in a vector: an index variable, an integer literal between brackets, or n between brackets.</summary>
    Index,
}

/// <summary>How many entries a vector has: <c>n + Offset</c> where symbolic, else <c>Offset</c>.</summary>
/// <param name="IsSymbolic">Whether the size moves with the claim's n.</param>
/// <param name="Offset">What is added to n, or the size itself.</param>
public readonly record struct VectorSize(bool IsSymbolic, int Offset)
{
    /// <summary>The claim's own size n.</summary>
    public static VectorSize N => new(true, 0);

    /// <summary>A size written as a number.</summary>
    /// <param name="size">The number of entries, at least 1.</param>
    public static VectorSize Of(int size) => new(false, size);

    /// <summary>The size once n is chosen.</summary>
    /// <param name="n">The claim's n.</param>
    public int At(int n) => IsSymbolic ? n + Offset : Offset;

    /// <inheritdoc/>
    public override string ToString() => IsSymbolic
        ? Offset == 0 ? "n" : string.Create(CultureInfo.InvariantCulture, $"n{Offset:+0;-0}")
        : Offset.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The kind of an expression and, but for a scalar, its size.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Size">Entries of a vector, rows (and columns) of a matrix, largest value of an index; <c>default</c> for a scalar.</param>
public readonly record struct Shape(Kind Kind, VectorSize Size)
{
    /// <summary>A real number.</summary>
    public static Shape Scalar => default;

    /// <summary>A vector of a size.</summary>
    /// <param name="size">Number of entries.</param>
    public static Shape Vector(VectorSize size) => new(Kind.Vector, size);

    /// <summary>A square matrix of a size.</summary>
    /// <param name="size">Number of rows and of columns.</param>
    public static Shape Matrix(VectorSize size) => new(Kind.Matrix, size);

    /// <summary>A position 1..size.</summary>
    /// <param name="size">The largest position.</param>
    public static Shape Index(VectorSize size) => new(Kind.Index, size);
}
