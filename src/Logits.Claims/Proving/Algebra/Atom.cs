namespace Logits.Claims.Proving.Algebra;

/// <summary>What a <see cref="Monomial"/> takes integer powers of. Atoms of the same kind are equal when what they are made of is.</summary>
/// <param name="head">What the atom's name begins with, by which atoms are ordered first: the whole name of a symbol, the function of any other.</param>
/// <param name="hash">A hash of what it is made of.</param>
internal abstract class Atom(string head, int hash) : IEquatable<Atom>, IComparable<Atom>
{
    public string Head { get; } = head;

    /// <summary>A canonical name.</summary>
    public virtual string Key => Head;

    public bool Equals(Atom? other) => ReferenceEquals(this, other) || (other is not null && hash == other.GetHashCode() && CompareTo(other) == 0);

    public override bool Equals(object? obj) => Equals(obj as Atom);

    public override int GetHashCode() => hash;

    public int CompareTo(Atom? other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }
        int order = string.CompareOrdinal(Head, other!.Head);
        return order != 0 ? order : CompareInside(other);
    }

    public override string ToString() => Key;

    /// <summary>Compares with another atom of the same head.</summary>
    protected virtual int CompareInside(Atom other) => 0;
}

/// <summary>A real variable or an entry of a vector: <c>b</c>, <c>x[1]</c>, <c>x[i]</c>.</summary>
internal sealed class Symbol(string name) : Atom(name, name.GetHashCode(StringComparison.Ordinal))
{
    public string Name => Head;
}

/// <summary>log P of a primitive polynomial of two terms or more, of a prime number, or of a symbol.</summary>
internal sealed class LogOf(Polynomial argument) : Atom("log(", HashCode.Combine(1, argument))
{
    public Polynomial Argument { get; } = argument;

    public override string Key => $"log({Argument.Key})";

    protected override int CompareInside(Atom other) => Argument.CompareTo(((LogOf)other).Argument);
}

/// <summary>Σ_k of a monomial in the entries with index k, over all k from 1 to n, n left open.</summary>
internal sealed class SumOf(Monomial body) : Atom("sum(", HashCode.Combine(2, body))
{
    /// <summary>The index that the body is summed over, between the brackets of its symbols' names.</summary>
    public const string Index = "k";

    public Monomial Body { get; } = body;

    public override string Key => $"sum({Body.Key})";

    protected override int CompareInside(Atom other) => Body.CompareTo(((SumOf)other).Body);
}

/// <summary>1 / P inside an exponent, where quotients cannot stand.</summary>
internal sealed class InverseOf(Polynomial argument) : Atom("inv(", HashCode.Combine(3, argument))
{
    public Polynomial Argument { get; } = argument;

    public override string Key => $"inv({Argument.Key})";

    protected override int CompareInside(Atom other) => Argument.CompareTo(((InverseOf)other).Argument);
}
