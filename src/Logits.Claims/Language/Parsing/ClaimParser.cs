using System.Numerics;

namespace Logits.Claims.Language.Parsing;

/// <summary>Recursive descent: quantifiers, hypotheses, statements.</summary>
internal sealed class ClaimParser : ExpressionParser
{
    private const string Example = "as in lse(x + b) == lse(x) + b";

    private static readonly Dictionary<TokenKind, Relation> Relations = new()
    {
        [TokenKind.Equal] = Relation.Equal,
        [TokenKind.NotEqual] = Relation.NotEqual,
        [TokenKind.Less] = Relation.Less,
        [TokenKind.LessOrEqual] = Relation.LessOrEqual,
        [TokenKind.Greater] = Relation.Greater,
        [TokenKind.GreaterOrEqual] = Relation.GreaterOrEqual,
    };

    private readonly List<DeclarationSyntax> declarations = [];
    private readonly List<StatementSyntax> constraints = [];
    private readonly SizeConstraint sizes;

    /// <summary>For each token, how many tokens before it make a statement of what holds them; and where its parenthesis closes.</summary>
    private readonly int[] logicalBefore;
    private readonly int[] closing;

    private ClaimParser(string text, IReadOnlyList<Token> tokens) : base(text, tokens)
    {
        sizes = new SizeConstraint(text);
        logicalBefore = new int[tokens.Count + 1];
        closing = new int[tokens.Count];
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            logicalBefore[i + 1] = logicalBefore[i] + (tokens[i].IsLogical ? 1 : 0);
            if (tokens[i].Kind == TokenKind.Open)
            {
                open.Push(i);
            }
            else if (tokens[i].Kind == TokenKind.Close && open.TryPop(out int start))
            {
                closing[start] = i;
            }
        }
    }

    public static ClaimSyntax Parse(string text, IReadOnlyList<Token> tokens) => new ClaimParser(text, tokens).ParseClaim();

    private ClaimSyntax ParseClaim()
    {
        if (At(TokenKind.End))
        {
            throw Error($"There is no claim here. Write one, {Example}.", Current.Span);
        }
        if (At(TokenKind.For) || HasQuantifier())
        {
            ParseDeclarations(TokenKind.Colon);
            Expect(TokenKind.Colon, "a comma or : after the declarations");
        }
        StatementSyntax statement = ParseImplication();
        if (At(TokenKind.For))
        {
            ParseDeclarations(TokenKind.End);
        }
        if (!At(TokenKind.End))
        {
            throw Unexpected("the end of the claim");
        }
        return new ClaimSyntax(declarations, constraints, LiftSizes(statement), sizes.Range, sizes.Span);
    }

    /// <summary>Whether a colon outside all parentheses ends a list of declarations.</summary>
    private bool HasQuantifier()
    {
        int level = 0;
        foreach (Token token in Tokens)
        {
            level += token.Kind switch
            {
                TokenKind.Open or TokenKind.OpenBracket => 1,
                TokenKind.Close or TokenKind.CloseBracket => -1,
                _ => 0,
            };
            if (level == 0 && token.Kind == TokenKind.Colon)
            {
                return true;
            }
        }
        return false;
    }

    private void ParseDeclarations(TokenKind end)
    {
        if (TryTake(TokenKind.For) && Current is { Kind: TokenKind.Name, Name: "every" or "all" or "each" or "any" })
        {
            Take();
        }
        var pending = new List<NameSyntax>();
        do
        {
            if (At(TokenKind.Name) && (NextIs(TokenKind.Comma) || NextIs(end)))
            {
                // "for every n" says nothing that is not so anyway.
                if (Take() is { Name: not "n" } name)
                {
                    pending.Add(Declarable(name));
                }
            }
            else if (At(TokenKind.Name) && NextIs(TokenKind.In) && Current.Name != "n")
            {
                pending.Add(Declarable(Take()));
                Take();
                DomainSyntax domain = ParseDomain();
                declarations.AddRange(pending.Select(name => new DeclarationSyntax(name, domain)));
                pending.Clear();
            }
            else if (!TryParseSizeRange())
            {
                ComparisonSyntax constraint = ParseConstraint();
                if (!sizes.TryAdd(constraint))
                {
                    constraints.Add(constraint);
                }
            }
        }
        while (TryTake(TokenKind.Comma));
        declarations.AddRange(pending.Select(name => new DeclarationSyntax(name, null)));
    }

    private NameSyntax Declarable(Token token)
    {
        if (token.Name == "n")
        {
            throw Error("n is the size of the vectors. Say which sizes: n >= 2, n = 3 or n in 2..6.", token.Span);
        }
        if (Names.IsReserved(token.Name))
        {
            throw Error($"`{token.Name}` belongs to the language; give the variable another name.", token.Span);
        }
        return new NameSyntax(token.Name, token.Span);
    }

    private ComparisonSyntax ParseConstraint() => ParseComparison() is ComparisonSyntax comparison
        ? comparison
        : throw Error("Declarations have the form x in R^n, n >= 2 or b > 0.", Current.Span);

    /// <summary><c>n in 2..6</c> or <c>n = 2..6</c>.</summary>
    private bool TryParseSizeRange()
    {
        if (!(Current is { Kind: TokenKind.Name, Name: "n" }
            && (NextIs(TokenKind.In) || (NextIs(TokenKind.Equal) && Tokens[Math.Min(Position + 3, Tokens.Count - 1)].Kind == TokenKind.Range))))
        {
            return false;
        }
        SourceSpan start = Take().Span;
        Take();
        if (!At(TokenKind.Number))
        {
            throw Error("n is the size of the vectors. Say which sizes: n >= 2, n = 3 or n in 2..6.", start);
        }
        int minimum = ParseInteger("the smallest size");
        Expect(TokenKind.Range, ".. and the largest size, as in n in 2..6");
        int maximum = ParseInteger("the largest size");
        sizes.Add(minimum, maximum, start.To(Tokens[Position - 1].Span));
        return true;
    }

    private int ParseInteger(string what)
    {
        Token token = Expect(TokenKind.Number, what);
        return SizeConstraint.AsInteger(token.Value) ?? throw Error("A size is a whole number.", token.Span);
    }

    private DomainSyntax ParseDomain()
    {
        Token start = Current;
        if (start.Kind == TokenKind.Number)
        {
            if (ParseInteger("1") != 1)
            {
                throw Error("Positions range over 1..n, or 1..3.", start.Span);
            }
            Expect(TokenKind.Range, ".. as in 1..n");
            return new DomainSyntax(DomainSet.Indices, ParseSize(), start.Span.To(Tokens[Position - 1].Span));
        }
        Token name = Expect(TokenKind.Name, "a set: R, R^n, simplex, onehot or 1..n");
        switch (name.Name)
        {
            case "R" when TryTake(TokenKind.Power):
                VectorSize size = At(TokenKind.Open) ? ParseParenthesisedSize() : ParseSize();
                return new DomainSyntax(DomainSet.RealVectors, size, start.Span.To(Tokens[Position - 1].Span));
            case "R":
                return new DomainSyntax(DomainSet.Reals, default(VectorSize), start.Span);
            case "simplex" or "onehot":
                VectorSize? entries = At(TokenKind.Open) ? ParseParenthesisedSize() : null;
                return new DomainSyntax(name.Name == "simplex" ? DomainSet.Simplex : DomainSet.OneHot, entries, start.Span.To(Tokens[Position - 1].Span));
            default:
                throw Error($"`{name.Name}` is not a set of the language: these are R, R^n, R^3, simplex, onehot and 1..n.", name.Span);
        }
    }

    private VectorSize ParseParenthesisedSize()
    {
        Take();
        VectorSize size = ParseSize();
        Expect(TokenKind.Close, ") after the size");
        return size;
    }

    private VectorSize ParseSize()
    {
        SourceSpan start = Current.Span;
        if (At(TokenKind.Number))
        {
            int size = ParseInteger("a size");
            SizeConstraint.Check(size, Text, start);
            return VectorSize.Of(size);
        }
        if (!(Current is { Kind: TokenKind.Name, Name: "n" }))
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

    private StatementSyntax ParseImplication()
    {
        Enter();
        StatementSyntax left = ParseEquivalence();
        if (TryTake(TokenKind.Implies))
        {
            StatementSyntax right = ParseImplication();
            left = new ImplicationSyntax(left, right, left.Span.To(right.Span));
        }
        Leave();
        return left;
    }

    private StatementSyntax ParseEquivalence()
    {
        StatementSyntax left = ParseConjunction();
        if (!TryTake(TokenKind.Equivalent))
        {
            return left;
        }
        StatementSyntax right = ParseConjunction();
        if (At(TokenKind.Equivalent))
        {
            throw Error("Equivalences do not chain. Write A <=> B and B <=> C as two claims.", Current.Span);
        }
        return new EquivalenceSyntax(left, right, left.Span.To(right.Span));
    }

    private StatementSyntax ParseConjunction()
    {
        List<StatementSyntax> parts = [ParseAtom()];
        while (TryTake(TokenKind.And))
        {
            parts.Add(ParseAtom());
        }
        return parts.Count == 1 ? parts[0] : new ConjunctionSyntax(parts, parts[0].Span.To(parts[^1].Span));
    }

    private StatementSyntax ParseAtom()
    {
        Token start = Current;
        if (start.Kind == TokenKind.Open && closing[Position] is > 0 and int close && logicalBefore[close] > logicalBefore[Position])
        {
            Take();
            StatementSyntax inner = ParseImplication();
            Expect(TokenKind.Close, ")");
            return inner;
        }
        if (start is { Kind: TokenKind.Name, Name: "psd" } && NextIs(TokenKind.Open))
        {
            Take();
            Take();
            Syntax matrix = ParseSum();
            return new SemidefiniteSyntax(matrix, start.Span.To(Expect(TokenKind.Close, ")").Span));
        }
        return ParseComparison();
    }

    private StatementSyntax ParseComparison()
    {
        List<Syntax> operands = [ParseSum()];
        if (TryTake(TokenKind.In))
        {
            DomainSyntax domain = ParseDomain();
            return new MembershipSyntax(operands[0], domain, operands[0].Span.To(domain.Span));
        }
        List<Relation> relations = [];
        while (Current.IsRelation)
        {
            relations.Add(Relations[Take().Kind]);
            operands.Add(ParseSum());
        }
        if (relations.Count == 0)
        {
            throw Current.Kind is TokenKind.End or TokenKind.And or TokenKind.Implies or TokenKind.Equivalent or TokenKind.For
                ? Error($"This is a value, not yet a claim: compare it with something, {Example}.", operands[0].Span)
                : Unexpected("a comparison such as == or <=");
        }
        return new ComparisonSyntax(operands, relations, operands[0].Span.To(operands[^1].Span));
    }

    /// <summary>Hypotheses on n alone (<c>n >= 3 => …</c>) say which sizes are meant.</summary>
    private StatementSyntax LiftSizes(StatementSyntax statement)
    {
        if (statement is not ImplicationSyntax implication)
        {
            return statement;
        }
        StatementSyntax conclusion = LiftSizes(implication.Conclusion);
        IReadOnlyList<StatementSyntax> parts = implication.Hypothesis is ConjunctionSyntax conjunction ? conjunction.Parts : [implication.Hypothesis];
        List<StatementSyntax> kept = [.. parts.Where(part => part is not ComparisonSyntax comparison || !sizes.TryAdd(comparison))];
        return kept.Count switch
        {
            0 => conclusion,
            1 => new ImplicationSyntax(kept[0], conclusion, implication.Span),
            _ => new ImplicationSyntax(new ConjunctionSyntax(kept, implication.Hypothesis.Span), conclusion, implication.Span),
        };
    }
}
