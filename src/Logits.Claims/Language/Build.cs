namespace Logits.Claims.Language;

/// <summary>Makes expressions whose kinds are known to fit; a scalar goes with every entry of the other side.</summary>
internal static class Build
{
    private static readonly string[] IndexNames = ["k", "j", "i", "l", "m", "k1", "k2", "k3", "k4", "k5"];

    public static Expression Number(Rational value) => new Number(value, Shape.Scalar, default);

    public static Expression Add(Expression left, Expression right) => Binary(BinaryOperator.Add, left, right);

    public static Expression Subtract(Expression left, Expression right) => Binary(BinaryOperator.Subtract, left, right);

    public static Expression Multiply(Expression left, Expression right) => Binary(BinaryOperator.Multiply, left, right);

    public static Expression Divide(Expression left, Expression right) => Binary(BinaryOperator.Divide, left, right);

    public static Expression Power(Expression left, Expression right) => new Binary(BinaryOperator.Power, left, right, left.Shape, default);

    public static Expression Negate(Expression operand) => new Negation(operand, operand.Shape, default);

    public static Expression Exp(Expression operand) => Call(Function.Exp, operand.Shape, operand);

    public static Expression Log(Expression operand) => Call(Function.Log, operand.Shape, operand);

    public static Expression Sum(Expression vector) => Call(Function.Sum, Shape.Scalar, vector);

    public static Expression SquareRoot(Expression operand) => Power(operand, Divide(Number(1), Number(2)));

    public static Expression Max(params ReadOnlySpan<Expression> entries) =>
        Call(Function.Max, Shape.Scalar, new VectorLiteral(Sequence.Create(entries), Shape.Vector(VectorSize.Of(entries.Length)), default));

    public static Expression Call(Function function, Shape shape, params ReadOnlySpan<Expression> arguments) => new Call(function, Sequence.Create(arguments), shape, default);

    /// <summary>How many entries there are, as a number: n, n + 1, 3.</summary>
    public static Expression Size(VectorSize size)
    {
        if (!size.IsSymbolic)
        {
            return Number(size.Offset);
        }
        Expression n = new SizeSymbol(Shape.Scalar, default);
        return size.Offset == 0 ? n : size.Offset > 0 ? Add(n, Number(size.Offset)) : Subtract(n, Number(-size.Offset));
    }

    public static Expression Entry(Expression vector, params ReadOnlySpan<Expression> indices) => new Element(vector, Sequence.Create(indices), Shape.Scalar, default);

    public static Expression Position(int position, VectorSize size) => new Number(position, Shape.Index(size), default);

    /// <summary>Σ_k body(k) over the positions of a size, k a name that none of the expressions mentions.</summary>
    public static Expression SumOver(VectorSize size, IEnumerable<Expression> mentioning, Func<Variable, Expression> body)
    {
        var taken = mentioning.SelectMany(Rewriting.Nodes).OfType<Variable>().Select(variable => variable.Name)
            .Concat(mentioning.SelectMany(Rewriting.Nodes).OfType<IndexSum>().Select(sum => sum.Index.Name)).ToHashSet();
        string name = IndexNames.FirstOrDefault(candidate => !taken.Contains(candidate)) ?? "k" + taken.Count;
        var index = new Variable(name, Shape.Index(size), default);
        Expression summand = body(index);
        return new IndexSum(index, summand, summand.Shape, default);
    }

    /// <summary>The vector with the entries entry(k): Σ_k entry(k)·onehot(k).</summary>
    public static Expression VectorOf(VectorSize size, IEnumerable<Expression> mentioning, Func<Variable, Expression> entry) =>
        SumOver(size, mentioning, k => Multiply(entry(k), Call(Function.OneHot, Shape.Vector(size), k)));

    /// <summary>A function of numbers taken of a number, or of each entry of a vector.</summary>
    public static Expression Entrywise(Expression argument, Func<Expression, Expression> function) => argument.Kind == Kind.Vector
        ? VectorOf(argument.Shape.Size, [argument], k => function(Entry(argument, k)))
        : function(argument);

    private static Expression Binary(BinaryOperator operation, Expression left, Expression right) =>
        new Binary(operation, left, right, left.Kind == Kind.Scalar || right.Kind == Kind.Vector ? right.Shape : left.Shape, default);
}
