namespace Logits.Claims.Proving.Algebra;

/// <summary>What a <see cref="Monomial"/> takes integer powers of. Two atoms are equal when their keys are.</summary>
internal abstract class Atom(string key) : IEquatable<Atom>
{
    /// <summary>A canonical name, by which atoms are compared and ordered.</summary>
    public string Key { get; } = key;

    public bool Equals(Atom? other) => other is not null && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as Atom);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Key;
}

/// <summary>A real variable or an entry of a vector: <c>b</c>, <c>x[1]</c>, <c>x[i]</c>.</summary>
internal sealed class Symbol(string name) : Atom(name)
{
    public string Name => Key;
}

/// <summary>log P of a primitive polynomial of two terms or more, of a prime number, or of a symbol.</summary>
internal sealed class LogOf(Polynomial argument) : Atom($"log({argument.Key})")
{
    public Polynomial Argument { get; } = argument;
}

/// <summary>Σ_k of a monomial in the entries with index k, over all k from 1 to n, n left open.</summary>
internal sealed class SumOf(Monomial body) : Atom($"sum({body.Key})")
{
    /// <summary>The index that the body is summed over, between the brackets of its symbols' names.</summary>
    public const string Index = "k";

    public Monomial Body { get; } = body;
}

/// <summary>1 / P inside an exponent, where quotients cannot stand.</summary>
internal sealed class InverseOf(Polynomial argument) : Atom($"inv({argument.Key})")
{
    public Polynomial Argument { get; } = argument;
}
