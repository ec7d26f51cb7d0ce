using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving;

/// <summary>One scalar comparison: the difference right − left has one of the signs.</summary>
/// <param name="Left">The smaller side, or either side of an equation.</param>
/// <param name="Right">The larger side.</param>
/// <param name="Signs">Signs that right − left may have.</param>
/// <param name="Source">The expressions compared, left and right, where the goal compares two scalars of the text.</param>
internal sealed record ScalarGoal(Quotient Left, Quotient Right, Signs Signs, (Expression Left, Expression Right)? Source)
{
    private Quotient? _difference;

    public Quotient Difference => _difference ??= Right - Left;

    public bool IsStrict => !Signs.HasFlag(Signs.Zero);

    public static ScalarGoal Of(Quotient left, Relation relation, Quotient right, (Expression Left, Expression Right)? source = null) => relation switch
    {
        Relation.Equal => new(left, right, Signs.Zero, source),
        Relation.NotEqual => new(left, right, Signs.NonZero, source),
        Relation.Less => new(left, right, Signs.Positive, source),
        Relation.LessOrEqual => new(left, right, Signs.NonNegative, source),
        Relation.Greater => new(right, left, Signs.Positive, Swap(source)),
        _ => new(right, left, Signs.NonNegative, Swap(source)),
    };

    private static (Expression, Expression)? Swap((Expression Left, Expression Right)? source) => source is { } both ? (both.Right, both.Left) : null;
}
