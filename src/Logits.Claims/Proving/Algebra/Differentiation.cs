namespace Logits.Claims.Proving.Algebra;

/// <summary>Partial derivatives of exact expressions by a symbol.</summary>
internal static class Differentiation
{
    /// <param name="symbol">What to differentiate by.</param>
    /// <param name="quotient">What is differentiated.</param>
    /// <param name="ofSum">The derivative of a sum over all entries, where such are met.</param>
    public static Quotient By(Symbol symbol, Quotient quotient, Func<SumOf, Quotient>? ofSum = null)
    {
        // (N / ΠF^k)′ = N′ / ΠF^k − Σ k F′ N / (F ΠF^k)
        Quotient one = Quotient.One;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            one *= Quotient.Of(factor).Inverse().Pow(power);
        }
        Quotient result = By(symbol, quotient.Numerator, ofSum) * one;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            Quotient inner = By(symbol, factor, ofSum);
            if (!inner.IsZero)
            {
                result -= quotient * inner * Quotient.Of(factor).Inverse() * power;
            }
        }
        return result;
    }

    public static Quotient By(Symbol symbol, Polynomial polynomial, Func<SumOf, Quotient>? ofSum = null)
    {
        Quotient sum = Quotient.Zero;
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            if (!monomial.Contains(atom => atom.Equals(symbol) || (ofSum is not null && atom is SumOf)))
            {
                continue;
            }
            Quotient whole = Quotient.Of(Polynomial.Of(coefficient, monomial));
            foreach ((Atom atom, int power) in monomial.Factors)
            {
                Quotient inner = By(symbol, atom, ofSum);
                if (!inner.IsZero)
                {
                    sum += Quotient.Of(Polynomial.Of(coefficient * power, monomial * Monomial.Of(atom, -1))) * inner;
                }
            }
            sum += whole * By(symbol, monomial.Exponent, ofSum);
        }
        return sum;
    }

    private static Quotient By(Symbol symbol, Atom atom, Func<SumOf, Quotient>? ofSum)
    {
        switch (atom)
        {
            case LogOf log:
                return By(symbol, log.Argument, ofSum) * Quotient.Of(log.Argument).Inverse();
            case InverseOf inverse:
                return -(By(symbol, inverse.Argument, ofSum) * Quotient.Of(inverse.Argument).Inverse().Pow(2));
            case SumOf sum when ofSum is not null:
                return ofSum(sum);
            default:
                return atom.Equals(symbol) ? Quotient.One : Quotient.Zero;
        }
    }
}
