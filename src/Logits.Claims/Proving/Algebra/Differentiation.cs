namespace Logits.Claims.Proving.Algebra;

/// <summary>Partial derivatives of exact expressions by a symbol.</summary>
internal static class Differentiation
{
    public static Quotient By(Symbol symbol, Quotient quotient)
    {
        // (N / ΠF^k)′ = N′ / ΠF^k − Σ k F′ N / (F ΠF^k)
        Quotient one = Quotient.One;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            one *= Quotient.Of(factor).Inverse().Pow(power);
        }
        Quotient result = By(symbol, quotient.Numerator) * one;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            Quotient inner = By(symbol, factor);
            if (!inner.IsZero)
            {
                result -= quotient * inner * Quotient.Of(factor).Inverse() * power;
            }
        }
        return result;
    }

    public static Quotient By(Symbol symbol, Polynomial polynomial)
    {
        Quotient sum = Quotient.Zero;
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            if (!monomial.Contains(atom => atom.Equals(symbol)))
            {
                continue;
            }
            Quotient whole = Quotient.Of(Polynomial.Of(coefficient, monomial));
            foreach ((Atom atom, int power) in monomial.Factors)
            {
                Quotient inner = By(symbol, atom);
                if (!inner.IsZero)
                {
                    sum += Quotient.Of(Polynomial.Of(coefficient * power, monomial * Monomial.Of(atom, -1))) * inner;
                }
            }
            sum += whole * By(symbol, monomial.Exponent);
        }
        return sum;
    }

    private static Quotient By(Symbol symbol, Atom atom)
    {
        switch (atom)
        {
            case LogOf log:
                return By(symbol, log.Argument) * Quotient.Of(log.Argument).Inverse();
            case InverseOf inverse:
                return -(By(symbol, inverse.Argument) * Quotient.Of(inverse.Argument).Inverse().Pow(2));
            default:
                return atom.Equals(symbol) ? Quotient.One : Quotient.Zero;
        }
    }
}
