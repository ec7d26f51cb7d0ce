using System.Globalization;

namespace Logits.Claims.Language.Parsing;

/// <content>Functions applied.</content>
internal sealed partial class ExpressionElaborator
{
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
