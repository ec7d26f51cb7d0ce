using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Derivatives and limits.</summary>
internal sealed partial class Reader
{
    private const string FreshPrefix = "∂";

    private Quantity Differentiate(Derivative derivative)
    {
        var at = (VectorQuantity)Read(derivative.At);
        string name = FreshPrefix + derivative.By.Name;
        Fraction body = Inside(derivative.By.Name, new VectorQuantity(at.Positions, position => Fraction.Of(new VariableLetter(name, position))), derivative.Body, out CaseContext inner) is ScalarQuantity scalar
            ? scalar.Value
            : throw new RejectedException("the gradient of something that is no number");
        Fraction Back(Fraction fraction) => Return(fraction, name, at, null);
        TransferConditions(inner, Back);
        var slopes = new Dictionary<string, Fraction>();
        var entries = new Dictionary<(string, string), Fraction>();
        Fraction SlopeBy(string position) => Kept(slopes, position, () => Slope.By(name, position, body));
        return derivative.Order == 1
            ? new VectorQuantity(at.Positions, position => Back(SlopeBy(position)))
            : new MatrixQuantity(at.Positions, (row, column) => Kept(entries, (row, column), () => Back(Slope.By(name, column, SlopeBy(row)))));
    }

    private static Fraction Kept<TKey>(Dictionary<TKey, Fraction> known, TKey key, Func<Fraction> workOut)
        where TKey : notnull
    {
        if (!known.TryGetValue(key, out Fraction? fraction))
        {
            known[key] = fraction = workOut();
        }
        return fraction;
    }

    private Quantity Differentiate(PartialDerivative partial)
    {
        string name = FreshPrefix + partial.By.Name;
        Quantity at = Read(partial.By);
        Quantity symbol = at is VectorQuantity vector
            ? new VectorQuantity(vector.Positions, position => Fraction.Of(new VariableLetter(name, position)))
            : new ScalarQuantity(Fraction.Of(new VariableLetter(name, null)));
        Quantity body = Inside(partial.By.Name, symbol, partial.Body, out CaseContext inner);
        string? index = partial.Index is null ? null : Position(partial.Index);
        Fraction Back(Fraction fraction) => Return(fraction, name, at as VectorQuantity, (at as ScalarQuantity)?.Value);
        return Map(body, entry =>
        {
            TransferConditions(inner, Back);
            return Back(Slope.By(name, index, entry));
        });
    }

    private Quantity Inside(string variable, Quantity value, Expression body, out CaseContext inner)
    {
        inner = Context.Smooth();
        var reader = new Reader(inner, _generic);
        foreach ((string name, Quantity bound) in _bound)
        {
            reader._bound[name] = bound;
        }
        foreach ((string name, string position) in _positions)
        {
            reader._positions[name] = position;
        }
        reader._bound[variable] = value;
        return reader.Read(body);
    }

    private void TransferConditions(CaseContext inner, Func<Fraction, Fraction> back)
    {
        foreach (Condition condition in inner.Conditions)
        {
            Context.Require(back(Fraction.Of(condition.Form)), condition.Signs);
        }
        inner.Conditions.Clear();
    }

    /// <summary>Puts the values back in place of the letters by which was differentiated, inside sums too.</summary>
    private Fraction Return(Fraction fraction, string name, VectorQuantity? vector, Fraction? scalar)
    {
        Fraction Value(Form form)
        {
            Fraction sum = Fraction.Zero;
            foreach ((Word word, Rational coefficient) in form.Terms)
            {
                Fraction product = Fraction.Of(coefficient);
                foreach ((Letter letter, Rational power) in word.Letters)
                {
                    product *= !letter.Mentions(variable => variable.Name == name) ? Fraction.Of(Form.Of(Word.Of([(letter, power)]), Rational.One)) : letter switch
                    {
                        VariableLetter variable => (variable.Index is { } position ? vector!.Entry(position) : scalar!).Pow((int)power.Numerator),
                        ExponentialLetter exponential => Powers.Exp(Value(Form.Of(exponential.Exponent, power))),
                        LogLetter log => Context.Log(Value(log.Argument)).Pow((int)power.Numerator),
                        ReciprocalLetter reciprocal => Value(reciprocal.Argument).Pow(-(int)power.Numerator),
                        SumLetter summed => Sum(new([], true), position => Value(Renaming.Of(Form.Of(summed.Body, Rational.One), SumLetter.Bound, position))).Pow((int)power.Numerator),
                        _ => throw new RejectedException("an unknown letter"),
                    };
                }
                sum += product;
            }
            return sum;
        }

        Fraction result = Value(fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            result *= Value(core).Pow(-power);
        }
        return result;
    }

    private Quantity TakeLimit(Limit limit)
    {
        if (Context.Size is null)
        {
            throw new RejectedException("a limit, n left open");
        }
        // A limit within a limit has a variable of its own.
        var variable = new VariableLetter($"w{Context.Limits + 1}→∞", null);
        Fraction w = Fraction.Of(variable);
        Fraction towards = limit.Point switch { LimitPoint.PlusInfinity => w, LimitPoint.MinusInfinity => -w, _ => w.Inverse() };
        CaseContext inner = Context.Limit();
        inner.Signs.Assume(Form.Of(variable), SignSet.Positive);
        var reader = new Reader(inner);
        foreach ((string name, Quantity bound) in _bound)
        {
            reader._bound[name] = bound;
        }
        foreach ((string name, string position) in _positions)
        {
            reader._positions[name] = position;
        }
        reader._bound[limit.Variable.Name] = new ScalarQuantity(towards);
        Quantity body = reader.Read(limit.Body);
        var leading = new LeadingTerms(Context, variable);
        Quantity result = body switch
        {
            VectorQuantity vector => Tabulated(vector, leading.LimitOf),
            ScalarQuantity scalar => new ScalarQuantity(leading.LimitOf(scalar.Value)),
            _ => throw new RejectedException("a limit of a matrix"),
        };
        return inner.Conditions.Count == 0 && !inner.TouchesBoundary ? result : throw new RejectedException("a limit of something that is defined only under conditions");
    }

    /// <summary>The vector with every entry worked out now, so that conditions met on the way are seen.</summary>
    private static VectorQuantity Tabulated(VectorQuantity vector, Func<Fraction, Fraction> function)
    {
        var entries = vector.Positions.Names.ToDictionary(position => position, position => function(vector.Entry(position)));
        return new(vector.Positions, position => entries[position]);
    }
}
