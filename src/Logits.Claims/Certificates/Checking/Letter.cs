namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// What the checker's formulas are made of. Exponentials are letters too, e^m for a word m without coefficient, and take rational powers:
/// e^(2x + b) is (e^x)²·(e^b).
/// </summary>
internal abstract class Letter(string key)
{
    public string Key { get; } = key;

    public abstract bool Mentions(Func<VariableLetter, bool> predicate);
}

/// <summary>A scalar variable, or the entry of a vector variable at an index: a number, or a name where n is left open.</summary>
internal sealed class VariableLetter(string name, string? index) : Letter(index is null ? name : $"{name}[{index}]")
{
    public string Name { get; } = name;

    public string? Index { get; } = index;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => predicate(this);
}

internal sealed class ExponentialLetter(Word exponent) : Letter($"e^{{{exponent.Key}}}")
{
    public Word Exponent { get; } = exponent;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Exponent.Mentions(predicate);
}

internal sealed class LogLetter(Form argument) : Letter($"ln{{{argument.Key}}}")
{
    public Form Argument { get; } = argument;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Argument.Mentions(predicate);
}

/// <summary>1 / P within an exponent.</summary>
internal sealed class ReciprocalLetter(Form argument) : Letter($"1/{{{argument.Key}}}")
{
    public Form Argument { get; } = argument;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Argument.Mentions(predicate);
}

/// <summary>The sum of a word over all values of <see cref="Bound"/>, n of them.</summary>
internal sealed class SumLetter(Word body) : Letter($"S{{{body.Key}}}")
{
    public const string Bound = "•";

    public Word Body { get; } = body;

    public override bool Mentions(Func<VariableLetter, bool> predicate) => Body.Mentions(predicate);
}
