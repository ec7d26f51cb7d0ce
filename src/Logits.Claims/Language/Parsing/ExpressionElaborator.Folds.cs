namespace Logits.Claims.Language.Parsing;

/// <content>Sums, products and largest entries over positions, and Jacobians.</content>
internal sealed partial class ExpressionElaborator
{
    private Typed Fold(FoldSyntax fold)
    {
        Typed? except = fold.Except is null ? null : Position(fold.Except);
        scope.Enter(fold, fold.Index, Kind.Index);
        Symbol symbol = scope.Find(fold.Index.Name)!;
        if (fold.Size is { } size)
        {
            symbol.Size = SizeTerm.Of(size);
        }
        Typed body = Value(fold.Body);
        scope.Leave();
        if (except is { } left)
        {
            symbol.Indexed.Add((left.Size, fold.Except!.Span));
            if (fold.Folding != Folding.Sum || body.Kind != Kind.Scalar)
            {
                throw Error("A position is left out of sums of numbers alone, as in sum_{j != i} p_j.", fold.Except!.Span);
            }
        }
        if (fold.Folding != Folding.Sum && body.Kind != Kind.Scalar)
        {
            throw Error($"`{Quote(fold.Body)}` is {Describe(body)}; what is multiplied or compared over positions is a number.", fold.Body.Span);
        }
        Variable Index() => new(symbol.Name, ShapeOf(Kind.Index, symbol.Size), fold.Index.Span);
        return fold.Folding == Folding.Argmax
            ? new Typed(Kind.Vector, symbol.Size, () => Language.Build.Call(Function.ArgmaxIndicator, ShapeOf(Kind.Vector, symbol.Size), Vectorised(body.Build(), Index())))
            : body with { Build = () => Folded(fold, body.Build(), Index(), except?.Build()) };
    }

    private static Expression Folded(FoldSyntax fold, Expression body, Variable index, Expression? except)
    {
        VectorSize size = index.Shape.Size;
        if (except is not null)
        {
            Expression isLeftOut = Language.Build.Entry(Language.Build.Call(Function.OneHot, Shape.Vector(size), except), index);
            body = Language.Build.Multiply(Language.Build.Subtract(Language.Build.Number(1), isLeftOut), body);
        }
        return fold.Folding switch
        {
            Folding.Sum => new IndexSum(index, body, body.Shape, fold.Span),
            Folding.Product when !size.IsSymbolic => Enumerable.Range(1, size.Offset)
                .Select(k => Rewriting.Replace(body, node => node is Variable variable && variable.Name == index.Name ? new Number(k, index.Shape, fold.Span) : null))
                .Aggregate(Language.Build.Multiply),
            Folding.Product => Language.Build.Exp(new IndexSum(index, Language.Build.Log(body), Shape.Scalar, fold.Span)),
            _ => Language.Build.Call(fold.Folding == Folding.Maximum ? Function.Max : Function.Min, Shape.Scalar, Vectorised(body, index)),
        };
    }

    /// <summary>The vector with the body as its entries: x for x[k], else a sum of unit vectors.</summary>
    private static Expression Vectorised(Expression body, Variable index)
    {
        Shape shape = Shape.Vector(index.Shape.Size);
        return Lifted(body, index) is { Kind: Kind.Vector } vector && vector.Shape == shape
            ? vector
            : new IndexSum(index, Language.Build.Multiply(body, Language.Build.Call(Function.OneHot, shape, index)), shape, body.Span);
    }

    private static Expression? Lifted(Expression node, Variable index)
    {
        if (!Rewriting.Nodes(node).Any(inner => inner is Variable variable && variable.Name == index.Name))
        {
            return node.Kind == Kind.Scalar ? node : null;
        }
        switch (node)
        {
            case Element { Target: { Kind: Kind.Vector } target, Indices: [Variable only] } when only.Name == index.Name && target.Shape.Size == index.Shape.Size
                && !Rewriting.Nodes(target).Any(inner => inner is Variable variable && variable.Name == index.Name):
                return target;
            case Negation negation when Lifted(negation.Operand, index) is { } operand:
                return Language.Build.Negate(operand);
            case Call { Function: Function.Exp or Function.Log } call when Lifted(call.Arguments[0], index) is { } argument:
                return Language.Build.Call(call.Function, argument.Shape, argument);
            case Binary binary when Lifted(binary.Left, index) is { } left && Lifted(binary.Right, index) is { } right
                && (binary.Operator != BinaryOperator.Power || right.Kind == Kind.Scalar):
                return new Binary(binary.Operator, left, right, left.Kind == Kind.Vector ? left.Shape : right.Shape, binary.Span);
            default:
                return null;
        }
    }

    private Typed Jacobian(JacobianSyntax jacobian)
    {
        if (jacobian.At is not NameSyntax variable || scope.Find(variable.Name) is not { Kind: Kind.Vector } symbol)
        {
            throw Error("A Jacobian is taken at a variable: jacobian(softmax)(x).", jacobian.At.Span);
        }
        Typed body = jacobian.Function is { } function
            ? Value(new CallSyntax(function, [jacobian.At], jacobian.Span))
            : Value(jacobian.Body!);
        if (body.Kind != Kind.Vector)
        {
            throw Error($"jacobian takes a function whose value is a vector, such as softmax; here it is {Describe(body)}. For a number write grad.", jacobian.Span);
        }
        Unify(body.Size, symbol.Size, jacobian.Body ?? jacobian.At, jacobian.At);
        return new Typed(Kind.Matrix, symbol.Size, () =>
        {
            Expression built = body.Build();
            var by = new Variable(symbol.Name, ShapeOf(Kind.Vector, symbol.Size), variable.Span);
            return Notation.Write(NotationForm.Operator, "jacobian", [built, by], arguments => arguments[1] is Variable at ? Definitions.Jacobian(arguments[0], at) : Definitions.Jacobian(built, by));
        });
    }
}
