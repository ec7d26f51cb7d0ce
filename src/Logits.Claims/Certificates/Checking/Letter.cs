namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// What the checker's formulas are made of. Exponentials are letters too, e^m for a word m without coefficient, and take rational powers:
/// e^(2x + b) is (e^x)²·(e^b).
/// </summary>
internal abstract class Letter(int hash) : IEquatable<Letter>, IComparable<Letter>
{
    /// <summary>The letter's name, the same for letters that are equal.</summary>
    public abstract string Key { get; }

    /// <summary>Kinds of letters follow each other in this order.</summary>
    protected abstract int Rank { get; }

    public abstract bool Mentions(Func<VariableLetter, bool> predicate);

    public bool Equals(Letter? other) => ReferenceEquals(this, other) || (other is not null && GetHashCode() == other.GetHashCode() && CompareTo(other) == 0);

    public override bool Equals(object? obj) => Equals(obj as Letter);

    public override int GetHashCode() => hash;

    public int CompareTo(Letter? other) => ReferenceEquals(this, other) ? 0 : Rank != other!.Rank ? Rank.CompareTo(other.Rank) : CompareWithin(other);

    /// <summary>Compares with a letter of the same kind.</summary>
    protected abstract int CompareWithin(Letter other);
}

/// <summary>A scalar variable, or the entry of a vector variable at an index: a number, or a name where n is left open.</summary>
internal sealed class VariableLetter(string name, string? index) : Letter(HashCode.Combine(name, index))
{
    private string? _key;

    public string Name { get; } = name;

    public string? Index { get; } = index;

    public override string Key => _key ??= Index is null ? Name : $"{Name}[{Index}]";

    protected override int Rank => 0;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => predicate(this);

    protected override int CompareWithin(Letter other)
    {
        var variable = (VariableLetter)other;
        int order = string.CompareOrdinal(Name, variable.Name);
        return order != 0 ? order : string.CompareOrdinal(Index, variable.Index);
    }
}

internal sealed class ExponentialLetter(Word exponent) : Letter(HashCode.Combine(1, exponent))
{
    public Word Exponent { get; } = exponent;

    public override string Key => $"e^{{{Exponent.Key}}}";

    protected override int Rank => 1;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Exponent.Mentions(predicate);

    protected override int CompareWithin(Letter other) => Exponent.CompareTo(((ExponentialLetter)other).Exponent);
}

internal sealed class LogLetter(Form argument) : Letter(HashCode.Combine(2, argument))
{
    public Form Argument { get; } = argument;

    public override string Key => $"ln{{{Argument.Key}}}";

    protected override int Rank => 2;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Argument.Mentions(predicate);

    protected override int CompareWithin(Letter other) => Argument.CompareTo(((LogLetter)other).Argument);
}

/// <summary>1 / P within an exponent.</summary>
internal sealed class ReciprocalLetter(Form argument) : Letter(HashCode.Combine(3, argument))
{
    public Form Argument { get; } = argument;

    public override string Key => $"1/{{{Argument.Key}}}";

    protected override int Rank => 3;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Argument.Mentions(predicate);

    protected override int CompareWithin(Letter other) => Argument.CompareTo(((ReciprocalLetter)other).Argument);
}

/// <summary>The sum of a word over all values of <see cref="Bound"/>, n of them.</summary>
internal sealed class SumLetter(Word body) : Letter(HashCode.Combine(4, body))
{
    public const string Bound = "•";

    public Word Body { get; } = body;

    public override string Key => $"S{{{Body.Key}}}";

    protected override int Rank => 4;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Body.Mentions(predicate);

    protected override int CompareWithin(Letter other) => Body.CompareTo(((SumLetter)other).Body);
}
