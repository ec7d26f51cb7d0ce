using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>A comparison of two numbers that a proof is about: of one entry of the sides of a statement, perhaps.</summary>
/// <param name="Of">Number of the pair of sides in the statement, in order.</param>
/// <param name="Left">The left side's entry.</param>
/// <param name="Relation">How they compare.</param>
/// <param name="Right">The right side's entry.</param>
/// <param name="At">The positions of the entry; empty for two numbers.</param>
/// <param name="Assumed">What is assumed of those positions: <c>i != j</c>.</param>
internal sealed record ReaderGoal(int Of, Expression Left, Relation Relation, Expression Right, IReadOnlyList<string> At, IReadOnlyList<string> Assumed)
{
    /// <summary>What is to be shown positive, or not negative, or 0, as text.</summary>
    public string Difference => Relation is Relation.Greater or Relation.GreaterOrEqual ? Minus(Left, Right) : Minus(Right, Left);

    public bool IsStrict => Relation is Relation.Less or Relation.Greater or Relation.NotEqual;

    private static string Minus(Expression a, Expression b) => IsZero(b) ? a.ToString() : IsZero(a) ? $"-({b})" : $"{a} - ({b})";

    private static bool IsZero(Expression expression) => expression is Number { Value.IsZero: true };
}

/// <summary>The comparisons of numbers that a statement makes, in the order in which a certificate proves them.</summary>
/// <param name="size">The size, or null where n is left open.</param>
/// <param name="named">Where n is open: the positions told apart so far.</param>
/// <param name="fresh">Names for two positions like any other.</param>
internal sealed class ReaderGoals(int? size, IReadOnlyList<string> named, (string Row, string Column) fresh)
{
    private int _pairs;

    public IEnumerable<ReaderGoal> Of(Statement statement) => statement switch
    {
        Comparison comparison => Enumerable.Range(0, comparison.Relations.Count)
            .SelectMany(i => Entries(comparison.Operands[i], comparison.Relations[i], comparison.Operands[i + 1])),
        Conjunction conjunction => conjunction.Parts.SelectMany(Of),
        _ => [],
    };

    /// <summary>That an entry lies in the simplex: none negative, and they sum to 1.</summary>
    public IEnumerable<ReaderGoal> Of(Membership membership) =>
        Entries(Literal(0), Relation.LessOrEqual, membership.Subject)
            .Append(new(_pairs++, Call(Function.Sum, membership.Subject), Relation.Equal, Literal(1), [], []));

    /// <summary>That the matrix is symmetric, entry by entry, and then that its quadratic form is not negative.</summary>
    public IEnumerable<ReaderGoal> Of(PositiveSemidefinite statement, string vector)
    {
        Expression matrix = statement.Matrix;
        string[] rows = [.. Positions(matrix.Shape.Size)];
        string[] columns = size is null ? [.. rows, fresh.Column] : rows;
        int pair = _pairs++;
        for (int i = 0; i < rows.Length; i++)
        {
            for (int j = i + 1; j < columns.Length; j++)
            {
                yield return new(pair, Entry(matrix, rows[i], columns[j]), Relation.Equal, Entry(matrix, columns[j], rows[i]), [rows[i], columns[j]], Apart(rows[i], columns[j]));
            }
        }
        var direction = new Variable(vector, Shape.Vector(matrix.Shape.Size), default);
        yield return new(_pairs++, Literal(0), Relation.LessOrEqual, Call(Function.Quad, matrix, direction), [], []);
    }

    private IEnumerable<ReaderGoal> Entries(Expression left, Relation relation, Expression right)
    {
        int pair = _pairs++;
        Shape shape = left.Kind is Kind.Vector or Kind.Matrix ? left.Shape : right.Shape;
        switch (shape.Kind)
        {
            case Kind.Vector:
                foreach (string position in Positions(shape.Size))
                {
                    yield return new(pair, Entry(left, position), relation, Entry(right, position), [position], Apart(position));
                }
                break;
            case Kind.Matrix:
                foreach (string row in Positions(shape.Size))
                {
                    foreach (string column in Positions(shape.Size).Concat(size is null && row == fresh.Row ? [fresh.Column] : []))
                    {
                        yield return new(pair, Entry(left, row, column), relation, Entry(right, row, column), [row, column], Apart(row, column));
                    }
                }
                break;
            default:
                yield return new(pair, left, relation, right, [], []);
                break;
        }
    }

    private IEnumerable<string> Positions(VectorSize of) => size is { } n
        ? Enumerable.Range(1, of.At(n)).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : !of.IsSymbolic ? Enumerable.Range(1, of.Offset).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))
        : [.. named, .. Enumerable.Range(1, Math.Max(0, of.Offset)).Select(k => $"n+{k}"), fresh.Row];

    private string[] Apart(params string[] at) => size is not null ? [] :
    [
        .. at.Distinct().Where(position => position == fresh.Row || position == fresh.Column)
            .SelectMany(position => named.Append(position == fresh.Column ? fresh.Row : null).OfType<string>().Select(other => $"{position} != {other}")),
    ];

    private static Expression Entry(Expression side, params string[] at) => side.Kind is Kind.Scalar
        ? side
        : new Element(side, at.Select(position => Position(position, side.Shape.Size)).ToSequence(), Shape.Scalar, default);

    /// <summary>A position by its number, or by its name where n is open.</summary>
    public static Expression Position(string position, VectorSize size) => int.TryParse(position, out int number)
        ? new Number(number, Shape.Index(size), default)
        : new Variable(position, Shape.Index(size), default);

    private static Number Literal(int value) => new(value, Shape.Scalar, default);

    private static Call Call(Function function, params Expression[] arguments) => new(function, arguments.ToSequence(), Shape.Scalar, default);
}
