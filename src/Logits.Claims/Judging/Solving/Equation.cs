using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Language;

namespace Logits.Claims.Judging.Solving;

/// <summary>right − left = offset, in one entry. The relation says how the sides compare in the claim.</summary>
internal sealed record Equation(Expression Left, Relation Relation, Expression Right, int Entry, Rational Offset)
{
    public static Equation Zero(Expression expression, Rational offset) =>
        new(new Number(0, Shape.Scalar, default), Relation.Equal, expression, 0, offset);

    /// <summary>right − left − offset.</summary>
    public Real Residual(PointEvaluator evaluator, Func<Rational, Real> constant)
    {
        Value<Real> left = evaluator.Evaluate(Left);
        Value<Real> right = evaluator.Evaluate(Right);
        return right.Entries[Math.Min(Entry, right.Entries.Length - 1)] - left.Entries[Math.Min(Entry, left.Entries.Length - 1)] - constant(Offset);
    }

    /// <summary>Whether the two sides of the comparison are these.</summary>
    public bool IsOf(Expression left, Expression right, int entry) => Entry == entry && Offset.IsZero && ReferenceEquals(Left, left) && ReferenceEquals(Right, right);
}

/// <summary>A way to move a point: what is added to the entries of a variable.</summary>
internal sealed record Direction(string Name, Rational[] Change);
