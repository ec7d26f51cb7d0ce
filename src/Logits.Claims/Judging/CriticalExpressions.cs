using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>
/// Where a proof would go wrong if it did: zeros of whatever stands in a claim (factors and divisors first: they may have been cancelled), edges of what logarithms and
/// roots are defined on, and the boundary of every comparison.
/// </summary>
internal static class CriticalExpressions
{
    private const int Most = 24;

    public static IReadOnlyList<Equation> Of(Problem problem)
    {
        Expression[] nodes = [.. problem.Hypotheses.Append(problem.Conclusion).SelectMany(Rewriting.Expressions)];
        HashSet<string> bound = [.. nodes.Select(BoundBy).OfType<string>()];
        bool IsFree(Expression expression) => Rewriting.Nodes(expression).OfType<Variable>() is var names && names.Any() && names.All(name => !bound.Contains(name.Name));
        Expression[] factors = [.. nodes.SelectMany(Factors)];
        Expression[] edges = [.. nodes.SelectMany(Edges)];
        IEnumerable<Equation> zeros = factors.Concat(edges).Concat(nodes).SelectMany(Scalars).Where(IsFree).Distinct().Select(expression => Equation.Zero(expression, Rational.Zero));
        IEnumerable<Equation> boundaries = problem.Concluded().Concat(problem.Assumed()).Where(pair => pair.Relation != Relation.Equal && pair.Entry < 3);
        IEnumerable<Equation> nearEdges = edges.SelectMany(Scalars).Where(IsFree).Distinct().SelectMany(edge => (Equation[])[Equation.Zero(edge, new(1, 100)), Equation.Zero(edge, 1)]);
        return [.. zeros.Take(Most), .. boundaries.Take(Most / 2), .. nearEdges.Take(Most / 2)];
    }

    private static string? BoundBy(Expression node) => node switch
    {
        IndexSum sum => sum.Index.Name,
        Limit limit => limit.Variable.Name,
        Derivative { By.Name: Derivative.BoundName } => Derivative.BoundName,
        _ => null,
    };

    private static IEnumerable<Expression> Factors(Expression node) => node switch
    {
        Binary { Operator: BinaryOperator.Multiply or BinaryOperator.Divide } product => [product.Left, product.Right],
        Binary { Operator: BinaryOperator.Power } power => [power.Left, power.Right],
        Call { Function: Function.Log or Function.Dot } call => [call],
        _ => [],
    };

    private static IEnumerable<Expression> Edges(Expression node) => node switch
    {
        Call { Function: Function.Log or Function.Entropy } call => call.Arguments,
        Binary { Operator: BinaryOperator.Power, Right: not Number { Value.IsInteger: true } } power => [power.Left],
        Binary { Operator: BinaryOperator.Divide } quotient => [quotient.Right],
        _ => [],
    };

    /// <summary>The expression itself, or the first entries of a vector.</summary>
    private static IEnumerable<Expression> Scalars(Expression expression) => expression.Kind switch
    {
        Kind.Scalar => [expression],
        Kind.Vector => [new Element(expression, [new Number(1, Shape.Index(expression.Shape.Size), default)], Shape.Scalar, default)],
        _ => [],
    };
}
