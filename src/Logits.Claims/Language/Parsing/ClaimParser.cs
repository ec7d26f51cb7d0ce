using System.Numerics;

namespace Logits.Claims.Language.Parsing;

/// <summary>Recursive descent: quantifiers, hypotheses, statements.</summary>
internal sealed partial class ClaimParser : ExpressionParser
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
    private readonly List<(NameSyntax Name, Syntax Value)> abbreviations = [];
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
        int braces = 0;
        for (int i = 0; i < tokens.Count; i++)
        {
            // What stands in braces, as in sum_{i=1}, makes no statement of what is around them.
            braces += tokens[i].Kind switch { TokenKind.OpenBrace => 1, TokenKind.CloseBrace => -1, _ => 0 };
            logicalBefore[i + 1] = logicalBefore[i] + (tokens[i].IsLogical && braces <= 0 ? 1 : 0);
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
        while (At(TokenKind.For) || At(TokenKind.Let) || HasQuantifier())
        {
            bool isLet = At(TokenKind.Let);
            ParseDeclarations(TokenKind.Colon, isLet);
            if (At(TokenKind.For))
            {
                continue;
            }
            if (!TryTake(TokenKind.Colon) && !(TryTake(TokenKind.Period) | TryTake(TokenKind.Then)))
            {
                if (!TryReturnToStatement())
                {
                    throw Unexpected("a comma or : after the declarations");
                }
                break;
            }
            TryTake(TokenKind.Comma);
            TryTake(TokenKind.Then);
        }
        StatementSyntax statement = ParseImplication();
        TryTake(TokenKind.Comma);
        while (At(TokenKind.For) || At(TokenKind.Where) || At(TokenKind.If))
        {
            ParseDeclarations(TokenKind.End, mayAbbreviate: !At(TokenKind.For));
            TryTake(TokenKind.Comma);
        }
        if (!At(TokenKind.End))
        {
            throw Unexpected("the end of the claim");
        }
        return Abbreviated(new ClaimSyntax(declarations, constraints, LiftSizes(statement), sizes.Range, sizes.Span));
    }

    /// <summary>Whether a colon outside all parentheses ends a list of declarations.</summary>
    private bool HasQuantifier()
    {
        int level = 0;
        foreach (Token token in Tokens.Skip(Position).TakeWhile(token => token.Kind is not (TokenKind.Exists or TokenKind.Implies)))
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

    /// <summary>Where no colon ends the declarations, what was last taken for a condition is the claim: for all x, lse(x) > max(x).</summary>
    private bool TryReturnToStatement()
    {
        if (lastCondition is not { } start)
        {
            return false;
        }
        constraints.RemoveAt(constraints.Count - 1);
        Position = start;
        return true;
    }

    private int? lastCondition;

    private void ParseDeclarations(TokenKind end, bool mayAbbreviate = false)
    {
        if ((TryTake(TokenKind.For) || TryTake(TokenKind.Let) || TryTake(TokenKind.Where) || TryTake(TokenKind.If))
            && Current is { Kind: TokenKind.Name, Name: "every" or "all" or "each" or "any" })
        {
            Take();
        }
        var pending = new List<NameSyntax>();
        do
        {
            lastCondition = null;
            if (At(TokenKind.Then) || (mayAbbreviate && TryParseAbbreviation()))
            {
                continue;
            }
            if (At(TokenKind.Name) && (NextIs(TokenKind.Comma) || NextIs(end) || NextIs(TokenKind.End) || NextIs(TokenKind.For)))
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
                DomainSyntax domain = AtInterval() ? ParseInterval(pending) : ParseDomain();
                declarations.AddRange(pending.Select(name => new DeclarationSyntax(name, domain)));
                pending.Clear();
            }
            else if (!TryParseSizeRange())
            {
                int start = Position;
                StatementSyntax constraint = ParseConstraint();
                if (constraint is not ComparisonSyntax comparison || !sizes.TryAdd(comparison))
                {
                    lastCondition = start;
                    constraints.Add(constraint);
                }
            }
        }
        while (TryTake(TokenKind.Comma) || TryTake(TokenKind.And));
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

    private StatementSyntax ParseConstraint() => ParseAtom() is var statement and not MembershipSyntax
        ? statement
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

    private DomainSyntax ParseDomain()
    {
        Token start = Current;
        if (At(TokenKind.OpenBrace) || (At(TokenKind.OpenBracket) && Tokens[Math.Min(Position + 2, Tokens.Count - 1)].Kind == TokenKind.CloseBracket))
        {
            return ParsePositions();
        }
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
                VectorSize size = At(TokenKind.Open) || At(TokenKind.OpenBrace) ? ParseParenthesisedSize() : ParseSize();
                return new DomainSyntax(DomainSet.RealVectors, size, start.Span.To(Tokens[Position - 1].Span));
            case "R":
                return new DomainSyntax(DomainSet.Reals, default(VectorSize), start.Span);
            case "simplex" or "onehot":
                VectorSize? entries = At(TokenKind.Open) ? ParseParenthesisedSize() : name.Name == "simplex" ? ParseDimension() : null;
                return new DomainSyntax(name.Name == "simplex" ? DomainSet.Simplex : DomainSet.OneHot, entries, start.Span.To(Tokens[Position - 1].Span));
            default:
                throw Error($"`{name.Name}` is not a set of the language: these are R, R^n, R^3, simplex, onehot and 1..n.", name.Span);
        }
    }

    private VectorSize ParseParenthesisedSize()
    {
        TokenKind close = Take().Kind == TokenKind.Open ? TokenKind.Close : TokenKind.CloseBrace;
        VectorSize size = ParseSize();
        Expect(close, "the bracket after the size");
        return size;
    }

    private StatementSyntax ParseImplication()
    {
        Enter();
        StatementSyntax left;
        if (At(TokenKind.If) && !AtIff())
        {
            SourceSpan start = Take().Span;
            StatementSyntax hypothesis = ParseEquivalence();
            bool isSeparated = TryTake(TokenKind.Comma);
            if (!TryTake(TokenKind.Then) && !isSeparated)
            {
                throw Unexpected("then");
            }
            StatementSyntax conclusion = ParseImplication();
            left = new ImplicationSyntax(hypothesis, conclusion, start.To(conclusion.Span));
        }
        else
        {
            left = ParseEquivalence();
        }
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
        StatementSyntax left = ParseDisjunction();
        if (!TryTakeIff())
        {
            return left;
        }
        StatementSyntax right = ParseDisjunction();
        if (At(TokenKind.Equivalent) || AtIff())
        {
            throw Error("Equivalences do not chain. Write A <=> B and B <=> C as two claims.", Current.Span);
        }
        return new EquivalenceSyntax(left, right, left.Span.To(right.Span));
    }

    private StatementSyntax ParseDisjunction()
    {
        List<StatementSyntax> parts = [ParseConjunction()];
        while (TryTake(TokenKind.Or) || (AtDoubleBar() && TryTakeDoubleBar()))
        {
            parts.Add(ParseConjunction());
        }
        return parts.Count == 1 ? parts[0] : new DisjunctionSyntax(parts, parts[0].Span.To(parts[^1].Span));
    }

    private StatementSyntax ParseConjunction()
    {
        List<StatementSyntax> parts = [ParseAtom()];
        while (TryTake(TokenKind.And) || (AtCommaOfHypotheses() && TryTake(TokenKind.Comma)))
        {
            parts.Add(ParseAtom());
        }
        return parts.Count == 1 ? parts[0] : new ConjunctionSyntax(parts, parts[0].Span.To(parts[^1].Span));
    }

    /// <summary>Hypotheses are joined by commas too: a > b, b > c => a > c.</summary>
    private bool AtCommaOfHypotheses() => At(TokenKind.Comma) && Tokens.Skip(Position).Any(token => token.Kind == TokenKind.Implies)
        && Tokens.Skip(Position).TakeWhile(token => token.Kind != TokenKind.Implies).All(token => token.Kind is not (TokenKind.Then or TokenKind.For or TokenKind.Where));

    private StatementSyntax ParseAtom()
    {
        Token start = Current;
        if (At(TokenKind.Not))
        {
            return ParseDenial();
        }
        if (At(TokenKind.Exists) || (Current is { Kind: TokenKind.Name, Name: "there" } && (NextIs(TokenKind.Exists) || NextIs(TokenKind.Is))))
        {
            return ParseExistential();
        }
        if (TryParseProperty() is { } property)
        {
            return property;
        }
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
            if (AtInterval())
            {
                return ParseBetween(operands[0]);
            }
            DomainSyntax domain = ParseDomain();
            return new MembershipSyntax(operands[0], domain, operands[0].Span.To(domain.Span));
        }
        if (Current.Kind is TokenKind.Succeeds or TokenKind.Precedes)
        {
            return ParseOrderOfMatrices(operands[0]);
        }
        if (At(TokenKind.Is))
        {
            return ParseAdjective(operands[0]);
        }
        if (At(TokenKind.Arrow) && Tokens.Skip(Position).Any(token => token.Kind is TokenKind.As or TokenKind.Where))
        {
            return ParseTendency(operands[0]);
        }
        List<Relation> relations = [];
        while (Current.IsRelation)
        {
            relations.Add(Relations[Take().Kind]);
            if (relations is [Relation.Equal] && operands[0] is LimitSyntax limit && TryTakeInfinity() is { } sign)
            {
                return Infinite(limit, sign, limit.Span.To(Tokens[Position - 1].Span));
            }
            operands.Add(ParseSum());
        }
        if (relations.Count == 0)
        {
            throw Current.Kind is TokenKind.End or TokenKind.And or TokenKind.Implies or TokenKind.Equivalent or TokenKind.For or TokenKind.Or or TokenKind.If or TokenKind.Where
                ? Error($"This is a value, not yet a claim: compare it with something, {Example}.", operands[0].Span)
                : Unexpected("a comparison such as == or <=");
        }
        return FromBothSides(new ComparisonSyntax(operands, relations, operands[0].Span.To(operands[^1].Span)));
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
