namespace Logits.Claims.Language.Parsing;

/// <content>What binds a variable or stands for an operation on a function: sums over positions, limits, derivatives.</content>
internal abstract partial class ExpressionParser
{
    private static readonly Dictionary<string, Folding> Foldings = new()
    {
        ["sum"] = Folding.Sum, ["prod"] = Folding.Product, ["max"] = Folding.Maximum, ["min"] = Folding.Minimum, ["argmax"] = Folding.Argmax,
    };

    private FoldSyntax ParseIndexSum(Token name)
    {
        Token open = Take();
        NameSyntax index = ParseBoundName($"The index of a {(name.Name == "sum" ? "sum" : name.Name)}");
        Take();
        Syntax body = ParseSum();
        var node = new FoldSyntax(Foldings[name.Name], index, null, null, body, name.Span.To(CloseParenthesis(open)));
        Bounded(node);
        return node;
    }

    protected NameSyntax ParseBoundName(string role)
    {
        Token token = Expect(TokenKind.Name, "a variable's name");
        if (Names.IsReserved(token.Name))
        {
            throw Error($"{role} cannot be called `{token.Name}`, which belongs to the language.", token.Span);
        }
        return new NameSyntax(token.Name, token.Span);
    }

    private Syntax ParseLimit(Token name)
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
        Approach approach = ParseApproach();
        return Bounded(Limit(body, variable, approach, name.Span.To(CloseParenthesis(open))));
    }

    /// <summary>Where the variable of a limit goes: to 0 or another number, from one side or both, or to an infinity.</summary>
    protected readonly record struct Approach(LimitPoint Point, Syntax? At, bool IsTwoSided, bool IsFromBelow);

    /// <summary>A limit at a number is one at 0 of the shifted expression, one from below one from above of the mirrored.</summary>
    protected static LimitSyntax Limit(Syntax body, NameSyntax variable, Approach approach, SourceSpan span)
    {
        Syntax shifted = approach.IsFromBelow ? new NegationSyntax(variable, variable.Span) : variable;
        shifted = approach.At is { } at ? new BinarySyntax(BinaryOperator.Add, at, shifted, variable.Span) : shifted;
        return new LimitSyntax(shifted == variable ? body : SyntaxRewriting.Put(body, variable.Name, shifted), variable, approach.Point, span, approach.IsTwoSided);
    }

    protected Approach ParseApproach()
    {
        Token start = Current;
        if (TryTake(TokenKind.Infinity))
        {
            return new(LimitPoint.PlusInfinity, null, false, false);
        }
        if (start.Kind is TokenKind.Plus or TokenKind.Minus && NextIs(TokenKind.Infinity))
        {
            Position += 2;
            return new(start.Kind == TokenKind.Plus ? LimitPoint.PlusInfinity : LimitPoint.MinusInfinity, null, false, false);
        }
        bool isBraced = TryTake(TokenKind.OpenBrace);
        Syntax? at = At(TokenKind.Number) && Current.Value.IsZero ? null : At(TokenKind.Number) || At(TokenKind.Minus) || (At(TokenKind.Name) && !Names.IsReserved(Current.Name))
            ? ParsePointOfLimit()
            : throw Error("A limit goes to a number, 0+, inf or -inf.", start.Span);
        if (at is null)
        {
            Take();
        }
        // 0+ and 0-, also raised: 0^+.
        bool isRaised = At(TokenKind.Power) && Ahead(1).Kind is TokenKind.Plus or TokenKind.Minus or TokenKind.OpenBrace && TryTake(TokenKind.Power);
        bool isGrouped = isRaised && TryTake(TokenKind.OpenBrace);
        bool fromAbove = TryTake(TokenKind.Plus);
        bool fromBelow = !fromAbove && TryTake(TokenKind.Minus);
        if (isGrouped)
        {
            Expect(TokenKind.CloseBrace, "}");
        }
        if (isBraced)
        {
            Expect(TokenKind.CloseBrace, "}");
        }
        return new(LimitPoint.ZeroFromAbove, at, !fromAbove && !fromBelow, fromBelow);
    }

    private Syntax ParsePointOfLimit()
    {
        SourceSpan start = Current.Span;
        if (TryTake(TokenKind.Minus))
        {
            return new NegationSyntax(ParsePrimary(), start.To(Tokens[Position - 1].Span));
        }
        return ParsePrimary();
    }

    /// <summary><c>lim_{T → 0+} f</c>, <c>lim T → inf f</c>, <c>lim(T → inf) f</c>: of the product that follows.</summary>
    private Syntax ParseLim()
    {
        Token name = Take();
        bool isSubscript = TryTake(TokenKind.Underscore);
        TokenKind? close = TryTake(TokenKind.OpenBrace) ? TokenKind.CloseBrace : TryTake(TokenKind.Open) ? TokenKind.Close : null;
        if (isSubscript && close is null)
        {
            throw Unexpected("{ and where the variable goes, as in lim_{T -> 0+}");
        }
        NameSyntax variable = ParseBoundName("The variable of a limit");
        if (!TryTake(TokenKind.Arrow))
        {
            throw Unexpected("-> and where the variable goes: 0+, inf or -inf");
        }
        Approach approach = ParseApproach();
        if (close is { } bracket)
        {
            Expect(bracket, "the bracket that closes");
        }
        Syntax body = ParseProduct();
        return Bounded(Limit(body, variable, approach, name.Span.To(body.Span)));
    }

    private DerivativeSyntax ParseDerivative(Token name)
    {
        (FunctionSignature? function, Syntax? body, Token openPoint) = ParseDifferentiated(name);
        List<Syntax> at = ParseList();
        SourceSpan span = name.Span.To(CloseParenthesis(openPoint));
        Syntax point = at.Count == 1 ? at[0] : new ListSyntax(at, openPoint.Span.To(span));
        var node = new DerivativeSyntax(name.Name == "grad" ? 1 : 2, function, body, point, span);
        Bounded(node);
        return node;
    }

    /// <summary>What <c>grad</c>, <c>hessian</c> and <c>jacobian</c> are of, a function or an expression, up to the parenthesis that opens where they are taken.</summary>
    private (FunctionSignature? Function, Syntax? Body, Token OpenPoint) ParseDifferentiated(Token name)
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
            throw Error($"Say where the derivatives are taken: {name.Name}({(body is null ? function!.Name : Source(body.Span))})(x).", name.Span);
        }
        return (function, body, Take());
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
        var name = new NameSyntax(variable, new SourceSpan(by.Span.Start + 1, by.Span.Length - 1));
        Syntax? index = ParseIndexOfVariable();
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
