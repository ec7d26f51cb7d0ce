using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Refuting;

/// <summary>
/// Tells whether statements hold at one point, with certainty or not at all: by intervals of growing precision, and where two sides
/// come too close to be told apart, by comparing their exact normal forms.
/// </summary>
/// <param name="point">The point.</param>
/// <param name="derivatives">The derivatives met at all points of this size; null where each is worked out at the point.</param>
internal sealed class PointJudge(Point point, Derivatives? derivatives = null)
{
    private static readonly int[] Precisions = [96, 400];

    private NumericEvaluator<double>? _doubles;
    private NumericEvaluator<Quotient>? _exact;

    public Point Point { get; } = point;

    private NumericEvaluator<double> Doubles => _doubles ??= new(new DoubleArithmetic(), Point, derivatives);

    /// <summary>Exact values at the point.</summary>
    public NumericEvaluator<Quotient> Exact => _exact ??= new(new ExactArithmetic(FactBase.Empty), Point, derivatives);

    /// <summary>What doubles say, to sort points out; null where they cannot tell. Never a verdict.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="quick">Whether sides that overflow, or come close where they may be equal, are taken to compare as stated.</param>
    public bool? Guess(Statement statement, bool quick = false) => statement switch
    {
        Conjunction conjunction => All(conjunction.Parts.Select(part => Guess(part, quick))),
        Equivalence equivalence => Guess(equivalence.Left) is { } left && Guess(equivalence.Right) is { } right ? left == right : null,
        Comparison comparison => Pairs(comparison, Doubles) is { } pairs ? All(pairs.Select(pair => GuessRelation(pair.Left, pair.Relation, pair.Right, quick))) : null,
        PositiveSemidefinite semidefinite => GuessSemidefinite(semidefinite.Matrix, quick),
        _ => null,
    };

    private bool? GuessSemidefinite(Expression expression, bool quick)
    {
        if (Values(Doubles, expression) is not { } matrix || !matrix.Entries.All(double.IsFinite))
        {
            return quick ? true : null;
        }
        double scale = matrix.Entries.Max(Math.Abs);
        return PointSource.Directions(matrix.Rows).Select(direction => direction.Select(entry => entry.ToDouble()).ToArray())
            .All(direction => Form(matrix, direction) >= -1e-9 * scale * direction.Sum(entry => entry * entry)) ? true : null;
    }

    private static double Form(Value<double> matrix, double[] direction)
    {
        double form = 0;
        for (int i = 0; i < direction.Length; i++)
        {
            for (int j = 0; j < direction.Length; j++)
            {
                form += matrix[i, j] * direction[i] * direction[j];
            }
        }
        return form;
    }

    private static Value<double>? Values(NumericEvaluator<double> evaluator, Expression expression)
    {
        try
        {
            return evaluator.Evaluate(expression);
        }
        catch (Exception undefined) when (undefined is UndefinedException or NeedsCaseException or TooLargeException)
        {
            return null;
        }
    }

    /// <summary>Whether the statement holds here; null where that is not certain, or something in it is undefined.</summary>
    public bool? Holds(Statement statement)
    {
        try
        {
            return statement switch
            {
                Conjunction conjunction => All(conjunction.Parts.Select(Holds)),
                Equivalence equivalence => Holds(equivalence.Left) is { } left && Holds(equivalence.Right) is { } right ? left == right : null,
                Comparison comparison => Holds(comparison),
                Membership membership => HoldsMembership(membership),
                PositiveSemidefinite semidefinite => IsSemidefinite(semidefinite) ? null : false,
                _ => null,
            };
        }
        catch (Exception undefined) when (undefined is UndefinedException or NeedsCaseException or TooLargeException)
        {
            return null;
        }
    }

    private bool? Holds(Comparison comparison)
    {
        // Everything must be defined before anything fails.
        bool?[] pairs = [.. Enumerable.Range(0, comparison.Relations.Count).Select(i => Holds(comparison, i))];
        return pairs.Contains(null) ? null : pairs.All(holds => holds == true);
    }

    /// <summary>Whether one pair of a chain holds.</summary>
    public bool? Holds(Comparison comparison, int pair)
    {
        int?[]? signs = SignsOfDifference(comparison.Operands[pair], comparison.Operands[pair + 1]);
        if (signs is null)
        {
            return null;
        }
        Relation relation = comparison.Relations[pair];
        bool?[] entries = [.. signs.Select(sign => sign is { } known ? Satisfies(known, relation) : (bool?)null)];
        return relation == Relation.NotEqual
            ? entries.Contains(true) ? true : entries.Contains(null) ? null : false
            : entries.Contains(null) ? null : entries.All(holds => holds == true);
    }

    /// <summary>Signs of the entries of right − left, null where unknown; null altogether where a side is undefined.</summary>
    public int?[]? SignsOfDifference(Expression leftSide, Expression rightSide)
    {
        int?[]? signs = null;
        foreach (int bits in Precisions)
        {
            var evaluator = new NumericEvaluator<Interval>(new IntervalArithmetic(bits), Point, derivatives);
            (Interval Left, Interval Right)[] pairs = Pair(evaluator.Evaluate(leftSide), evaluator.Evaluate(rightSide));
            signs = [.. pairs.Select(pair => (pair.Right - pair.Left).Sign)];
            if (!signs.Contains(null))
            {
                return signs;
            }
        }
        (Quotient Left, Quotient Right)[] exactPairs = Pair(Exact.Evaluate(leftSide), Exact.Evaluate(rightSide));
        for (int i = 0; i < signs!.Length; i++)
        {
            if (signs[i] is null && (exactPairs[i].Right - exactPairs[i].Left).IsZero)
            {
                signs[i] = 0;
            }
        }
        return signs;
    }

    /// <summary>A direction v with vᵀMv &lt; 0, or a pair of entries that differ across the diagonal (as null); no result where neither was found.</summary>
    public bool IsSemidefinite(PositiveSemidefinite statement) => FailingDirection(statement.Matrix) is null;

    public Rational[]? FailingDirection(Expression matrixExpression)
    {
        Value<Interval> matrix = new NumericEvaluator<Interval>(new IntervalArithmetic(200), Point, derivatives).Evaluate(matrixExpression);
        foreach (Rational[] direction in PointSource.Directions(matrix.Rows))
        {
            Interval form = Interval.Of(Rational.Zero, 200);
            for (int i = 0; i < matrix.Rows; i++)
            {
                for (int j = 0; j < matrix.Rows; j++)
                {
                    form += matrix[i, j] * Interval.Of(direction[i] * direction[j], 200);
                }
            }
            if (form.Sign == -1)
            {
                return direction;
            }
        }
        return null;
    }

    private bool? HoldsMembership(Membership membership)
    {
        Value<Quotient> value = Exact.Evaluate(membership.Subject);
        Rational?[] entries = [.. value.Entries.Select(entry => entry.ConstantValue)];
        if (entries.Contains(null))
        {
            return null;
        }
        Rational sum = entries.Aggregate(Rational.Zero, (total, entry) => total + entry!.Value);
        return membership.Domain.Set switch
        {
            DomainSet.Simplex => sum == Rational.One && entries.All(entry => entry!.Value.Sign >= 0),
            DomainSet.OneHot => sum == Rational.One && entries.All(entry => entry!.Value.IsZero || entry.Value == Rational.One),
            _ => true,
        };
    }

    private static bool? All(IEnumerable<bool?> parts)
    {
        bool?[] all = [.. parts];
        return all.Contains(null) ? null : all.All(part => part == true);
    }

    private static List<(double Left, Relation Relation, double Right)>? Pairs(Comparison comparison, NumericEvaluator<double> evaluator)
    {
        if (comparison.Relations.Contains(Relation.NotEqual))
        {
            return null;
        }
        Value<double>?[] operands = [.. comparison.Operands.Select(operand => Values(evaluator, operand))];
        return operands.Contains(null)
            ? null
            : [.. comparison.Relations.SelectMany((relation, i) => Pair(operands[i]!, operands[i + 1]!).Select(pair => (pair.Left, relation, pair.Right)))];
    }

    private static (T Left, T Right)[] Pair<T>(Value<T> left, Value<T> right) =>
    [
        .. Enumerable.Range(0, Math.Max(left.Entries.Length, right.Entries.Length))
            .Select(i => (left.Entries[Math.Min(i, left.Entries.Length - 1)], right.Entries[Math.Min(i, right.Entries.Length - 1)])),
    ];

    private static bool? GuessRelation(double left, Relation relation, double right, bool quick)
    {
        if (!double.IsFinite(left) || !double.IsFinite(right))
        {
            return quick ? true : null;
        }
        bool close = Math.Abs(left - right) <= 1e-9 * (1 + Math.Abs(left) + Math.Abs(right));
        return !close ? Satisfies(right > left ? 1 : -1, relation)
            : relation == Relation.Equal || (quick && relation is (Relation.LessOrEqual or Relation.GreaterOrEqual)) ? true : null;
    }

    /// <summary>Whether left relation right holds where right − left has the sign.</summary>
    private static bool Satisfies(int sign, Relation relation) => relation switch
    {
        Relation.Equal => sign == 0,
        Relation.NotEqual => sign != 0,
        Relation.Less => sign > 0,
        Relation.LessOrEqual => sign >= 0,
        Relation.Greater => sign < 0,
        _ => sign <= 0,
    };
}
