using System.Numerics;

namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// exp and log against each other: exp(k·log P) = P^k for integer k, with a fraction of k left in the exponent, and log of a
/// quotient split over its factors.
/// </summary>
internal static class LogPowers
{
    private const int LargestTrialDivisor = 1000;

    /// <summary>Whether the exponent holds c·log P with c outside (0, 1).</summary>
    public static bool Has(Monomial monomial) => monomial.Exponent.Terms.Any(term => IsPureLog(term.Monomial) && term.Coefficient.Floor() != 0);

    /// <summary>The numerator times the rest, each exp(c·log P) in the numerator taken out as a power of P.</summary>
    public static Quotient Resolve(Polynomial numerator, Quotient rest)
    {
        Quotient sum = Quotient.Zero;
        foreach ((Monomial monomial, Rational coefficient) in numerator.Terms)
        {
            Quotient product = Quotient.Of(coefficient);
            Polynomial exponent = monomial.Exponent;
            foreach ((Monomial log, Rational power) in monomial.Exponent.Terms)
            {
                BigInteger whole = power.Floor();
                if (IsPureLog(log) && whole != 0)
                {
                    if (BigInteger.Abs(whole) > 200)
                    {
                        throw new TooLargeException($"a power of {whole}");
                    }
                    exponent -= Polynomial.Of(whole, log);
                    product *= Quotient.Of(((LogOf)log.Factors[0].Atom).Argument).Pow((int)whole);
                }
            }
            sum += product * Quotient.Of(Polynomial.Of(Rational.One, Monomial.Of(monomial.Factors, exponent)));
        }
        return sum * rest;
    }

    public static Quotient Exp(Quotient argument)
    {
        Monomial denominator = Monomial.Of(argument.Denominator.Select(factor => ((Atom)new InverseOf(factor.Factor), factor.Power)), Polynomial.Zero);
        return Quotient.Of(Polynomial.Of(Rational.One, Monomial.ExpOf(argument.Numerator * denominator)));
    }

    /// <summary>log of a quotient that is positive.</summary>
    /// <param name="argument">The quotient.</param>
    /// <param name="isPositive">Tells which factors are positive each on their own; only such are split off.</param>
    public static Quotient Log(Quotient argument, Func<Polynomial, bool> isPositive)
    {
        Content content = Content.Of(argument.Numerator);
        Polynomial top = content.Primitive;
        Polynomial bottom = Polynomial.One;
        Polynomial result = content.Monomial.Exponent;
        Rational coefficient = content.Coefficient;
        foreach ((Atom atom, int power) in content.Monomial.Factors)
        {
            if (isPositive(Polynomial.Of(atom)))
            {
                result += Polynomial.Of(power, Monomial.Of(new LogOf(Polynomial.Of(atom))));
            }
            else
            {
                top *= Monomial.Of(atom, power);
            }
        }
        foreach ((Polynomial factor, int power) in argument.Denominator)
        {
            if (isPositive(factor))
            {
                result -= Polynomial.Of(power, Monomial.Of(new LogOf(factor)));
            }
            else
            {
                bottom *= Polynomial.Pow(factor, power);
            }
        }
        if (coefficient.Sign < 0)
        {
            coefficient = -coefficient;
            top = -top;
        }
        result += LogOfInteger(coefficient.Numerator) - LogOfInteger(coefficient.Denominator);
        if (!bottom.Equals(Polynomial.One))
        {
            // Signs of both unknown: the positive quotient a/b is a·b / b², and log b² is no simpler; keep log(a/b) by log(ab) − log(b²).
            result += Polynomial.Of(new LogOf(top * bottom)) - Polynomial.Of(new LogOf(bottom * bottom));
        }
        else if (!top.Equals(Polynomial.One))
        {
            result += Polynomial.Of(new LogOf(top));
        }
        return Quotient.Of(result);
    }

    private static Polynomial LogOfInteger(BigInteger value)
    {
        Polynomial sum = Polynomial.Zero;
        for (int prime = 2; prime <= LargestTrialDivisor && value > 1; prime++)
        {
            while ((value % prime).IsZero)
            {
                sum += Polynomial.Of(new LogOf(Polynomial.Of(prime)));
                value /= prime;
            }
        }
        return value > 1 ? sum + Polynomial.Of(new LogOf(Polynomial.Of(value))) : sum;
    }

    private static bool IsPureLog(Monomial monomial) =>
        monomial.Factors.Count == 1 && monomial.Exponent.IsZero && monomial.Factors[0] is (LogOf, 1);
}
