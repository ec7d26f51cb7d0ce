namespace Logits.Claims.Language.Parsing;

/// <content>What to say where the grammar ends.</content>
internal abstract partial class ExpressionParser
{
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
        "is" or "are" or "has" or "equals" => "Compare by ==, !=, <, <=, > or >=. That f is convex is psd(hessian(f)(x)).",
        "iff" => "Write <=>.",
        "where" or "when" or "with" => "Write conditions before the claim: T > 0 => …",
        "forall" => "Write for every.",
        "not" => "Write != for \"is not equal to\", or turn the comparison round.",
        _ => null,
    };
}
