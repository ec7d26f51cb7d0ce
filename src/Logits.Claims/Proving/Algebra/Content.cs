namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// A polynomial split as <see cref="Coefficient"/> · <see cref="Monomial"/> · <see cref="Primitive"/>, where the primitive part has
/// coprime integer coefficients, the first one positive, and no monomial in common: e^(x₁+b) + e^(x₂+b) = e^b (e^x₁ + e^x₂).
/// </summary>
internal readonly record struct Content(Rational Coefficient, Monomial Monomial, Polynomial Primitive)
{
    public static Content Of(Polynomial polynomial) => polynomial.KnownContent ??= WorkOut(polynomial);

    private static Content WorkOut(Polynomial polynomial)
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
        var powers = new Dictionary<Atom, (int Least, int Terms)>();
        var exponents = new Dictionary<Monomial, (Rational Least, int Terms)>();
        foreach ((Monomial term, _) in polynomial.Terms)
        {
            foreach ((Atom atom, int power) in term.Factors)
            {
                powers[atom] = powers.TryGetValue(atom, out var before) ? (Math.Min(before.Least, power), before.Terms + 1) : (power, 1);
            }
            foreach ((Monomial monomial, Rational rate) in term.Exponent.Terms)
            {
                exponents[monomial] = exponents.TryGetValue(monomial, out var before) ? (before.Least < rate ? before.Least : rate, before.Terms + 1) : (rate, 1);
            }
        }
        // What a term is without, it has to the power 0.
        return Monomial.Of(
            powers.Where(pair => pair.Value.Terms == polynomial.Terms.Count || pair.Value.Least < 0).Select(pair => (pair.Key, pair.Value.Least)),
            Polynomial.Sum(exponents.Where(pair => pair.Value.Terms == polynomial.Terms.Count || pair.Value.Least.Sign < 0).Select(pair => (pair.Key, pair.Value.Least))));
    }
}
