namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// What the checker's formulas are made of. Exponentials are letters too, e^m for a word m without coefficient, and take rational powers:
/// e^(2x + b) is (e^x)²·(e^b).
/// </summary>
internal abstract class Letter(int hash) : IEquatable<Letter>, IFormula<Letter>
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

/// <summary>What letters and formulas are asked.</summary>
internal interface IFormula<T> : IComparable<T>
{
    /// <summary>A name, the same for formulas that are equal.</summary>
    string Key { get; }

    bool Mentions(Func<VariableLetter, bool> predicate);
}

/// <summary>A letter made of one formula.</summary>
internal abstract class FormulaLetter<T>(int rank, string function, T inner) : Letter(HashCode.Combine(rank, inner)) where T : IFormula<T>
{
    protected T Inner { get; } = inner;

    public override string Key => $"{function}{{{Inner.Key}}}";

    protected override int Rank => rank;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Inner.Mentions(predicate);

    protected override int CompareWithin(Letter other) => Inner.CompareTo(((FormulaLetter<T>)other).Inner);
}

internal sealed class ExponentialLetter(Word exponent) : FormulaLetter<Word>(1, "e^", exponent)
{
    public Word Exponent => Inner;
}

internal sealed class LogLetter(Form argument) : FormulaLetter<Form>(2, "ln", argument)
{
    public Form Argument => Inner;
}

/// <summary>1 / P within an exponent.</summary>
internal sealed class ReciprocalLetter(Form argument) : FormulaLetter<Form>(3, "1/", argument)
{
    public Form Argument => Inner;
}

/// <summary>The sum of a word over all values of <see cref="Bound"/>, n of them.</summary>
internal sealed class SumLetter(Word body) : FormulaLetter<Word>(4, "S", body)
{
    public const string Bound = "•";

    public Word Body => Inner;
}
