namespace Logits.Claims.Language.Parsing;

/// <summary>
/// What it says that a function is convex: that its Hessian is positive semidefinite, or for a number its second derivative nowhere negative; of a function with
/// kinks (max, min, abs, relu), that f(tx + (1 − t)y) ≤ t f(x) + (1 − t) f(y) for 0 ≤ t ≤ 1.
/// Source: S. Boyd and L. Vandenberghe, Convex Optimization, 2004, sections 3.1.1 and 3.1.4.
/// </summary>
internal static class Convexity
{
    public static StatementSyntax State(string text, FunctionSignature? function, Syntax? body, NameSyntax? by, bool isConcave, SourceSpan span)
    {
        bool isOfVector = function is { Parameters: [Parameter.Vector or Parameter.Distribution] };
        if (function is not null && !isOfVector && function.Parameters is not [Parameter.Entries])
        {
            throw new ClaimSyntaxException($"Say in which variable {function.Name} is convex: convex({function.Usage}, x).", text, span);
        }
        if (function is not null)
        {
            by = new NameSyntax(isOfVector ? function.Parameters[0] == Parameter.Distribution ? "p" : "x" : "a", span);
            body = new CallSyntax(function, [by], span);
        }
        by ??= OnlyVariable(text, body!, span);
        bool hasKinks = SyntaxRewriting.Nodes(body!).Any(node => node is CallSyntax { Function.Name: "max" or "min" or "abs" or "relu" or "norm" or "norm1" or "norminf" or "argmaxind" } or FoldSyntax { Folding: Folding.Maximum or Folding.Minimum });
        return hasKinks ? ByJensen(body!, by, isConcave, span) : ByCurvature(function, body!, by, isConcave, span);
    }

    private static NameSyntax OnlyVariable(string text, Syntax body, SourceSpan span)
    {
        HashSet<string> bound = [.. SyntaxRewriting.Nodes(body).OfType<FoldSyntax>().Select(fold => fold.Index.Name)];
        NameSyntax[] names = [.. SyntaxRewriting.Names(body).Where(name => name.Name != "n" && !bound.Contains(name.Name)).DistinctBy(name => name.Name)];
        return names.Length == 1 ? names[0] : throw new ClaimSyntaxException("Say in which variable it is convex: convex(lse(x + y), x).", text, span);
    }

    private static StatementSyntax ByCurvature(FunctionSignature? function, Syntax body, NameSyntax by, bool isConcave, SourceSpan span)
    {
        bool isVector = function is null ? Names.ByCustom(by.Name) == Kind.Vector || IsIndexed(body, by) : function.Parameters is not [Parameter.Entries];
        if (isVector)
        {
            Syntax hessian = function is { Function: not null } ? new DerivativeSyntax(2, function, null, by, span) : new DerivativeSyntax(2, null, body, by, span);
            return new SemidefiniteSyntax(isConcave ? new NegationSyntax(hessian, span) : hessian, span);
        }
        Syntax second = new PartialSyntax(by, null, new PartialSyntax(by, null, body, span), span);
        return new ComparisonSyntax([second, new NumberSyntax(0, span)], [isConcave ? Relation.LessOrEqual : Relation.GreaterOrEqual], span);
    }

    private static bool IsIndexed(Syntax body, NameSyntax by) => SyntaxRewriting.Nodes(body).Any(node => node is ElementSyntax { Target: NameSyntax name } && name.Name == by.Name);

    private static ImplicationSyntax ByJensen(Syntax body, NameSyntax by, bool isConcave, SourceSpan span)
    {
        HashSet<string> taken = [.. SyntaxRewriting.Names(body).Select(name => name.Name)];
        string[] pool = Names.ByCustom(by.Name) == Kind.Vector || IsIndexed(body, by) ? ["y", "z", "u", "v", "w"] : ["b", "c", "s", "r", "h"];
        var other = new NameSyntax(pool.First(name => !taken.Contains(name)), span);
        var weight = new NameSyntax(new[] { "t", "lambda", "theta" }.First(name => !taken.Contains(name)), span);
        Syntax rest = new BinarySyntax(BinaryOperator.Subtract, new NumberSyntax(1, span), weight, span);
        Syntax Mixed(Syntax left, Syntax right) => new BinarySyntax(BinaryOperator.Add,
            new BinarySyntax(BinaryOperator.Multiply, weight, left, span), new BinarySyntax(BinaryOperator.Multiply, rest, right, span), span);
        Syntax inside = SyntaxRewriting.Put(body, by.Name, Mixed(by, other));
        Syntax outside = Mixed(body, SyntaxRewriting.Put(body, by.Name, other));
        var between = new ComparisonSyntax([new NumberSyntax(0, span), weight, new NumberSyntax(1, span)], [Relation.LessOrEqual, Relation.LessOrEqual], span);
        return new ImplicationSyntax(between, new ComparisonSyntax([inside, outside], [isConcave ? Relation.GreaterOrEqual : Relation.LessOrEqual], span), span);
    }
}
