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

    /// <summary>The tree with each node for which the rule gives another put in its place, from the root down.</summary>
    public static Expression Replace(Expression expression, Func<Expression, Expression?> rule)
    {
        if (rule(expression) is { } replacement)
        {
            return replacement;
        }
        Expression Inner(Expression child) => Replace(child, rule);
        return expression switch
        {
            Negation node => node with { Operand = Inner(node.Operand) },
            Binary node => node with { Left = Inner(node.Left), Right = Inner(node.Right) },
            Call node => node with { Arguments = node.Arguments.Select(Inner).ToSequence() },
            VectorLiteral node => node with { Entries = node.Entries.Select(Inner).ToSequence() },
            Element node => node with { Target = Inner(node.Target), Indices = node.Indices.Select(Inner).ToSequence() },
            IndexSum node => node with { Body = Inner(node.Body) },
            Derivative node => node with { Body = Inner(node.Body), At = Inner(node.At) },
            PartialDerivative node => node with { Body = Inner(node.Body), Index = node.Index is null ? null : Inner(node.Index) },
            Limit node => node with { Body = Inner(node.Body) },
            _ => expression,
        };
    }

    /// <summary>The statement with its expressions replaced by the rule.</summary>
    public static Statement Replace(Statement statement, Func<Expression, Expression?> rule) => statement switch
    {
        Comparison node => node with { Operands = node.Operands.Select(operand => Replace(operand, rule)).ToSequence() },
        Membership node => node with { Subject = Replace(node.Subject, rule) },
        PositiveSemidefinite node => node with { Matrix = Replace(node.Matrix, rule) },
        Conjunction node => node with { Parts = node.Parts.Select(part => Replace(part, rule)).ToSequence() },
        Equivalence node => node with { Left = Replace(node.Left, rule), Right = Replace(node.Right, rule) },
        _ => statement,
    };
}
