using Logits.Claims.Arithmetic;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Refuting;

namespace Logits.Claims.Tests.Laws.Oracle;

/// <summary>
/// Tells whether statements hold at one point, with certainty or not at all: by intervals of growing precision, and where two sides
/// come too close to be told apart, by comparing their exact normal forms. It shares no evaluator with the judge that decides, and so can contradict it.
/// </summary>
/// <param name="point">The point.</param>
internal sealed class PointOracle(Point point)
{
    private static readonly int[] Precisions = [96, 400];

    private readonly NumericEvaluator<Quotient> _exact = new(new ExactArithmetic(FactBase.Empty), point);

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
                PositiveSemidefinite semidefinite => IsNegativeSomewhere(semidefinite.Matrix) ? false : null,
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
    private bool? Holds(Comparison comparison, int pair)
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
    private int?[]? SignsOfDifference(Expression leftSide, Expression rightSide)
    {
        int?[]? signs = null;
        foreach (int bits in Precisions)
        {
            var evaluator = new NumericEvaluator<Interval>(new IntervalArithmetic(bits), point);
            (Interval Left, Interval Right)[] pairs = Pair(evaluator.Evaluate(leftSide), evaluator.Evaluate(rightSide));
            signs = [.. pairs.Select(pair => (pair.Right - pair.Left).Sign)];
            if (!signs.Contains(null))
            {
                return signs;
            }
        }
        (Quotient Left, Quotient Right)[] exactPairs = Pair(_exact.Evaluate(leftSide), _exact.Evaluate(rightSide));
        for (int i = 0; i < signs!.Length; i++)
        {
            if (signs[i] is null && (exactPairs[i].Right - exactPairs[i].Left).IsZero)
            {
                signs[i] = 0;
            }
        }
        return signs;
    }

    /// <summary>Whether there is a direction v, of those that tend to, with vᵀMv &lt; 0.</summary>
    private bool IsNegativeSomewhere(Expression matrixExpression)
    {
        Value<Interval> matrix = new NumericEvaluator<Interval>(new IntervalArithmetic(200), point).Evaluate(matrixExpression);
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
                return true;
            }
        }
        return false;
    }

    private bool? HoldsMembership(Membership membership)
    {
        Value<Quotient> value = _exact.Evaluate(membership.Subject);
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

    private static (T Left, T Right)[] Pair<T>(Value<T> left, Value<T> right) =>
    [
        .. Enumerable.Range(0, Math.Max(left.Entries.Length, right.Entries.Length))
            .Select(i => (left.Entries[Math.Min(i, left.Entries.Length - 1)], right.Entries[Math.Min(i, right.Entries.Length - 1)])),
    ];

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
