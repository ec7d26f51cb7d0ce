using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <summary>From what was written to what it says: every name resolved, every kind and size known.</summary>
internal sealed class ClaimElaborator
{
    private readonly string text;
    private readonly ClaimSyntax syntax;
    private readonly Scope scope = new();
    private readonly ExpressionElaborator expressions;

    private ClaimElaborator(string text, ClaimSyntax syntax)
    {
        this.text = text;
        this.syntax = syntax;
        int? fixedSize = syntax.Sizes is { } sizes && sizes.Minimum == sizes.Maximum ? sizes.Minimum : null;
        expressions = new ExpressionElaborator(text, scope, fixedSize);
    }

    public static Claim Elaborate(string text, ClaimSyntax syntax) => new ClaimElaborator(text, syntax).Elaborate();

    private Claim Elaborate()
    {
        List<NameSyntax> mentioned = Declare();
        var scan = new KindScan(text, scope);
        foreach (StatementSyntax constraint in syntax.Constraints)
        {
            scan.Scan(constraint);
        }
        scan.Scan(syntax.Statement);
        scan.Settle();
        if (mentioned.Find(name => scope.Find(name.Name) is null) is { } unused)
        {
            throw new ClaimSyntaxException($"`{unused.Name}` is declared but does not stand in the claim.", text, unused.Span);
        }
        List<Func<Statement>> hypotheses = [];
        foreach (StatementSyntax constraint in syntax.Constraints)
        {
            AddHypotheses(constraint, hypotheses);
        }
        Func<Statement> built = Statement(Assume(syntax.Statement, hypotheses));
        expressions.SettleRanges();
        (SizeRange? sizes, int smallest) = Sizes();
        return new Claim(
            text,
            scope.Free.Select(Declaration).ToSequence(),
            hypotheses.Select(hypothesis => hypothesis()).ToSequence(),
            built(),
            sizes)
        {
            SmallestSize = smallest,
        };
    }

    private List<NameSyntax> Declare()
    {
        List<NameSyntax> mentioned = [];
        foreach (DeclarationSyntax declaration in syntax.Declarations)
        {
            if (declaration.Domain is not { } domain)
            {
                mentioned.Add(declaration.Name);
                continue;
            }
            if (scope.Find(declaration.Name.Name) is not null)
            {
                throw new ClaimSyntaxException($"`{declaration.Name.Name}` is declared twice.", text, declaration.Name.Span);
            }
            Symbol symbol = scope.AddFree(declaration.Name.Name, declaration.Name.Span);
            symbol.Declared = true;
            symbol.Set = domain.Set;
            symbol.Kind = domain.Set switch
            {
                DomainSet.Reals => Kind.Scalar,
                DomainSet.Indices => Kind.Index,
                _ => Kind.Vector,
            };
            if (domain.Size is { } size)
            {
                symbol.Size = SizeTerm.Of(size);
            }
        }
        return mentioned;
    }

    private static Declaration Declaration(Symbol symbol) => new(
        symbol.Name,
        new Domain(symbol.Set!.Value, symbol.Kind == Kind.Scalar ? default : symbol.Size.Final()),
        symbol.Declared);

    /// <summary>Takes off what is assumed. A or B says that B holds where A does not; not (A => B), that A holds and B does not.</summary>
    private StatementSyntax Assume(StatementSyntax conclusion, List<Func<Statement>> hypotheses)
    {
        while (true)
        {
            switch (conclusion)
            {
                case ImplicationSyntax implication:
                    AddHypotheses(implication.Hypothesis, hypotheses);
                    conclusion = implication.Conclusion;
                    break;
                case DisjunctionSyntax disjunction:
                    foreach (StatementSyntax part in disjunction.Parts.SkipLast(1))
                    {
                        AddHypotheses(new DenialSyntax(part, part.Span), hypotheses);
                    }
                    conclusion = disjunction.Parts[^1];
                    break;
                default:
                    return conclusion;
            }
        }
    }

    private void AddHypotheses(StatementSyntax hypothesis, List<Func<Statement>> hypotheses)
    {
        switch (hypothesis)
        {
            case ConjunctionSyntax conjunction:
                foreach (StatementSyntax part in conjunction.Parts)
                {
                    AddHypotheses(part, hypotheses);
                }
                break;
            case EquivalenceSyntax or ImplicationSyntax:
                throw new ClaimSyntaxException("A hypothesis cannot itself hold => or <=>. State it as a claim of its own.", text, hypothesis.Span);
            case DenialSyntax { Denied: DenialSyntax twice }:
                AddHypotheses(twice.Denied, hypotheses);
                break;
            case DenialSyntax { Denied: DisjunctionSyntax disjunction }:
                foreach (StatementSyntax part in disjunction.Parts)
                {
                    AddHypotheses(new DenialSyntax(part, part.Span), hypotheses);
                }
                break;
            default:
                hypotheses.Add(Statement(hypothesis));
                break;
        }
    }

    private Func<Statement> Statement(StatementSyntax statement)
    {
        SourceSpan span = statement.Span;
        switch (statement)
        {
            case ComparisonSyntax comparison:
                return Comparison(comparison);
            case MembershipSyntax membership:
                return Membership(membership);
            case SemidefiniteSyntax semidefinite:
                Typed matrix = expressions.Argument(semidefinite.Matrix, Kind.Matrix, "What psd(M) speaks of");
                return () => new PositiveSemidefinite(matrix.Build(), span);
            case ConjunctionSyntax conjunction:
                List<Func<Statement>> parts = [.. Parts(conjunction).Select(Statement)];
                return () => new Conjunction(parts.Select(part => part()).ToSequence(), span);
            case DisjunctionSyntax disjunction:
                List<Func<Statement>> options = [.. Options(disjunction).Select(Part)];
                return () => new Disjunction(options.Select(option => option()).ToSequence(), span);
            case DenialSyntax denial:
                return Denial(denial);
            case ExistentialSyntax existential:
                return Existential(existential);
            case EquivalenceSyntax equivalence:
                Func<Statement> left = Side(equivalence.Left);
                Func<Statement> right = Side(equivalence.Right);
                return () => new Equivalence(left(), right(), span);
            default:
                throw new ClaimSyntaxException("=> stands only between the hypotheses and the rest of a claim, not inside a part of it.", text, span);
        }
    }

    private Func<Statement> Part(StatementSyntax statement) => statement is EquivalenceSyntax
        ? throw new ClaimSyntaxException("An equivalence cannot stand beside `or`. State it as a claim of its own.", text, statement.Span)
        : Statement(statement);

    private static IEnumerable<StatementSyntax> Options(DisjunctionSyntax disjunction) =>
        disjunction.Parts.SelectMany(part => part is DisjunctionSyntax inner ? Options(inner) : [part]);

    /// <summary>A denied comparison of numbers, or of vectors by == or !=, is the opposite comparison; a denied "or" is an "and" of denials.</summary>
    private Func<Statement> Denial(DenialSyntax denial)
    {
        switch (denial.Denied)
        {
            case DenialSyntax twice:
                return Statement(twice.Denied);
            case DisjunctionSyntax disjunction:
                return Statement(new ConjunctionSyntax([.. disjunction.Parts.Select(part => new DenialSyntax(part, part.Span))], denial.Span));
            case ConjunctionSyntax conjunction:
                return Statement(new DisjunctionSyntax([.. conjunction.Parts.Select(part => new DenialSyntax(part, part.Span))], denial.Span));
            case EquivalenceSyntax:
                throw new ClaimSyntaxException("An equivalence is not denied here. State one of its directions.", text, denial.Span);
        }
        Func<Statement> denied = Statement(denial.Denied);
        return () => denied() switch
        {
            Comparison { Relations: [var relation] } comparison
                when relation is Relation.Equal or Relation.NotEqual || comparison.Operands.All(operand => operand.Kind == Kind.Scalar) => comparison with { Relations = [Opposite(relation)] },
            var other => new Denial(other, denial.Span),
        };
    }

    private static Relation Opposite(Relation relation) => relation switch
    {
        Relation.Equal => Relation.NotEqual,
        Relation.NotEqual => Relation.Equal,
        Relation.Less => Relation.GreaterOrEqual,
        Relation.LessOrEqual => Relation.Greater,
        Relation.Greater => Relation.LessOrEqual,
        _ => Relation.Less,
    };

    private Func<Statement> Existential(ExistentialSyntax existential)
    {
        var symbols = new List<Symbol>();
        foreach (DeclarationSyntax declaration in existential.Declarations)
        {
            scope.Enter(declaration.Name, declaration.Name, default);
            symbols.Add(scope.Find(declaration.Name.Name)!);
        }
        Func<Statement> body = Part(existential.Statement);
        symbols.ForEach(_ => scope.Leave());
        return () => new Existential(symbols.Select(Declaration).ToSequence(), body(), existential.Span);
    }

    private IEnumerable<StatementSyntax> Parts(ConjunctionSyntax conjunction)
    {
        foreach (StatementSyntax part in conjunction.Parts)
        {
            switch (part)
            {
                case ConjunctionSyntax inner:
                    foreach (StatementSyntax innerPart in Parts(inner))
                    {
                        yield return innerPart;
                    }
                    break;
                case EquivalenceSyntax:
                    throw new ClaimSyntaxException("An equivalence cannot stand beside `and`. State it as a claim of its own.", text, part.Span);
                default:
                    yield return part;
                    break;
            }
        }
    }

    private Func<Statement> Side(StatementSyntax statement) => statement is EquivalenceSyntax
        ? throw new ClaimSyntaxException("An equivalence cannot stand inside another. State it as a claim of its own.", text, statement.Span)
        : Statement(statement);

    private Func<Comparison> Comparison(ComparisonSyntax comparison)
    {
        List<Typed> operands = [.. comparison.Operands.Select(operand => expressions.Elaborate(operand))];
        bool ofIndices = operands.Exists(operand => operand.Kind == Kind.Index)
            && comparison.Operands.Zip(operands).All(pair => pair.First is NumberSyntax or NameSyntax { Name: "n" } || pair.Second.Kind == Kind.Index);
        for (int i = 0; i < operands.Count; i++)
        {
            operands[i] = ofIndices ? expressions.Position(comparison.Operands[i]) : expressions.AsValue(comparison.Operands[i], operands[i]);
        }
        CheckOrder(comparison, operands);
        int first = operands.FindIndex(operand => operand.Kind != Kind.Scalar);
        for (int i = first + 1; first >= 0 && i < operands.Count; i++)
        {
            if (operands[i].Kind == Kind.Scalar)
            {
                continue;
            }
            if (operands[i].Kind != operands[first].Kind)
            {
                throw expressions.Error(
                    $"`{expressions.Quote(comparison.Operands[first])}` is {ExpressionElaborator.Describe(operands[first])} and "
                    + $"`{expressions.Quote(comparison.Operands[i])}` is {ExpressionElaborator.Describe(operands[i])}: these cannot be compared.", comparison.Span);
            }
            expressions.Unify(operands[first].Size, operands[i].Size, comparison.Operands[first], comparison.Operands[i]);
        }
        return () => new Comparison(operands.Select(operand => operand.Build()).ToSequence(), comparison.Relations.ToSequence(), comparison.Span);
    }

    private void CheckOrder(ComparisonSyntax comparison, List<Typed> operands)
    {
        if (comparison.Relations.All(relation => relation is Relation.Equal or Relation.NotEqual))
        {
            return;
        }
        if (operands.Exists(operand => operand.Kind == Kind.Matrix))
        {
            throw expressions.Error("Matrices are not ordered entry by entry here. Write psd(A - B), or quad(A, v) >= quad(B, v).", comparison.Span);
        }
        if (operands.Exists(operand => operand.Kind == Kind.Index))
        {
            throw expressions.Error("Positions are compared by == and != alone.", comparison.Span);
        }
    }

    private Func<Membership> Membership(MembershipSyntax membership)
    {
        DomainSyntax domain = membership.Domain;
        if (domain.Set is DomainSet.Reals or DomainSet.RealVectors or DomainSet.Indices)
        {
            throw new ClaimSyntaxException(
                "That is a declaration and stands before the claim: `x in R^n: …`. Claims and hypotheses can say: in simplex, in onehot.", text, membership.Span);
        }
        Typed subject = expressions.Argument(membership.Subject, Kind.Vector, "What lies in the set");
        if (domain.Size is { } size && !SizeTerm.Unify(subject.Size, SizeTerm.Of(size), fixedSize: null))
        {
            throw new ClaimSyntaxException($"`{expressions.Quote(membership.Subject)}` has {subject.Size.Final()} entries, not {size}.", text, membership.Span);
        }
        return () => new Membership(subject.Build(), new Domain(domain.Set, subject.Size.Final()), membership.Span);
    }

    /// <summary>The sizes that the claim speaks of, and the smallest at which it can be spoken of.</summary>
    private (SizeRange? Sizes, int Smallest) Sizes()
    {
        List<(SizeTerm, int, SourceSpan)> sized =
            [.. expressions.LeastSizes, .. scope.All.Where(symbol => symbol.Kind != Kind.Scalar).Select(symbol => (symbol.Size, 1, symbol.FirstSeen))];
        int smallest = 1;
        SourceSpan cause = default;
        bool symbolic = false;
        foreach ((SizeTerm term, int least, SourceSpan span) in sized)
        {
            VectorSize size = term.Final();
            if (!size.IsSymbolic)
            {
                if (size.Offset < least)
                {
                    throw new ClaimSyntaxException(string.Create(CultureInfo.InvariantCulture,
                        $"There is no entry {least}: the vector has {size.Offset} {(size.Offset == 1 ? "entry" : "entries")}."), text, span);
                }
                continue;
            }
            symbolic = true;
            if (least - size.Offset > smallest)
            {
                (smallest, cause) = (least - size.Offset, span);
            }
        }
        if (expressions.SizeSymbolAt is { } place && !symbolic && (sized.Count > 0 || expressions.HasLiteral))
        {
            throw new ClaimSyntaxException("n is the size of the vectors, and no vector of this claim has size n. Write the number.", text, place);
        }
        if (!symbolic && expressions.SizeSymbolAt is null)
        {
            return (null, 1);
        }
        if (syntax.Sizes is { } sizes && sizes.Minimum < smallest)
        {
            throw new ClaimSyntaxException(string.Create(CultureInfo.InvariantCulture,
                $"This needs n >= {smallest}, and the claim speaks of n = {sizes.Minimum} too."), text, cause);
        }
        return (syntax.Sizes ?? new SizeRange(Math.Max(2, smallest), null), smallest);
    }
}
