using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>
/// What the claim's expressions are worth in one case: the same code for a chosen n and for n left open, where a vector is a function of a
/// position and sums over all positions become letters.
/// </summary>
internal sealed partial class Reader(CaseContext context, params IEnumerable<string> generic)
{
    private readonly Dictionary<string, Quantity> _bound = [];
    private readonly Dictionary<string, string> _positions = [];
    private readonly List<string> _generic = [.. generic];

    public CaseContext Context { get; } = context;

    /// <summary>Positions that are told apart from the generic one of a sum.</summary>
    private IEnumerable<string> Distinguished => Context.Named.Union(_generic);

    public void Bind(string name, Quantity value) => _bound[name] = value;

    /// <summary>A name for a generic position that no other has.</summary>
    public string FreshGeneric => $"∀{_generic.Count + 1}";

    /// <summary>Works something out with a name for a generic position.</summary>
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

    public Fraction Scalar(Expression expression) => Read(expression) is ScalarQuantity scalar ? scalar.Value : throw new RejectedException($"{expression} is not a number");

    public Quantity Read(Expression expression)
    {
        Budget.CheckNow();
        switch (expression)
        {
            case Number number:
                return new ScalarQuantity(Fraction.Of(number.Value));
            case SizeSymbol:
                return new ScalarQuantity(Context.Size is { } size ? Fraction.Of((Rational)size) : Fraction.Of(new VariableLetter("n", null)));
            case Variable { Kind: Kind.Index } index:
                return new ScalarQuantity(PositionNumber(Position(index)));
            case Variable variable:
                return _bound.TryGetValue(variable.Name, out Quantity? value) ? value : Context.Variable(variable);
            case Negation negation:
                return Map(Read(negation.Operand), entry => -entry);
            case Binary { Operator: BinaryOperator.Power } power:
                return Raise(Read(power.Left), power.Right);
            case Binary binary:
                return Operate(binary.Operator, Read(binary.Left), Read(binary.Right));
            case VectorLiteral literal:
                Fraction[] entries = [.. literal.Entries.Select(Scalar)];
                return new VectorQuantity(Context.PositionsOf(literal.Shape.Size), position => entries[int.Parse(position, System.Globalization.CultureInfo.InvariantCulture) - 1]);
            case Element element:
                return Pick(Read(element.Target), [.. element.Indices.Select(Position)]);
            case IndexSum sum:
                return SumOver(sum);
            case Derivative derivative:
                return Differentiate(derivative);
            case PartialDerivative partial:
                return Differentiate(partial);
            case Limit limit:
                return TakeLimit(limit);
            case Call call:
                return Apply(call);
            default:
                throw new RejectedException($"{expression} cannot be read");
        }
    }

    /// <summary>Entry by entry; each entry is read while the index has its value.</summary>
    private Quantity SumOver(IndexSum sum)
    {
        Fraction Total(Func<Quantity, Fraction> entry) =>
            Sum(Context.PositionsOf(sum.Index.Shape.Size), position => WithPosition(sum.Index.Name, position, () => entry(Read(sum.Body))));
        return sum.Kind switch
        {
            Kind.Scalar => new ScalarQuantity(Total(body => ((ScalarQuantity)body).Value)),
            Kind.Vector => new VectorQuantity(Context.PositionsOf(sum.Shape.Size), position => Total(body => ((VectorQuantity)body).Entry(position))),
            _ => new MatrixQuantity(Context.PositionsOf(sum.Shape.Size), (row, column) => Total(body => ((MatrixQuantity)body).Entry(row, column))),
        };
    }

    public string Position(Expression index) => index switch
    {
        Number number => number.Value.ToString(),
        // Where n is open, position n may be any of those with names, or none of them.
        SizeSymbol => Context.Size is { } size ? size.ToString(System.Globalization.CultureInfo.InvariantCulture) : throw new RejectedException("the position n, n left open"),
        Variable variable => _positions.GetValueOrDefault(variable.Name) ?? Context.PositionOf(variable.Name),
        _ => throw new RejectedException($"{index} is no position"),
    };

    private Fraction PositionNumber(string position) => int.TryParse(position, out int number)
        ? Fraction.Of((Rational)number)
        : throw new RejectedException("a position as a number, its size left open");

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

    /// <summary>The sum over all positions; where n is open, of the generic entry, corrected where named entries differ from it.</summary>
    public Fraction Sum(Positions positions, Func<string, Fraction> entry)
    {
        Fraction total = positions.Names.Aggregate(Fraction.Zero, (sum, name) => sum + entry(name));
        if (!positions.Open)
        {
            return total;
        }
        string generic = FreshGeneric;
        string[] distinguished = [.. Distinguished];
        Fraction body = At(generic, () => entry(generic));
        total += Summed(body, generic);
        foreach (string name in distinguished)
        {
            total += entry(name) - Renaming.Of(body, generic, name);
        }
        return total;
    }

    /// <summary>Σ over the generic position of a fraction whose divisors do not vary with it.</summary>
    public static Fraction Summed(Fraction body, string generic)
    {
        bool Generic(VariableLetter letter) => letter.Index == generic;
        Fraction bottom = Fraction.One;
        foreach ((Form core, int power) in body.Bottom)
        {
            bottom *= core.Mentions(Generic)
                ? throw new RejectedException("a sum, n left open, of quotients whose divisor varies")
                : Fraction.Of(core).Pow(-power);
        }
        Fraction sum = Fraction.Zero;
        foreach ((Word word, Rational coefficient) in body.Top.Terms)
        {
            Word inside = Word.Of(word.Letters.Where(part => part.Letter.Mentions(Generic)));
            Letter letter = inside.IsEmpty ? new VariableLetter("n", null) : new SumLetter(Renaming.Of(inside, generic, SumLetter.Bound));
            sum += Fraction.Of(Form.Of(word * inside.Inverse() * Word.Of(letter), coefficient));
        }
        return sum * bottom;
    }

    private Quantity Pick(Quantity target, string[] positions) => target switch
    {
        VectorQuantity vector => new ScalarQuantity(vector.Entry(Checked(positions[0], vector.Positions))),
        MatrixQuantity matrix when positions.Length == 1 => new VectorQuantity(matrix.Positions, column => matrix.Entry(Checked(positions[0], matrix.Positions), column)),
        MatrixQuantity matrix => new ScalarQuantity(matrix.Entry(Checked(positions[0], matrix.Positions), Checked(positions[1], matrix.Positions))),
        _ => throw new RejectedException("an entry of a number"),
    };

    private static string Checked(string position, Positions positions) => positions.Open || positions.Names.Contains(position)
        ? position
        : throw new RejectedException($"there is no entry {position}");

    private static Quantity Map(Quantity quantity, Func<Fraction, Fraction> function) => quantity switch
    {
        ScalarQuantity scalar => new ScalarQuantity(function(scalar.Value)),
        VectorQuantity vector => new VectorQuantity(vector.Positions, position => function(vector.Entry(position))),
        MatrixQuantity matrix => new MatrixQuantity(matrix.Positions, (row, column) => function(matrix.Entry(row, column))),
        _ => throw new RejectedException("a quantity of no kind"),
    };

    private static Quantity Zip(Quantity left, Quantity right, Func<Fraction, Fraction, Fraction> function) => (left, right) switch
    {
        (ScalarQuantity a, _) => Map(right, entry => function(a.Value, entry)),
        (_, ScalarQuantity b) => Map(left, entry => function(entry, b.Value)),
        (VectorQuantity a, VectorQuantity b) => new VectorQuantity(a.Positions, position => function(a.Entry(position), b.Entry(position))),
        (MatrixQuantity a, MatrixQuantity b) => new MatrixQuantity(a.Positions, (row, column) => function(a.Entry(row, column), b.Entry(row, column))),
        _ => throw new RejectedException("a vector and a matrix together"),
    };

    private Quantity Operate(BinaryOperator operation, Quantity left, Quantity right) => operation switch
    {
        BinaryOperator.Add => Zip(left, right, (a, b) => a + b),
        BinaryOperator.Subtract => Zip(left, right, (a, b) => a - b),
        BinaryOperator.Divide => Zip(left, right, Context.Divide),
        _ => left is MatrixQuantity matrix && right is VectorQuantity vector ? Times(matrix, vector) : Zip(left, right, (a, b) => a * b),
    };

    private VectorQuantity Times(MatrixQuantity matrix, VectorQuantity vector) =>
        new(vector.Positions, row => Sum(vector.Positions, column => matrix.Entry(row, column) * vector.Entry(column)));

    private Quantity Raise(Quantity bases, Expression exponent)
    {
        Rational? literal = exponent switch { Number number => number.Value, Negation { Operand: Number number } => -number.Value, _ => null };
        if (literal is { IsInteger: true } power)
        {
            return power.Abs() <= 64
                ? Map(bases, entry => power.Sign < 0 ? Context.Divide(Fraction.One, entry.Pow(-(int)power.Numerator)) : entry.Pow((int)power.Numerator))
                : throw new RejectedException("a power too large to be multiplied out");
        }
        Fraction value = Scalar(exponent);
        return Map(bases, entry => Context.Power(entry, value));
    }
}
