using System.Globalization;
using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Judging;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Language;

namespace Logits.Claims.Refuting;

/// <summary>Writes a point where a claim fails out so that a person can check it by hand.</summary>
internal sealed class CounterexampleWriter
{
    private const int LongestExact = 60;
    private const int Bits = 200;

    private readonly Contradiction _contradiction;
    private readonly PointEvaluator _evaluator;
    private readonly Truth _truth;
    private readonly Dictionary<string, Real[]> _values;

    private CounterexampleWriter(Contradiction contradiction)
    {
        _contradiction = contradiction;
        (_evaluator, _truth) = contradiction.Certainly(Bits);
        _values = contradiction.Point.Values.ToDictionary(value => value.Name, value => _evaluator.ValueOf(value.Name).Entries);
    }

    public static Counterexample Write(Claim claim, Contradiction contradiction) => new CounterexampleWriter(contradiction).Write(claim);

    private Counterexample Write(Claim claim)
    {
        (Expression left, Relation relation, Expression right) = FailingPair(_contradiction.Problem.Conclusion)
            ?? throw new InvalidOperationException("a counterexample without a failing comparison");
        return new()
        {
            Size = claim.Sizes is null ? null : _contradiction.Problem.Size,
            Values = [.. _contradiction.Point.Values.Select(value => KeyValuePair.Create(value.Name, Text(_values[value.Name], value.IsScalar))),
                .. _contradiction.Point.Indices.Select(index => KeyValuePair.Create(index.Name, index.Index.ToString(CultureInfo.InvariantCulture)))],
            Failing = $"{left} {Symbol(relation)} {right}",
            Left = Evaluate(left),
            Right = Evaluate(right),
        };
    }

    private (Expression Left, Relation Relation, Expression Right)? FailingPair(Statement statement)
    {
        switch (statement)
        {
            case Comparison comparison:
                int pair = Enumerable.Range(0, comparison.Relations.Count)
                    .FirstOrDefault(i => _truth.Of(comparison.Operands[i], comparison.Relations[i], comparison.Operands[i + 1]) == false, -1);
                return pair < 0 ? null : (comparison.Operands[pair], comparison.Relations[pair], comparison.Operands[pair + 1]);
            case Conjunction conjunction:
                return conjunction.Parts.Where(part => _truth.Of(part) == false).Select(FailingPair).FirstOrDefault();
            case Disjunction disjunction:
                return disjunction.Parts.Select(FailingPair).FirstOrDefault(pair => pair is not null);
            case Denial denial:
                return DeniedPair(denial.Denied);
            case PositiveSemidefinite semidefinite when Truth.FailingDirection(_evaluator.Evaluate(semidefinite.Matrix)) is { } direction:
                Shape shape = Shape.Vector(semidefinite.Matrix.Shape.Size);
                Expression vector = new VectorLiteral(direction.Select(Literal).ToSequence(), shape, default);
                return (new Call(Function.Quad, [semidefinite.Matrix, vector], Shape.Scalar, default), Relation.GreaterOrEqual, Literal(Rational.Zero));
            case PositiveSemidefinite semidefinite:
                return (semidefinite.Matrix, Relation.Equal, new Call(Function.Transpose, [semidefinite.Matrix], semidefinite.Matrix.Shape, default));
            case Membership membership:
                Expression sum = new Call(Function.Sum, [membership.Subject], Shape.Scalar, default);
                Expression least = new Call(Function.Min, [membership.Subject], Shape.Scalar, default);
                return _truth.Of(least, Relation.GreaterOrEqual, Literal(Rational.Zero)) == false ? (least, Relation.GreaterOrEqual, Literal(Rational.Zero))
                    : _truth.Of(sum, Relation.Equal, Literal(Rational.One)) == false ? (sum, Relation.Equal, Literal(Rational.One))
                    : (new Call(Function.Max, [membership.Subject], Shape.Scalar, default), Relation.Equal, Literal(Rational.One));
            default:
                return null;
        }
    }

    /// <summary>A comparison that fails because the statement holds.</summary>
    private (Expression Left, Relation Relation, Expression Right)? DeniedPair(Statement statement) => statement switch
    {
        Comparison comparison => (comparison.Operands[0], Opposite(comparison.Relations[0]), comparison.Operands[1]),
        Conjunction conjunction => DeniedPair(conjunction.Parts[0]),
        Disjunction disjunction => disjunction.Parts.Where(part => _truth.Of(part) == true).Select(DeniedPair).FirstOrDefault(),
        Denial denial => FailingPair(denial.Denied),
        Membership membership => (new Call(Function.Sum, [membership.Subject], Shape.Scalar, default), Relation.NotEqual, Literal(Rational.One)),
        PositiveSemidefinite semidefinite =>
            (semidefinite.Matrix, Relation.NotEqual, new Call(Function.Transpose, [semidefinite.Matrix], semidefinite.Matrix.Shape, default)),
        _ => null,
    };

    private static Relation Opposite(Relation relation) => relation switch
    {
        Relation.Less => Relation.GreaterOrEqual,
        Relation.LessOrEqual => Relation.Greater,
        Relation.Greater => Relation.LessOrEqual,
        Relation.GreaterOrEqual => Relation.Less,
        Relation.Equal => Relation.NotEqual,
        _ => Relation.Equal,
    };

    private Evaluation Evaluate(Expression expression)
    {
        var steps = new List<string> { expression.ToString() };
        if (_values.Values.SelectMany(entries => entries).All(entry => Constant(entry) is not null))
        {
            string substituted = Rewriting.Replace(expression, node => node is Variable variable ? ValueOf(variable) : null).ToString();
            steps.AddRange(substituted == steps[0] ? [] : [substituted]);
        }
        Value<Real> value = _evaluator.Evaluate(expression);
        string exact = Listed(value.Entries, value.Kind == Kind.Scalar, entry => ((Certain)entry).Exact?.ToString() ?? "");
        bool isShown = value.Kind != Kind.Matrix && exact.Length <= LongestExact && value.Entries.All(entry => entry is Certain { Exact: not null });
        if (isShown && exact != steps[^1])
        {
            steps.Add(exact);
        }
        string[] rows = [.. value.Entries.Select(entry => Rounded(((Certain)entry).Interval.Midpoint()))];
        string approximate = value.Kind == Kind.Matrix ? $"[{string.Join("; ", rows.Chunk(value.Columns).Select(row => string.Join(", ", row)))}]" : value.Kind == Kind.Vector ? $"[{string.Join(", ", rows)}]" : rows[0];
        return new(steps, isShown ? exact : null, approximate);
    }

    private Expression? ValueOf(Variable variable)
    {
        if (_values.TryGetValue(variable.Name, out Real[]? entries))
        {
            Expression[] literals = [.. entries.Select(entry => Literal(Constant(entry)!.Value))];
            return variable.Kind == Kind.Scalar ? literals[0] : new VectorLiteral(literals.ToSequence(), variable.Shape, default);
        }
        return _contradiction.Point.Indices.Where(index => index.Name == variable.Name).Select(index => new Number(index.Index, variable.Shape, default)).FirstOrDefault();
    }

    private static Rational? Constant(Real entry) => ((Certain)entry).Exact?.Constant;

    private static string Text(Real[] entries, bool isScalar) =>
        Listed(entries, isScalar, entry => ((Certain)entry).Exact?.ToString() ?? $"≈{Rounded(((Certain)entry).Interval.Midpoint())}");

    private static string Listed(Real[] entries, bool isScalar, Func<Real, string> text) => isScalar ? text(entries[0]) : $"[{string.Join(", ", entries.Select(text))}]";

    private static string Rounded(double value) => value == 0 || (Math.Abs(value) is >= 1e-4 and < 1e6)
        ? Math.Round(value, 6).ToString("0.######", CultureInfo.InvariantCulture)
        : value.ToString("0.#####e+0", CultureInfo.InvariantCulture);

    private static Expression Literal(Rational value) => value.Sign < 0
        ? new Negation(Literal(-value), Shape.Scalar, default)
        : new Number(value, Shape.Scalar, default);

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
