namespace Logits.Claims.Language.Parsing;

/// <content>Derivatives as books write them: ∇, ∂f/∂x_i, and Jacobians.</content>
internal abstract partial class ExpressionParser
{
    /// <summary><c>∇lse(x)</c>, <c>∇²lse(x)</c>, <c>∇_o xent(y, o)</c>.</summary>
    private Syntax ParseNabla()
    {
        Enter();
        Token name = Take();
        int order = 1;
        NameSyntax? by = null;
        while (Current.Kind is TokenKind.Power or TokenKind.Underscore)
        {
            bool isOrder = Take().Kind == TokenKind.Power;
            bool isBraced = TryTake(TokenKind.OpenBrace);
            if (isOrder)
            {
                order = TakeTwo();
            }
            else
            {
                by = ParseBoundName("What is differentiated by");
            }
            if (isBraced)
            {
                Expect(TokenKind.CloseBrace, "}");
            }
        }
        Syntax body = ParsePostfix();
        Leave();
        SourceSpan span = name.Span.To(body.Span);
        if (by is not null)
        {
            return Bounded(new DerivativeSyntax(order, null, body, by, span));
        }
        return body is CallSyntax { Function: { TakesEntries: true, Function: not null } function, Arguments: [var at] }
            ? Bounded(new DerivativeSyntax(order, function, null, at, span))
            : throw Error($"Say by what is differentiated: ∇_x, or {(order == 1 ? "grad" : "hessian")}(lse)(x).", span);
    }

    private int TakeTwo() => At(TokenKind.Number) && Take().Value == 2 ? 2 : throw Error("Derivatives are of first or of second order.", Tokens[Position - 1].Span);

    private JacobianSyntax ParseJacobian(Token name)
    {
        (FunctionSignature? function, Syntax? body, Token openPoint) = ParseDifferentiated(name);
        Syntax at = ParseSum();
        var node = new JacobianSyntax(function, body, at, name.Span.To(CloseParenthesis(openPoint)));
        Bounded(node);
        return node;
    }

    /// <summary>Whether <c>∂</c>, or <c>\frac</c> over ∂ or d, begins here.</summary>
    private bool AtDifferentialQuotient() => At(TokenKind.Partial)
        || (At(TokenKind.Fraction) && NextIs(TokenKind.OpenBrace) && (Ahead(2).Kind == TokenKind.Partial || Ahead(2) is { Kind: TokenKind.Name, Name: "d" }));

    /// <summary><c>∂f/∂x_i</c>, <c>∂/∂x_i f</c>, <c>\frac{∂²f}{∂x_i ∂x_j}</c>.</summary>
    private Syntax ParseDifferentialQuotient()
    {
        SourceSpan start = Current.Span;
        bool isFraction = TryTake(TokenKind.Fraction);
        Position += isFraction ? 2 : 1;
        int order = 1;
        if (TryTake(TokenKind.Power))
        {
            bool isBraced = TryTake(TokenKind.OpenBrace);
            order = TakeTwo();
            if (isBraced)
            {
                Expect(TokenKind.CloseBrace, "}");
            }
        }
        Syntax? body = At(TokenKind.Divide) || At(TokenKind.CloseBrace) ? null : ParsePostfix();
        if (isFraction)
        {
            Expect(TokenKind.CloseBrace, "} after what is differentiated");
            Expect(TokenKind.OpenBrace, "{ and ∂ with the variable");
        }
        else
        {
            Expect(TokenKind.Divide, "/ and ∂ with the variable, as in ∂f/∂x_i");
        }
        List<(NameSyntax Name, Syntax? Index)> variables = ParseVariables(isFraction, order);
        SourceSpan span = start.To(Tokens[Position - 1].Span);
        if (variables.Count != order)
        {
            throw Error(order == 1 ? "A derivative of first order has one variable: ∂f/∂x_i." : "A derivative of second order has two variables: ∂²f/(∂x_i ∂x_j).", span);
        }
        if (body is null && !Current.StartsOperand && !At(TokenKind.Minus))
        {
            throw Unexpected($"what is differentiated, as in d/d{variables[0].Name.Name}[1] lse({variables[0].Name.Name})");
        }
        body ??= ParseUnary();
        for (int i = variables.Count - 1; i >= 0; i--)
        {
            body = Bounded(new PartialSyntax(variables[i].Name, variables[i].Index, body, span.To(body.Span)));
        }
        return body;
    }

    private List<(NameSyntax Name, Syntax? Index)> ParseVariables(bool isFraction, int order)
    {
        bool isGrouped = !isFraction && TryTake(TokenKind.Open);
        List<(NameSyntax Name, Syntax? Index)> variables = [];
        do
        {
            variables.AddRange(ParseDifferential());
        }
        while ((isFraction || isGrouped || order > variables.Count) && (At(TokenKind.Partial) || Current is { Kind: TokenKind.Name, Name: ['d', _] }));
        if (isFraction)
        {
            Expect(TokenKind.CloseBrace, "} after the variables");
        }
        if (isGrouped)
        {
            Expect(TokenKind.Close, ") after the variables");
        }
        return variables;
    }

    /// <summary>∂x_i, dx_i, or ∂x_i², which is two.</summary>
    private List<(NameSyntax Name, Syntax? Index)> ParseDifferential()
    {
        NameSyntax variable;
        if (TryTake(TokenKind.Partial) || (Current is { Kind: TokenKind.Name, Name: "d" } && TryTake(TokenKind.Name)))
        {
            variable = ParseBoundName("What is differentiated by");
        }
        else
        {
            Token token = Current is { Kind: TokenKind.Name, Name: ['d', _, ..] } ? Take() : throw Unexpected("∂ and the variable, as in ∂f/∂x_i");
            variable = new NameSyntax(token.Name[1..], new SourceSpan(token.Span.Start + 1, token.Span.Length - 1));
        }
        Syntax? index = ParseIndexOfVariable();
        if (At(TokenKind.Power) && Ahead(1) is { Kind: TokenKind.Number, Value: var two } && two == 2)
        {
            Position += 2;
            return [(variable, index), (variable, index)];
        }
        return [(variable, index)];
    }

    private Syntax? ParseIndexOfVariable()
    {
        if (At(TokenKind.Underscore))
        {
            List<Syntax> indices = ParseSubscript();
            return indices.Count == 1 ? indices[0] : throw Error("A variable is differentiated by one of its entries.", indices[1].Span);
        }
        if (!TryTake(TokenKind.OpenBracket))
        {
            return null;
        }
        Syntax index = ParseSum();
        Expect(TokenKind.CloseBracket, "] after the index");
        return index;
    }
}
