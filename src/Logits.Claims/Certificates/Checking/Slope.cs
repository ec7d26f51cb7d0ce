namespace Logits.Claims.Certificates.Checking;

/// <summary>Partial derivatives of fractions by a variable letter.</summary>
internal static class Slope
{
    public static Fraction By(string name, string? index, Fraction fraction)
    {
        Fraction result = By(name, index, fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            result *= Fraction.Of(core).Pow(-power);
        }
        foreach ((Form core, int power) in fraction.Bottom)
        {
            Fraction inner = By(name, index, core);
            if (!inner.IsZero)
            {
                result -= fraction * inner * Fraction.Of(core).Inverse() * Fraction.Of((Rational)power);
            }
        }
        return result;
    }

    private static Fraction By(string name, string? index, Form form)
    {
        Fraction sum = Fraction.Zero;
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                Fraction inner = By(name, index, letter);
                if (inner.IsZero)
                {
                    continue;
                }
                // e^(c·m) gives c·m′·e^(c·m), any other power the rule of powers.
                Word rest = letter is ExponentialLetter ? word : word * Word.Of([(letter, -Rational.One)]);
                sum += Fraction.Of(Form.Of(rest, coefficient * power)) * inner;
            }
        }
        return sum;
    }

    private static Fraction By(string name, string? index, Letter letter) => letter switch
    {
        VariableLetter variable => variable.Name == name && variable.Index == index ? Fraction.One : Fraction.Zero,
        ExponentialLetter exponential => By(name, index, Form.Of(exponential.Exponent, Rational.One)),
        LogLetter log => By(name, index, log.Argument) is { IsZero: false } inner ? inner * Fraction.Of(log.Argument).Inverse() : Fraction.Zero,
        ReciprocalLetter reciprocal => By(name, index, reciprocal.Argument) is { IsZero: false } inner ? -(inner * Fraction.Of(reciprocal.Argument).Pow(-2)) : Fraction.Zero,
        SumLetter sum => By(name, index, sum),
        _ => Fraction.Zero,
    };

    /// <summary>Σ_k b(k) changes with the entry at one position as b does there, and with that entry wherever else it stands in b.</summary>
    private static Fraction By(string name, string? index, SumLetter sum)
    {
        string generic = index + "∂";
        Form term = Renaming.Of(Form.Of(sum.Body, Rational.One), SumLetter.Bound, generic);
        Fraction inEach = Reader.Summed(By(name, index, term), generic);
        return index is null ? inEach : inEach + Renaming.Of(By(name, generic, term), generic, index);
    }
}
