using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>The functions of the language, from their definitions.</summary>
internal sealed partial class Reader
{
    private Quantity Apply(Call call)
    {
        if (call.Function == Function.OneHot)
        {
            string one = Position(call.Arguments[0]);
            return new VectorQuantity(Context.PositionsOf(call.Shape.Size), position => position == one ? Fraction.One : Fraction.Zero);
        }
        Quantity[] arguments = [.. call.Arguments.Select(Read)];
        VectorQuantity Vector(int i) => arguments[i] as VectorQuantity ?? throw new RejectedException($"{call} of something that is no vector");
        MatrixQuantity Matrix(int i) => arguments[i] as MatrixQuantity ?? throw new RejectedException($"{call} of something that is no matrix");
        Fraction Number(int i) => arguments[i] is ScalarQuantity scalar ? scalar.Value : throw new RejectedException($"{call} of something that is no number");
        switch (call.Function)
        {
            case Function.Exp:
                return Map(arguments[0], Powers.Exp);
            case Function.Log:
                return Map(arguments[0], Context.Log);
            case Function.Lse:
                return new ScalarQuantity(LogSumExp(Vector(0)));
            case Function.Softmin:
                return new ScalarQuantity(-LogSumExp((VectorQuantity)Map(Vector(0), entry => -entry)));
            case Function.RealSoftmax:
                return new ScalarQuantity(Context.Log(Powers.Exp(Number(0)) + Powers.Exp(Number(1))));
            case Function.Softmax:
                Fraction total = SumOfExponentials(Vector(0));
                return Map(Vector(0), entry => Context.Divide(Powers.Exp(entry), total));
            case Function.LogSoftmax:
                Fraction logarithm = LogSumExp(Vector(0));
                return Map(Vector(0), entry => entry - logarithm);
            case Function.Max:
                return new ScalarQuantity(Largest(Vector(0)));
            case Function.Min:
                return new ScalarQuantity(-Largest((VectorQuantity)Map(Vector(0), entry => -entry)));
            case Function.ArgmaxIndicator:
                return Indicator(Vector(0));
            case Function.Sum:
                return new ScalarQuantity(Sum(Vector(0).Positions, Vector(0).Entry));
            case Function.Dot:
                return new ScalarQuantity(Dot(Vector(0), Vector(1)));
            case Function.Entropy:
                return new ScalarQuantity(-Sum(Vector(0).Positions, position => Context.TimesLog(Vector(0).Entry(position))));
            case Function.CrossEntropy:
                return new ScalarQuantity(LogSumExp(Vector(1)) - Dot(Vector(0), Vector(1)));
            case Function.KullbackLeibler:
                return new ScalarQuantity(Sum(Vector(0).Positions, position =>
                    Context.TimesLog(Vector(0).Entry(position)) - Context.TimesLog(Vector(0).Entry(position), Vector(1).Entry(position))));
            case Function.Covariance:
                return new MatrixQuantity(Vector(0).Positions, (row, column) =>
                    (row == column ? Vector(0).Entry(row) : Fraction.Zero) - (Vector(0).Entry(row) * Vector(0).Entry(column)));
            case Function.Quad:
                return new ScalarQuantity(Dot(Times(Matrix(0), Vector(1)), Vector(1)));
            case Function.Diag when arguments[0] is VectorQuantity:
                return new MatrixQuantity(Vector(0).Positions, (row, column) => row == column ? Vector(0).Entry(row) : Fraction.Zero);
            case Function.Diag:
                return new VectorQuantity(Matrix(0).Positions, position => Matrix(0).Entry(position, position));
            case Function.Outer:
                return new MatrixQuantity(Vector(0).Positions, (row, column) => Vector(0).Entry(row) * Vector(1).Entry(column));
            case Function.Transpose:
                return new MatrixQuantity(Matrix(0).Positions, (row, column) => Matrix(0).Entry(column, row));
            case Function.Append:
                Positions longer = Context.PositionsOf(call.Shape.Size);
                string last = longer.Names[^1];
                return new VectorQuantity(longer, position => position == last ? Number(1) : Vector(0).Entry(position));
            default:
                throw new RejectedException($"{call.Function} is unknown to the checker");
        }
    }

    private Fraction Dot(VectorQuantity a, VectorQuantity b) => Sum(a.Positions, position => a.Entry(position) * b.Entry(position));

    private Fraction SumOfExponentials(VectorQuantity vector) => Sum(vector.Positions, position => Powers.Exp(vector.Entry(position)));

    private Fraction LogSumExp(VectorQuantity vector) => Context.Log(SumOfExponentials(vector));

    /// <summary>The entry known to be at least as large as all others; where n is open, the one at the position that the case named.</summary>
    private Fraction Largest(VectorQuantity vector)
    {
        if (vector.Positions.Open)
        {
            string position = Context.LargestOf(Alike(vector.Entry)) ?? throw new RejectedException("a maximum that no case is about");
            return vector.Positions.Names.Count == 0 ? vector.Entry(position) : throw new RejectedException("the maximum of a longer vector, n left open");
        }
        Fraction[] entries = [.. vector.Positions.Names.Select(vector.Entry)];
        return entries.FirstOrDefault(candidate => entries.All(other => Context.Signs.Of(candidate - other).Implies(SignSet.NotNegative)))
            ?? throw new RejectedException("the facts of this case do not say which entry is largest");
    }

    /// <summary>
    /// The entry at <see cref="SumLetter.Bound"/> of entries that are one function of their position. The largest may be at any position: an entry that differs
    /// from the others might be it.
    /// </summary>
    public Fraction Alike(Func<string, Fraction> entry)
    {
        string generic = FreshGeneric;
        Fraction any = At(generic, () => entry(generic));
        return Distinguished.All(other => (entry(other) - Renaming.Of(any, generic, other)).IsZero)
            ? Renaming.Of(any, generic, SumLetter.Bound)
            : throw new RejectedException("the maximum of entries that are not alike, n left open");
    }

    private VectorQuantity Indicator(VectorQuantity vector)
    {
        if (vector.Positions.Open)
        {
            throw new RejectedException("ties, n left open");
        }
        Fraction largest = Largest(vector);
        SignSet[] signs = [.. vector.Positions.Names.Select(position => Context.Signs.Of(largest - vector.Entry(position)))];
        if (signs.Any(sign => sign != SignSet.Nil && sign != SignSet.Positive))
        {
            throw new RejectedException("the facts of this case do not say which entries tie");
        }
        Fraction share = Fraction.Of(new Rational(1, signs.Count(sign => sign == SignSet.Nil)));
        var names = vector.Positions.Names.ToList();
        return new(vector.Positions, position => signs[names.IndexOf(position)] == SignSet.Nil ? share : Fraction.Zero);
    }
}
