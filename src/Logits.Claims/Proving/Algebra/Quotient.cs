namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// A quotient of exponential polynomials. The denominator stays factored into primitive polynomials, so that sums of
/// softmax probabilities keep one denominator.
/// </summary>
internal sealed class Quotient : IEquatable<Quotient>
{
    private Quotient(Polynomial numerator, IReadOnlyList<(Polynomial Factor, int Power)> denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public Polynomial Numerator { get; }

    /// <summary>Primitive polynomials of two terms or more with positive powers, in order.</summary>
    public IReadOnlyList<(Polynomial Factor, int Power)> Denominator { get; }

    public static Quotient Zero { get; } = new(Polynomial.Zero, []);

    public static Quotient One { get; } = Of(Rational.One);

    public bool IsZero => Numerator.IsZero;

    public bool IsPolynomial => Denominator.Count == 0;

    public Rational? ConstantValue => IsPolynomial && Numerator.IsConstant ? Numerator.Constant : null;

    public Polynomial DenominatorProduct => Denominator.Aggregate(Polynomial.One, (product, factor) => product * Polynomial.Pow(factor.Factor, factor.Power));

    public string Key => IsPolynomial ? Numerator.Key : $"({Numerator.Key})/({string.Join(")(", Denominator.Select(f => $"{f.Factor.Key}^{f.Power}"))})";

    public static Quotient Of(Rational value) => new(Polynomial.Of(value), []);

    public static Quotient Of(Atom atom) => new(Polynomial.Of(atom), []);

    public static Quotient Of(Polynomial numerator) => Reduce(numerator, []);

    public static Quotient operator +(Quotient a, Quotient b)
    {
        if (a.IsZero)
        {
            return b;
        }
        if (b.IsZero)
        {
            return a;
        }
        if (a.IsPolynomial && b.IsPolynomial)
        {
            return new(a.Numerator + b.Numerator, []);
        }
        Dictionary<Polynomial, int> common = Powers(a.Denominator);
        foreach ((Polynomial factor, int power) in b.Denominator)
        {
            common[factor] = Math.Max(common.GetValueOrDefault(factor), power);
        }
        return Reduce(a.Over(common) + b.Over(common), common);
    }

    public static Quotient operator -(Quotient a) => new(-a.Numerator, a.Denominator);

    public static Quotient operator -(Quotient a, Quotient b) => a + -b;

    public static Quotient operator *(Quotient a, Quotient b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        Dictionary<Polynomial, int> denominator = Powers(a.Denominator);
        foreach ((Polynomial factor, int power) in b.Denominator)
        {
            denominator[factor] = denominator.GetValueOrDefault(factor) + power;
        }
        // Cancelling each numerator against the other denominator first keeps the product small.
        return Reduce(Cancel(a.Numerator, denominator) * Cancel(b.Numerator, denominator), denominator);
    }

    public static Quotient operator *(Quotient a, Rational factor) => factor.IsZero ? Zero : new(a.Numerator * factor, a.Denominator);

    public static Quotient operator /(Quotient a, Quotient b) => a * b.Inverse();

    /// <summary>1 / this; the caller has made sure that this is not zero, or says so as a condition.</summary>
    public Quotient Inverse()
    {
        Content content = Content.Of(Numerator);
        Polynomial top = DenominatorProduct * content.Coefficient.Reciprocal() * content.Monomial.Inverse();
        return content.Primitive.IsConstant ? Of(top) : Reduce(top, new() { [content.Primitive] = 1 });
    }

    public Quotient Pow(int power)
    {
        if (power < 0)
        {
            return Inverse().Pow(-power);
        }
        Quotient result = One;
        for (int i = 0; i < power; i++)
        {
            result *= this;
        }
        return result;
    }

    /// <summary>The numerator over a multiple of the own denominator.</summary>
    private Polynomial Over(Dictionary<Polynomial, int> denominator)
    {
        Polynomial result = Numerator;
        Dictionary<Polynomial, int> own = Powers(Denominator);
        foreach ((Polynomial factor, int power) in denominator)
        {
            int missing = power - own.GetValueOrDefault(factor);
            result = missing == 0 ? result : result * Polynomial.Pow(factor, missing);
        }
        return result;
    }

    /// <summary>Whether an atom like that occurs in the numerator or a divisor.</summary>
    public bool Contains(Func<Atom, bool> predicate) => Numerator.Contains(predicate) || Denominator.Any(factor => factor.Factor.Contains(predicate));

    private static Dictionary<Polynomial, int> Powers(IReadOnlyList<(Polynomial Factor, int Power)> factors) =>
        factors.ToDictionary(factor => factor.Factor, factor => factor.Power);

    private static Polynomial Cancel(Polynomial numerator, Dictionary<Polynomial, int> denominator)
    {
        // Only a factor of as many terms can be the numerator's primitive part.
        if (numerator.Terms.Count < 2 || !denominator.Keys.Any(factor => factor.Terms.Count == numerator.Terms.Count))
        {
            return numerator;
        }
        Content content = Content.Of(numerator);
        if (denominator.TryGetValue(content.Primitive, out int power) && power > 0)
        {
            denominator[content.Primitive] = power - 1;
            return Polynomial.Of(content.Coefficient, content.Monomial);
        }
        return numerator;
    }

    private static Quotient Reduce(Polynomial numerator, Dictionary<Polynomial, int> denominator)
    {
        if (numerator.IsZero)
        {
            return Zero;
        }
        numerator = Cancel(numerator, denominator);
        if (numerator.Terms.Any(term => LogPowers.Has(term.Monomial)))
        {
            return LogPowers.Resolve(numerator, Build(Polynomial.One, denominator));
        }
        return Build(numerator, denominator);
    }

    private static Quotient Build(Polynomial numerator, Dictionary<Polynomial, int> denominator) => new(
        numerator,
        [.. denominator.Where(pair => pair.Value > 0).Select(pair => (pair.Key, pair.Value)).OrderBy(factor => factor.Key)]);

    public bool Equals(Quotient? other) => other is not null && Numerator.Equals(other.Numerator) && Denominator.SequenceEqual(other.Denominator);

    public override bool Equals(object? obj) => Equals(obj as Quotient);

    public override int GetHashCode() => Numerator.GetHashCode();

    public override string ToString() => Key;
}
