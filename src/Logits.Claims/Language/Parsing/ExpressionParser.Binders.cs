namespace Logits.Claims.Language.Parsing;

/// <content>What binds a variable or stands for an operation on a function: sums over positions, limits, derivatives.</content>
internal abstract partial class ExpressionParser
{
    private IndexSumSyntax ParseIndexSum(Token name)
    {
        Token open = Take();
        NameSyntax index = ParseBoundName("The index of a sum");
        Take();
        Syntax body = ParseSum();
        var node = new IndexSumSyntax(index, body, name.Span.To(CloseParenthesis(open)));
        Bounded(node);
        return node;
    }

    private NameSyntax ParseBoundName(string role)
    {
        Token token = Expect(TokenKind.Name, "a variable's name");
        if (Names.IsReserved(token.Name))
        {
            throw Error($"{role} cannot be called `{token.Name}`, which belongs to the language.", token.Span);
        }
        return new NameSyntax(token.Name, token.Span);
    }

    private LimitSyntax ParseLimit(Token name)
    {
        Token open = Take();
        Syntax body = ParseSum();
        if (!TryTake(TokenKind.Comma))
        {
            throw Unexpected("a comma and where the variable goes, as in limit(lse(x/T), T -> 0+)");
        }
        NameSyntax variable = ParseBoundName("The variable of a limit");
        if (!TryTake(TokenKind.Arrow))
        {
            throw Unexpected("-> and where the variable goes: 0+, inf or -inf");
        }
        LimitPoint point = ParseLimitPoint(variable);
        var node = new LimitSyntax(body, variable, point, name.Span.To(CloseParenthesis(open)));
        Bounded(node);
        return node;
    }

    private LimitPoint ParseLimitPoint(NameSyntax variable)
    {
        Token start = Current;
        if (TryTake(TokenKind.Infinity))
        {
            return LimitPoint.PlusInfinity;
        }
        if (start.Kind is TokenKind.Plus or TokenKind.Minus && NextIs(TokenKind.Infinity))
        {
            Position += 2;
            return start.Kind == TokenKind.Plus ? LimitPoint.PlusInfinity : LimitPoint.MinusInfinity;
        }
        if (start.Kind == TokenKind.Number && start.Value.IsZero)
        {
            Take();
            if (TryTake(TokenKind.Plus))
            {
                return LimitPoint.ZeroFromAbove;
            }
            throw Error($"Write {variable.Name} -> 0+: a limit is taken from one side. For the other side, put -{variable.Name} for {variable.Name} in the expression.",
                start.Span);
        }
        throw Error("A limit goes to 0+, inf or -inf.", start.Span);
    }

    private DerivativeSyntax ParseDerivative(Token name)
    {
        Token open = Take();
        FunctionSignature? function = null;
        Syntax? body = null;
        if (At(TokenKind.Name) && NextIs(TokenKind.Close) && Functions.ByName.TryGetValue(Current.Name, out function))
        {
            Take();
        }
        else
        {
            body = ParseSum();
        }
        CloseParenthesis(open);
        if (!At(TokenKind.Open))
        {
            string example = body is null ? $"{name.Name}({function!.Name})(x)" : $"{name.Name}({Source(body.Span)})(x)";
            throw Error($"Say where the derivatives are taken: {example}.", name.Span);
        }
        Token openPoint = Take();
        List<Syntax> at = ParseList();
        SourceSpan span = name.Span.To(CloseParenthesis(openPoint));
        Syntax point = at.Count == 1 ? at[0] : new ListSyntax(at, openPoint.Span.To(span));
        var node = new DerivativeSyntax(name.Name == "grad" ? 1 : 2, function, body, point, span);
        Bounded(node);
        return node;
    }

    /// <summary>Whether <c>d/dx</c> begins here.</summary>
    private bool AtPartial() =>
        Current is { Kind: TokenKind.Name, Name: "d" } && NextIs(TokenKind.Divide)
        && Ahead(2) is { Kind: TokenKind.Name, Name: ['d', _, ..] } by && !Functions.ByName.ContainsKey(by.Name);

    private PartialSyntax ParsePartial()
    {
        SourceSpan start = Take().Span;
        Take();
        Token by = Take();
        string variable = by.Name[1..];
        // ∂ stands for one letter, as d does.
        var name = new NameSyntax(variable, new SourceSpan(by.Span.Start + 1, by.Span.Length - 1));
        Syntax? index = null;
        if (TryTake(TokenKind.OpenBracket))
        {
            index = ParseSum();
            Expect(TokenKind.CloseBracket, "] after the index");
        }
        if (!Current.StartsOperand && !At(TokenKind.Minus))
        {
            throw Unexpected($"what is differentiated, as in d/d{variable}[1] lse({variable})");
        }
        Syntax body = ParseUnary();
        var node = new PartialSyntax(name, index, body, start.To(body.Span));
        Bounded(node);
        return node;
    }
}
