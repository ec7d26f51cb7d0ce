namespace Logits.Claims.Language.Parsing;

/// <content>What books set and keyboards do not: subscripts, bars, fractions, functions without parentheses, ∑ with limits.</content>
internal abstract partial class ExpressionParser
{
    /// <summary>Functions that are written without parentheses everywhere: log n.</summary>
    private static readonly HashSet<string> BareFunctions = ["log", "ln", "exp", "sqrt", "log2", "log10", "sum", "max", "min"];

    protected bool TryTakeDoubleBar()
    {
        if (TryTake(TokenKind.DoubleBar))
        {
            return true;
        }
        if (!AtDoubleBar())
        {
            return false;
        }
        Position += 2;
        return true;
    }

    protected bool AtDoubleBar() => At(TokenKind.DoubleBar) || (At(TokenKind.Bar) && NextIs(TokenKind.Bar) && Ahead(1).Span.Start == Current.Span.End);

    /// <summary><c>_1</c>, <c>_i</c>, <c>_ij</c>, <c>_{i,j}</c>.</summary>
    private List<Syntax> ParseSubscript()
    {
        Expect(TokenKind.Underscore, "_");
        if (TryTake(TokenKind.OpenBrace))
        {
            List<Syntax> listed = [.. ParseList().SelectMany(Positions)];
            Expect(TokenKind.CloseBrace, "} after the index");
            return listed;
        }
        if (At(TokenKind.Number))
        {
            Token number = Take();
            return [new NumberSyntax(number.Value, number.Span)];
        }
        if (!At(TokenKind.Name))
        {
            throw Unexpected("an index, as in x_1, x_i or x_{n}");
        }
        return [.. Positions(ParseName())];
    }

    /// <summary>ij, and i j side by side, are two positions.</summary>
    private IEnumerable<Syntax> Positions(Syntax index) => index switch
    {
        NameSyntax { Name: { Length: 2 } both } name when !declared.Contains(both) && both.All(Names.IsPosition) =>
            both.Select((letter, i) => new NameSyntax(letter.ToString(), new SourceSpan(name.Span.Start + Math.Min(i, name.Span.Length - 1), 1))),
        BinarySyntax { Operator: BinaryOperator.Multiply, Left: NameSyntax left, Right: NameSyntax right } => [left, right],
        _ => [index],
    };

    /// <summary>σ(x)_i is an entry of the softmax, as books write it; σ(x) alone the logistic function.</summary>
    private static Syntax AsSoftmax(Syntax node) =>
        node is CallSyntax { Function.Name: "logistic", IsSigma: true } call ? new CallSyntax(Functions.ByName["softmax"], call.Arguments, call.Span) : node;

    private bool TryTakeRaisedTranspose()
    {
        if (!At(TokenKind.Power))
        {
            return false;
        }
        bool isBraced = NextIs(TokenKind.OpenBrace) && Ahead(3).Kind == TokenKind.CloseBrace;
        Token mark = Ahead(isBraced ? 2 : 1);
        Token after = Ahead(isBraced ? 4 : 2);
        // x^T y: T is a temperature wherever it is anything but raised before a factor.
        bool isT = mark is { Kind: TokenKind.Name, Name: "T" } && !declared.Contains("T") && (after.StartsOperand || after.Kind == TokenKind.Times)
            && Enumerable.Range(0, tokens.Count).All(i => tokens[i] is not { Kind: TokenKind.Name, Name: "T" } || IsRaised(i));
        if (mark.Kind != TokenKind.Transpose && !isT)
        {
            return false;
        }
        Position += isBraced ? 4 : 2;
        return true;
    }

    private bool IsRaised(int i) => i > 0 && (tokens[i - 1].Kind == TokenKind.Power || (i > 1 && tokens[i - 1].Kind == TokenKind.OpenBrace && tokens[i - 2].Kind == TokenKind.Power));

    /// <summary><c>|a|</c>, <c>‖x‖</c>, <c>‖x‖_1</c>.</summary>
    private Syntax ParseBars()
    {
        Token open = Current;
        Enter();
        bool isNorm = TryTakeDoubleBar();
        if (!isNorm)
        {
            Take();
        }
        Syntax inner = ParseSum();
        if (isNorm ? !TryTakeDoubleBar() : !TryTake(TokenKind.Bar))
        {
            throw Error($"This {(isNorm ? "‖" : "|")} is never closed.", open.Span);
        }
        SourceSpan span = open.Span.To(Tokens[Position - 1].Span);
        string name = isNorm ? "norm" : "abs";
        if (isNorm && TryTake(TokenKind.Underscore))
        {
            bool isBraced = TryTake(TokenKind.OpenBrace);
            Token kind = Current;
            name = kind switch
            {
                { Kind: TokenKind.Infinity } => "norminf",
                { Kind: TokenKind.Number, Value: var one } when one == Rational.One => "norm1",
                { Kind: TokenKind.Number, Value: var two } when two == 2 => "norm",
                _ => throw Error("The norms are ‖x‖_1, ‖x‖_2 and ‖x‖_inf.", kind.Span),
            };
            Take();
            if (isBraced)
            {
                Expect(TokenKind.CloseBrace, "}");
            }
        }
        Leave();
        return Bounded(new CallSyntax(Functions.ByName[name], [inner], span));
    }

    private Syntax ParseFraction()
    {
        Enter();
        SourceSpan start = Take().Span;
        Syntax above = ParseFractionPart();
        Syntax below = ParseFractionPart();
        Leave();
        return Bounded(new BinarySyntax(BinaryOperator.Divide, above, below, start.To(Tokens[Position - 1].Span)));
    }

    private Syntax ParseFractionPart() => At(TokenKind.OpenBrace) || At(TokenKind.Number) || At(TokenKind.Name)
        ? ParsePrimary()
        : throw Unexpected("{ and a part of the fraction: \\frac{a}{b}");

    /// <summary>log x, \exp x_i: of the next power. What could as well belong to the argument is refused.</summary>
    private Syntax ParseBareCall()
    {
        Token name = Take();
        FunctionSignature function = Functions.ByName[name.Name];
        bool begins = Current.StartsOperand && Current.Kind is not (TokenKind.Infinity or TokenKind.OpenBracket) || Current.Kind is TokenKind.Bar or TokenKind.DoubleBar;
        if (!begins)
        {
            throw Error($"`{name.Name}` is a function and needs its arguments: {function.Usage}. No variable can have its name.", name.Span);
        }
        Syntax argument = ParseBareArgument();
        bool isClear = argument is NumberSyntax { Value: var value } ? value != Rational.One : argument is not (NameSyntax { Name: not "n" } or ElementSyntax);
        bool nextIsFunction = Ahead(1) is { Kind: TokenKind.Name, Name: var next } && Functions.ByName.ContainsKey(next);
        if (Current.Kind is TokenKind.Divide or TokenKind.Times && !isClear && !nextIsFunction)
        {
            string written = Source(argument.Span);
            string sign = At(TokenKind.Divide) ? "/" : "*";
            throw Error($"How far {name.Name} reaches is not clear. Write {name.Name}({written}){sign}… or {name.Name}({written}{sign}…).", name.Span.To(Current.Span));
        }
        return Bounded(new CallSyntax(function, [argument], name.Span.To(argument.Span)));
    }

    private Syntax ParseBareArgument()
    {
        Enter();
        Syntax argument = ParsePower();
        Leave();
        return argument;
    }

    /// <summary>softmax_i(x) is softmax(x)_i, log_2(a) is log2(a), D_{KL}(p‖q) the divergence.</summary>
    private Syntax ParseSubscriptedFunction()
    {
        Token name = Take();
        int at = Position;
        Take();
        bool isBraced = TryTake(TokenKind.OpenBrace);
        string? special = (name.Name, At(TokenKind.Number) ? Current.Value.ToString() : Current.Name) switch
        {
            ("log", "2") => "log2",
            ("log", "10") => "log10",
            ("log" or "ln", "e") => "log",
            ("D", "KL") => "kl",
            ("norm", "1") => "norm1",
            ("norm", "2") => "norm",
            _ => null,
        };
        if (special is not null && (!isBraced || NextIs(TokenKind.CloseBrace)))
        {
            Position += isBraced ? 2 : 1;
            return At(TokenKind.Open) ? ParseCallOf(special, name)
                : Current.StartsOperand ? new CallSyntax(Functions.ByName[special], [ParseBareArgument()], name.Span.To(Tokens[Position - 1].Span))
                : throw Unexpected($"the argument of {special}");
        }
        Position = at;
        List<Syntax> indices = ParseSubscript();
        if (!At(TokenKind.Open))
        {
            throw Unexpected($"the argument, as in {name.Name}(x)_i");
        }
        Syntax call = ParseCallOf(name.Name, name);
        return Bounded(new ElementSyntax(call, indices, name.Span.To(call.Span)));
    }

    private Syntax ParseCallOf(string function, Token name)
    {
        Token open = Take();
        List<Syntax> arguments = ParseList(isDivergence: function == "kl");
        return Bounded(new CallSyntax(Functions.ByName[function], arguments, name.Span.To(CloseParenthesis(open))));
    }

    /// <summary><c>sum_i</c>, <c>∑_{i=1}^n</c>, <c>max_i</c>, <c>∑_{j ≠ i}</c>: of the product that follows.</summary>
    private Syntax ParseFold()
    {
        Enter();
        Token name = Take();
        Take();
        TokenKind? close = TryTake(TokenKind.OpenBrace) ? TokenKind.CloseBrace : TryTake(TokenKind.Open) ? TokenKind.Close : null;
        var indices = new List<(NameSyntax Name, Syntax? Except)>();
        VectorSize? size = null;
        do
        {
            Token token = Expect(TokenKind.Name, "the index, as in sum_i or sum_{i=1}^n");
            foreach (NameSyntax bound in Positions(new NameSyntax(token.Name, token.Span)).Cast<NameSyntax>())
            {
                indices.Add(Names.IsReserved(bound.Name)
                    ? throw Error($"The index of a {name.Name} cannot be called `{bound.Name}`, which belongs to the language.", bound.Span)
                    : (bound, null));
            }
            size = (close is null ? null : ParseFoldRange(indices)) ?? size;
        }
        while (close is not null && TryTake(TokenKind.Comma));
        if (close is { } bracket)
        {
            Expect(bracket, "the bracket that closes");
        }
        if (TryTake(TokenKind.Power))
        {
            size = At(TokenKind.OpenBrace) || At(TokenKind.Open) ? ParseGroupedSize() : ParseSize();
        }
        Syntax body = ParseProduct();
        for (int i = indices.Count - 1; i >= 0; i--)
        {
            body = Bounded(new FoldSyntax(Foldings[name.Name], indices[i].Name, size, indices[i].Except, body, name.Span.To(body.Span)));
        }
        Leave();
        return body;
    }

    private VectorSize? ParseFoldRange(List<(NameSyntax Name, Syntax? Except)> indices)
    {
        if (TryTake(TokenKind.NotEqual))
        {
            indices[^1] = (indices[^1].Name, ParsePrimary());
            return null;
        }
        if (!TryTake(TokenKind.Equal) && !TryTake(TokenKind.In))
        {
            return null;
        }
        SourceSpan start = Current.Span;
        if (!(At(TokenKind.Number) && Take().Value == Rational.One))
        {
            throw Error("Sums begin at 1: entries are counted from 1, as in sum_{i=1}^n.", start);
        }
        return TryTake(TokenKind.Range) ? ParseSize() : null;
    }

    private VectorSize ParseGroupedSize()
    {
        TokenKind close = Take().Kind == TokenKind.OpenBrace ? TokenKind.CloseBrace : TokenKind.Close;
        VectorSize size = ParseSize();
        Expect(close, "the bracket after the size");
        return size;
    }

    protected int ParseInteger(string what)
    {
        Token token = Expect(TokenKind.Number, what);
        return SizeConstraint.AsInteger(token.Value) ?? throw Error("A size is a whole number.", token.Span);
    }

    protected VectorSize ParseSize()
    {
        SourceSpan start = Current.Span;
        if (At(TokenKind.Number))
        {
            int size = ParseInteger("a size");
            SizeConstraint.Check(size, Text, start);
            return VectorSize.Of(size);
        }
        if (!(Current is { Kind: TokenKind.Name, Name: "n" or "K" or "N" }))
        {
            throw Unexpected("a size: n or a whole number");
        }
        Take();
        int sign = At(TokenKind.Plus) ? 1 : At(TokenKind.Minus) ? -1 : 0;
        if (sign == 0 || !NextIs(TokenKind.Number))
        {
            return VectorSize.N;
        }
        Take();
        start = Current.Span;
        int offset = ParseInteger("a whole number");
        if (offset != 0)
        {
            SizeConstraint.Check(offset, Text, start);
        }
        return new VectorSize(true, sign * offset);
    }
}
