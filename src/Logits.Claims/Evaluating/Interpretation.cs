using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Evaluating;

/// <summary>The value of an exact expression once its symbols have values: a homomorphism into any arithmetic, substitution included.</summary>
internal sealed class Interpretation<T>(IArithmetic<T> arithmetic, Func<string, T> valueOf)
{
    // Entries of one matrix share their exponentials and denominators.
    private readonly Dictionary<Monomial, T> _monomials = [];
    private readonly Dictionary<Polynomial, T> _factors = new(ReferenceEqualityComparer.Instance);

    public T Of(Quotient quotient)
    {
        T value = Of(quotient.Numerator);
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            value = arithmetic.Divide(value, arithmetic.Power(Factor(factor), power));
        }
        return value;
    }

    public T Of(Polynomial polynomial) => arithmetic.Sum(polynomial.Terms.Select(term => arithmetic.Multiply(arithmetic.Of(term.Coefficient), Of(term.Monomial))));

    private T Factor(Polynomial factor)
    {
        if (!_factors.TryGetValue(factor, out T? value))
        {
            _factors[factor] = value = Of(factor);
        }
        return value;
    }

    private T Of(Monomial monomial)
    {
        if (!_monomials.TryGetValue(monomial, out T? value))
        {
            _monomials[monomial] = value = Product(monomial);
        }
        return value;
    }

    private T Product(Monomial monomial)
    {
        T product = arithmetic.Of(Rational.One);
        foreach ((Atom atom, int power) in monomial.Factors)
        {
            product = arithmetic.Multiply(product, arithmetic.Power(Of(atom), power));
        }
        return monomial.Exponent.IsZero ? product : arithmetic.Multiply(product, arithmetic.Exp(Of(monomial.Exponent)));
    }

    private T Of(Atom atom) => atom switch
    {
        Symbol symbol => valueOf(symbol.Name),
        LogOf log => arithmetic.Log(Of(log.Argument)),
        InverseOf inverse => arithmetic.Power(Of(inverse.Argument), -1),
        _ => throw new UndefinedException($"{atom} has no value at one size"),
    };
}
