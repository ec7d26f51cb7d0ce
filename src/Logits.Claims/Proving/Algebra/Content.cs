namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// A polynomial split as <see cref="Coefficient"/> · <see cref="Monomial"/> · <see cref="Primitive"/>, where the primitive part has
/// coprime integer coefficients, the first one positive, and no monomial in common: e^(x₁+b) + e^(x₂+b) = e^b (e^x₁ + e^x₂).
/// </summary>
internal readonly record struct Content(Rational Coefficient, Monomial Monomial, Polynomial Primitive)
{
    public static Content Of(Polynomial polynomial)
    {
        if (polynomial.Terms.Count == 1)
        {
            return new(polynomial.Terms[0].Coefficient, polynomial.Terms[0].Monomial, Polynomial.One);
        }
        Monomial common = CommonMonomial(polynomial);
        Polynomial reduced = polynomial * common.Inverse();
        if (reduced.IsZero)
        {
            // Sums over all entries may cancel only now that the monomials around them are gone.
            return new(Rational.Zero, Monomial.One, Polynomial.One);
        }
        Rational scale = CommonCoefficient(reduced);
        return new(scale, common, reduced * scale.Reciprocal());
    }

    private static Rational CommonCoefficient(Polynomial polynomial)
    {
        System.Numerics.BigInteger numerators = 0;
        System.Numerics.BigInteger denominators = 1;
        foreach ((_, Rational coefficient) in polynomial.Terms)
        {
            numerators = System.Numerics.BigInteger.GreatestCommonDivisor(numerators, coefficient.Numerator);
            denominators = denominators / System.Numerics.BigInteger.GreatestCommonDivisor(denominators, coefficient.Denominator) * coefficient.Denominator;
        }
        Rational scale = new(numerators, denominators);
        return polynomial.Terms[0].Coefficient.Sign < 0 ? -scale : scale;
    }

    private static Monomial CommonMonomial(Polynomial polynomial)
    {
        var powers = new Dictionary<Atom, int>();
        var exponents = new Dictionary<Monomial, Rational>();
        var atoms = polynomial.Terms.SelectMany(term => term.Monomial.Factors.Select(factor => factor.Atom)).Distinct();
        foreach (Atom atom in atoms)
        {
            powers[atom] = polynomial.Terms.Min(term => term.Monomial.PowerOf(atom));
        }
        var exponentMonomials = polynomial.Terms.SelectMany(term => term.Monomial.Exponent.Terms.Select(inner => inner.Monomial)).Distinct();
        foreach (Monomial monomial in exponentMonomials)
        {
            exponents[monomial] = polynomial.Terms.Min(term => term.Monomial.Exponent.CoefficientOf(monomial));
        }
        return Monomial.Of(powers.Select(pair => (pair.Key, pair.Value)), Polynomial.Sum(exponents.Select(pair => (pair.Key, pair.Value))));
    }
}
