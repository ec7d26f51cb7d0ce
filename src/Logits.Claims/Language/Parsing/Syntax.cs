namespace Logits.Claims.Language.Parsing;

/// <summary>What was written, before names have kinds.</summary>
internal abstract class Syntax(SourceSpan span, params ReadOnlySpan<Syntax> children)
{
    public SourceSpan Span { get; } = span;

    /// <summary>Nodes on the longest way down: bounded by the parser, so that everything after it may recurse.</summary>
    public int Height { get; } = HeightOver(children);

    private static int HeightOver(ReadOnlySpan<Syntax> children)
    {
        int height = 0;
        foreach (Syntax child in children)
        {
            height = Math.Max(height, child.Height);
        }
        return height + 1;
    }
}

internal sealed class NumberSyntax(Rational value, SourceSpan span) : Syntax(span)
{
    public Rational Value => value;
}

internal sealed class NameSyntax(string name, SourceSpan span) : Syntax(span)
{
    public string Name => name;
}

internal sealed class NegationSyntax(Syntax operand, SourceSpan span) : Syntax(span, operand)
{
    public Syntax Operand => operand;
}

internal sealed class TransposeSyntax(Syntax operand, SourceSpan span) : Syntax(span, operand)
{
    public Syntax Operand => operand;
}

internal sealed class BinarySyntax(BinaryOperator operation, Syntax left, Syntax right) : Syntax(left.Span.To(right.Span), left, right)
{
    public BinaryOperator Operator => operation;

    public Syntax Left => left;

    public Syntax Right => right;
}

internal sealed class CallSyntax(FunctionSignature function, IReadOnlyList<Syntax> arguments, SourceSpan span) : Syntax(span, [.. arguments])
{
    public FunctionSignature Function => function;

    public IReadOnlyList<Syntax> Arguments => arguments;
}

internal sealed class ListSyntax(IReadOnlyList<Syntax> entries, SourceSpan span) : Syntax(span, [.. entries])
{
    public IReadOnlyList<Syntax> Entries => entries;
}

internal sealed class ElementSyntax(Syntax target, IReadOnlyList<Syntax> indices, SourceSpan span) : Syntax(span, [target, .. indices])
{
    public Syntax Target => target;

    public IReadOnlyList<Syntax> Indices => indices;
}

internal sealed class IndexSumSyntax(NameSyntax index, Syntax body, SourceSpan span) : Syntax(span, body)
{
    public NameSyntax Index => index;

    public Syntax Body => body;
}

/// <summary><c>grad(inner)(at)</c> or <c>hessian(inner)(at)</c>; the inner is a function's name or an expression, never both.</summary>
internal sealed class DerivativeSyntax(int order, FunctionSignature? function, Syntax? body, Syntax at, SourceSpan span)
    : Syntax(span, body is null ? [at] : [body, at])
{
    public int Order => order;

    public FunctionSignature? Function => function;

    public Syntax? Body => body;

    public Syntax At => at;
}

internal sealed class PartialSyntax(NameSyntax by, Syntax? index, Syntax body, SourceSpan span) : Syntax(span, body)
{
    public NameSyntax By => by;

    public Syntax? Index => index;

    public Syntax Body => body;
}

internal sealed class LimitSyntax(Syntax body, NameSyntax variable, LimitPoint point, SourceSpan span) : Syntax(span, body)
{
    public Syntax Body => body;

    public NameSyntax Variable => variable;

    public LimitPoint Point => point;
}

/// <summary>A set after <c>in</c>: its size is null where the text leaves it to be inferred.</summary>
internal sealed record DomainSyntax(DomainSet Set, VectorSize? Size, SourceSpan Span);

internal abstract record StatementSyntax(SourceSpan Span);

internal sealed record ComparisonSyntax(IReadOnlyList<Syntax> Operands, IReadOnlyList<Relation> Relations, SourceSpan Span) : StatementSyntax(Span);

internal sealed record MembershipSyntax(Syntax Subject, DomainSyntax Domain, SourceSpan Span) : StatementSyntax(Span);

internal sealed record SemidefiniteSyntax(Syntax Matrix, SourceSpan Span) : StatementSyntax(Span);

internal sealed record ConjunctionSyntax(IReadOnlyList<StatementSyntax> Parts, SourceSpan Span) : StatementSyntax(Span);

internal sealed record EquivalenceSyntax(StatementSyntax Left, StatementSyntax Right, SourceSpan Span) : StatementSyntax(Span);

internal sealed record ImplicationSyntax(StatementSyntax Hypothesis, StatementSyntax Conclusion, SourceSpan Span) : StatementSyntax(Span);

/// <summary>A name declared, with its set where one was given.</summary>
internal sealed record DeclarationSyntax(NameSyntax Name, DomainSyntax? Domain);

internal sealed record ClaimSyntax(
    IReadOnlyList<DeclarationSyntax> Declarations,
    IReadOnlyList<StatementSyntax> Constraints,
    StatementSyntax Statement,
    SizeRange? Sizes,
    SourceSpan SizesSpan);
