namespace Logits.Claims.Language;

/// <summary>
/// A node of a claim's syntax tree, its kind and size known. Two expressions are equal when they say the same; where they stand in
/// the text does not count.
/// </summary>
/// <param name="Shape">Kind and size.</param>
/// <param name="Span">Where it stands in the text.</param>
public abstract record Expression(Shape Shape, SourceSpan Span)
{
    private Notation? notation;

    /// <summary>Kind of the expression.</summary>
    public Kind Kind => Shape.Kind;

    /// <summary>How the text wrote what this tree spells out; null where it was written as it is. Printing shows it, comparing does not.</summary>
    internal Notation? Notation => ReferenceEquals(notation?.Meaning, this) ? notation : null;

    internal void WriteAs(Notation written) => notation = written;

    /// <summary>Whether both say the same.</summary>
    /// <param name="other">The other expression.</param>
    public virtual bool Equals(Expression? other) =>
        other is not null && EqualityContract == other.EqualityContract && Shape == other.Shape;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(EqualityContract, Shape);

    /// <summary>The expression in the claim language (<see cref="Printing.PlainText"/>).</summary>
    public sealed override string ToString() => Printing.PlainText.Print(this);
}

/// <summary>An exact number: <c>3</c>, <c>0.25</c>, <c>½</c>. Never negative in a parsed claim (that is a <see cref="Negation"/>); kind scalar,
/// or index between brackets.</summary>
public sealed record Number(Rational Value, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>The claim's size <c>n</c>, as a scalar or, between brackets, as the last index.</summary>
public sealed record SizeSymbol(Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>A variable: free (then among <see cref="Claim.Declarations"/>) or bound by a limit, a derivative or a sum over an index.</summary>
public sealed record Variable(string Name, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary><c>−operand</c>, entry by entry.</summary>
public sealed record Negation(Expression Operand, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>The arithmetic of two expressions.</summary>
public enum BinaryOperator
{
    /// <summary>Sum, entry by entry; a scalar is added to every entry of a vector; matrices only with matrices.</summary>
    Add,

    /// <summary>Difference, under the rules of <see cref="Add"/>.</summary>
    Subtract,

    /// <summary>Product: entry by entry for two vectors, a multiple for a scalar and anything, the usual product Mv for a matrix and a vector.</summary>
    Multiply,

    /// <summary>Quotient, entry by entry; the divisor a scalar or, under a scalar or a vector, a vector. Undefined where the divisor is 0.</summary>
    Divide,

    /// <summary>Power, entry by entry; the exponent a scalar. Defined for a positive base; for base 0 where the exponent is positive (then 0)
    /// or the literal 0 (then 1); for a negative base where the exponent is an integer literal or its negation.</summary>
    Power,
}

/// <summary><c>left operator right</c>.</summary>
public sealed record Binary(BinaryOperator Operator, Expression Left, Expression Right, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>A known function applied; what each means is said at <see cref="Language.Function"/>.</summary>
public sealed record Call(Function Function, Sequence<Expression> Arguments, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>A vector written out: <c>[a, b, 0]</c>.</summary>
public sealed record VectorLiteral(Sequence<Expression> Entries, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>Indexing from 1: <c>x[i]</c> (a scalar), <c>M[i, j]</c> (a scalar), <c>M[i]</c> (row i of a matrix, a vector). Indices have kind
/// <see cref="Kind.Index"/>: a <see cref="Number"/>, a <see cref="Variable"/> or <see cref="SizeSymbol"/>.</summary>
public sealed record Element(Expression Target, Sequence<Expression> Indices, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary><c>sum(k: body)</c>: the sum of <paramref name="Body"/> for k from 1 to the size of <paramref name="Index"/>'s shape. The index is bound.</summary>
public sealed record IndexSum(Variable Index, Expression Body, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>
/// <c>grad(f)(at)</c> (order 1, a vector) and <c>hessian(f)(at)</c> (order 2, a matrix): the derivatives of the scalar <paramref name="Body"/> by
/// the entries of the vector variable <paramref name="By"/>, taken at <paramref name="At"/>. In <c>hessian(lse)(x + b)</c>, By is a variable
/// named <see cref="BoundName"/> and Body is <c>lse</c> of it. In <c>hessian(xent(y, o))(o)</c>, By and At are both <c>o</c>.
/// By is bound in Body; At stands outside.
/// </summary>
public sealed record Derivative(int Order, Expression Body, Variable By, Expression At, Shape Shape, SourceSpan Span) : Expression(Shape, Span)
{
    /// <summary>Name of the variable by which a function given by its name alone is differentiated. No claim can write it.</summary>
    public const string BoundName = "·";
}

/// <summary><c>d/dx[i](body)</c> or, by a scalar, <c>d/dT(body)</c>: the partial derivative, entry by entry where Body is a vector. Taken at the
/// variable itself, which stays free. <paramref name="Index"/> is null for a scalar variable.</summary>
public sealed record PartialDerivative(Expression Body, Variable By, Expression? Index, Shape Shape, SourceSpan Span) : Expression(Shape, Span);

/// <summary>Where the variable of a limit goes.</summary>
public enum LimitPoint
{
    /// <summary>To 0 through positive values: <c>0+</c>.</summary>
    ZeroFromAbove,

    /// <summary>To +∞: <c>inf</c>.</summary>
    PlusInfinity,

    /// <summary>To −∞: <c>-inf</c>.</summary>
    MinusInfinity,
}

/// <summary><c>limit(body, T -> 0+)</c>: the limit, entry by entry, all other variables held fixed. The variable is a bound scalar.</summary>
public sealed record Limit(Expression Body, Variable Variable, LimitPoint Point, Shape Shape, SourceSpan Span) : Expression(Shape, Span);
