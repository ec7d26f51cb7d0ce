using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Tests.Laws.Oracle;

/// <summary>Evaluates at a point with rational coordinates; derivatives and limits are worked out exactly first.</summary>
internal sealed class NumericEvaluator<T> : Evaluator<T>
{
    private readonly ExactEvaluator _exact;

    public NumericEvaluator(IArithmetic<T> arithmetic, Point point) : base(arithmetic, point.Size)
    {
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
        foreach ((string name, int index) in Indices)
        {
            _exact.Bind(name, index);
        }
        var interpretation = new Interpretation<T>(Arithmetic, symbol => throw new UndefinedException($"{symbol} has no value"));
        return _exact.Evaluate(expression).Map(interpretation.Of);
    }
}
