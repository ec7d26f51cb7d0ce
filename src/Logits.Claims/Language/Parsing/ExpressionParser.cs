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
}
