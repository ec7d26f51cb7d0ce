namespace Logits.Claims.Language;

/// <summary>Walks over syntax trees, and rebuilds them with parts replaced.</summary>
internal static class Rewriting
{
    public static IEnumerable<Expression> Nodes(Expression expression) => Children(expression).SelectMany(Nodes).Prepend(expression);

    /// <summary>All expressions in a statement, inner ones included.</summary>
    public static IEnumerable<Expression> Expressions(Statement statement) => statement switch
    {
        Comparison node => node.Operands.SelectMany(Nodes),
        Membership node => Nodes(node.Subject),
        PositiveSemidefinite node => Nodes(node.Matrix),
        Conjunction node => node.Parts.SelectMany(Expressions),
        Equivalence node => Expressions(node.Left).Concat(Expressions(node.Right)),
        Disjunction node => node.Parts.SelectMany(Expressions),
        Denial node => Expressions(node.Denied),
        Existential node => Expressions(node.Body),
        _ => [],
    };

    public static IEnumerable<Expression> Children(Expression expression) => expression switch
    {
        Negation node => [node.Operand],
        Binary node => [node.Left, node.Right],
        Call node => node.Arguments,
        VectorLiteral node => node.Entries,
        Element node => [node.Target, .. node.Indices],
        IndexSum node => [node.Body],
        Derivative node => [node.Body, node.At],
        PartialDerivative node => node.Index is null ? [node.Body] : [node.Body, node.Index],
        Limit node => [node.Body],
        _ => [],
    };

    /// <summary>The tree with each node for which the rule gives another put in its place, from the root down. What stays the same keeps its notation.</summary>
    public static Expression Replace(Expression expression, Func<Expression, Expression?> rule)
    {
        if (rule(expression) is { } replacement)
        {
            return replacement;
        }
        Expression rebuilt = Rebuild(expression, child => Replace(child, rule));
        if (rebuilt.Equals(expression))
        {
            return expression;
        }
        if (expression.Notation is { } notation)
        {
            Expression written = notation.With(notation.Arguments.Select(argument => Replace(argument, rule)).ToSequence());
            return written.Equals(rebuilt) ? written : rebuilt;
        }
        return rebuilt;
    }

    private static Expression Rebuild(Expression expression, Func<Expression, Expression> inner) => expression switch
    {
        Negation node => node with { Operand = inner(node.Operand) },
        Binary node => node with { Left = inner(node.Left), Right = inner(node.Right) },
        Call node => node with { Arguments = node.Arguments.Select(inner).ToSequence() },
        VectorLiteral node => node with { Entries = node.Entries.Select(inner).ToSequence() },
        Element node => node with { Target = inner(node.Target), Indices = node.Indices.Select(inner).ToSequence() },
        IndexSum node => node with { Body = inner(node.Body) },
        Derivative node => node with { Body = inner(node.Body), At = inner(node.At) },
        PartialDerivative node => node with { Body = inner(node.Body), Index = node.Index is null ? null : inner(node.Index) },
        Limit node => node with { Body = inner(node.Body) },
        _ => expression,
    };

    /// <summary>The statement with its expressions replaced by the rule.</summary>
    public static Statement Replace(Statement statement, Func<Expression, Expression?> rule) => statement switch
    {
        Comparison node => node with { Operands = node.Operands.Select(operand => Replace(operand, rule)).ToSequence() },
        Membership node => node with { Subject = Replace(node.Subject, rule) },
        PositiveSemidefinite node => node with { Matrix = Replace(node.Matrix, rule) },
        Conjunction node => node with { Parts = node.Parts.Select(part => Replace(part, rule)).ToSequence() },
        Equivalence node => node with { Left = Replace(node.Left, rule), Right = Replace(node.Right, rule) },
        Disjunction node => node with { Parts = node.Parts.Select(part => Replace(part, rule)).ToSequence() },
        Denial node => node with { Denied = Replace(node.Denied, rule) },
        Existential node => node with { Body = Replace(node.Body, rule) },
        _ => statement,
    };
}
