namespace Logits.Claims.Language.Parsing;

/// <content>Statements as sentences: f is convex, f → c as T → ∞, there exists, if and only if; sets as books write them; abbreviations.</content>
internal sealed partial class ClaimParser
{
    private bool AtIff() => At(TokenKind.If) && NextIs(TokenKind.And) && Tokens[Math.Min(Position + 2, Tokens.Count - 1)] is { Kind: TokenKind.Name, Name: "only" };

    private bool TryTakeIff()
    {
        if (TryTake(TokenKind.Equivalent))
        {
            return true;
        }
        if (!AtIff())
        {
            return false;
        }
        Position += 3;
        Expect(TokenKind.If, "if, as in if and only if");
        return true;
    }

    private DenialSyntax ParseDenial()
    {
        Enter();
        SourceSpan start = Take().Span;
        StatementSyntax denied = ParseAtom();
        Leave();
        return new DenialSyntax(denied, start.To(denied.Span));
    }

    /// <summary><c>exists b in R: A</c>, <c>there exists b such that A</c>, <c>there is no b such that A</c>.</summary>
    private StatementSyntax ParseExistential()
    {
        Enter();
        SourceSpan start = Take().Span;
        if (Tokens[Position - 1].Kind == TokenKind.Name)
        {
            Take();
        }
        bool isDenied = Current is { Kind: TokenKind.Name, Name: "no" } && TryTake(TokenKind.Name);
        if (Current is { Kind: TokenKind.Name, Name: "a" or "an" } && Tokens[Math.Min(Position + 1, Tokens.Count - 1)].Kind == TokenKind.Name && !NextIsSuch())
        {
            Take();
        }
        var names = new List<DeclarationSyntax>();
        List<StatementSyntax> conditions = [];
        do
        {
            NameSyntax name = Declarable(Expect(TokenKind.Name, "the variable, as in exists b in R"));
            DomainSyntax? domain = null;
            if (TryTake(TokenKind.In))
            {
                domain = ParseDomain();
            }
            else if (Current.IsRelation)
            {
                Relation relation = Relations[Take().Kind];
                Syntax bound = ParseSum();
                conditions.Add(new ComparisonSyntax([name, bound], [relation], name.Span.To(bound.Span)));
            }
            names.Add(new DeclarationSyntax(name, domain));
        }
        while (TryTake(TokenKind.Comma));
        if (NextIsSuchHere())
        {
            Position += 2;
        }
        else if (!TryTake(TokenKind.Colon) && !TryTake(TokenKind.Where))
        {
            throw Unexpected(": and what holds of them, as in exists b in R: b > 0");
        }
        StatementSyntax statement = ParseImplication();
        Leave();
        if (conditions.Count > 0)
        {
            statement = new ConjunctionSyntax([.. conditions, statement], start.To(statement.Span));
        }
        StatementSyntax existential = new ExistentialSyntax(names, statement, start.To(statement.Span));
        return isDenied ? new DenialSyntax(existential, existential.Span) : existential;
    }

    private bool NextIsSuchHere() => Current is { Kind: TokenKind.Name, Name: "such" or "so" };

    private bool NextIsSuch() => Tokens[Math.Min(Position + 1, Tokens.Count - 1)] is { Kind: TokenKind.Name, Name: "such" or "so" };

    /// <summary><c>convex(lse)</c>, <c>lse is convex</c>.</summary>
    private StatementSyntax? TryParseProperty()
    {
        Token start = Current;
        if (start is { Kind: TokenKind.Name, Name: "convex" or "concave" } && NextIs(TokenKind.Open))
        {
            Position += 2;
            FunctionSignature? function = null;
            Syntax? body = null;
            if (NextIs(TokenKind.Close) && Functions.ByName.TryGetValue(Current.Name, out function))
            {
                Take();
            }
            else
            {
                body = ParseSum();
            }
            NameSyntax? by = TryTake(TokenKind.Comma) ? Declarable(Expect(TokenKind.Name, "the variable")) : null;
            SourceSpan span = start.Span.To(Expect(TokenKind.Close, ")").Span);
            return Convexity.State(Text, function, body, by, isConcave: start.Name == "concave", span);
        }
        if (start.Kind == TokenKind.Name && NextIs(TokenKind.Is) && Functions.ByName.TryGetValue(start.Name, out FunctionSignature? named))
        {
            Position += 2;
            Token adjective = TakeAdjective();
            return adjective.Name is "convex" or "concave"
                ? Convexity.State(Text, named, null, null, adjective.Name == "concave", start.Span.To(adjective.Span))
                : throw Error($"Say of which value: {named.Usage} is {adjective.Name}.", start.Span.To(adjective.Span));
        }
        return null;
    }

    private Token TakeAdjective()
    {
        if (Current is { Kind: TokenKind.Name, Name: "a" or "an" or "always" or "strictly" } && NextIs(TokenKind.Name))
        {
            Take();
        }
        return Expect(TokenKind.Name, "convex, concave, positive, negative, nonnegative, zero, psd, symmetric or a distribution");
    }

    private StatementSyntax ParseAdjective(Syntax subject)
    {
        Take();
        bool isDenied = TryTake(TokenKind.Not);
        Token adjective = TakeAdjective();
        if (adjective.Name == "positive" && Current is { Kind: TokenKind.Name, Name: "semidefinite" or "semi" })
        {
            bool isSplit = Take().Name == "semi";
            if (isSplit)
            {
                TryTake(TokenKind.Minus);
                Take();
            }
            adjective = adjective with { Name = "psd" };
        }
        SourceSpan span = subject.Span.To(Tokens[Position - 1].Span);
        StatementSyntax Compared(Relation relation) => new ComparisonSyntax([subject, new NumberSyntax(0, span)], [relation], span);
        StatementSyntax statement = adjective.Name switch
        {
            "convex" or "concave" => Convexity.State(Text, null, subject, null, adjective.Name == "concave", span),
            "positive" => Compared(Relation.Greater),
            "negative" => Compared(Relation.Less),
            "nonnegative" => Compared(Relation.GreaterOrEqual),
            "nonpositive" => Compared(Relation.LessOrEqual),
            "zero" => Compared(Relation.Equal),
            "nonzero" => Compared(Relation.NotEqual),
            "psd" or "PSD" => new SemidefiniteSyntax(subject, span),
            "symmetric" => new ComparisonSyntax([subject, new TransposeSyntax(subject, span)], [Relation.Equal], span),
            "distribution" => new MembershipSyntax(subject, new DomainSyntax(DomainSet.Simplex, null, span), span),
            _ => throw Error($"`{adjective.Name}` is not a property of the language: these are convex, concave, positive, negative, nonnegative, zero, psd, symmetric, a distribution. "
                + "Compare by ==, !=, <, <=, > or >=.", adjective.Span),
        };
        return isDenied ? new DenialSyntax(statement, span) : statement;
    }

    /// <summary>A ⪰ B is psd(A − B).</summary>
    private SemidefiniteSyntax ParseOrderOfMatrices(Syntax left)
    {
        bool succeeds = Take().Kind == TokenKind.Succeeds;
        Syntax right = ParseSum();
        (Syntax larger, Syntax smaller) = succeeds ? (left, right) : (right, left);
        SourceSpan span = left.Span.To(right.Span);
        Syntax difference = smaller is NumberSyntax { Value.IsZero: true } ? larger
            : larger is NumberSyntax { Value.IsZero: true } ? new NegationSyntax(smaller, span)
            : new BinarySyntax(BinaryOperator.Subtract, larger, smaller, span);
        return new SemidefiniteSyntax(difference, span);
    }

    /// <summary><c>f -> c as T -> inf</c>.</summary>
    private StatementSyntax ParseTendency(Syntax body)
    {
        Take();
        int? sign = TryTakeInfinity();
        Syntax? value = sign is null ? ParseSum() : null;
        if (!TryTake(TokenKind.As) && !TryTake(TokenKind.Where))
        {
            throw Unexpected("as and where the variable goes, as in softmax(x/T) -> 1/n as T -> inf");
        }
        NameSyntax variable = ParseBoundName("The variable of a limit");
        Expect(TokenKind.Arrow, "-> and where the variable goes");
        Approach approach = ParseApproach();
        SourceSpan span = body.Span.To(Tokens[Position - 1].Span);
        LimitSyntax limit = Limit(body, variable, approach, span);
        return sign is { } direction ? Infinite(limit, direction, span) : FromBothSides(new ComparisonSyntax([limit, value!], [Relation.Equal], span));
    }

    private int? TryTakeInfinity()
    {
        if (TryTake(TokenKind.Infinity))
        {
            return 1;
        }
        if (Current.Kind is TokenKind.Plus or TokenKind.Minus && NextIs(TokenKind.Infinity))
        {
            Position += 2;
            return Tokens[Position - 2].Kind == TokenKind.Plus ? 1 : -1;
        }
        return null;
    }

    /// <summary>f grows beyond all bounds exactly where exp(−f) → 0, and falls below all where exp(f) → 0.</summary>
    private static StatementSyntax Infinite(LimitSyntax limit, int sign, SourceSpan span)
    {
        Syntax exponent = sign > 0 ? new NegationSyntax(limit.Body, limit.Body.Span) : limit.Body;
        Syntax decay = new CallSyntax(Functions.ByName["exp"], [exponent], limit.Body.Span);
        return FromBothSides(new ComparisonSyntax(
            [new LimitSyntax(decay, limit.Variable, limit.Point, limit.Span, limit.IsTwoSided), new NumberSyntax(0, span)], [Relation.Equal], span));
    }

    /// <summary>A limit from both sides compares as claimed where each of the two limits does.</summary>
    private static StatementSyntax FromBothSides(ComparisonSyntax comparison)
    {
        int at = comparison.Operands.ToList().FindIndex(operand => operand is LimitSyntax { IsTwoSided: true });
        if (at < 0 || comparison.Operands.Count(operand => operand is LimitSyntax { IsTwoSided: true }) > 1)
        {
            return comparison;
        }
        var limit = (LimitSyntax)comparison.Operands[at];
        Syntax mirrored = SyntaxRewriting.Put(limit.Body, limit.Variable.Name, new NegationSyntax(limit.Variable, limit.Variable.Span));
        ComparisonSyntax With(Syntax body) => comparison with
        {
            Operands = [.. comparison.Operands.Select((operand, i) => i == at ? new LimitSyntax(body, limit.Variable, limit.Point, limit.Span) : operand)],
        };
        return new ConjunctionSyntax([With(limit.Body), With(mirrored)], comparison.Span);
    }

    private bool AtInterval() => (At(TokenKind.OpenBracket) || At(TokenKind.Open)) && Tokens[Math.Min(Position + 2, Tokens.Count - 1)].Kind != TokenKind.CloseBracket;

    /// <summary><c>t in [0, 1]</c>, <c>a in (0, inf)</c>: numbers, and the bounds as hypotheses.</summary>
    private DomainSyntax ParseInterval(List<NameSyntax> names)
    {
        int start = Position;
        ComparisonSyntax between = ParseBetween(names[^1]);
        SourceSpan span = Tokens[start].Span.To(Tokens[Position - 1].Span);
        constraints.AddRange(names.Select(name => SyntaxRewriting.Put(between, names[^1].Name, name)));
        return new DomainSyntax(DomainSet.Reals, default(VectorSize), span);
    }

    /// <summary><c>sigmoid(a) in (0, 1)</c>: a chain of comparisons.</summary>
    private ComparisonSyntax ParseBetween(Syntax subject)
    {
        Token open = Take();
        Syntax? low = TryTakeInfinity() is null ? ParseSum() : null;
        Expect(TokenKind.Comma, "a comma between the ends of the interval");
        Syntax? high = TryTakeInfinity() is null ? ParseSum() : null;
        Token close = At(TokenKind.CloseBracket) || At(TokenKind.Close) ? Take() : throw Unexpected("] or ) after the interval");
        Relation above = open.Kind == TokenKind.Open ? Relation.Less : Relation.LessOrEqual;
        Relation below = close.Kind == TokenKind.Close ? Relation.Less : Relation.LessOrEqual;
        SourceSpan span = subject.Span.To(close.Span);
        return (low, high) switch
        {
            (not null, not null) => new ComparisonSyntax([low, subject, high], [above, below], span),
            (not null, null) => new ComparisonSyntax([low, subject], [above], span),
            (null, not null) => new ComparisonSyntax([subject, high], [below], span),
            _ => throw Error("Every number lies between the infinities; name an end.", span),
        };
    }

    /// <summary><c>{1, …, n}</c>, <c>{1..n}</c>, <c>[n]</c>.</summary>
    private DomainSyntax ParsePositions()
    {
        Token open = Take();
        if (open.Kind == TokenKind.OpenBracket)
        {
            VectorSize last = ParseSize();
            return new DomainSyntax(DomainSet.Indices, last, open.Span.To(Expect(TokenKind.CloseBracket, "]").Span));
        }
        SourceSpan start = Current.Span;
        if (ParseInteger("1") != 1)
        {
            throw Error("Positions range over 1..n, or 1..3.", start);
        }
        // {1, ..., n} and {1, 2, …, n}.
        while (Current.Kind is TokenKind.Comma or TokenKind.Range or TokenKind.Period || (At(TokenKind.Number) && NextIs(TokenKind.Comma)))
        {
            Take();
        }
        VectorSize size = ParseSize();
        return new DomainSyntax(DomainSet.Indices, size, open.Span.To(Expect(TokenKind.CloseBrace, "}").Span));
    }

    /// <summary>Δ^{n−1} and Δ_n are the simplex of n entries.</summary>
    private VectorSize? ParseDimension()
    {
        bool isDimension = At(TokenKind.Power);
        if (!isDimension && !At(TokenKind.Underscore))
        {
            return null;
        }
        Take();
        VectorSize size = At(TokenKind.Open) || At(TokenKind.OpenBrace) ? ParseParenthesisedSize() : ParseSize();
        return isDimension ? size with { Offset = size.Offset + 1 } : size;
    }

    /// <summary><c>p = softmax(x)</c> after where or let: what p stands for.</summary>
    private bool TryParseAbbreviation()
    {
        if (!(At(TokenKind.Name) && NextIs(TokenKind.Equal) && Current.Name != "n" && declarations.TrueForAll(declaration => declaration.Name.Name != Current.Name)))
        {
            return false;
        }
        int start = Position;
        NameSyntax name = Declarable(Take());
        Take();
        Syntax value = ParseSum();
        if (Current.IsRelation || SyntaxRewriting.Names(value).Any(inner => inner.Name == name.Name))
        {
            Position = start;
            return false;
        }
        abbreviations.Add((name, value));
        return true;
    }

    /// <summary>
    /// The claim with what abbreviates put in full. A hypothesis p == softmax(x) is one as well where the claim differentiates: the derivatives of p by x are
    /// meant.
    /// </summary>
    private ClaimSyntax Abbreviated(ClaimSyntax claim)
    {
        StatementSyntax statement = claim.Statement;
        while (statement is ImplicationSyntax { Hypothesis: ComparisonSyntax { Relations: [Relation.Equal], Operands: [NameSyntax name, var value] } } implication
            && value is not NameSyntax and not NumberSyntax && name.Name != "n" && declarations.TrueForAll(declaration => declaration.Name.Name != name.Name)
            && SyntaxRewriting.Names(value).All(inner => inner.Name != name.Name)
            && SyntaxRewriting.Expressions(implication.Conclusion).SelectMany(SyntaxRewriting.Nodes).Any(node =>
                node is PartialSyntax or DerivativeSyntax or JacobianSyntax && SyntaxRewriting.Names(node).Any(inner => inner.Name == name.Name)))
        {
            abbreviations.Add((name, value));
            statement = implication.Conclusion;
        }
        statement = WithoutDeniedExistence(statement);
        IReadOnlyList<StatementSyntax> conditions = claim.Constraints;
        for (int i = abbreviations.Count - 1; i >= 0; i--)
        {
            (NameSyntax name, Syntax value) = abbreviations[i];
            CheckHeight(statement, value);
            statement = SyntaxRewriting.Put(statement, name.Name, value);
            conditions = [.. conditions.Select(condition => SyntaxRewriting.Put(condition, name.Name, value))];
        }
        return claim with { Statement = statement, Constraints = conditions, Declarations = declarations };
    }

    /// <summary>There is no x such that A: A fails for every x.</summary>
    private StatementSyntax WithoutDeniedExistence(StatementSyntax statement)
    {
        switch (statement)
        {
            case ImplicationSyntax implication:
                StatementSyntax conclusion = implication.Conclusion;
                HashSet<string> taken = [.. SyntaxRewriting.Expressions(implication.Hypothesis).SelectMany(SyntaxRewriting.Names).Select(name => name.Name)];
                return conclusion is DenialSyntax { Denied: ExistentialSyntax inner } && inner.Declarations.Any(declaration => taken.Contains(declaration.Name.Name))
                    ? statement
                    : implication with { Conclusion = WithoutDeniedExistence(conclusion) };
            case DenialSyntax { Denied: ExistentialSyntax existential }
                when existential.Declarations.All(bound => declarations.TrueForAll(declaration => declaration.Name.Name != bound.Name.Name)):
                declarations.AddRange(existential.Declarations);
                return new DenialSyntax(existential.Statement, statement.Span);
            default:
                return statement;
        }
    }

    private void CheckHeight(StatementSyntax statement, Syntax value)
    {
        int height = SyntaxRewriting.Expressions(statement).Select(expression => expression.Height).DefaultIfEmpty(0).Max() + value.Height;
        if (height > 500 || abbreviations.Count > 8)
        {
            throw Error("With all abbreviations written out the claim is too large. State it in parts.", value.Span);
        }
    }
}
