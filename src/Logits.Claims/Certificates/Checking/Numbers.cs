using Logits.Claims.Arithmetic;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Enclosures of forms without variables.</summary>
internal static class Numbers
{
    public static Interval Enclose(Form form, int bits)
    {
        Interval sum = Interval.Of(Rational.Zero, bits);
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            Interval product = Interval.Of(coefficient, bits);
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                product *= letter switch
                {
                    ExponentialLetter exponential => (Enclose(Form.Of(exponential.Exponent, Rational.One), bits) * Interval.Of(power, bits)).Exp(),
                    LogLetter log => Whole(Enclose(log.Argument, bits).Log(), power, bits),
                    ReciprocalLetter reciprocal => Whole(Enclose(reciprocal.Argument, bits), -power, bits),
                    _ => Interval.Unknown,
                };
            }
            sum += product;
        }
        return sum;
    }

    private static Interval Whole(Interval value, Rational power, int bits)
    {
        Interval result = Interval.Of(Rational.One, bits);
        for (int i = 0; i < power.Abs().Numerator; i++)
        {
            result = power.Sign > 0 ? result * value : result / value;
        }
        return result;
    }
}
