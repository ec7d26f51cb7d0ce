namespace Logits.Claims.Language.Parsing;

/// <summary>
/// Finds the variables of a claim and what each is: from its declaration; else from the first use that tells (<c>x[1]</c>, <c>lse(x)</c> and
/// <c>xᵀ</c> make x a vector, <c>max(a, b)</c> makes a and b numbers, <c>entropy(p)</c> puts p in the simplex); else from the custom of its name.
/// </summary>
internal sealed class KindScan(string text, Scope scope)
{
    public void Scan(StatementSyntax statement)
    {
        switch (statement)
        {
            case ComparisonSyntax comparison:
                ScanAll(comparison.Operands, null);
                break;
            case MembershipSyntax membership:
                Scan(membership.Subject, membership.Domain.Set switch
                {
                    DomainSet.Reals => Parameter.Scalar,
                    DomainSet.Indices => Parameter.Index,
                    _ => Parameter.Vector,
                });
                break;
            case SemidefiniteSyntax semidefinite:
                Scan(semidefinite.Matrix, Parameter.Matrix);
                break;
            case ConjunctionSyntax conjunction:
                foreach (StatementSyntax part in conjunction.Parts)
                {
                    Scan(part);
                }
                break;
            case DisjunctionSyntax disjunction:
                foreach (StatementSyntax part in disjunction.Parts)
                {
                    Scan(part);
                }
                break;
            case DenialSyntax denial:
                Scan(denial.Denied);
                break;
            case ExistentialSyntax existential:
                foreach (DeclarationSyntax declaration in existential.Declarations)
                {
                    EnterVariable(declaration);
                }
                Scan(existential.Statement);
                foreach (DeclarationSyntax _ in existential.Declarations)
                {
                    scope.Leave();
                }
                break;
            case EquivalenceSyntax equivalence:
                Scan(equivalence.Left);
                Scan(equivalence.Right);
                break;
            case ImplicationSyntax implication:
                Scan(implication.Hypothesis);
                Scan(implication.Conclusion);
                break;
        }
    }

    /// <summary>A variable that exists binds; its set is said, or its name tells it.</summary>
    private void EnterVariable(DeclarationSyntax declaration)
    {
        Kind? kind = declaration.Domain?.Set switch
        {
            DomainSet.Reals => Kind.Scalar,
            DomainSet.Indices => Kind.Index,
            null => Names.ByCustom(declaration.Name.Name),
            _ => Kind.Vector,
        };
        if (kind is null)
        {
            throw new ClaimSyntaxException($"Say what `{declaration.Name.Name}` is: exists {declaration.Name.Name} in R, or in R^n.", text, declaration.Name.Span);
        }
        scope.Enter(declaration.Name, declaration.Name, kind.Value);
        Symbol symbol = scope.Find(declaration.Name.Name)!;
        symbol.Set ??= declaration.Domain?.Set ?? (kind switch { Kind.Vector => DomainSet.RealVectors, Kind.Index => DomainSet.Indices, _ => DomainSet.Reals });
        symbol.Declared = true;
        if (declaration.Domain?.Size is { } size)
        {
            symbol.Size = SizeTerm.Of(size);
        }
    }

    /// <summary>Gives every variable that no use told anything of the kind its name has by custom.</summary>
    public void Settle()
    {
        foreach (Symbol symbol in scope.Free)
        {
            symbol.Kind ??= Names.ByCustom(symbol.Name);
            symbol.Set ??= symbol.Kind switch
            {
                Kind.Vector => DomainSet.RealVectors,
                Kind.Index => DomainSet.Indices,
                _ => DomainSet.Reals,
            };
        }
    }

    private void ScanAll(IEnumerable<Syntax> nodes, Parameter? expected)
    {
        foreach (Syntax node in nodes)
        {
            Scan(node, expected);
        }
    }

    private void Scan(Syntax node, Parameter? expected)
    {
        switch (node)
        {
            case NameSyntax name:
                ScanName(name, expected);
                break;
            case NegationSyntax negation:
                Scan(negation.Operand, Untold(expected));
                break;
            case TransposeSyntax transpose:
                Scan(transpose.Operand, transpose.Operand is NameSyntax ? Parameter.Vector : null);
                break;
            case BinarySyntax binary:
                Scan(binary.Left, null);
                Scan(binary.Right, binary.Operator == BinaryOperator.Power ? Parameter.Scalar : null);
                break;
            case CallSyntax { Function: { TakesEntries: true } } call when call.Arguments.Count > 1:
                ScanAll(call.Arguments, Parameter.Scalar);
                break;
            case CallSyntax call:
                foreach ((Syntax argument, int i) in call.Arguments.Select((argument, i) => (argument, i)))
                {
                    Scan(argument, i < call.Function.Parameters.Length ? call.Function.Parameters[i] : null);
                }
                break;
            case ListSyntax list:
                ScanAll(list.Entries, Parameter.Scalar);
                break;
            case ElementSyntax element:
                Scan(element.Target, Parameter.Vector);
                ScanAll(element.Indices, Parameter.Index);
                break;
            case FoldSyntax sum:
                if (sum.Except is not null)
                {
                    Scan(sum.Except, Parameter.Index);
                }
                scope.Enter(sum, sum.Index, Kind.Index);
                Scan(sum.Body, null);
                scope.Leave();
                break;
            case LimitSyntax limit:
                scope.Enter(limit, limit.Variable, Kind.Scalar);
                Scan(limit.Body, null);
                scope.Leave();
                break;
            case DerivativeSyntax derivative:
                if (derivative.Body is not null)
                {
                    Scan(derivative.Body, null);
                }
                Scan(derivative.At, Parameter.Vector);
                break;
            case JacobianSyntax jacobian:
                if (jacobian.Body is not null)
                {
                    Scan(jacobian.Body, null);
                }
                Scan(jacobian.At, Parameter.Vector);
                break;
            case PartialSyntax partial:
                ScanName(partial.By, partial.Index is null ? null : Parameter.Vector);
                if (partial.Index is not null)
                {
                    Scan(partial.Index, Parameter.Index);
                }
                Scan(partial.Body, null);
                break;
        }
    }

    /// <summary>−x in a vector's place tells that x is a vector, but not that it is a distribution.</summary>
    private static Parameter? Untold(Parameter? expected) => expected is Parameter.Vector or Parameter.Scalar ? expected : null;

    private void ScanName(NameSyntax name, Parameter? expected)
    {
        if (name.Name == "n")
        {
            return;
        }
        Symbol symbol = scope.Find(name.Name) ?? Introduce(name);
        Kind? told = expected switch
        {
            Parameter.Scalar => Kind.Scalar,
            Parameter.Vector or Parameter.Distribution => Kind.Vector,
            Parameter.Index => Kind.Index,
            _ => null,
        };
        // A variable said to be something else is left to the check of kinds, which knows the words for it.
        symbol.Kind ??= told;
        if (expected == Parameter.Distribution && symbol is { Kind: Kind.Vector, Set: null })
        {
            symbol.Set = DomainSet.Simplex;
        }
    }

    private Symbol Introduce(NameSyntax name)
    {
        if (Names.ByCustom(name.Name) is not null)
        {
            return scope.AddFree(name.Name, name.Span);
        }
        string shown = name.Name.Length <= 40 ? name.Name : name.Name[..40] + "…";
        string? nearest = Names.Nearest(name.Name, Functions.All.Select(f => f.Name).Concat(scope.Names).Concat(Names.GreekTwins.Keys).Concat(["hessian", "grad", "limit"]));
        string? product = Names.AsProduct(name.Name, letter => letter == "n" || scope.Find(letter) is not null || Names.ByCustom(letter) is not null);
        string advice = name.Name switch
        {
            _ when EndsInDigits(name.Name) is { } indexed => $"Entries are written {indexed}.",
            _ when product is not null && nearest is null => $"Multiplication is always written: {product}.",
            _ when product is not null => $"Did you mean {nearest}, or {product}? Multiplication is always written.",
            _ when nearest is not null => $"Did you mean {nearest}?",
            _ => $"Declare it before the claim: `{shown} in R: …` for a number, `{shown} in R^n: …` for a vector.",
        };
        throw new ClaimSyntaxException($"`{shown}` is not known. {advice}", text, name.Span);
    }

    /// <summary><c>x1</c> and <c>x_1</c> were meant as <c>x[1]</c>.</summary>
    private string? EndsInDigits(string name)
    {
        int digits = name.Length - name.Reverse().TakeWhile(char.IsAsciiDigit).Count();
        string letters = name[..digits].TrimEnd('_');
        return digits < name.Length && (scope.Find(letters)?.Kind ?? Names.ByCustom(letters)) == Kind.Vector ? $"{letters}[{name[digits..]}]" : null;
    }
}
