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

internal sealed class BinarySyntax(BinaryOperator operation, Syntax left, Syntax right, SourceSpan span) : Syntax(span, left, right)
{
    public BinarySyntax(BinaryOperator operation, Syntax left, Syntax right) : this(operation, left, right, left.Span.To(right.Span))
    {
    }

    public BinaryOperator Operator => operation;

    /// <summary>Whether · was written, which between two vectors is their dot product.</summary>
    public bool IsDot { get; init; }

    public Syntax Left => left;

    public Syntax Right => right;
}

internal sealed class CallSyntax(FunctionSignature function, IReadOnlyList<Syntax> arguments, SourceSpan span, bool isSigma = false) : Syntax(span, [.. arguments])
{
    /// <summary>Whether σ was written: the logistic function, or of a vector that is then indexed the softmax.</summary>
    public bool IsSigma => isSigma;

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

/// <summary>What is taken over all positions.</summary>
internal enum Folding
{
    Sum,
    Product,
    Maximum,
    Minimum,
    Argmax,
}

/// <summary><c>sum(k: body)</c>, <c>sum_{i=1}^n body</c>, <c>max_i body</c>; the size is null where it is to be found out, and
/// <paramref name="except"/> is the position left out in <c>sum_{j != i} body</c>.</summary>
internal sealed class FoldSyntax(Folding folding, NameSyntax index, VectorSize? size, Syntax? except, Syntax body, SourceSpan span) : Syntax(span, body)
{
    public Folding Folding => folding;

    public NameSyntax Index => index;

    public VectorSize? Size => size;

    public Syntax? Except => except;

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

/// <summary><c>jacobian(body)(at)</c>, the body a function's name or an expression in the variable at.</summary>
internal sealed class JacobianSyntax(FunctionSignature? function, Syntax? body, Syntax at, SourceSpan span) : Syntax(span, body is null ? [at] : [body, at])
{
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

internal sealed class LimitSyntax(Syntax body, NameSyntax variable, LimitPoint point, SourceSpan span, bool isTwoSided = false) : Syntax(span, body)
{
    /// <summary>Whether the limit is meant from both sides of 0; the point is then 0 from above.</summary>
    public bool IsTwoSided => isTwoSided;

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

internal sealed record DisjunctionSyntax(IReadOnlyList<StatementSyntax> Parts, SourceSpan Span) : StatementSyntax(Span);

internal sealed record DenialSyntax(StatementSyntax Denied, SourceSpan Span) : StatementSyntax(Span);

internal sealed record ExistentialSyntax(IReadOnlyList<DeclarationSyntax> Declarations, StatementSyntax Statement, SourceSpan Span) : StatementSyntax(Span);

/// <summary>A name declared, with its set where one was given.</summary>
internal sealed record DeclarationSyntax(NameSyntax Name, DomainSyntax? Domain);

internal sealed record ClaimSyntax(
    IReadOnlyList<DeclarationSyntax> Declarations,
    IReadOnlyList<StatementSyntax> Constraints,
    StatementSyntax Statement,
    SizeRange? Sizes,
    SourceSpan SizesSpan);
