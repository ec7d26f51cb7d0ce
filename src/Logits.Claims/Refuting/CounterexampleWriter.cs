using System.Globalization;
using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Refuting;

/// <summary>Writes a point where a claim fails out so that a person can check it by hand.</summary>
internal static class CounterexampleWriter
{
    private const int LongestExact = 60;

    public static Counterexample Write(Claim claim, PointJudge judge)
    {
        Point point = judge.Point;
        (Expression left, Relation relation, Expression right) = FailingPair(claim.Conclusion, judge)
            ?? throw new InvalidOperationException("a counterexample without a failing comparison");
        return new()
        {
            Size = claim.Sizes is null ? null : point.Size,
            Values = [.. point.Values.Select(value => KeyValuePair.Create(value.Name, Text(value.Entries, value.IsScalar))),
                .. point.Indices.Select(index => KeyValuePair.Create(index.Name, index.Index.ToString(CultureInfo.InvariantCulture)))],
            Failing = $"{left} {Symbol(relation)} {right}",
            Left = Evaluate(left, judge),
            Right = Evaluate(right, judge),
        };
    }

    private static (Expression Left, Relation Relation, Expression Right)? FailingPair(Statement statement, PointJudge judge)
    {
        switch (statement)
        {
            case Comparison comparison:
                int pair = Enumerable.Range(0, comparison.Relations.Count).FirstOrDefault(i => judge.Holds(comparison, i) == false, -1);
                return pair < 0 ? null : (comparison.Operands[pair], comparison.Relations[pair], comparison.Operands[pair + 1]);
            case Conjunction conjunction:
                return conjunction.Parts.Where(part => judge.Holds(part) == false).Select(part => FailingPair(part, judge)).FirstOrDefault();
            case Equivalence equivalence:
                return FailingPair(judge.Holds(equivalence.Left) == false ? equivalence.Left : equivalence.Right, judge);
            case PositiveSemidefinite semidefinite when judge.FailingDirection(semidefinite.Matrix) is { } direction:
                Shape shape = Shape.Vector(semidefinite.Matrix.Shape.Size);
                Expression vector = new VectorLiteral(direction.Select(Literal).ToSequence(), shape, default);
                return (new Call(Function.Quad, [semidefinite.Matrix, vector], Shape.Scalar, default), Relation.GreaterOrEqual, Literal(Rational.Zero));
            case Membership membership:
                Expression sum = new Call(Function.Sum, [membership.Subject], Shape.Scalar, default);
                return (sum, Relation.Equal, Literal(Rational.One));
            default:
                return null;
        }
    }

    private static Evaluation Evaluate(Expression expression, PointJudge judge)
    {
        Expression substituted = Rewriting.Replace(expression, node => node is Variable variable ? ValueOf(variable, judge.Point) : null);
        var steps = new List<string> { expression.ToString() };
        if (!substituted.Equals(expression))
        {
            steps.Add(substituted.ToString());
        }
        string? exact = Exact(expression, judge);
        if (exact is not null && exact != steps[^1])
        {
            steps.Add(exact);
        }
        return new(steps, exact, Approximate(expression, judge.Point));
    }

    private static string? Exact(Expression expression, PointJudge judge)
    {
        try
        {
            Value<Quotient> value = judge.Exact.Evaluate(expression);
            string text = value.Kind == Kind.Scalar ? ClaimText.Of(value.Number) : $"[{string.Join(", ", value.Entries.Select(ClaimText.Of))}]";
            return value.Kind == Kind.Matrix || text.Length > LongestExact ? null : text;
        }
        catch (Exception undefined) when (undefined is UndefinedException or NeedsCaseException or BudgetException)
        {
            return null;
        }
    }

    private static string Approximate(Expression expression, Point point)
    {
        Value<Interval> value = new NumericEvaluator<Interval>(new IntervalArithmetic(200), point).Evaluate(expression);
        string[] entries = [.. value.Entries.Select(entry => Number(entry.Midpoint()))];
        return value.Kind switch
        {
            Kind.Vector => $"[{string.Join(", ", entries)}]",
            Kind.Matrix => $"[{string.Join("; ", entries.Chunk(value.Columns).Select(row => string.Join(", ", row)))}]",
            _ => entries[0],
        };
    }

    private static string Number(double value) => value == 0 || (Math.Abs(value) is >= 1e-4 and < 1e6)
        ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString("0.#####e+0", CultureInfo.InvariantCulture);

    private static Expression? ValueOf(Variable variable, Point point)
    {
        foreach ((string name, Rational[] entries, bool isScalar) in point.Values)
        {
            if (name == variable.Name)
            {
                return isScalar ? Literal(entries[0]) : new VectorLiteral(entries.Select(Literal).ToSequence(), variable.Shape, default);
            }
        }
        foreach ((string name, int index) in point.Indices)
        {
            if (name == variable.Name)
            {
                return new Number(index, variable.Shape, default);
            }
        }
        return null;
    }

    private static Expression Literal(Rational value) => value.Sign < 0
        ? new Negation(Literal(-value), Shape.Scalar, default)
        : new Number(value, Shape.Scalar, default);

    private static string Text(Rational[] entries, bool isScalar) => isScalar ? entries[0].ToString() : $"[{string.Join(", ", entries)}]";

    private static string Symbol(Relation relation) => relation switch
    {
        Relation.Equal => "==",
        Relation.NotEqual => "!=",
        Relation.Less => "<",
        Relation.LessOrEqual => "<=",
        Relation.Greater => ">",
        _ => ">=",
    };
}
