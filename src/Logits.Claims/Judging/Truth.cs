using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>Whether statements hold at a point: certainly, or as doubles have it.</summary>
/// <param name="evaluator">Evaluates at the point.</param>
/// <param name="solved">Equations that hold there because they were solved.</param>
/// <param name="tolerance">Up to what part of their size doubles count as equal.</param>
internal sealed class Truth(PointEvaluator evaluator, IReadOnlyList<Equation> solved, double tolerance = 1e-9)
{
    /// <summary>Null where it cannot be told, or something in the statement is undefined.</summary>
    public bool? Of(Statement statement) => statement switch
    {
        Conjunction conjunction => All(conjunction.Parts.Select(Of)),
        Disjunction disjunction => !All(disjunction.Parts.Select(part => !Of(part))),
        Denial denial => !Of(denial.Denied),
        Comparison comparison => All(Enumerable.Range(0, comparison.Relations.Count).Select(i => Of(comparison.Operands[i], comparison.Relations[i], comparison.Operands[i + 1]))),
        Equivalence equivalence => Of(equivalence.Left) is { } left && Of(equivalence.Right) is { } right ? left == right : null,
        Membership membership => Of(membership),
        PositiveSemidefinite semidefinite => IsSemidefinite(evaluator.Evaluate(semidefinite.Matrix)),
        _ => null,
    };

    public bool? Of(Expression left, Relation relation, Expression right)
    {
        int?[] signs = Signs(left, right);
        bool?[] entries = [.. signs.Select(sign => sign is { } known ? Satisfies(known, relation) : (bool?)null)];
        return entries.Contains(null) && !(relation == Relation.NotEqual && entries.Contains(true)) ? null
            : relation == Relation.NotEqual ? entries.Contains(true)
            : entries.All(holds => holds == true);
    }

    /// <summary>A direction v with vᵀMv &lt; 0; null where none was found.</summary>
    public static Rational[]? FailingDirection(Value<Real> matrix) => Refuting.PointSource.Directions(matrix.Rows)
        .FirstOrDefault(direction => Form(matrix, direction) is { IsKnown: true } form && IsNegative(form));

    private static bool IsNegative(Real form) => form is Approximate rough ? rough.Value < -1e-9 : form.Sign == -1;

    private static Real Form(Value<Real> matrix, Rational[] direction)
    {
        Real form = matrix[0, 0].Of(0);
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < matrix.Rows; j++)
            {
                Rational weight = direction[i] * direction[j];
                form = weight.IsZero ? form : form + (matrix[i, j] * matrix[i, j].Of(weight));
            }
        }
        return form;
    }

    private bool? IsSemidefinite(Value<Real> matrix)
    {
        if (matrix.Entries.Any(entry => !entry.IsKnown))
        {
            return null;
        }
        for (int i = 0; i < matrix.Rows; i++)
        {
            for (int j = 0; j < i; j++)
            {
                if (Sign(matrix[i, j], matrix[j, i]) is not 0 and { } )
                {
                    return false;
                }
            }
        }
        return FailingDirection(matrix) is not null ? false : matrix[0, 0] is Approximate ? true : null;
    }

    private bool? Of(Membership membership)
    {
        Real[] entries = evaluator.Evaluate(membership.Subject).Entries;
        Real one = entries[0].Of(1);
        int? total = Sign(entries.Aggregate(entries[0].Of(0), (sum, entry) => sum + entry), one);
        int?[] signs = [.. entries.Select(entry => Sign(entry.Of(0), entry))];
        bool? isInSimplex = total is not 0 and not null || signs.Contains(-1) ? false : total is null || signs.Contains(null) ? null : true;
        if (membership.Domain.Set == DomainSet.Simplex || isInSimplex != true)
        {
            return isInSimplex;
        }
        // Where they sum to 1 and all but one are 0, that one is 1.
        return signs.Count(sign => sign == 0) == entries.Length - 1;
    }

    private int?[] Signs(Expression left, Expression right)
    {
        Value<Real> a = evaluator.Evaluate(left);
        Value<Real> b = evaluator.Evaluate(right);
        return
        [
            .. Enumerable.Range(0, Math.Max(a.Entries.Length, b.Entries.Length)).Select(k =>
            {
                (Real x, Real y) = (a.Entries[Math.Min(k, a.Entries.Length - 1)], b.Entries[Math.Min(k, b.Entries.Length - 1)]);
                return !x.IsKnown || !y.IsKnown ? null : solved.Any(equation => equation.IsOf(left, right, k)) ? 0 : Sign(x, y);
            }),
        ];
    }

    /// <summary>The sign of b − a; of doubles 0 where they are next to equal.</summary>
    private int? Sign(Real a, Real b) => a is Approximate x && b is Approximate y
        ? !x.IsKnown || !y.IsKnown || double.IsInfinity(x.Value) || double.IsInfinity(y.Value) ? null
            : Math.Abs(x.Value - y.Value) <= tolerance * (1 + Math.Abs(x.Value) + Math.Abs(y.Value)) ? 0 : Math.Sign(y.Value - x.Value)
        : (b - a).Sign;

    private static bool? All(IEnumerable<bool?> parts)
    {
        // Everything must be defined before anything fails.
        bool?[] all = [.. parts];
        return all.Contains(null) ? null : all.All(part => part == true);
    }

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
