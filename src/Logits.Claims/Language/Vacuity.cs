namespace Logits.Claims.Language;

/// <summary>Finds hypotheses that plainly exclude each other, so that a claim says nothing: i == j and i != j, a &gt; 0 and a &lt; 0, x &lt; x.</summary>
internal static class Vacuity
{
    public static bool Of(IEnumerable<Statement> hypotheses)
    {
        var known = new Dictionary<(Expression, Expression), Signs>();
        var bounds = new Dictionary<Expression, Bounds>();
        foreach (Comparison comparison in hypotheses.OfType<Comparison>())
        {
            for (int i = 0; i < comparison.Relations.Count; i++)
            {
                if (Excludes(comparison.Operands[i], comparison.Relations[i], comparison.Operands[i + 1], known, bounds))
                {
                    return true;
                }
            }
        }
        return false;
    }

    private static bool Excludes(Expression left, Relation relation, Expression right, Dictionary<(Expression, Expression), Signs> known, Dictionary<Expression, Bounds> bounds)
    {
        bool isOrdered = relation is not (Relation.Equal or Relation.NotEqual);
        if (left.Kind is Kind.Vector or Kind.Matrix || right.Kind is Kind.Vector or Kind.Matrix)
        {
            // Entry by entry, a vector that is unlike itself is the only one that is certain here.
            return left.Equals(right) && relation is Relation.NotEqual or Relation.Less or Relation.Greater;
        }
        if (left.Equals(right))
        {
            return !Allowed(relation).HasFlag(Signs.Zero);
        }
        if (Value(left) is { } low && Value(right) is { } high)
        {
            return !Allowed(relation).HasFlag(low < high ? Signs.Negative : low > high ? Signs.Positive : Signs.Zero);
        }
        Signs forward = known.GetValueOrDefault((left, right), Signs.Any) & Allowed(relation);
        Signs backward = known.GetValueOrDefault((right, left), Signs.Any) & Mirror(Allowed(relation));
        known[(left, right)] = forward & Mirror(backward);
        known[(right, left)] = Mirror(forward) & backward;
        if (known[(left, right)] == Signs.None)
        {
            return true;
        }
        if (Value(right) is { } bound && left.Kind == Kind.Scalar)
        {
            return (bounds[left] = bounds.GetValueOrDefault(left).And(relation, bound)).IsEmpty;
        }
        return isOrdered && Value(left) is { } other && right.Kind == Kind.Scalar
            && (bounds[right] = bounds.GetValueOrDefault(right).And(Mirrored(relation), other)).IsEmpty;
    }

    private static Rational? Value(Expression expression) => expression switch
    {
        Number number => number.Value,
        Negation { Operand: Number number } => -number.Value,
        _ => null,
    };

    /// <summary>Signs of left − right.</summary>
    [Flags]
    private enum Signs
    {
        None = 0,
        Negative = 1,
        Zero = 2,
        Positive = 4,
        Any = 7,
    }

    private static Signs Allowed(Relation relation) => relation switch
    {
        Relation.Equal => Signs.Zero,
        Relation.NotEqual => Signs.Negative | Signs.Positive,
        Relation.Less => Signs.Negative,
        Relation.LessOrEqual => Signs.Negative | Signs.Zero,
        Relation.Greater => Signs.Positive,
        _ => Signs.Positive | Signs.Zero,
    };

    private static Signs Mirror(Signs signs) =>
        (signs & Signs.Zero) | (signs.HasFlag(Signs.Negative) ? Signs.Positive : Signs.None) | (signs.HasFlag(Signs.Positive) ? Signs.Negative : Signs.None);

    private static Relation Mirrored(Relation relation) => relation switch
    {
        Relation.Less => Relation.Greater,
        Relation.LessOrEqual => Relation.GreaterOrEqual,
        Relation.Greater => Relation.Less,
        Relation.GreaterOrEqual => Relation.LessOrEqual,
        _ => relation,
    };

    /// <summary>Numbers between two ends; null where there is no end.</summary>
    private readonly record struct Bounds(Rational? Low, bool LowIsOpen, Rational? High, bool HighIsOpen)
    {
        public bool IsEmpty => Low is { } low && High is { } high && (low > high || (low == high && (LowIsOpen || HighIsOpen)));

        public Bounds And(Relation relation, Rational bound) => relation switch
        {
            Relation.Greater => FromLow(bound, true),
            Relation.GreaterOrEqual => FromLow(bound, false),
            Relation.Less => FromHigh(bound, true),
            Relation.LessOrEqual => FromHigh(bound, false),
            Relation.Equal => FromLow(bound, false).FromHigh(bound, false),
            _ => this,
        };

        private Bounds FromLow(Rational bound, bool isOpen) =>
            Low is { } low && (low > bound || (low == bound && LowIsOpen)) ? this : this with { Low = bound, LowIsOpen = isOpen };

        private Bounds FromHigh(Rational bound, bool isOpen) =>
            High is { } high && (high < bound || (high == bound && HighIsOpen)) ? this : this with { High = bound, HighIsOpen = isOpen };
    }
}
