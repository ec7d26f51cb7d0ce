using System.Globalization;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Evaluating;

/// <summary>Evaluates at a point with rational coordinates; derivatives and limits are worked out exactly first.</summary>
internal sealed class NumericEvaluator<T> : Evaluator<T>
{
    private readonly ExactEvaluator _exact;
    private readonly Derivatives? _derivatives;

    public NumericEvaluator(IArithmetic<T> arithmetic, Point point, Derivatives? derivatives = null) : base(arithmetic, point.Size)
    {
        _derivatives = derivatives;
        _exact = new ExactEvaluator(new ExactArithmetic(FactBase.Empty), point.Size);
        foreach ((string name, Rational[] entries, bool isScalar) in point.Values)
        {
            Bind(name, isScalar ? Value<T>.Scalar(arithmetic.Of(entries[0])) : Value<T>.Vector([.. entries.Select(arithmetic.Of)]));
            _exact.Bind(name, isScalar ? Value<Quotient>.Scalar(Quotient.Of(entries[0])) : Value<Quotient>.Vector([.. entries.Select(Quotient.Of)]));
        }
        foreach ((string name, int index) in point.Indices)
        {
            Bind(name, index);
            _exact.Bind(name, index);
        }
    }

    protected override Value<T> EvaluateCalculus(Expression expression)
    {
        if (_derivatives?.Of(expression, Indices) is { } derivative)
        {
            return derivative.Map(new Interpretation<T>(Arithmetic, Coordinate).Of);
        }
        foreach ((string name, int index) in Indices)
        {
            _exact.Bind(name, index);
        }
        var interpretation = new Interpretation<T>(Arithmetic, symbol => throw new UndefinedException($"{symbol} has no value"));
        return _exact.Evaluate(expression).Map(interpretation.Of);
    }

    /// <summary>The value of a variable or of an entry of one, by the name of its symbol.</summary>
    private T Coordinate(string symbol)
    {
        int bracket = symbol.IndexOf('[', StringComparison.Ordinal);
        return bracket < 0
            ? ValueOf(symbol).Number
            : ValueOf(symbol[..bracket]).Entries[int.Parse(symbol.AsSpan(bracket + 1, symbol.Length - bracket - 2), CultureInfo.InvariantCulture) - 1];
    }
}

/// <summary>A choice of n and of a value for every variable of a claim.</summary>
internal sealed record Point(
    int Size,
    IReadOnlyList<(string Name, Rational[] Entries, bool IsScalar)> Values,
    IReadOnlyList<(string Name, int Index)> Indices);
