using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <summary>Recursive descent over the tokens of a claim: expressions. Nesting and chaining are bounded, so that it and all that follows may recurse.</summary>
internal abstract partial class ExpressionParser(string text, IReadOnlyList<Token> tokens)
{
    private const int MaximumDepth = 200;

    /// <summary>A sum of so many terms is a tree as high as that.</summary>
    private const int MaximumHeight = 1_000;

    private readonly HashSet<string> declared =
        [.. tokens.Zip(tokens.Skip(1)).Where(pair => pair.Second.Kind is TokenKind.In or TokenKind.Comma).Select(pair => pair.First.Name)];

    private readonly bool isTextbook = text.Contains('\\', StringComparison.Ordinal) || text.Contains('$', StringComparison.Ordinal)
        || tokens.Any(token => token.Kind is TokenKind.Underscore or TokenKind.OpenBrace);

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

    private Syntax Bounded(Syntax node) => node.Height <= MaximumHeight ? node : throw TooDeep(node.Span);

    private ClaimSyntaxException TooDeep(SourceSpan span) => Error(
        string.Create(CultureInfo.InvariantCulture, $"The claim nests more than {MaximumDepth} or chains more than {MaximumHeight:N0} operations. State it in parts."), span);

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

    /// <summary>Factors; in a formula set as a textbook does (with subscripts, or in LaTeX), and after ᵀ, side by side is a product too.</summary>
    private Syntax ParseProduct()
    {
        Syntax left = ParseUnary();
        bool sideBySide = isTextbook || left is TransposeSyntax;
        while (true)
        {
            BinaryOperator operation = At(TokenKind.Divide) ? BinaryOperator.Divide : BinaryOperator.Multiply;
            bool isDot = At(TokenKind.Dot);
            if (Current.Kind is TokenKind.Times or TokenKind.Dot or TokenKind.Divide)
            {
                Take();
            }
            else if (!(sideBySide && AtFactor()) && !AtFunctionAfterFactor())
            {
                return left;
            }
            Syntax right = ParseUnary();
            sideBySide |= right is TransposeSyntax;
            left = Bounded(new BinarySyntax(operation, left, right) { IsDot = isDot });
        }
    }

    /// <summary>Whether a factor begins here that no operator joins to what stands before.</summary>
    private bool AtFactor() => Current.Kind is TokenKind.Open or TokenKind.OpenBrace or TokenKind.Fraction or TokenKind.Partial or TokenKind.Number
        || (Current.Kind == TokenKind.Name && Advice(Current.Name) is null);

    /// <summary>p log p, p pᵀ: before a function, and before what is transposed, nothing else can be meant.</summary>
    private bool AtFunctionAfterFactor() => Current.Kind == TokenKind.Name
        && (NextIs(TokenKind.Transpose) ? IsVariable(Current.Name) : Functions.ByName.ContainsKey(Current.Name) && Current.Name != "delta" && !declared.Contains(Current.Name));

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
        else if (At(TokenKind.Plus) && isTextbook)
        {
            Take();
            node = ParseUnary();
        }
        else if (AtDifferentialQuotient())
        {
            node = ParseDifferentialQuotient();
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
        if (Current is { Kind: TokenKind.Name, Name: "e" } && !declared.Contains("e"))
        {
            return ParsePowerOfE();
        }
        Syntax left = ParsePostfix();
        return TryTake(TokenKind.Power) ? Bounded(new BinarySyntax(BinaryOperator.Power, left, ParseUnary())) : left;
    }

    /// <summary>e^a is exp(a), and e alone exp(1).</summary>
    private Syntax ParsePowerOfE()
    {
        SourceSpan start = Take().Span;
        Syntax exponent = TryTake(TokenKind.Power) ? ParseUnary() : new NumberSyntax(1, start);
        return Bounded(new CallSyntax(Functions.ByName["exp"], [exponent], start.To(exponent.Span)));
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
            else if (At(TokenKind.Underscore))
            {
                List<Syntax> indices = ParseSubscript();
                node = new ElementSyntax(AsSoftmax(node), indices, node.Span.To(Tokens[Position - 1].Span));
            }
            else if (At(TokenKind.Transpose))
            {
                node = new TransposeSyntax(node, node.Span.To(Take().Span));
            }
            else if (TryTakeRaisedTranspose())
            {
                node = new TransposeSyntax(node, node.Span.To(Tokens[Position - 1].Span));
            }
            else
            {
                return node;
            }
            Bounded(node);
        }
    }

    private List<Syntax> ParseList(bool isDivergence = false)
    {
        List<Syntax> items = [ParseSum()];
        // kl(p || q) is how the divergence is written.
        while (TryTake(TokenKind.Comma) || (isDivergence && TryTakeDoubleBar()))
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
            case TokenKind.OpenBrace:
                Take();
                Syntax group = ParseSum();
                Expect(TokenKind.CloseBrace, "}");
                return group;
            case TokenKind.Fraction:
                return ParseFraction();
            case TokenKind.Bar or TokenKind.DoubleBar:
                return ParseBars();
            case TokenKind.Name:
                return ParseNamed();
            default:
                throw Unexpected("a number, a variable, a function or (");
        }
    }

    private Syntax ParseNamed()
    {
        Token name = Current;
        if (name.Name is "sum" or "prod" or "max" or "min" or "argmax" && NextIs(TokenKind.Underscore))
        {
            return ParseFold();
        }
        if (name.Name is "lim" || (name.Name == "limit" && !NextIs(TokenKind.Open)))
        {
            return ParseLim();
        }
        if (name.Name is "grad" && !NextIs(TokenKind.Open))
        {
            return ParseNabla();
        }
        if (name.Name == "delta" && NextIs(TokenKind.Underscore))
        {
            Take();
            List<Syntax> positions = ParseSubscript();
            return new CallSyntax(Functions.ByName["delta"], positions, name.Span.To(Tokens[Position - 1].Span));
        }
        bool isFunction = IsFunction(name.Name);
        if (NextIs(TokenKind.Open) && (isFunction || !isTextbook || !IsVariable(name.Name)))
        {
            return ParseCall();
        }
        if (Functions.ByName.ContainsKey(name.Name) && name.Name != "delta" && !declared.Contains(name.Name))
        {
            if (NextIs(TokenKind.Underscore))
            {
                return ParseSubscriptedFunction();
            }
            if (isTextbook || BareFunctions.Contains(name.Name))
            {
                return ParseBareCall();
            }
        }
        return ParseLetters();
    }

    /// <summary>In LaTeX ab is a product of two letters; elsewhere it would be a name.</summary>
    private Syntax ParseLetters()
    {
        NameSyntax name = ParseName();
        bool isLatex = text.Contains('\\', StringComparison.Ordinal) || text.Contains('$', StringComparison.Ordinal);
        if (!isLatex || name.Name.Length != name.Span.Length || IsVariable(name.Name) || Names.AsProduct(name.Name, IsVariable) is null || char.IsAsciiDigit(name.Name[0]))
        {
            return name;
        }
        Syntax product = new NameSyntax(name.Name[..1], new SourceSpan(name.Span.Start, 1));
        for (int i = 1; i < name.Name.Length; i++)
        {
            product = new BinarySyntax(BinaryOperator.Multiply, product, new NameSyntax(name.Name[i].ToString(), new SourceSpan(name.Span.Start + i, 1)));
        }
        return Bounded(product);
    }

    private bool IsFunction(string name) => Functions.ByName.ContainsKey(name) || name is "limit" or "grad" or "hessian" or "jacobian" or "psd" or "H" || (name == "sigma" && !declared.Contains(name));

    private NameSyntax ParseName()
    {
        Token token = Take();
        if (token.Name != "delta" && Functions.ByName.TryGetValue(token.Name, out FunctionSignature? function))
        {
            throw Error($"`{token.Name}` is a function and needs its arguments: {function.Usage}. No variable can have its name.", token.Span);
        }
        if (token.Name is "hessian" or "grad" or "jacobian")
        {
            throw Error($"`{token.Name}` needs a function and a point: {token.Name}({(token.Name == "jacobian" ? "softmax" : "lse")})(x).", token.Span);
        }
        // K classes are n entries.
        if (token.Name is "K" or "N" && !declared.Contains(token.Name))
        {
            return new NameSyntax("n", token.Span);
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
            case "jacobian":
                return ParseJacobian(name);
            case "psd":
                throw Error("psd(M) is a statement and stands alone or beside `and`, `=>`, `<=>`; it is not a value.", name.Span);
            case "sum" or "prod" or "max" or "min" when Ahead(1).Kind == TokenKind.Name && Ahead(2).Kind == TokenKind.Colon:
                return ParseIndexSum(name);
        }
        bool isSigma = name.Name == "sigma" && !declared.Contains("sigma");
        if (!Functions.ByName.TryGetValue(name.Name switch { "H" => "entropy", "sigma" when isSigma => "logistic", var other => other }, out FunctionSignature? function))
        {
            throw NotAFunction(name);
        }
        Token open = Take();
        if (At(TokenKind.Close))
        {
            throw Error($"{function.Name} needs its arguments: {function.Usage}.", name.Span.To(Current.Span));
        }
        List<Syntax> arguments = ParseList(function.Name is "kl" or "jsd" or "crossentropy" or "tv");
        if (name.Name == "H" && arguments.Count == 2)
        {
            function = Functions.ByName["crossentropy"];
        }
        return Bounded(new CallSyntax(function, arguments, name.Span.To(CloseParenthesis(open)), isSigma));
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
}
