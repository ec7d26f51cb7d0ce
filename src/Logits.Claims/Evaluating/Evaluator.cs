using Logits.Claims.Language;

namespace Logits.Claims.Evaluating;

/// <summary>An expression has no value that could be worked out, or none at all.</summary>
internal class UndefinedException(string message) : Exception(message);

/// <summary>A divisor is 0, or a logarithm is taken of what is never positive: the expression has no value.</summary>
internal sealed class NoValueException(string message) : UndefinedException(message);

/// <summary>Evaluates expressions at a chosen size n over any <see cref="IArithmetic{T}"/>.</summary>
/// <typeparam name="T">Type of a number.</typeparam>
internal abstract class Evaluator<T>(IArithmetic<T> arithmetic, int size)
{
    private readonly Dictionary<string, Value<T>> _values = [];
    private readonly Dictionary<string, int> _indices = [];

    public IArithmetic<T> Arithmetic { get; } = arithmetic;

    public int Size { get; } = size;

    public IReadOnlyDictionary<string, int> Indices => _indices;

    /// <summary>Gives a variable its value.</summary>
    public void Bind(string name, Value<T> value) => _values[name] = value;

    /// <summary>Gives an index variable its value, counted from 1.</summary>
    public void Bind(string name, int index) => _indices[name] = index;

    public Value<T> Evaluate(Expression expression)
    {
        Budget.CheckNow();
        return ValueOf(expression);
    }

    private Value<T> ValueOf(Expression expression) => expression switch
    {
        Number number => Value<T>.Scalar(Arithmetic.Of(number.Value)),
        SizeSymbol => Value<T>.Scalar(Arithmetic.Of(Size)),
        Variable { Kind: Kind.Index } index => Value<T>.Scalar(Arithmetic.Of(_indices[index.Name])),
        Variable variable => _values[variable.Name],
        Negation negation => Evaluate(negation.Operand).Map(Arithmetic.Negate),
        Binary binary => Operate(binary),
        Call call => Apply(call),
        VectorLiteral literal => Value<T>.Vector([.. literal.Entries.Select(entry => Evaluate(entry).Number)]),
        Element element => ElementOf(element),
        IndexSum sum => SumOver(sum),
        _ => EvaluateCalculus(expression),
    };

    public int IndexOf(Expression index) => index switch
    {
        Number number => (int)number.Value.Numerator,
        SizeSymbol => Size,
        Variable variable => _indices[variable.Name],
        _ => throw new UndefinedException($"{index} is no index"),
    };

    /// <summary>Derivatives and limits.</summary>
    protected abstract Value<T> EvaluateCalculus(Expression expression);

    protected Value<T> ValueOf(string name) => _values[name];

    protected IEnumerable<KeyValuePair<string, Value<T>>> Values => _values;

    private Value<T> Operate(Binary binary)
    {
        if (binary.Operator == BinaryOperator.Power)
        {
            return Raise(Evaluate(binary.Left), binary.Right);
        }
        Value<T> left = Evaluate(binary.Left);
        Value<T> right = Evaluate(binary.Right);
        switch (binary.Operator)
        {
            case BinaryOperator.Add:
                return Value<T>.Zip(left, right, Arithmetic.Add);
            case BinaryOperator.Subtract:
                return Value<T>.Zip(left, right, Arithmetic.Subtract);
            case BinaryOperator.Divide:
                return Value<T>.Zip(left, right, Arithmetic.Divide);
            default:
                return left.Kind == Kind.Matrix && right.Kind == Kind.Vector
                    ? MatrixTimesVector(left, right)
                    : Value<T>.Zip(left, right, Arithmetic.Multiply);
        }
    }

    private Value<T> Raise(Value<T> bases, Expression exponent)
    {
        Rational? literal = exponent switch
        {
            Number number => number.Value,
            Negation { Operand: Number number } => -number.Value,
            _ => null,
        };
        if (literal is { IsInteger: true } power)
        {
            if (power.Abs() > 64)
            {
                throw new UndefinedException($"the power {power} is too large to be multiplied out");
            }
            return bases.Map(entry => Arithmetic.Power(entry, (int)power.Numerator));
        }
        T value = Evaluate(exponent).Number;
        return bases.Map(entry => Arithmetic.Power(entry, value));
    }

    private Value<T> MatrixTimesVector(Value<T> matrix, Value<T> vector) => Value<T>.Vector(
    [
        .. Enumerable.Range(0, matrix.Rows).Select(i =>
            Arithmetic.Sum(vector.Entries.Select((entry, j) => Arithmetic.Multiply(matrix[i, j], entry)))),
    ]);

    private Value<T> ElementOf(Element element)
    {
        Value<T> target = Evaluate(element.Target);
        int[] indices = [.. element.Indices.Select(IndexOf)];
        if (indices.Any(index => index < 1 || index > target.Rows))
        {
            throw new UndefinedException($"{element} has no such entry where n = {Size}");
        }
        return indices.Length == 2 ? Value<T>.Scalar(target[indices[0] - 1, indices[1] - 1])
            : target.Kind == Kind.Vector ? Value<T>.Scalar(target.Entries[indices[0] - 1])
            : Value<T>.Vector([.. Enumerable.Range(0, target.Columns).Select(j => target[indices[0] - 1, j])]);
    }

    private Value<T> SumOver(IndexSum sum)
    {
        string name = sum.Index.Name;
        bool shadows = _indices.TryGetValue(name, out int outer);
        Value<T>? total = null;
        for (int k = 1; k <= sum.Index.Shape.Size.At(Size); k++)
        {
            _indices[name] = k;
            Value<T> term = Evaluate(sum.Body);
            total = total is null ? term : Value<T>.Zip(total, term, Arithmetic.Add);
        }
        _indices.Remove(name);
        if (shadows)
        {
            _indices[name] = outer;
        }
        return total ?? Value<T>.Scalar(Arithmetic.Of(Rational.Zero));
    }

    private Value<T> Apply(Call call)
    {
        if (call.Function == Function.OneHot)
        {
            int index = IndexOf(call.Arguments[0]);
            int size = call.Shape.Size.At(Size);
            return index <= size
                ? Value<T>.Vector([.. Enumerable.Range(1, size).Select(k => Arithmetic.Of(k == index ? 1 : 0))])
                : throw new UndefinedException($"{call} has no entry {index} where n = {Size}");
        }
        Value<T> first = Evaluate(call.Arguments[0]);
        return call.Arguments.Count == 1 ? ApplyOne(call.Function, first) : ApplyTwo(call.Function, first, Evaluate(call.Arguments[1]));
    }

    private Value<T> ApplyOne(Function function, Value<T> v)
    {
        switch (function)
        {
            case Function.Lse:
                return Value<T>.Scalar(LogSumExp(v.Entries));
            case Function.Softmax:
                T[] exponentials = [.. v.Entries.Select(Arithmetic.Exp)];
                T total = Arithmetic.Sum(exponentials);
                return Value<T>.Vector([.. exponentials.Select(entry => Arithmetic.Divide(entry, total))]);
            case Function.LogSoftmax:
                T lse = LogSumExp(v.Entries);
                return v.Map(entry => Arithmetic.Subtract(entry, lse));
            case Function.Softmin:
                return Value<T>.Scalar(Arithmetic.Negate(LogSumExp(v.Entries.Select(Arithmetic.Negate))));
            case Function.Max:
                return Value<T>.Scalar(Arithmetic.Max(v.Entries));
            case Function.Min:
                return Value<T>.Scalar(Arithmetic.Negate(Arithmetic.Max([.. v.Entries.Select(Arithmetic.Negate)])));
            case Function.ArgmaxIndicator:
                return Value<T>.Vector(Arithmetic.ArgmaxIndicator(v.Entries));
            case Function.Sum:
                return Value<T>.Scalar(Arithmetic.Sum(v.Entries));
            case Function.Exp:
                return v.Map(Arithmetic.Exp);
            case Function.Log:
                return v.Map(Arithmetic.Log);
            case Function.Entropy:
                return Value<T>.Scalar(Arithmetic.Negate(Arithmetic.Sum(v.Entries.Select(p => Arithmetic.TimesLog(p, p)))));
            case Function.Covariance:
                return Value<T>.Matrix(v.Rows, (i, j) => Arithmetic.Subtract(
                    i == j ? v.Entries[i] : Arithmetic.Of(Rational.Zero), Arithmetic.Multiply(v.Entries[i], v.Entries[j])));
            case Function.Diag when v.Kind == Kind.Vector:
                return Value<T>.Matrix(v.Rows, (i, j) => i == j ? v.Entries[i] : Arithmetic.Of(Rational.Zero));
            case Function.Diag:
                return Value<T>.Vector([.. Enumerable.Range(0, v.Rows).Select(i => v[i, i])]);
            case Function.Transpose:
                return Value<T>.Matrix(v.Rows, (i, j) => v[j, i]);
            default:
                throw new UndefinedException($"{function} of one argument");
        }
    }

    private Value<T> ApplyTwo(Function function, Value<T> u, Value<T> v)
    {
        switch (function)
        {
            case Function.RealSoftmax:
                return Value<T>.Scalar(LogSumExp([u.Number, v.Number]));
            case Function.Dot:
                return Value<T>.Scalar(Dot(u, v));
            case Function.CrossEntropy:
                return Value<T>.Scalar(Arithmetic.Subtract(LogSumExp(v.Entries), Dot(u, v)));
            case Function.KullbackLeibler:
                return Value<T>.Scalar(Arithmetic.Sum(u.Entries.Zip(v.Entries, (p, q) =>
                    Arithmetic.Subtract(Arithmetic.TimesLog(p, p), Arithmetic.TimesLog(p, q)))));
            case Function.Quad:
                return Value<T>.Scalar(Dot(MatrixTimesVector(u, v), v));
            case Function.Outer:
                return Value<T>.Matrix(u.Rows, (i, j) => Arithmetic.Multiply(u.Entries[i], v.Entries[j]));
            case Function.Append:
                return Value<T>.Vector([.. u.Entries, v.Number]);
            default:
                throw new UndefinedException($"{function} of two arguments");
        }
    }

    private T Dot(Value<T> u, Value<T> v) => Arithmetic.Sum(u.Entries.Zip(v.Entries, Arithmetic.Multiply));

    private T LogSumExp(IEnumerable<T> entries) => Arithmetic.Log(Arithmetic.Sum(entries.Select(Arithmetic.Exp)));
}
