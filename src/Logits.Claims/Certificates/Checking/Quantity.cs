namespace Logits.Claims.Certificates.Checking;

/// <summary>Where the entries of a vector are: at positions with names and, where n is left open, at all others as well.</summary>
/// <param name="Names">Named positions: all of them, or those beyond the n of an open size.</param>
/// <param name="Open">Whether there are n positions more.</param>
internal sealed record Positions(IReadOnlyList<string> Names, bool Open);

/// <summary>A scalar, a vector or a matrix: a function from positions to fractions.</summary>
internal abstract record Quantity;

internal sealed record ScalarQuantity(Fraction Value) : Quantity;

internal sealed record VectorQuantity(Positions Positions, Func<string, Fraction> Entry) : Quantity;

internal sealed record MatrixQuantity(Positions Positions, Func<string, string, Fraction> Entry) : Quantity;
