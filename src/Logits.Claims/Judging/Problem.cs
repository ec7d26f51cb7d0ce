using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>What is assumed and what is to follow, with no equivalence in either; an equivalence is two of them.</summary>
internal sealed record Problem(Claim Claim, int Size, IReadOnlyList<Statement> Hypotheses, Statement Conclusion)
{
    /// <summary>One problem, two where the conclusion is an equivalence, none where something is said to exist: points cannot tell that it does not.</summary>
    public static IEnumerable<Problem> Of(Claim claim, int size)
    {
        if (claim.Hypotheses.Append(claim.Conclusion).Any(Quantifies))
        {
            return [];
        }
        return claim.Conclusion is Equivalence equivalence
            ?
            [
                new(claim, size, [.. claim.Hypotheses.SelectMany(Parts), .. Parts(equivalence.Left)], equivalence.Right),
                new(claim, size, [.. claim.Hypotheses.SelectMany(Parts), .. Parts(equivalence.Right)], equivalence.Left),
            ]
            : [new(claim, size, [.. claim.Hypotheses.SelectMany(Parts)], claim.Conclusion)];
    }

    /// <summary>The pairs of real sides that the hypotheses compare.</summary>
    public IEnumerable<Equation> Assumed() => Hypotheses.OfType<Comparison>().SelectMany(Pairs);

    /// <summary>The pairs of real sides that the conclusion compares.</summary>
    public IEnumerable<Equation> Concluded() => Parts(Conclusion).OfType<Comparison>().SelectMany(Pairs);

    /// <summary>An evaluator at a point moved along directions.</summary>
    public PointEvaluator At(Point point, IReadOnlyList<(Direction Direction, Real Step)> moves, Func<Rational, Real> constant, Meter meter)
    {
        var evaluator = new PointEvaluator(Size, constant, meter);
        foreach ((string name, Rational[] entries, bool isScalar) in point.Values)
        {
            Real[] values = [.. entries.Select(constant)];
            foreach ((Direction direction, Real step) in moves.Where(move => move.Direction.Name == name))
            {
                for (int k = 0; k < values.Length; k++)
                {
                    values[k] = direction.Change[k].IsZero ? values[k] : direction.Change[k] == Rational.One ? values[k] + step : values[k] + (step * constant(direction.Change[k]));
                }
            }
            evaluator.Bind(name, isScalar ? Value<Real>.Scalar(values[0]) : Value<Real>.Vector(values));
        }
        foreach ((string name, int index) in point.Indices)
        {
            evaluator.Bind(name, index);
        }
        return evaluator;
    }

    private static bool Quantifies(Statement statement) => statement switch
    {
        Existential => true,
        Conjunction conjunction => conjunction.Parts.Any(Quantifies),
        Disjunction disjunction => disjunction.Parts.Any(Quantifies),
        Denial denial => Quantifies(denial.Denied),
        Equivalence equivalence => Quantifies(equivalence.Left) || Quantifies(equivalence.Right),
        _ => false,
    };

    private static IEnumerable<Statement> Parts(Statement statement) => statement is Conjunction conjunction ? conjunction.Parts.SelectMany(Parts) : [statement];

    private IEnumerable<Equation> Pairs(Comparison comparison)
    {
        for (int i = 0; i < comparison.Relations.Count; i++)
        {
            (Expression left, Expression right) = (comparison.Operands[i], comparison.Operands[i + 1]);
            if (left.Kind == Kind.Index || right.Kind == Kind.Index || left.Kind == Kind.Matrix || right.Kind == Kind.Matrix)
            {
                continue;
            }
            int entries = Math.Max(Entries(left), Entries(right));
            for (int k = 0; k < entries; k++)
            {
                yield return new(left, comparison.Relations[i], right, k, Rational.Zero);
            }
        }
    }

    private int Entries(Expression expression) => expression.Kind == Kind.Scalar ? 1 : expression.Shape.Size.At(Size);
}
