using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <summary>An expression whose kind is known and whose sizes may still be found out; Build gives the tree once they are. IsRow marks a vector
/// written with ᵀ: only a product makes something of it.</summary>
internal readonly record struct Typed(Kind Kind, SizeTerm Size, Func<Expression> Build, bool IsRow = false);

/// <summary>Checks kinds and sizes of expressions and resolves what the syntax tree does not hold (ᵀ, abs, sqrt, logistic, lists of entries).</summary>
internal sealed class ExpressionElaborator(string text, Scope scope, int? fixedSize)
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
        IndexSumSyntax sum => IndexSum(sum),
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

    private Typed Arithmetic(BinarySyntax binary)
    {
        Typed left = Elaborate(binary.Left);
        Typed right = Elaborate(binary.Right);
        if (left.IsRow || right.IsRow)
        {
            return Products.WithRow(this, binary, left, right);
        }
        AsValue(binary.Left, left);
        AsValue(binary.Right, right);
        (Kind kind, SizeTerm size) = Combine(binary, left, right);
        return new Typed(kind, size, () => new Binary(binary.Operator, left.Build(), right.Build(), ShapeOf(kind, size), binary.Span));
    }

    private (Kind Kind, SizeTerm Size) Combine(BinarySyntax binary, Typed left, Typed right)
    {
        switch (binary.Operator, left.Kind, right.Kind)
        {
            case (BinaryOperator.Power, Kind.Scalar or Kind.Vector, Kind.Scalar):
            case (_, Kind.Scalar, Kind.Scalar):
            case (BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide, Kind.Vector, Kind.Scalar):
            case (BinaryOperator.Multiply or BinaryOperator.Divide, Kind.Matrix, Kind.Scalar):
                return (left.Kind, left.Size);
            case (BinaryOperator.Power, Kind.Scalar or Kind.Vector, Kind.Vector):
                throw Error($"The exponent `{Quote(binary.Right)}` is a vector; exponents are numbers. Write exp(log(a)*x) for a number to a vector of powers.", binary.Right.Span);
            case (BinaryOperator.Power, _, _):
                throw Error("Matrices have no powers here.", binary.Span);
            case (not BinaryOperator.Power, Kind.Scalar, Kind.Vector):
            case (BinaryOperator.Multiply, Kind.Scalar, Kind.Matrix):
                return (right.Kind, right.Size);
            case (_, Kind.Vector, Kind.Vector):
            case (BinaryOperator.Add or BinaryOperator.Subtract, Kind.Matrix, Kind.Matrix):
            case (BinaryOperator.Multiply, Kind.Matrix, Kind.Vector):
                Unify(left.Size, right.Size, binary.Left, binary.Right);
                return (right.Kind, right.Size);
            case (BinaryOperator.Multiply, Kind.Vector, Kind.Matrix):
                throw Error($"A vector stands left of a matrix only transposed: {Quote(binary.Left)}'*{Quote(binary.Right)}.", binary.Span);
            case (BinaryOperator.Multiply, Kind.Matrix, Kind.Matrix):
                throw Error("Products of two matrices are not part of the language.", binary.Span);
            default:
                string verb = binary.Operator switch
                {
                    BinaryOperator.Add => "added",
                    BinaryOperator.Subtract => "subtracted",
                    BinaryOperator.Multiply => "multiplied",
                    _ => "divided",
                };
                throw Error($"`{Quote(binary.Left)}` is {Describe(left)} and `{Quote(binary.Right)}` is {Describe(right)}: these cannot be {verb}.", binary.Span);
        }
    }

    private Typed Literal(IReadOnlyList<Syntax> entries, SourceSpan span)
    {
        List<Typed> typed = [.. entries.Select(entry => Argument(entry, Kind.Scalar, "An entry of a vector"))];
        var size = SizeTerm.Of(VectorSize.Of(entries.Count));
        SizeConstraint.Check(entries.Count, text, span);
        HasLiteral = true;
        return new Typed(Kind.Vector, size, () => new VectorLiteral(typed.Select(entry => entry.Build()).ToSequence(), ShapeOf(Kind.Vector, size), span));
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
        int allowed = target.Kind switch { Kind.Vector => 1, Kind.Matrix => 2, _ => 0 };
        if (element.Indices.Count > allowed)
        {
            throw Error(allowed == 0
                ? $"`{Quote(element.Target)}` is {Describe(target)} and has no entries. Multiplication is written with *."
                : $"A {(allowed == 1 ? "vector has one index: x[i]" : "matrix has two indices: M[i, j]")}.", element.Span);
        }
        List<Func<Expression>> indices = [.. element.Indices.Select(index => Index(index, target.Size))];
        Kind kind = target.Kind == Kind.Matrix && indices.Count == 1 ? Kind.Vector : Kind.Scalar;
        return new Typed(kind, target.Size, () =>
            new Element(target.Build(), indices.Select(index => index()).ToSequence(), ShapeOf(kind, target.Size), element.Span));
    }

    /// <summary>A position in a vector of a size: a whole number, an index variable or n.</summary>
    public Func<Expression> Index(Syntax node, SizeTerm size)
    {
        switch (node)
        {
            case NumberSyntax number:
                if (SizeConstraint.AsInteger(number.Value) is not { } position || position < 1)
                {
                    throw Error("Entries are counted from 1.", node.Span);
                }
                SizeConstraint.Check(position, text, node.Span);
                Require(size, position, node.Span);
                return () => new Number(number.Value, ShapeOf(Kind.Index, size), node.Span);
            case NameSyntax { Name: "n" }:
                if (!SizeTerm.Unify(size, SizeTerm.Of(VectorSize.N), fixedSize) && !size.Final().IsSymbolic)
                {
                    throw Error("n is no position here: this vector has not n entries.", node.Span);
                }
                return () => new SizeSymbol(ShapeOf(Kind.Index, size), node.Span);
            case NameSyntax name when scope.Find(name.Name) is { Kind: Kind.Index } symbol:
                symbol.Indexed.Add((size, node.Span));
                return () => new Variable(symbol.Name, ShapeOf(Kind.Index, symbol.Size), node.Span);
            case NameSyntax name:
                throw Error($"`{name.Name}` is {(scope.Find(name.Name)?.Kind == Kind.Vector ? "a vector" : "a number")}; a position is a whole number, an index variable such as i, or n.", node.Span);
            default:
                throw Error("A position is a whole number from 1 on, an index variable such as i, or n.", node.Span);
        }
    }

    /// <summary>A side of a comparison of positions; in <c>i == 2</c> the number is a position too.</summary>
    public Typed Position(Syntax node)
    {
        if (node is NameSyntax name && scope.Find(name.Name) is { Kind: Kind.Index } symbol)
        {
            return new Typed(Kind.Index, symbol.Size, () => new Variable(symbol.Name, ShapeOf(Kind.Index, symbol.Size), node.Span));
        }
        SizeTerm size = SizeTerm.Fresh();
        return new Typed(Kind.Index, size, Index(node, size));
    }

    /// <summary>Once all sizes are found out: an index ranges over the entries of the shortest vector that it picks from.</summary>
    public void SettleRanges()
    {
        foreach (Symbol symbol in scope.All.Where(symbol => symbol.Kind == Kind.Index))
        {
            if (symbol.Size.Resolve().Unknown is not null && symbol.Indexed.Count > 0)
            {
                VectorSize shortest = symbol.Indexed.Select(use => use.Size.Final()).OrderBy(size => size.IsSymbolic).ThenBy(size => size.Offset).First();
                SizeTerm.Unify(symbol.Size, SizeTerm.Of(shortest), fixedSize);
            }
            VectorSize range = symbol.Size.Final();
            foreach ((SizeTerm size, SourceSpan span) in symbol.Indexed)
            {
                CheckRange(symbol, range, size, span);
            }
        }
    }

    private void CheckRange(Symbol symbol, VectorSize range, SizeTerm size, SourceSpan span)
    {
        if (!range.IsSymbolic)
        {
            Require(size, range.Offset, span);
            return;
        }
        VectorSize entries = size.Final();
        bool fits = fixedSize is { } n ? range.At(n) <= entries.At(n) : entries.IsSymbolic && range.Offset <= entries.Offset;
        if (!fits)
        {
            throw Error($"`{symbol.Name}` ranges over 1..{range}, but stands here for one of {entries} entries.", span);
        }
    }

    private Typed IndexSum(IndexSumSyntax sum)
    {
        scope.Enter(sum, sum.Index, Kind.Index);
        Symbol symbol = scope.Find(sum.Index.Name)!;
        Typed body = Value(sum.Body);
        scope.Leave();
        return body with
        {
            Build = () =>
            {
                Expression built = body.Build();
                return new IndexSum(new Variable(symbol.Name, ShapeOf(Kind.Index, symbol.Size), sum.Index.Span), built, built.Shape, sum.Span);
            },
        };
    }

    private Typed Limit(LimitSyntax limit)
    {
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

    private Typed Call(CallSyntax call)
    {
        FunctionSignature function = call.Function;
        IReadOnlyList<Syntax> given = call.Arguments;
        if (function.TakesEntries && given.Count > 1)
        {
            Typed entries = Literal(given, given[0].Span.To(given[^1].Span));
            return Apply(call, [entries]);
        }
        if (given.Count != function.Parameters.Length)
        {
            throw Error(string.Create(CultureInfo.InvariantCulture,
                $"{function.Name} takes {(function.Parameters.Length == 1 ? "one argument" : "two arguments")}, {function.Usage}, not {given.Count}."), call.Span);
        }
        if (function.Name == "abs")
        {
            return Absolute(call);
        }
        List<Typed> arguments = [];
        for (int i = 0; i < given.Count; i++)
        {
            arguments.Add(Parameterised(function, function.Parameters[i], given[i]));
        }
        if (arguments.Count == 2 && arguments[1].Kind != Kind.Scalar && arguments[0].Kind != Kind.Scalar)
        {
            Unify(arguments[0].Size, arguments[1].Size, given[0], given[1]);
        }
        return Apply(call, arguments);
    }

    private Typed Parameterised(FunctionSignature function, Parameter parameter, Syntax node)
    {
        if (parameter == Parameter.Index)
        {
            SizeTerm size = SizeTerm.Fresh();
            Func<Expression> index = Index(node, size);
            return new Typed(Kind.Index, size, index);
        }
        Typed typed = Value(node);
        bool fits = parameter switch
        {
            Parameter.Scalar => typed.Kind == Kind.Scalar,
            Parameter.Vector or Parameter.Distribution => typed.Kind == Kind.Vector,
            Parameter.Matrix => typed.Kind == Kind.Matrix,
            Parameter.Entries => typed.Kind is Kind.Scalar or Kind.Vector,
            _ => typed.Kind is Kind.Vector or Kind.Matrix,
        };
        return fits ? typed : throw Error($"{function.Usage} cannot take `{Quote(node)}`, which is {Describe(typed)}.", node.Span);
    }

    private static Typed Apply(CallSyntax call, List<Typed> arguments)
    {
        Typed first = arguments[0];
        (Kind kind, SizeTerm size) = call.Function.Function switch
        {
            Function.Softmax or Function.LogSoftmax or Function.ArgmaxIndicator or Function.OneHot => (Kind.Vector, first.Size),
            Function.Exp or Function.Log or null => (first.Kind, first.Size),
            Function.Covariance or Function.Outer or Function.Transpose => (Kind.Matrix, first.Size),
            Function.Diag => (first.Kind == Kind.Vector ? Kind.Matrix : Kind.Vector, first.Size),
            Function.Append => (Kind.Vector, first.Size.Plus(1)),
            _ => (Kind.Scalar, default(SizeTerm)),
        };
        return new Typed(kind, size, () => Written(call, arguments.Select(argument => argument.Build()).ToSequence(), ShapeOf(kind, size)));
    }

    private static Expression Written(CallSyntax call, Sequence<Expression> arguments, Shape shape)
    {
        SourceSpan span = call.Span;
        Number Whole(int value) => new(value, Shape.Scalar, span);
        Expression Operation(BinaryOperator operation, Expression left, Expression right, Shape result) => new Binary(operation, left, right, result, span);
        return call.Function switch
        {
            { Function: { } function } => new Call(function, arguments, shape, span),
            { Name: "sqrt" } => Operation(BinaryOperator.Power, arguments[0], Operation(BinaryOperator.Divide, Whole(1), Whole(2), Shape.Scalar), shape),
            _ => Operation(BinaryOperator.Divide, Whole(1), Operation(BinaryOperator.Add, Whole(1),
                new Call(Function.Exp, [new Negation(arguments[0], shape, span)], shape, span), shape), shape),
        };
    }

    private Typed Absolute(CallSyntax call)
    {
        // Each abs writes its argument twice.
        if (++nestedAbs > MaximumNestedAbs)
        {
            throw Error($"abs is nested more than {MaximumNestedAbs} deep.", call.Span);
        }
        Typed operand = Argument(call.Arguments[0], Kind.Scalar, "The argument of abs");
        nestedAbs--;
        return new Typed(Kind.Scalar, default, () =>
        {
            Expression built = operand.Build();
            var both = new VectorLiteral([built, new Negation(built, Shape.Scalar, call.Span)], Shape.Vector(VectorSize.Of(2)), call.Span);
            return new Call(Function.Max, [both], Shape.Scalar, call.Span);
        });
    }
}
