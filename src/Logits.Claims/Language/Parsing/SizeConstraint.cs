using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <summary>Gathers what a claim says of n: <c>n = 3</c>, <c>n &gt;= 2</c>, <c>2 &lt;= n &lt;= 6</c>.</summary>
internal sealed class SizeConstraint(string text)
{
    private int? minimum;
    private int? maximum;

    /// <summary>Where n was spoken of.</summary>
    public SourceSpan Span { get; private set; }

    /// <summary>The sizes, or null where nothing was said. Without a lower end they begin at 2.</summary>
    public SizeRange? Range => minimum is null && maximum is null ? null : new SizeRange(minimum ?? Math.Min(2, maximum!.Value), maximum);

    public static int? AsInteger(Rational value) =>
        value.IsInteger && value.Numerator <= int.MaxValue && value.Numerator >= 0 ? (int)value.Numerator : null;

    public static void Check(int size, string text, SourceSpan span)
    {
        if (size < 1)
        {
            throw new ClaimSyntaxException(
                "There is no n = 0: an empty vector has no maximum, and lse of nothing would be log 0. Sizes begin at 1.", text, span);
        }
        if (size > SizeRange.Largest)
        {
            throw new ClaimSyntaxException(
                string.Create(CultureInfo.InvariantCulture, $"Sizes go up to {SizeRange.Largest:N0}. For all sizes at once write n >= 2."), text, span);
        }
    }

    public void Add(int? least, int? most, SourceSpan span)
    {
        if (least is { } low)
        {
            Check(low, text, span);
            minimum = Math.Max(minimum ?? low, low);
        }
        if (most is { } high)
        {
            Check(high, text, span);
            maximum = Math.Min(maximum ?? high, high);
        }
        Span = span;
        if (minimum > maximum)
        {
            throw new ClaimSyntaxException("No n is left: the sizes asked for exclude each other.", text, span);
        }
    }

    /// <summary>Takes a comparison of n alone with whole numbers; false for any other.</summary>
    public bool TryAdd(ComparisonSyntax comparison)
    {
        int sizes = comparison.Operands.Count(operand => operand is NameSyntax { Name: "n" });
        if (sizes != 1 || !comparison.Operands.All(operand => operand is NameSyntax { Name: "n" } or NumberSyntax))
        {
            return false;
        }
        (int? least, int? most) = (null, null);
        for (int i = 0; i < comparison.Relations.Count; i++)
        {
            (Syntax left, Relation relation, Syntax right) = (comparison.Operands[i], comparison.Relations[i], comparison.Operands[i + 1]);
            if (left is NumberSyntax)
            {
                (left, relation, right) = (right, Mirror(relation), left);
            }
            if (right is not NumberSyntax { Value: var bound } || left is not NameSyntax || relation == Relation.NotEqual)
            {
                return false;
            }
            int value = AsInteger(bound) ?? throw new ClaimSyntaxException("n is a whole number; compare it with one.", text, right.Span);
            (int? low, int? high) = relation switch
            {
                Relation.Equal => ((int?)value, (int?)value),
                Relation.Greater => (value == int.MaxValue ? value : value + 1, null),
                Relation.GreaterOrEqual => (value, null),
                Relation.Less => (null, value - 1),
                _ => (null, value),
            };
            least = low ?? least;
            most = high ?? most;
        }
        Add(least, most, comparison.Span);
        return true;
    }

    private static Relation Mirror(Relation relation) => relation switch
    {
        Relation.Less => Relation.Greater,
        Relation.LessOrEqual => Relation.GreaterOrEqual,
        Relation.Greater => Relation.Less,
        Relation.GreaterOrEqual => Relation.LessOrEqual,
        _ => relation,
    };
}
