using System.Numerics;

namespace Logits.Claims.Certificates.Checking;

/// <summary>exp and log of the checker's fractions.</summary>
internal static class Powers
{
    /// <summary>Takes whole powers of P out of exp(c·log P).</summary>
    public static Fraction Settle(Fraction fraction)
    {
        if (!fraction.Top.Terms.Any(term => term.Word.Letters.Any(IsUnsettled)))
        {
            return fraction;
        }
        Fraction sum = Fraction.Zero;
        foreach ((Word word, Rational coefficient) in fraction.Top.Terms)
        {
            Fraction product = Fraction.Of(coefficient);
            var letters = new List<(Letter, Rational)>();
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                if (!IsUnsettled((letter, power)))
                {
                    letters.Add((letter, power));
                    continue;
                }
                BigInteger whole = power.Floor();
                if (BigInteger.Abs(whole) > 200)
                {
                    throw new RejectedException("a power is too large to multiply out");
                }
                var log = (LogLetter)((ExponentialLetter)letter).Exponent.Letters[0].Letter;
                product *= Fraction.Of(log.Argument).Pow((int)whole);
                letters.Add((letter, power - whole));
            }
            sum += product * Fraction.Unsettled(Form.Of(Word.Of(letters.Where(part => !part.Item2.IsZero)), Rational.One));
        }
        Fraction rest = Fraction.One;
        foreach ((Form core, int power) in fraction.Bottom)
        {
            rest *= Fraction.Unsettled(core).Pow(-power);
        }
        return sum * rest;
    }

    public static Fraction Exp(Fraction exponent)
    {
        Word below = Word.Of(exponent.Bottom.Select(part => ((Letter)new ReciprocalLetter(part.Core), (Rational)part.Power)));
        return Fraction.Of(Form.Of(Word.Of((exponent.Top * below).Terms.Select(term => ((Letter)new ExponentialLetter(term.Word), term.Coefficient))), Rational.One));
    }

    public static Fraction Log(Fraction argument, Func<Form, bool> isPositive)
    {
        (Rational number, Word word, Form top) = argument.Top.Split();
        Form result = Form.Zero;
        foreach ((Letter letter, Rational power) in word.Letters)
        {
            if (letter is ExponentialLetter exponential)
            {
                result += Form.Of(exponential.Exponent, power);
            }
            else if (isPositive(Form.Of(letter)))
            {
                result += Form.Of(new LogLetter(Form.Of(letter))) * power;
            }
            else
            {
                top *= Word.Of([(letter, power)]);
            }
        }
        Form bottom = Form.One;
        foreach ((Form core, int power) in argument.Bottom)
        {
            if (isPositive(core))
            {
                result -= Form.Of(new LogLetter(core)) * (Rational)power;
            }
            else
            {
                bottom *= core.Pow(power);
            }
        }
        if (number.Sign < 0)
        {
            number = -number;
            top *= -Rational.One;
        }
        result += LogOf(number.Numerator) - LogOf(number.Denominator);
        if (bottom.AsConstant() is null)
        {
            result += Form.Of(new LogLetter(top * bottom)) - Form.Of(new LogLetter(bottom * bottom));
        }
        else if (!top.Equals(Form.One))
        {
            result += Form.Of(new LogLetter(top));
        }
        return Fraction.Of(result);
    }

    private static Form LogOf(BigInteger value)
    {
        Form sum = Form.Zero;
        for (BigInteger divisor = 2; value > 1 && divisor <= 1000; divisor++)
        {
            for (; (value % divisor).IsZero; value /= divisor)
            {
                sum += Form.Of(new LogLetter(Form.Of(divisor)));
            }
        }
        return value > 1 ? sum + Form.Of(new LogLetter(Form.Of(value))) : sum;
    }

    private static bool IsUnsettled((Letter Letter, Rational Power) part) =>
        part.Letter is ExponentialLetter { Exponent.Letters: [(LogLetter, var inner)] } && inner == Rational.One && part.Power.Floor() != 0;
}
