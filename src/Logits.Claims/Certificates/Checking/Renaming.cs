namespace Logits.Claims.Certificates.Checking;

/// <summary>Puts one index name in the place of another, and values in the place of variables.</summary>
internal static class Renaming
{
    private const string Aside = "⇄";

    public static Form Of(Form form, string from, string to) => Form.Of(form.Terms.Select(term => (Of(term.Word, from, to), term.Coefficient)));

    public static Fraction Of(Fraction fraction, string from, string to)
    {
        Fraction result = Fraction.Of(Of(fraction.Top, from, to));
        foreach ((Form core, int power) in fraction.Bottom)
        {
            result *= Fraction.Of(Of(core, from, to)).Pow(-power);
        }
        return result;
    }

    /// <summary>Two positions in each other's place.</summary>
    public static Fraction Exchange(Fraction fraction, string one, string other) => Of(Of(Of(fraction, one, Aside), other, one), Aside, other);

    public static Form Exchange(Form form, string one, string other) => Of(Of(Of(form, one, Aside), other, one), Aside, other);

    public static Word Of(Word word, string from, string to) =>
        word.Mentions(letter => letter.Index == from) || (from == SumLetter.Bound && word.Letters.Count > 0)
            ? Word.Of(word.Letters.Select(part => (Of(part.Letter, from, to), part.Power)))
            : word;

    private static Letter Of(Letter letter, string from, string to) => letter switch
    {
        VariableLetter variable => variable.Index == from ? new VariableLetter(variable.Name, to) : letter,
        ExponentialLetter exponential => new ExponentialLetter(Of(exponential.Exponent, from, to)),
        LogLetter log => new LogLetter(Of(log.Argument, from, to)),
        ReciprocalLetter reciprocal => new ReciprocalLetter(Of(reciprocal.Argument, from, to)),
        SumLetter sum when to == SumLetter.Bound && sum.Mentions(variable => variable.Index == from) => throw new RejectedException("a sum whose terms hold a sum over others"),
        SumLetter sum when from != SumLetter.Bound => new SumLetter(Of(sum.Body, from, to)),
        _ => letter,
    };

    /// <summary>The fraction with each variable replaced by what the function gives for it, or kept where that is null.</summary>
    public static Fraction Substitute(Fraction fraction, Func<VariableLetter, Fraction?> value)
    {
        Fraction result = Substitute(fraction.Top, value);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            result *= Substitute(core, value).Pow(-power);
        }
        return result;
    }

    public static Fraction Substitute(Form form, Func<VariableLetter, Fraction?> value)
    {
        Fraction sum = Fraction.Zero;
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            Fraction product = Fraction.Of(coefficient);
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                product *= Substitute(letter, power, value);
            }
            sum += product;
        }
        return sum;
    }

    private static Fraction Substitute(Letter letter, Rational power, Func<VariableLetter, Fraction?> value)
    {
        if (letter is ExponentialLetter exponential)
        {
            return Powers.Exp(Substitute(Form.Of(exponential.Exponent, power), value));
        }
        int whole = (int)power.Numerator;
        return letter switch
        {
            VariableLetter variable => (value(variable) ?? Fraction.Of(letter)).Pow(whole),
            LogLetter log when log.Mentions(variable => value(variable) is not null) => Powers.Log(Substitute(log.Argument, value), _ => false).Pow(whole),
            ReciprocalLetter reciprocal => Substitute(reciprocal.Argument, value).Pow(-whole),
            SumLetter sum when sum.Mentions(variable => value(variable) is not null) => throw new RejectedException("a substitution inside a sum over all entries"),
            _ => Fraction.Of(letter).Pow(whole),
        };
    }
}
