namespace Logits.Claims.Language;

/// <summary>What is true or false once the variables have values.</summary>
/// <param name="Span">Where it stands in the text.</param>
public abstract record Statement(SourceSpan Span)
{
    /// <summary>Whether both say the same.</summary>
    /// <param name="other">The other statement.</param>
    public virtual bool Equals(Statement? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>The statement in the claim language.</summary>
    public sealed override string ToString() => Printing.PlainText.Print(this);
}

/// <summary>How two expressions compare.</summary>
public enum Relation
{
    /// <summary><c>==</c>: every entry equal.</summary>
    Equal,

    /// <summary><c>!=</c>: at least one entry not equal.</summary>
    NotEqual,

    /// <summary><c>&lt;</c>: every entry less.</summary>
    Less,

    /// <summary><c>&lt;=</c>: every entry at most.</summary>
    LessOrEqual,

    /// <summary><c>&gt;</c>: every entry greater.</summary>
    Greater,

    /// <summary><c>&gt;=</c>: every entry at least.</summary>
    GreaterOrEqual,
}

/// <summary>A chain <c>a &lt; b &lt;= c</c>: each neighbouring pair compares as its relation says, so Operands has one item more than Relations. All
/// operands are indices, or each is a scalar or a vector of one size, or each is a scalar or a matrix of one size; a scalar compares with
/// every entry. Indices and matrices compare by == and != alone.</summary>
public sealed record Comparison(Sequence<Expression> Operands, Sequence<Relation> Relations, SourceSpan Span) : Statement(Span);

/// <summary><c>e in simplex</c>, <c>e in onehot</c>: the vector lies in the set.</summary>
public sealed record Membership(Expression Subject, Domain Domain, SourceSpan Span) : Statement(Span);

/// <summary><c>psd(M)</c>: M is symmetric and quad(M, v) ≥ 0 for every v.</summary>
public sealed record PositiveSemidefinite(Expression Matrix, SourceSpan Span) : Statement(Span);

/// <summary><c>A and B and …</c>: two or more statements, all true.</summary>
public sealed record Conjunction(Sequence<Statement> Parts, SourceSpan Span) : Statement(Span);

/// <summary><c>A &lt;=&gt; B</c>: both true or both false. Neither side is an equivalence.</summary>
public sealed record Equivalence(Statement Left, Statement Right, SourceSpan Span) : Statement(Span);

/// <summary><c>A or B or …</c>: two or more statements, at least one of them true.</summary>
public sealed record Disjunction(Sequence<Statement> Parts, SourceSpan Span) : Statement(Span);

/// <summary><c>not (A)</c>: A is false.</summary>
public sealed record Denial(Statement Denied, SourceSpan Span) : Statement(Span);

/// <summary><c>exists b in R: A</c>: for some values of the variables, at which A is defined, A is true. The variables are bound.</summary>
public sealed record Existential(Sequence<Declaration> Variables, Statement Body, SourceSpan Span) : Statement(Span);
