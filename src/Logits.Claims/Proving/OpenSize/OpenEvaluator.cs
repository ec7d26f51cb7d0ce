using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>Evaluates expressions with n left open.</summary>
internal sealed class OpenEvaluator(OpenSituation situation, ExactArithmetic arithmetic)
{
    private const string FreshPrefix = "·";

    private readonly Dictionary<string, OpenValue> _bound = [];
    private readonly Dictionary<string, string> _positions = [];
    private readonly List<string> _generic = [];

    public ExactArithmetic Arithmetic { get; } = arithmetic;

    /// <summary>Works something out at a generic position of that name.</summary>
    public T At<T>(string position, Func<T> function)
    {
        _generic.Add(position);
        try
        {
            return function();
        }
        finally
        {
            _generic.RemoveAt(_generic.Count - 1);
        }
    }

    public string PositionOf(Expression index) => index switch
    {
        Number number => number.Value.ToString(),
        Variable variable => _positions.GetValueOrDefault(variable.Name) ?? situation.PositionOf(variable.Name),
        _ => throw new UndefinedException($"{index} as a position, n left open"),
    };

    public OpenValue Evaluate(Expression expression) => expression switch
    {
        Number number => new OpenScalar(Quotient.Of(number.Value)),
        SizeSymbol => new OpenScalar(Quotient.Of(Summation.Size)),
        Variable { Kind: Kind.Index } => throw new UndefinedException("a position as a number, n left open"),
        Variable variable => _bound.GetValueOrDefault(variable.Name) ?? situation.ValueOf(variable, this),
        Negation negation => Map(Evaluate(negation.Operand), entry => -entry),
        Binary binary => Operate(binary),
        Element element => ElementOf(element),
        IndexSum sum => new OpenScalar(Sum(Layout(sum.Index.Shape.Size), position => WithPosition(sum.Index.Name, position, () => Scalar(sum.Body)))),
        Call call => Apply(call),
        Derivative derivative => Differentiate(derivative),
        PartialDerivative partial => Differentiate(partial),
        _ => throw new UndefinedException($"{expression} with n left open"),
    };

    public Quotient Scalar(Expression expression) => Evaluate(expression) is OpenScalar scalar ? scalar.Value : throw new UndefinedException($"{expression} is no number");

    public static (IReadOnlyList<string> Beyond, bool HasGeneric) Layout(VectorSize size) => !size.IsSymbolic
        ? ([.. Enumerable.Range(1, size.Offset).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))], false)
        : size.Offset >= 0 ? ([.. Enumerable.Range(1, size.Offset).Select(k => $"n+{k}")], true)
        : throw new UndefinedException("a vector of fewer than n entries, n left open");

    /// <summary>The sum over all positions: of the generic entry over all n, corrected at the positions where the entry is another.</summary>
    public Quotient Sum((IReadOnlyList<string> Beyond, bool HasGeneric) layout, Func<string, Quotient> entry)
    {
        Quotient total = layout.Beyond.Aggregate(Quotient.Zero, (sum, position) => sum + entry(position));
        if (!layout.HasGeneric)
        {
            return total;
        }
        string[] apart = [.. situation.Named.Union(_generic)];
        string generic = $"g{_generic.Count + 1}";
        Quotient body = At(generic, () => entry(generic));
        total += Summation.Over(generic, body);
        bool isPositive = IsPositive(body) && layout.Beyond.All(position => IsPositive(entry(position)));
        foreach (string position in apart)
        {
            Quotient own = entry(position);
            isPositive &= IsPositive(own);
            total += own - IndexRenaming.Of(body, generic, position);
        }
        if (isPositive)
        {
            // Where named entries differ from the generic one, this cannot be seen from the sum's terms.
            Arithmetic.Learn(total, Signs.Positive);
        }
        return total;
    }

    private bool IsPositive(Quotient quotient) => Arithmetic.Facts.SignsOf(quotient) == Signs.Positive;

    private T WithPosition<T>(string name, string position, Func<T> function)
    {
        string? outer = _positions.GetValueOrDefault(name);
        _positions[name] = position;
        T result = function();
        _positions.Remove(name);
        if (outer is not null)
        {
            _positions[name] = outer;
        }
        return result;
    }

    private static OpenValue Map(OpenValue value, Func<Quotient, Quotient> function) => value switch
    {
        OpenScalar scalar => new OpenScalar(function(scalar.Value)),
        OpenVector vector => vector with { Entry = position => function(vector.Entry(position)) },
        OpenMatrix matrix => matrix with { Entry = (row, column) => function(matrix.Entry(row, column)) },
        _ => throw new UndefinedException("a value of no kind"),
    };

    private static OpenValue Zip(OpenValue left, OpenValue right, Func<Quotient, Quotient, Quotient> function) => (left, right) switch
    {
        (OpenScalar a, _) => Map(right, entry => function(a.Value, entry)),
        (_, OpenScalar b) => Map(left, entry => function(entry, b.Value)),
        (OpenVector a, OpenVector b) => a with { Entry = position => function(a.Entry(position), b.Entry(position)) },
        (OpenMatrix a, OpenMatrix b) => a with { Entry = (row, column) => function(a.Entry(row, column), b.Entry(row, column)) },
        _ => throw new UndefinedException("a vector and a matrix together"),
    };

    private OpenValue Operate(Binary binary)
    {
        OpenValue left = Evaluate(binary.Left);
        if (binary.Operator == BinaryOperator.Power)
        {
            return Raise(left, binary.Right);
        }
        OpenValue right = Evaluate(binary.Right);
        return binary.Operator switch
        {
            BinaryOperator.Add => Zip(left, right, Arithmetic.Add),
            BinaryOperator.Subtract => Zip(left, right, Arithmetic.Subtract),
            BinaryOperator.Divide => Zip(left, right, Arithmetic.Divide),
            _ => left is OpenMatrix matrix && right is OpenVector vector ? Times(matrix, vector) : Zip(left, right, Arithmetic.Multiply),
        };
    }

    private OpenValue Raise(OpenValue bases, Expression exponent)
    {
        Rational? literal = exponent switch { Number number => number.Value, Negation { Operand: Number number } => -number.Value, _ => null };
        if (literal is { IsInteger: true } power && power.Abs() <= 64)
        {
            return Map(bases, entry => Arithmetic.Power(entry, (int)power.Numerator));
        }
        Quotient value = Scalar(exponent);
        return Map(bases, entry => Arithmetic.Power(entry, value));
    }

    private OpenVector Times(OpenMatrix matrix, OpenVector vector) => vector with
    {
        Entry = row => Sum((vector.Beyond, vector.HasGeneric), column => matrix.Entry(row, column) * vector.Entry(column)),
    };

    private OpenValue ElementOf(Element element)
    {
        OpenValue target = Evaluate(element.Target);
        string[] positions = [.. element.Indices.Select(PositionOf)];
        return target switch
        {
            OpenVector vector => new OpenScalar(vector.Entry(positions[0])),
            OpenMatrix matrix when positions.Length == 2 => new OpenScalar(matrix.Entry(positions[0], positions[1])),
            OpenMatrix matrix => new OpenVector(matrix.Beyond, matrix.HasGeneric, column => matrix.Entry(positions[0], column)),
            _ => throw new UndefinedException("an entry of a number"),
        };
    }

    private OpenValue Apply(Call call)
    {
        if (call.Function == Function.OneHot)
        {
            string one = PositionOf(call.Arguments[0]);
            var (beyond, hasGeneric) = Layout(call.Shape.Size);
            return new OpenVector(beyond, hasGeneric, position => position == one ? Quotient.One : Quotient.Zero);
        }
        OpenValue[] arguments = [.. call.Arguments.Select(Evaluate)];
        OpenVector u = arguments[0] as OpenVector ?? new([], false, _ => Quotient.Zero);
        switch (call.Function)
        {
            case Function.Exp:
                return Map(arguments[0], Arithmetic.Exp);
            case Function.Log:
                return Map(arguments[0], Arithmetic.Log);
            case Function.Lse:
                return new OpenScalar(LogSumExp(u));
            case Function.Softmin:
                return new OpenScalar(-LogSumExp((OpenVector)Map(u, entry => -entry)));
            case Function.RealSoftmax:
                return new OpenScalar(Arithmetic.Log(Arithmetic.Exp(((OpenScalar)arguments[0]).Value) + Arithmetic.Exp(((OpenScalar)arguments[1]).Value)));
            case Function.Softmax:
                Quotient total = Total(u, Arithmetic.Exp);
                return Map(u, entry => Arithmetic.Divide(Arithmetic.Exp(entry), total));
            case Function.LogSoftmax:
                Quotient logarithm = LogSumExp(u);
                return Map(u, entry => entry - logarithm);
            case Function.Max:
                return new OpenScalar(Largest(u));
            case Function.Min:
                return new OpenScalar(-Largest((OpenVector)Map(u, entry => -entry)));
            case Function.Sum:
                return new OpenScalar(Total(u, entry => entry));
            case Function.Dot:
                return new OpenScalar(Dot(u, (OpenVector)arguments[1]));
            case Function.Entropy:
                return new OpenScalar(-Total(u, entry => Arithmetic.TimesLog(entry, entry)));
            case Function.CrossEntropy:
                return new OpenScalar(LogSumExp((OpenVector)arguments[1]) - Dot(u, (OpenVector)arguments[1]));
            case Function.KullbackLeibler:
                var q = (OpenVector)arguments[1];
                return new OpenScalar(Sum((u.Beyond, u.HasGeneric), position =>
                    Arithmetic.TimesLog(u.Entry(position), u.Entry(position)) - Arithmetic.TimesLog(u.Entry(position), q.Entry(position))));
            case Function.Covariance:
                return new OpenMatrix(u.Beyond, u.HasGeneric, (row, column) => (row == column ? u.Entry(row) : Quotient.Zero) - (u.Entry(row) * u.Entry(column)));
            case Function.Quad:
                return new OpenScalar(Dot(Times((OpenMatrix)arguments[0], (OpenVector)arguments[1]), (OpenVector)arguments[1]));
            case Function.Diag when arguments[0] is OpenMatrix matrix:
                return new OpenVector(matrix.Beyond, matrix.HasGeneric, position => matrix.Entry(position, position));
            case Function.Diag:
                return new OpenMatrix(u.Beyond, u.HasGeneric, (row, column) => row == column ? u.Entry(row) : Quotient.Zero);
            case Function.Outer:
                return new OpenMatrix(u.Beyond, u.HasGeneric, (row, column) => u.Entry(row) * ((OpenVector)arguments[1]).Entry(column));
            case Function.Transpose:
                var transposed = (OpenMatrix)arguments[0];
                return transposed with { Entry = (row, column) => transposed.Entry(column, row) };
            case Function.Append:
                var longer = Layout(call.Shape.Size);
                string last = longer.Beyond[^1];
                return new OpenVector(longer.Beyond, longer.HasGeneric, position => position == last ? ((OpenScalar)arguments[1]).Value : u.Entry(position));
            default:
                throw new UndefinedException($"{call.Function} with n left open");
        }
    }

    private Quotient Total(OpenVector vector, Func<Quotient, Quotient> function) => Sum((vector.Beyond, vector.HasGeneric), position => function(vector.Entry(position)));

    private Quotient LogSumExp(OpenVector vector) => Arithmetic.Log(Total(vector, Arithmetic.Exp));

    private Quotient Dot(OpenVector a, OpenVector b) => Sum((a.Beyond, a.HasGeneric), position => a.Entry(position) * b.Entry(position));

    private Quotient Largest(OpenVector vector)
    {
        if (!vector.HasGeneric)
        {
            return Arithmetic.Max([.. vector.Beyond.Select(vector.Entry)]);
        }
        if (vector.Beyond.Count > 0)
        {
            throw new UndefinedException("the maximum of a longer vector, n left open");
        }
        Quotient entry = At(SumOf.Index, () => vector.Entry(SumOf.Index));
        if (situation.Named.Concat(_generic).Any(position => !(vector.Entry(position) - IndexRenaming.Of(entry, SumOf.Index, position)).IsZero))
        {
            throw new UndefinedException("the maximum of entries that are not alike, n left open");
        }
        return situation.LargestOf(entry) is { } position ? vector.Entry(position) : throw new NeedsLargestException(entry);
    }

    private OpenValue Differentiate(Derivative derivative)
    {
        var at = (OpenVector)Evaluate(derivative.At);
        string name = FreshPrefix + derivative.By.Name;
        Quotient body = OnFreshEntries(derivative.By.Name, at with { Entry = position => Quotient.Of(new Symbol(IndexRenaming.Entry(name, position))) }, derivative.Body) is OpenScalar scalar
            ? scalar.Value
            : throw new UndefinedException("the gradient of something that is no number");
        return derivative.Order == 1
            ? new OpenVector(at.Beyond, at.HasGeneric, position => Back(Slope(name, position, body), name, at))
            : new OpenMatrix(at.Beyond, at.HasGeneric, (row, column) => Back(Slope(name, column, Slope(name, row, body)), name, at));
    }

    private OpenValue Differentiate(PartialDerivative partial)
    {
        if (partial.Index is null || Evaluate(partial.By) is not OpenVector at)
        {
            throw new UndefinedException("a derivative by a number, n left open");
        }
        string name = FreshPrefix + partial.By.Name;
        OpenValue body = OnFreshEntries(partial.By.Name, at with { Entry = position => Quotient.Of(new Symbol(IndexRenaming.Entry(name, position))) }, partial.Body);
        string index = PositionOf(partial.Index);
        return Map(body, entry => Back(Slope(name, index, entry), name, at));
    }

    private OpenValue OnFreshEntries(string variable, OpenVector fresh, Expression body)
    {
        OpenValue? outer = _bound.GetValueOrDefault(variable);
        _bound[variable] = fresh;
        int conditions = Arithmetic.Conditions.Count;
        OpenValue value = Evaluate(body);
        _bound.Remove(variable);
        if (outer is not null)
        {
            _bound[variable] = outer;
        }
        return Arithmetic.Conditions.Count == conditions ? value : throw new UndefinedException("a derivative of something that is defined only under conditions");
    }

    private static Quotient Slope(string vector, string index, Quotient quotient) =>
        Differentiation.By(new Symbol(IndexRenaming.Entry(vector, index)), quotient, sum =>
        {
            // Σ_k b(k) changes with the entry at one position as b does there, and with that entry wherever else it stands in b.
            Polynomial body = Polynomial.Of(Rational.One, sum.Body);
            Quotient there = IndexRenaming.Of(Differentiation.By(new Symbol(IndexRenaming.Entry(vector, SumOf.Index)), body), SumOf.Index, index);
            return there + Summation.Over(SumOf.Index, Differentiation.By(new Symbol(IndexRenaming.Entry(vector, index)), body));
        });

    /// <summary>Puts the entries of a vector in place of the fresh ones, inside sums too.</summary>
    private Quotient Back(Quotient quotient, string fresh, OpenVector at)
    {
        bool IsFresh(Atom atom) => atom is Symbol { Name: var name } && name.StartsWith($"{fresh}[", StringComparison.Ordinal);
        Quotient OfPolynomial(Polynomial polynomial)
        {
            Quotient sum = Quotient.Zero;
            foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
            {
                Quotient product = Quotient.Of(coefficient);
                foreach ((Atom atom, int power) in monomial.Factors)
                {
                    product *= (Atoms.Contains(atom, IsFresh) ? OfAtom(atom) : Quotient.Of(atom)).Pow(power);
                }
                sum += monomial.Exponent.IsZero ? product : product * Arithmetic.Exp(OfPolynomial(monomial.Exponent));
            }
            return sum;
        }
        Quotient OfAtom(Atom atom) => atom switch
        {
            Symbol symbol => at.Entry(symbol.Name[(fresh.Length + 1)..^1]),
            LogOf log => Arithmetic.Log(OfPolynomial(log.Argument)),
            InverseOf inverse => OfPolynomial(inverse.Argument).Inverse(),
            SumOf summed => Sum(([], true), position => OfPolynomial(Polynomial.Of(Rational.One, IndexRenaming.Of(summed.Body, SumOf.Index, position)))),
            _ => throw new UndefinedException("an unknown atom"),
        };
        Quotient result = OfPolynomial(quotient.Numerator);
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            result *= OfPolynomial(factor).Pow(-power);
        }
        return result;
    }
}
