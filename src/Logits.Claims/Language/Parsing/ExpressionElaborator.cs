namespace Logits.Claims.Language.Parsing;

/// <summary>An expression whose kind is known and whose sizes may still be found out; Build gives the tree once they are. IsRow marks a vector
/// written with ᵀ: only a product makes something of it.</summary>
internal readonly record struct Typed(Kind Kind, SizeTerm Size, Func<Expression> Build, bool IsRow = false);

/// <summary>Checks kinds and sizes of expressions and resolves what the syntax tree does not hold (ᵀ, abs, sqrt, logistic, lists of entries).</summary>
internal sealed partial class ExpressionElaborator(string text, Scope scope, int? fixedSize)
{
    private const int MaximumNestedAbs = 4;

    private readonly List<(SizeTerm Size, int Least, SourceSpan Span)> leastSizes = [];
    private int nestedAbs;

    /// <summary>Where n itself stands in an expression; null where it does not.</summary>
    public SourceSpan? SizeSymbolAt { get; private set; }

    /// <summary>Whether a vector is written out.</summary>
    public bool HasLiteral { get; private set; }

    /// <summary>Indices and sizes that need their vector to have so many entries.</summary>
    public IReadOnlyList<(SizeTerm Size, int Least, SourceSpan Span)> LeastSizes => leastSizes;

    public ClaimSyntaxException Error(string message, SourceSpan span) => new(message, text, span);

    /// <summary>A piece of the claim to put into a message, shortened.</summary>
    public string Quote(Syntax node)
    {
        string source = text.Substring(node.Span.Start, node.Span.Length).Trim();
        return source.Length <= 30 ? source : source[..29] + "…";
    }

    public static string Describe(Typed typed) => typed switch
    {
        { IsRow: true } => "a row vector",
        { Kind: Kind.Scalar } => "a number",
        { Kind: Kind.Vector } => "a vector",
        { Kind: Kind.Matrix } => "a matrix",
        _ => "a position",
    };

    public static Shape ShapeOf(Kind kind, SizeTerm size) => kind == Kind.Scalar ? Shape.Scalar : new Shape(kind, size.Final());

    public void Require(SizeTerm size, int least, SourceSpan span) => leastSizes.Add((size, least, span));

    public void Unify(SizeTerm left, SizeTerm right, Syntax first, Syntax second)
    {
        if (!SizeTerm.Unify(left, right, fixedSize))
        {
            SourceSpan span = second.Span;
            throw Error($"The sizes do not agree: `{Quote(first)}` has {left.Final()} entries, `{Quote(second)}` has {right.Final()}.", span);
        }
    }

    /// <summary>An expression that is a value on its own: no row vector, no position.</summary>
    public Typed Value(Syntax node) => AsValue(node, Elaborate(node));

    public Typed AsValue(Syntax node, Typed typed)
    {
        if (typed.IsRow)
        {
            throw Error($"`{Quote(node)}` is a row vector; ᵀ is for products such as xᵀ*y, p*pᵀ and vᵀ*M*v.", node.Span);
        }
        if (typed.Kind == Kind.Index)
        {
            throw Error($"`{Quote(node)}` is a position (1, 2, …, n), not a number; it can stand between brackets, in onehot(i) and in comparisons with other positions.", node.Span);
        }
        return typed;
    }

    public Typed Elaborate(Syntax node) => node switch
    {
        NumberSyntax number => new Typed(Kind.Scalar, default, () => new Number(number.Value, Shape.Scalar, number.Span)),
        NameSyntax name => Name(name),
        NegationSyntax negation => Negate(negation),
        TransposeSyntax transpose => Transpose(transpose),
        BinarySyntax binary => Arithmetic(binary),
        CallSyntax call => Call(call),
        ListSyntax list => Literal(list.Entries, list.Span),
        ElementSyntax element => Element(element),
        FoldSyntax fold => Fold(fold),
        JacobianSyntax jacobian => Jacobian(jacobian),
        DerivativeSyntax derivative => Derivative(derivative),
        PartialSyntax partial => Partial(partial),
        LimitSyntax limit => Limit(limit),
        _ => throw new InvalidOperationException($"No such syntax: {node.GetType().Name}."),
    };

    private Typed Name(NameSyntax name)
    {
        if (name.Name == "n")
        {
            SizeSymbolAt ??= name.Span;
            return new Typed(Kind.Scalar, default, () => new SizeSymbol(Shape.Scalar, name.Span));
        }
        Symbol symbol = scope.Find(name.Name)!;
        Kind kind = symbol.Kind!.Value;
        return new Typed(kind, symbol.Size, () => new Variable(symbol.Name, ShapeOf(kind, symbol.Size), name.Span));
    }

    private Typed Negate(NegationSyntax negation)
    {
        Typed operand = Elaborate(negation.Operand);
        if (!operand.IsRow)
        {
            AsValue(negation.Operand, operand);
        }
        return operand with { Build = () => Negated(operand, negation.Span) };
    }

    private static Negation Negated(Typed operand, SourceSpan span)
    {
        Expression built = operand.Build();
        return new Negation(built, built.Shape, span);
    }

    private Typed Transpose(TransposeSyntax transpose)
    {
        Typed operand = Elaborate(transpose.Operand);
        return operand.Kind switch
        {
            Kind.Vector => operand with { IsRow = !operand.IsRow },
            Kind.Matrix => operand with
            {
                Build = () => new Call(Function.Transpose, [operand.Build()], ShapeOf(Kind.Matrix, operand.Size), transpose.Span),
            },
            _ => throw Error($"`{Quote(transpose.Operand)}` is {Describe(operand)}; only vectors and matrices are transposed.", transpose.Span),
        };
    }

    private Typed Literal(IReadOnlyList<Syntax> entries, SourceSpan span)
    {
        List<Typed> typed = [.. entries.Select(Entry)];
        var size = SizeTerm.Of(VectorSize.Of(entries.Count));
        SizeConstraint.Check(entries.Count, text, span);
        HasLiteral = true;
        return new Typed(Kind.Vector, size, () => new VectorLiteral(typed.Select(entry => entry.Build()).ToSequence(), ShapeOf(Kind.Vector, size), span));
    }

    private Typed Entry(Syntax node)
    {
        Typed typed = Value(node);
        return typed.Kind == Kind.Scalar
            ? typed
            : throw Error($"An entry of a vector is a number; `{Quote(node)}` is {Describe(typed)}. Write append(x, a) for x and one entry more.", node.Span);
    }

    public Typed Argument(Syntax node, Kind kind, string role)
    {
        Typed typed = Value(node);
        return typed.Kind == kind
            ? typed
            : throw Error($"{role} is {Describe(new Typed(kind, default, null!))}; `{Quote(node)}` is {Describe(typed)}.", node.Span);
    }

    private Typed Element(ElementSyntax element)
    {
        Typed target = Elaborate(element.Target);
        if (target.Kind == Kind.Vector && element.Target is CallSyntax { Function.Name: "abs" or "relu" } call)
        {
            // An entry of |x| is |x_i|.
            return Elaborate(new CallSyntax(call.Function, [new ElementSyntax(call.Arguments[0], element.Indices, element.Span)], element.Span));
        }
        if (target.Kind == Kind.Matrix && element.Indices is [NumberSyntax { Value: var both }] && both.IsInteger && both > 10 && both < 100 && text[element.Indices[0].Span.Start - 1] is '_' or '{')
        {
            // M_12 is entry (1, 2).
            SourceSpan at = element.Indices[0].Span;
            int digits = (int)both.Numerator;
            element = new ElementSyntax(element.Target, [new NumberSyntax(digits / 10, at), new NumberSyntax(digits % 10, at)], element.Span);
        }
        int allowed = target.Kind switch { Kind.Vector => 1, Kind.Matrix => 2, _ => 0 };
        if (element.Indices.Count > allowed)
        {
            throw Error(allowed == 0
                ? $"`{Quote(element.Target)}` is {Describe(target)} and has no entries. Multiplication is written with *."
                : $"A {(allowed == 1 ? "vector has one index: x[i]" : "matrix has two indices: M[i, j]")}.", element.Span);
        }
        if (target.Kind == Kind.Vector && BeyondN(element, target) is { } last)
        {
            return last;
        }
        List<Func<Expression>> indices = [.. element.Indices.Select(index => Index(index, target.Size))];
        Kind kind = target.Kind == Kind.Matrix && indices.Count == 1 ? Kind.Vector : Kind.Scalar;
        return new Typed(kind, target.Size, () =>
            new Element(target.Build(), indices.Select(index => index()).ToSequence(), ShapeOf(kind, target.Size), element.Span));
    }

    private Typed Limit(LimitSyntax limit)
    {
        if (limit.IsTwoSided)
        {
            throw Error($"A limit from both sides stands alone on one side of a comparison. Elsewhere write {limit.Variable.Name} -> 0+, or -{limit.Variable.Name} for {limit.Variable.Name}.", limit.Span);
        }
        scope.Enter(limit, limit.Variable, Kind.Scalar);
        Typed body = Value(limit.Body);
        scope.Leave();
        var variable = new Variable(limit.Variable.Name, Shape.Scalar, limit.Variable.Span);
        return body with
        {
            Build = () =>
            {
                Expression built = body.Build();
                return new Limit(built, variable, limit.Point, built.Shape, limit.Span);
            },
        };
    }

    private Typed Partial(PartialSyntax partial)
    {
        Symbol symbol = scope.Find(partial.By.Name)!;
        Kind expected = partial.Index is null ? Kind.Scalar : Kind.Vector;
        if (symbol.Kind != expected)
        {
            throw Error(symbol.Kind == Kind.Vector
                ? $"`{symbol.Name}` is a vector: differentiate by one entry, d/d{symbol.Name}[1], or write grad(lse)({symbol.Name}) for all."
                : $"`{symbol.Name}` is not {(expected == Kind.Vector ? "a vector" : "a number")}; write d/dx[i] for a vector and d/dT for a number.", partial.By.Span);
        }
        Func<Expression>? index = partial.Index is null ? null : Index(partial.Index, symbol.Size);
        Typed body = Value(partial.Body);
        return body with
        {
            Build = () =>
            {
                Expression built = body.Build();
                return new PartialDerivative(built, new Variable(symbol.Name, ShapeOf(expected, symbol.Size), partial.By.Span), index?.Invoke(), built.Shape, partial.Span);
            },
        };
    }

    private Typed Derivative(DerivativeSyntax derivative)
    {
        string name = derivative.Order == 1 ? "grad" : "hessian";
        Kind kind = derivative.Order == 1 ? Kind.Vector : Kind.Matrix;
        Typed at = Argument(derivative.At, Kind.Vector, "The point of a derivative");
        Func<Expression> body;
        Func<Variable> by;
        if (derivative.Function is { } function)
        {
            if (!function.TakesEntries || function.Function is Function.Softmax or Function.LogSoftmax or Function.ArgmaxIndicator or Function.Covariance)
            {
                throw Error($"{name} takes a function of one vector whose value is a number, such as lse; {function.Name} is none. "
                    + $"For one entry write d/dx[i] or {name}(softmax(x)[1])(x).", derivative.Span);
            }
            by = () => new Variable(Language.Derivative.BoundName, ShapeOf(Kind.Vector, at.Size), derivative.Span);
            body = () => new Call(function.Function!.Value, [by()], Shape.Scalar, derivative.Span);
        }
        else
        {
            if (derivative.At is not NameSyntax variable)
            {
                throw Error($"An expression is differentiated by a variable: {name}({Quote(derivative.Body!)})(x).", derivative.At.Span);
            }
            body = Argument(derivative.Body!, Kind.Scalar, $"What {name} differentiates").Build;
            by = () => new Variable(variable.Name, ShapeOf(Kind.Vector, at.Size), variable.Span);
        }
        return new Typed(kind, at.Size, () =>
            new Derivative(derivative.Order, body(), by(), at.Build(), ShapeOf(kind, at.Size), derivative.Span));
    }
}
