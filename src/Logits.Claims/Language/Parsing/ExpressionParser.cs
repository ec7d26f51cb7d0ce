using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <summary>Recursive descent over the tokens of a claim: expressions. Nesting and chaining are bounded, so that it and all that follows may recurse.</summary>
internal abstract class ExpressionParser(string text, IReadOnlyList<Token> tokens)
{
    public const int MaximumDepth = 200;

    private readonly HashSet<string> declared =
        [.. tokens.Zip(tokens.Skip(1)).Where(pair => pair.Second.Kind is TokenKind.In or TokenKind.Comma).Select(pair => pair.First.Name)];

    private int depth;

    protected int Position { get; set; }

    protected string Text => text;

    protected IReadOnlyList<Token> Tokens => tokens;

    protected Token Current => tokens[Position];

    private Token Ahead(int count) => tokens[Math.Min(Position + count, tokens.Count - 1)];

    protected bool At(TokenKind kind) => Current.Kind == kind;

    protected bool NextIs(TokenKind kind) => Ahead(1).Kind == kind;

    protected Token Take() => tokens[Position++];

    protected bool TryTake(TokenKind kind)
    {
        if (!At(kind))
        {
            return false;
        }
        Position++;
        return true;
    }

    protected Token Expect(TokenKind kind, string expected) => At(kind) ? Take() : throw Unexpected(expected);

    protected ClaimSyntaxException Error(string message, SourceSpan span) => new(message, text, span);

    protected string Source(SourceSpan span) => text.Substring(span.Start, span.Length);

    protected void Enter()
    {
        if (++depth > MaximumDepth)
        {
            throw TooDeep(Current.Span);
        }
    }

    protected void Leave() => depth--;

    private Syntax Bounded(Syntax node) => node.Height <= MaximumDepth ? node : throw TooDeep(node.Span);

    private ClaimSyntaxException TooDeep(SourceSpan span) => Error(
        string.Create(CultureInfo.InvariantCulture, $"The claim nests or chains more than {MaximumDepth} operations. State it in parts."), span);

    protected Syntax ParseSum()
    {
        Syntax left = ParseProduct();
        while (Current.Kind is TokenKind.Plus or TokenKind.Minus)
        {
            BinaryOperator operation = Take().Kind == TokenKind.Plus ? BinaryOperator.Add : BinaryOperator.Subtract;
            left = Bounded(new BinarySyntax(operation, left, ParseProduct()));
        }
        return left;
    }

    private Syntax ParseProduct()
    {
        Syntax left = ParseUnary();
        while (Current.Kind is TokenKind.Times or TokenKind.Divide)
        {
            BinaryOperator operation = Take().Kind == TokenKind.Times ? BinaryOperator.Multiply : BinaryOperator.Divide;
            left = Bounded(new BinarySyntax(operation, left, ParseUnary()));
        }
        return left;
    }

    private Syntax ParseUnary()
    {
        Enter();
        Syntax node;
        SourceSpan start = Current.Span;
        if (TryTake(TokenKind.Minus))
        {
            Syntax operand = ParseUnary();
            node = new NegationSyntax(operand, start.To(operand.Span));
        }
        else if (AtPartial())
        {
            node = ParsePartial();
        }
        else
        {
            node = ParsePower();
        }
        Leave();
        return Bounded(node);
    }

    private Syntax ParsePower()
    {
        Syntax left = ParsePostfix();
        return TryTake(TokenKind.Power) ? Bounded(new BinarySyntax(BinaryOperator.Power, left, ParseUnary())) : left;
    }

    private Syntax ParsePostfix()
    {
        Syntax node = ParsePrimary();
        while (true)
        {
            if (TryTake(TokenKind.OpenBracket))
            {
                List<Syntax> indices = ParseList();
                node = new ElementSyntax(node, indices, node.Span.To(Expect(TokenKind.CloseBracket, "] after the index").Span));
            }
            else if (At(TokenKind.Transpose))
            {
                node = new TransposeSyntax(node, node.Span.To(Take().Span));
            }
            else
            {
                return node;
            }
            Bounded(node);
        }
    }

    private List<Syntax> ParseList()
    {
        List<Syntax> items = [ParseSum()];
        while (TryTake(TokenKind.Comma))
        {
            items.Add(ParseSum());
        }
        return items;
    }

    private Syntax ParsePrimary()
    {
        Token token = Current;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                return new NumberSyntax(token.Value, token.Span);
            case TokenKind.Open:
                Take();
                Syntax inner = ParseSum();
                CloseParenthesis(token);
                return inner;
            case TokenKind.OpenBracket:
                Take();
                List<Syntax> entries = ParseList();
                return new ListSyntax(entries, token.Span.To(Expect(TokenKind.CloseBracket, "] after the entries of the vector").Span));
            case TokenKind.Name:
                return NextIs(TokenKind.Open) ? ParseCall() : ParseName();
            default:
                throw Unexpected("a number, a variable, a function or (");
        }
    }

    private NameSyntax ParseName()
    {
        Token token = Take();
        if (Functions.ByName.TryGetValue(token.Name, out FunctionSignature? function))
        {
            throw Error($"`{token.Name}` is a function and needs its arguments: {function.Usage}. No variable can have its name.", token.Span);
        }
        if (token.Name is "hessian" or "grad")
        {
            throw Error($"`{token.Name}` needs a function and a point: {token.Name}(lse)(x).", token.Span);
        }
        if (token.Name != "n" && Names.IsReserved(token.Name))
        {
            throw Error($"`{token.Name}` belongs to the language and cannot stand here.", token.Span);
        }
        return new NameSyntax(token.Name, token.Span);
    }

    private Syntax ParseCall()
    {
        Token name = Take();
        switch (name.Name)
        {
            case "limit":
                return ParseLimit(name);
            case "grad" or "hessian":
                return ParseDerivative(name);
            case "psd":
                throw Error("psd(M) is a statement and stands alone or beside `and`, `=>`, `<=>`; it is not a value.", name.Span);
            case "sum" when Ahead(1).Kind == TokenKind.Name && Ahead(2).Kind == TokenKind.Colon:
                return ParseIndexSum(name);
        }
        if (!Functions.ByName.TryGetValue(name.Name, out FunctionSignature? function))
        {
            throw NotAFunction(name);
        }
        Token open = Take();
        if (At(TokenKind.Close))
        {
            throw Error($"{function.Name} needs its arguments: {function.Usage}.", name.Span.To(Current.Span));
        }
        List<Syntax> arguments = ParseList();
        return Bounded(new CallSyntax(function, arguments, name.Span.To(CloseParenthesis(open))));
    }

    private SourceSpan CloseParenthesis(Token open)
    {
        if (At(TokenKind.End))
        {
            throw Error("This ( is never closed.", open.Span);
        }
        if (Current.IsLogical)
        {
            throw Error("A ) is missing before this: a comparison cannot stand inside a value.", Current.Span);
        }
        return Expect(TokenKind.Close, ")").Span;
    }

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

    private ClaimSyntaxException NotAFunction(Token name)
    {
        string argument = ArgumentText();
        if (IsVariable(name.Name))
        {
            return Error($"`{name.Name}` is not a function. Multiplication is always written: {name.Name}*{argument}.", name.Span);
        }
        string? nearest = Functions.ForeignNames.GetValueOrDefault(name.Name) ?? Names.Nearest(name.Name, Functions.ByName.Keys.Concat(["limit", "grad", "hessian", "psd"]));
        string? product = Names.AsProduct(name.Name, IsVariable);
        string advice = (nearest, product) switch
        {
            (not null, not null) => $" Did you mean {nearest}, or {product}*{argument}? Multiplication is always written.",
            (not null, null) => $" Did you mean {nearest}?",
            (null, not null) => $" Multiplication is always written: {product}*{argument}.",
            _ => $" The functions are {string.Join(", ", Functions.All.Select(f => f.Name))}, limit, grad, hessian.",
        };
        return Error($"`{name.Name}` is not a function.{advice}", name.Span);
    }

    /// <summary>The parenthesis that begins at the current token as written, or <c>(…)</c> where it is long or open.</summary>
    private string ArgumentText()
    {
        int level = 0;
        for (int i = Position; i < tokens.Count; i++)
        {
            level += tokens[i].Kind switch { TokenKind.Open => 1, TokenKind.Close => -1, _ => 0 };
            if (level == 0)
            {
                SourceSpan span = Current.Span.To(tokens[i].Span);
                return span.Length <= 40 ? Source(span) : "(…)";
            }
        }
        return "(…)";
    }

    private bool IsVariable(string name) => name == "n" || Names.ByCustom(name) is not null || declared.Contains(name);

    /// <summary>What is wrong where the current token cannot stand.</summary>
    protected ClaimSyntaxException Unexpected(string expected)
    {
        Token token = Current;
        if (token.Kind == TokenKind.End)
        {
            return Error($"The claim ends where {expected} was expected.", token.Span);
        }
        if (token.Kind == TokenKind.Name && Advice(token.Name) is { } advice)
        {
            return Error($"`{token.Name}` is not a word of the language. {advice}", token.Span);
        }
        if (Position > 0 && token.StartsOperand && EndsOperand(tokens[Position - 1]))
        {
            Token before = tokens[Position - 1];
            string left = before.Kind is TokenKind.Number or TokenKind.Name ? Source(before.Span) : before.Kind == TokenKind.Transpose ? "…'" : Source(before.Span).Insert(0, "…");
            string right = token.Kind is TokenKind.Open ? ArgumentText() : Source(token.Span);
            return Error($"There is no operator between these two. Multiplication is always written: {left}*{right}.", before.Span.To(token.Span));
        }
        if (token.Kind == TokenKind.Infinity)
        {
            return Error("Infinity is not a number here; it stands after -> in a limit: limit(lse(a*x)/a, a -> inf).", token.Span);
        }
        if (token.Kind == TokenKind.Arrow)
        {
            return Error("-> belongs into a limit, as in limit(lse(x/T), T -> 0+). Write => for \"implies\".", token.Span);
        }
        if (token.Kind == TokenKind.Close)
        {
            return Error($"This ) has no ( or comes too early; {expected} was expected.", token.Span);
        }
        return Error($"Here {expected} was expected.", token.Span);
    }

    private static bool EndsOperand(Token token) =>
        token.Kind is TokenKind.Number or TokenKind.Name or TokenKind.Close or TokenKind.CloseBracket or TokenKind.Transpose;

    private static string? Advice(string name) => name switch
    {
        "or" => "State two claims, or a claim with a hypothesis.",
        "implies" or "then" or "if" => "Write hypothesis => conclusion.",
        "iff" => "Write <=>.",
        "where" or "when" or "with" => "Write conditions before the claim: T > 0 => …",
        "forall" => "Write for every.",
        "not" => "Write != for \"is not equal to\", or turn the comparison round.",
        _ => null,
    };
}
