using Logits.Claims.Language;
using Logits.Claims.Proving;

namespace Logits.Claims.Repairing;

/// <summary>Claims one small edit away, the likeliest slips first.</summary>
internal static class ClaimEdits
{
    public static IEnumerable<Claim> Nearest(Claim claim) =>
        Relations(claim).Concat(Distributions(claim)).Concat(Offsets(claim)).Concat(InnerEdits(claim)).Concat(Hypotheses(claim)).Concat(Ties(claim)).Concat(Reversals(claim))
            .Where(candidate => !candidate.Equals(claim) && !candidate.IsVacuous).Distinct();

    /// <summary>The claim under one hypothesis more.</summary>
    public static Claim Assuming(Claim claim, string scalar, Relation relation, Rational bound)
    {
        Expression variable = new Variable(scalar, Shape.Scalar, default);
        Statement hypothesis = new Comparison([variable, new Number(bound, Shape.Scalar, default)], [relation], default);
        return claim with { Hypotheses = claim.Hypotheses.Append(hypothesis).ToSequence() };
    }

    /// <summary>The numbers that no hypothesis is about yet, so that one more cannot contradict it.</summary>
    public static IEnumerable<Declaration> FreeScalars(Claim claim) => claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Reals
        && !claim.Hypotheses.SelectMany(Rewriting.Expressions).Any(node => node is Variable variable && variable.Name == declaration.Name));

    /// <summary>A vector whose set the text did not say, as a distribution: of all of them, and of each.</summary>
    private static IEnumerable<Claim> Distributions(Claim claim)
    {
        Declaration[] open = [.. claim.Declarations.Where(declaration => declaration is { Declared: false, Domain.Set: DomainSet.RealVectors })];
        foreach (Declaration[] chosen in open.Length > 1 ? [open, .. open.Select(one => new[] { one })] : open.Select(one => new[] { one }))
        {
            yield return claim with
            {
                Declarations = claim.Declarations
                    .Select(declaration => chosen.Contains(declaration) ? declaration with { Domain = declaration.Domain with { Set = DomainSet.Simplex } } : declaration).ToSequence(),
            };
        }
    }

    /// <summary>≤ for &lt;, ≥ for &gt;.</summary>
    private static IEnumerable<Claim> Relations(Claim claim)
    {
        if (claim.Conclusion is Comparison comparison)
        {
            Relation[] weaker = [.. comparison.Relations.Select(relation => relation switch
            {
                Relation.Less => Relation.LessOrEqual,
                Relation.Greater => Relation.GreaterOrEqual,
                _ => relation,
            })];
            yield return claim with { Conclusion = comparison with { Relations = weaker.ToSequence() } };
        }
    }

    /// <summary>+ b or − b on the right side of an equation.</summary>
    private static IEnumerable<Claim> Offsets(Claim claim)
    {
        if (claim.Conclusion is not Comparison { Relations: [Relation.Equal], Operands: [var left, var right] } comparison || right.Kind == Kind.Matrix)
        {
            yield break;
        }
        foreach (Declaration scalar in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Reals))
        {
            Expression variable = new Variable(scalar.Name, Shape.Scalar, default);
            foreach (BinaryOperator operation in (BinaryOperator[])[BinaryOperator.Add, BinaryOperator.Subtract, BinaryOperator.Multiply, BinaryOperator.Divide])
            {
                yield return claim with { Conclusion = comparison with { Operands = [left, new Binary(operation, right, variable, right.Shape, default)] } };
            }
        }
        yield return claim with { Conclusion = comparison with { Operands = [left, new Negation(right, right.Shape, default)] } };
    }

    /// <summary>One operation, number, limit or function inside replaced by its opposite.</summary>
    private static IEnumerable<Claim> InnerEdits(Claim claim)
    {
        foreach (Expression node in Rewriting.Expressions(claim.Conclusion).Take(40))
        {
            foreach (Expression replacement in Opposites(node))
            {
                yield return claim with { Conclusion = Rewriting.Replace(claim.Conclusion, candidate => ReferenceEquals(candidate, node) ? replacement : null) };
            }
        }
    }

    private static IEnumerable<Expression> Opposites(Expression node)
    {
        switch (node)
        {
            case Binary { Operator: BinaryOperator.Add } sum:
                yield return sum with { Operator = BinaryOperator.Subtract };
                break;
            case Binary { Operator: BinaryOperator.Subtract } difference:
                yield return difference with { Operator = BinaryOperator.Add };
                break;
            case Binary { Operator: BinaryOperator.Divide } quotient when quotient.Right.Kind == Kind.Scalar && quotient.Left.Kind == Kind.Scalar:
                yield return quotient.Left is Number { Value: var one } && one == Rational.One
                    ? quotient.Right
                    : quotient with { Left = quotient.Right, Right = quotient.Left };
                break;
            case Number { Kind: Kind.Scalar } number when !number.Value.IsZero && number.Value != Rational.One:
                yield return number with { Value = number.Value.Reciprocal() };
                break;
            case Negation negation:
                yield return negation.Operand;
                break;
            case Limit limit:
                yield return limit with { Point = limit.Point == LimitPoint.PlusInfinity ? LimitPoint.MinusInfinity : LimitPoint.PlusInfinity };
                break;
            case Call { Function: Function.Max } call:
                yield return call with { Function = Function.Min };
                break;
            case Call { Function: Function.Min } call:
                yield return call with { Function = Function.Max };
                break;
            case Call { Function: Function.ArgmaxIndicator, Arguments: [var argument] } call:
                yield return call with { Arguments = [new Negation(argument, argument.Shape, default)] };
                break;
        }
    }

    /// <summary>The sign of a number, or that two positions differ, as a hypothesis.</summary>
    private static IEnumerable<Claim> Hypotheses(Claim claim)
    {
        foreach (Declaration scalar in FreeScalars(claim))
        {
            foreach (Relation relation in (Relation[])[Relation.Greater, Relation.Less, Relation.GreaterOrEqual, Relation.NotEqual])
            {
                yield return Assuming(claim, scalar.Name, relation, Rational.Zero);
            }
            yield return Assuming(claim, scalar.Name, Relation.GreaterOrEqual, Rational.One);
        }
        Declaration[] positions = [.. claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Indices)];
        if (positions.Length == 2)
        {
            foreach (Relation relation in (Relation[])[Relation.NotEqual, Relation.Equal])
            {
                Expression[] both = [.. positions.Select(position => new Variable(position.Name, Shape.Index(position.Domain.Size), default))];
                yield return claim with { Hypotheses = claim.Hypotheses.Append(new Comparison(both.ToSequence(), [relation], default)).ToSequence() };
            }
        }
    }

    /// <summary>For a limit of a vector: uniform over the largest entries, over the smallest, or over all.</summary>
    private static IEnumerable<Claim> Ties(Claim claim)
    {
        if (claim.Conclusion is not Comparison { Relations: [Relation.Equal], Operands: [Limit { Kind: Kind.Vector } limit, _] } comparison)
        {
            yield break;
        }
        foreach (Declaration vector in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.RealVectors))
        {
            Expression variable = new Variable(vector.Name, limit.Shape, default);
            foreach (Expression argument in (Expression[])[variable, new Negation(variable, limit.Shape, default)])
            {
                yield return claim with { Conclusion = comparison with { Operands = [limit, new Call(Function.ArgmaxIndicator, [argument], limit.Shape, default)] } };
            }
        }
        Expression uniform = new Binary(BinaryOperator.Divide, new Number(1, Shape.Scalar, default), new SizeSymbol(Shape.Scalar, default), Shape.Scalar, default);
        yield return claim with { Conclusion = comparison with { Operands = [limit, uniform] } };
    }

    /// <summary>The other direction of an inequality, and ≠ for =.</summary>
    private static IEnumerable<Claim> Reversals(Claim claim)
    {
        if (claim.Conclusion is Comparison { Relations.Count: 1 } comparison)
        {
            foreach (Relation relation in Replacements(comparison.Relations[0]))
            {
                yield return claim with { Conclusion = comparison with { Relations = [relation] } };
            }
        }
    }

    private static Relation[] Replacements(Relation relation) => relation switch
    {
        Relation.Less or Relation.LessOrEqual => [Relation.Greater, Relation.GreaterOrEqual],
        Relation.Greater or Relation.GreaterOrEqual => [Relation.Less, Relation.LessOrEqual],
        Relation.Equal => [Relation.LessOrEqual, Relation.GreaterOrEqual],
        _ => [Relation.Equal],
    };
}
