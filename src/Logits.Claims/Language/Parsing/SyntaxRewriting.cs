namespace Logits.Claims.Language.Parsing;

/// <summary>Walks over what was written, and rewrites it before names have kinds.</summary>
internal static class SyntaxRewriting
{
    /// <summary>The names that stand in an expression, those of positions and bound ones included.</summary>
    public static IEnumerable<NameSyntax> Names(Syntax node) => node switch
    {
        NameSyntax name => [name],
        PartialSyntax partial => Children(node).SelectMany(Names).Prepend(partial.By),
        _ => Children(node).SelectMany(Names),
    };

    public static IEnumerable<Syntax> Nodes(Syntax node) => Children(node).SelectMany(Nodes).Prepend(node);

    public static IEnumerable<Syntax> Expressions(StatementSyntax statement) => statement switch
    {
        ComparisonSyntax node => node.Operands,
        MembershipSyntax node => [node.Subject],
        SemidefiniteSyntax node => [node.Matrix],
        ConjunctionSyntax node => node.Parts.SelectMany(Expressions),
        DisjunctionSyntax node => node.Parts.SelectMany(Expressions),
        EquivalenceSyntax node => Expressions(node.Left).Concat(Expressions(node.Right)),
        ImplicationSyntax node => Expressions(node.Hypothesis).Concat(Expressions(node.Conclusion)),
        DenialSyntax node => Expressions(node.Denied),
        ExistentialSyntax node => Expressions(node.Statement),
        _ => [],
    };

    /// <summary>The tree with an expression in place of a variable, wherever the variable is not bound.</summary>
    public static Syntax Put(Syntax node, string name, Syntax value)
    {
        Syntax Inner(Syntax child) => Put(child, name, value);
        return node switch
        {
            NameSyntax written => written.Name == name ? value : node,
            NegationSyntax written => new NegationSyntax(Inner(written.Operand), node.Span),
            TransposeSyntax written => new TransposeSyntax(Inner(written.Operand), node.Span),
            BinarySyntax written => new BinarySyntax(written.Operator, Inner(written.Left), Inner(written.Right), node.Span) { IsDot = written.IsDot },
            CallSyntax written => new CallSyntax(written.Function, [.. written.Arguments.Select(Inner)], node.Span, written.IsSigma),
            ListSyntax written => new ListSyntax([.. written.Entries.Select(Inner)], node.Span),
            ElementSyntax written => new ElementSyntax(Inner(written.Target), [.. written.Indices.Select(Inner)], node.Span),
            FoldSyntax written => written.Index.Name == name ? node : new FoldSyntax(written.Folding, written.Index, written.Size, written.Except, Inner(written.Body), node.Span),
            LimitSyntax written => written.Variable.Name == name ? node : new LimitSyntax(Inner(written.Body), written.Variable, written.Point, node.Span, written.IsTwoSided),
            DerivativeSyntax written => new DerivativeSyntax(written.Order, written.Function, written.Body is null ? null : Inner(written.Body), Inner(written.At), node.Span),
            JacobianSyntax written => new JacobianSyntax(written.Function, written.Body is null ? null : Inner(written.Body), Inner(written.At), node.Span),
            PartialSyntax written => new PartialSyntax(written.By, written.Index is null ? null : Inner(written.Index), Inner(written.Body), node.Span),
            _ => node,
        };
    }

    /// <summary>The statement with an expression in place of a variable.</summary>
    public static StatementSyntax Put(StatementSyntax statement, string name, Syntax value)
    {
        StatementSyntax Inner(StatementSyntax part) => Put(part, name, value);
        return statement switch
        {
            ComparisonSyntax node => node with { Operands = [.. node.Operands.Select(operand => Put(operand, name, value))] },
            MembershipSyntax node => node with { Subject = Put(node.Subject, name, value) },
            SemidefiniteSyntax node => node with { Matrix = Put(node.Matrix, name, value) },
            ConjunctionSyntax node => node with { Parts = [.. node.Parts.Select(Inner)] },
            DisjunctionSyntax node => node with { Parts = [.. node.Parts.Select(Inner)] },
            EquivalenceSyntax node => node with { Left = Inner(node.Left), Right = Inner(node.Right) },
            ImplicationSyntax node => node with { Hypothesis = Inner(node.Hypothesis), Conclusion = Inner(node.Conclusion) },
            DenialSyntax node => node with { Denied = Inner(node.Denied) },
            ExistentialSyntax node => node.Declarations.Any(declaration => declaration.Name.Name == name) ? node : node with { Statement = Inner(node.Statement) },
            _ => statement,
        };
    }

    private static IEnumerable<Syntax> Children(Syntax node) => node switch
    {
        NegationSyntax written => [written.Operand],
        TransposeSyntax written => [written.Operand],
        BinarySyntax written => [written.Left, written.Right],
        CallSyntax written => written.Arguments,
        ListSyntax written => written.Entries,
        ElementSyntax written => [written.Target, .. written.Indices],
        FoldSyntax written => written.Except is null ? [written.Body] : [written.Body, written.Except],
        LimitSyntax written => [written.Body],
        DerivativeSyntax written => written.Body is null ? [written.At] : [written.Body, written.At],
        JacobianSyntax written => written.Body is null ? [written.At] : [written.Body, written.At],
        PartialSyntax written => written.Index is null ? [written.Body] : [written.Body, written.Index],
        _ => [],
    };
}
