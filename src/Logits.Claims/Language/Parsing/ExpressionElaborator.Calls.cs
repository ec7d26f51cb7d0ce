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
        if (function.Name == "concat")
        {
            return Concatenation(call);
        }
        if (given.Count != function.Parameters.Length)
        {
            throw Error(string.Create(CultureInfo.InvariantCulture,
                $"{function.Name} takes {(function.Parameters.Length == 1 ? "one argument" : "two arguments")}, {function.Usage}, not {given.Count}."), call.Span);
        }
        if (function.Name is "abs" or "relu" && ++nestedAbs > MaximumNestedAbs)
        {
            // Each writes its argument twice.
            throw Error($"abs is nested more than {MaximumNestedAbs} deep.", call.Span);
        }
        CheckMeaning(call);
        List<Typed> arguments = [];
        for (int i = 0; i < given.Count; i++)
        {
            arguments.Add(Parameterised(function, function.Parameters[i], given[i]));
        }
        if (arguments.Count == 2 && arguments[1].Kind != Kind.Scalar && arguments[0].Kind is not Kind.Scalar)
        {
            Unify(arguments[0].Size, arguments[1].Size, given[0], given[1]);
        }
        nestedAbs -= function.Name is "abs" or "relu" ? 1 : 0;
        return function.Name == "det" ? Determinant(call, arguments[0]) : Apply(call, arguments);
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
            Function.Exp or Function.Log => (first.Kind, first.Size),
            null when call.Function.KeepsShape => (first.Kind, first.Size),
            Function.Covariance or Function.Outer or Function.Transpose => (Kind.Matrix, first.Size),
            Function.Diag => (first.Kind == Kind.Vector ? Kind.Matrix : Kind.Vector, first.Size),
            Function.Append => (Kind.Vector, first.Size.Plus(1)),
            _ => (Kind.Scalar, default(SizeTerm)),
        };
        return new Typed(kind, size, () => Written(call, arguments.Select(argument => argument.Build()).ToSequence(), ShapeOf(kind, size)));
    }

    private static Expression Written(CallSyntax call, Sequence<Expression> arguments, Shape shape) => call.Function.Function is { } function
        ? new Call(function, arguments, shape, call.Span)
        : Notation.Write(NotationForm.Call, call.Function.Name, arguments, call.Function.Unfold!);

    /// <summary>Refuses distributions where logits are asked for, and logits where distributions are: the two losses have nearly one name.</summary>
    private void CheckMeaning(CallSyntax call)
    {
        if (call.Function.Function == Function.CrossEntropy && IsDistribution(call.Arguments[1]))
        {
            throw Error(
                $"{call.Function.Name}(y, o) takes logits, and `{Quote(call.Arguments[1])}` is a distribution. "
                + $"Of two distributions write crossentropy({Quote(call.Arguments[0])}, {Quote(call.Arguments[1])}).", call.Arguments[1].Span);
        }
        if (call.Function.Name == "crossentropy" && call.Arguments[1] is NameSyntax { Name: "o" or "logits" or "z" } logits && scope.Find(logits.Name) is { Declared: false })
        {
            throw Error(
                $"crossentropy(p, q) takes distributions, and `{logits.Name}` by custom is a vector of logits. "
                + $"Write xent({Quote(call.Arguments[0])}, {logits.Name}) or crossentropy({Quote(call.Arguments[0])}, softmax({logits.Name})).", logits.Span);
        }
    }

    private bool IsDistribution(Syntax node) => node switch
    {
        CallSyntax { Function.Function: Function.Softmax or Function.ArgmaxIndicator or Function.OneHot } => true,
        NameSyntax name => scope.Find(name.Name) is { Declared: false } symbol && (symbol.Set is DomainSet.Simplex or DomainSet.OneHot || name.Name is "p" or "q"),
        _ => false,
    };

    /// <summary>A vector and the entries of others after it.</summary>
    private Typed Concatenation(CallSyntax call)
    {
        List<Typed> parts = [.. call.Arguments.Select(Value)];
        if (parts.Skip(1).Any(part => part.Kind == Kind.Vector && part.Size.Resolve() is not { Unknown: null, Known.IsSymbolic: false }) || parts[0].Kind is not (Kind.Vector or Kind.Scalar))
        {
            throw Error("concat(x, [a, b]) puts entries that are written out after a vector: two vectors of any size at once are not part of the language.", call.Span);
        }
        if (parts[0].Kind == Kind.Scalar)
        {
            throw Error("concat begins with a vector: concat(x, [a, b]). Of numbers alone write [a, b].", call.Arguments[0].Span);
        }
        int more = parts.Skip(1).Sum(part => part.Kind == Kind.Scalar ? 1 : part.Size.Resolve().Known.Offset);
        SizeTerm size = parts[0].Size.Plus(more);
        return new Typed(Kind.Vector, size, () => Notation.Write(NotationForm.Call, "concat", parts.Select(part => part.Build()).ToSequence(), Appended));
    }

    private static Expression Appended(Sequence<Expression> parts)
    {
        Expression all = parts[0];
        foreach (Expression part in parts.Skip(1))
        {
            IEnumerable<Expression> entries = part.Kind == Kind.Scalar ? [part]
                : part is VectorLiteral literal ? literal.Entries
                : Enumerable.Range(1, part.Shape.Size.Offset).Select(k => Language.Build.Entry(part, Language.Build.Position(k, part.Shape.Size)));
            foreach (Expression entry in entries)
            {
                VectorSize size = all.Shape.Size;
                all = Language.Build.Call(Function.Append, Shape.Vector(size with { Offset = size.Offset + 1 }), all, entry);
            }
        }
        return all;
    }

    private Typed Determinant(CallSyntax call, Typed matrix)
    {
        int size = fixedSize ?? 0;
        if (matrix.Size.Final() is { IsSymbolic: false, Offset: var entries })
        {
            size = entries;
        }
        return size is >= 1 and <= Definitions.LargestDeterminant
            ? new Typed(Kind.Scalar, default, () => Notation.Write(NotationForm.Call, "det", [matrix.Build()], arguments => Definitions.Determinant(arguments[0], size)))
            : throw Error($"det is written out for matrices of up to {Definitions.LargestDeterminant} rows. Say of which size: … for n = 3.", call.Span);
    }
}
