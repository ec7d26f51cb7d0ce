using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>
/// Evaluates expressions at a point by their definitions: derivatives by infinitesimal changes of what they are taken by, limits far out. What is undefined or not
/// worked out is no number.
/// </summary>
/// <param name="size">The size n.</param>
/// <param name="constant">Makes a number of a rational: a double or a certain one.</param>
/// <param name="meter">What the work is charged to.</param>
internal sealed partial class PointEvaluator(int size, Func<Rational, Real> constant, Meter meter)
{
    private readonly Dictionary<string, Value<Real>> _values = [];
    private readonly Dictionary<string, int> _positions = [];
    private readonly int _stepCost = constant(0) is Certain ? 50 : 1;
    private uint _nextEpsilon = 1;
    private int _limitsInside;

    /// <summary>Scalar expressions that are 0 here because an equation was solved for that.</summary>
    public List<Expression> Zeros { get; } = [];

    public void Bind(string name, Value<Real> value) => _values[name] = value;

    public void Bind(string name, int position) => _positions[name] = position;

    public Value<Real> ValueOf(string name) => _values[name];

    public Value<Real> Evaluate(Expression expression)
    {
        meter.Charge(_stepCost);
        if (expression.Kind == Kind.Scalar && Zeros.Count > 0 && _nextEpsilon == 1 && Zeros.Contains(expression))
        {
            return Value<Real>.Scalar(constant(0));
        }
        return expression switch
        {
            Number number => Value<Real>.Scalar(constant(number.Value)),
            SizeSymbol => Value<Real>.Scalar(constant(size)),
            Variable { Kind: Kind.Index } position => Value<Real>.Scalar(constant(_positions[position.Name])),
            Variable variable => _values[variable.Name],
            Negation negation => Evaluate(negation.Operand).Map(entry => -entry),
            Binary binary => Operate(binary),
            Call { Function: Function.OneHot } call => Unit(PositionOf(call.Arguments[0]), call.Shape.Size.At(size)),
            Call call => Apply(call.Function, [.. call.Arguments.Select(Evaluate)]),
            VectorLiteral literal => Value<Real>.Vector([.. literal.Entries.Select(entry => Evaluate(entry).Number)]),
            Element element => ElementOf(Evaluate(element.Target), [.. element.Indices.Select(PositionOf)]),
            IndexSum sum => SumOver(sum),
            Derivative derivative => Differentiate(derivative),
            PartialDerivative partial => Differentiate(partial),
            Limit limit => TakeLimit(limit),
            _ => Value<Real>.Scalar(Real.Unknown),
        };
    }

    private int PositionOf(Expression position) => position switch
    {
        Number number => (int)number.Value.Numerator,
        SizeSymbol => size,
        Variable variable => _positions[variable.Name],
        _ => 0,
    };

    private Value<Real> Operate(Binary binary)
    {
        Value<Real> left = Evaluate(binary.Left);
        if (binary.Operator == BinaryOperator.Power)
        {
            Rational? literal = binary.Right switch
            {
                Number number => number.Value,
                Negation { Operand: Number number } => -number.Value,
                _ => null,
            };
            if (literal is { IsInteger: true } whole)
            {
                return left.Map(entry => whole.Abs() <= 4096 ? entry.Power((int)whole.Numerator) : Real.Unknown);
            }
            Real exponent = Evaluate(binary.Right).Number;
            return left.Map(entry => entry.Sign == 0 ? exponent.Sign == 1 ? constant(0) : Real.Unknown : (exponent * entry.Log()).Exp());
        }
        Value<Real> right = Evaluate(binary.Right);
        meter.Charge(_stepCost * Math.Max(left.Entries.Length, right.Entries.Length));
        return binary.Operator switch
        {
            BinaryOperator.Add => Value<Real>.Zip(left, right, (a, b) => a + b),
            BinaryOperator.Subtract => Value<Real>.Zip(left, right, (a, b) => a - b),
            BinaryOperator.Divide => Value<Real>.Zip(left, right, (a, b) => a / b),
            _ when left.Kind == Kind.Matrix && right.Kind == Kind.Vector => Times(left, right),
            _ => Value<Real>.Zip(left, right, (a, b) => a * b),
        };
    }

    private static Value<Real> ElementOf(Value<Real> target, int[] positions)
    {
        if (positions.Any(position => position < 1 || position > target.Rows))
        {
            return Value<Real>.Scalar(Real.Unknown);
        }
        return positions.Length == 2 ? Value<Real>.Scalar(target[positions[0] - 1, positions[1] - 1])
            : target.Kind == Kind.Matrix ? Value<Real>.Vector([.. Enumerable.Range(0, target.Columns).Select(j => target[positions[0] - 1, j])])
            : Value<Real>.Scalar(target.Entries[positions[0] - 1]);
    }

    private Value<Real> SumOver(IndexSum sum)
    {
        string name = sum.Index.Name;
        bool shadows = _positions.TryGetValue(name, out int outer);
        Value<Real>? total = null;
        for (int k = 1; k <= sum.Index.Shape.Size.At(size); k++)
        {
            _positions[name] = k;
            Value<Real> term = Evaluate(sum.Body);
            total = total is null ? term : Value<Real>.Zip(total, term, (a, b) => a + b);
        }
        _positions.Remove(name);
        if (shadows)
        {
            _positions[name] = outer;
        }
        return total ?? Value<Real>.Scalar(constant(0));
    }

    private Value<Real> Differentiate(Derivative derivative)
    {
        Value<Real> at = Evaluate(derivative.At);
        Real Along(params int[] positions)
        {
            uint first = _nextEpsilon;
            var moved = (Real[])at.Entries.Clone();
            foreach (int position in positions)
            {
                moved[position] = Jet.Along(moved[position], Rational.One, _nextEpsilon);
                _nextEpsilon <<= 1;
            }
            Real value = With(derivative.By.Name, Value<Real>.Vector(moved), derivative.Body).Number;
            for (int k = positions.Length - 1; k >= 0; k--)
            {
                value = Jet.Part(value, first << k);
            }
            _nextEpsilon = first;
            return value;
        }
        return derivative.Order == 1
            ? Value<Real>.Vector([.. Enumerable.Range(0, at.Rows).Select(k => Along(k))])
            : Value<Real>.Matrix(at.Rows, (i, j) => Along(i, j));
    }

    private Value<Real> Differentiate(PartialDerivative partial)
    {
        Value<Real> at = _values[partial.By.Name];
        int position = partial.Index is null ? 1 : PositionOf(partial.Index);
        if (position < 1 || position > at.Entries.Length)
        {
            return Value<Real>.Scalar(Real.Unknown);
        }
        uint epsilon = _nextEpsilon;
        _nextEpsilon <<= 1;
        Real[] moved = [.. at.Entries.Select((entry, k) => k == position - 1 ? Jet.Along(entry, Rational.One, epsilon) : entry)];
        Value<Real> value = With(partial.By.Name, at.Kind == Kind.Scalar ? Value<Real>.Scalar(moved[0]) : Value<Real>.Vector(moved), partial.Body);
        _nextEpsilon = epsilon;
        return value.Map(entry => Jet.Part(entry, epsilon));
    }

    /// <summary>Of certain numbers by their germs; of doubles at two places far out, an inner limit farther than the one around it.</summary>
    private Value<Real> TakeLimit(Limit limit)
    {
        (Rational factor, int power) = limit.Point switch { LimitPoint.PlusInfinity => (1, 1), LimitPoint.MinusInfinity => (-1, 1), _ => ((Rational)1, -1) };
        string name = limit.Variable.Name;
        if (constant(0) is Certain)
        {
            // Of limits inside limits, and of how they answer to changes, nothing is certain here.
            bool isPlain = _limitsInside == 0 && _nextEpsilon == 1;
            _limitsInside++;
            Value<Real> value = isPlain ? With(name, Value<Real>.Scalar(Germ.Variable(factor, power)), limit.Body).Map(Germ.Limit) : Value<Real>.Scalar(Real.Unknown);
            _limitsInside--;
            return value;
        }
        _limitsInside++;
        Value<Real> Near(long step)
        {
            Rational far = new Rational(step, 1).Pow(_limitsInside);
            return With(name, Value<Real>.Scalar(constant(factor * (power > 0 ? far : far.Reciprocal()))), limit.Body);
        }
        // Far out for what comes slowly, and nearer for what overflows there.
        Value<Real>[] values = [.. ((long[])[1 << 18, 1 << 22, 1 << 8, 1 << 9]).Select(Near)];
        _limitsInside--;
        return Value<Real>.Zip(Value<Real>.Zip(values[0], values[1], Arrived), Value<Real>.Zip(values[2], values[3], Arrived), (far, near) => far.IsKnown ? far : near);
    }

    /// <summary>The second of two values on the way to a limit, where they are close to each other.</summary>
    private static Real Arrived(Real before, Real after) =>
        after is Approximate { Value: var value } && (before - after) is Approximate { Value: var change } && Math.Abs(change) <= 3e-3 * (1 + Math.Abs(value)) ? after : Real.Unknown;

    private Value<Real> With(string name, Value<Real> value, Expression body)
    {
        _values.TryGetValue(name, out Value<Real>? outer);
        _values[name] = value;
        Value<Real> result = Evaluate(body);
        if (outer is null)
        {
            _values.Remove(name);
        }
        else
        {
            _values[name] = outer;
        }
        return result;
    }
}
