using System.Numerics;

namespace Logits.Claims.Judging.Numbers;

/// <summary>A sum of rational multiples of <see cref="ExactMonomial"/>s.</summary>
internal sealed class ExactSum : IEquatable<ExactSum>
{
    private const int MostTerms = 120;
    private const int LargestTrialDivisor = 1000;

    private readonly Dictionary<ExactMonomial, Rational> _terms;
    private string? _key;

    private ExactSum(Dictionary<ExactMonomial, Rational> terms) => _terms = terms;

    public static ExactSum Zero { get; } = new([]);

    /// <summary>The monomial 1, kept here because it and the sum 0 are made of each other.</summary>
    public static ExactMonomial Unit { get; } = ExactMonomial.Exp(Zero);

    public static ExactSum One { get; } = Of(Unit, Rational.One);

    public IReadOnlyDictionary<ExactMonomial, Rational> Terms => _terms;

    public bool IsZero => _terms.Count == 0;

    public Rational? Constant => IsZero ? Rational.Zero : _terms.Count == 1 && _terms.TryGetValue(Unit, out Rational value) ? value : null;

    /// <summary>The terms in one order, as text: alike for equal sums alone.</summary>
    public string Key => _key ??= string.Join(" + ", _terms.Select(Text).Order(StringComparer.Ordinal));

    public static ExactSum Of(Rational value) => value == Rational.One && One is not null ? One : Of(Unit, value);

    public static ExactSum Of(ExactMonomial monomial, Rational coefficient) => new(coefficient.IsZero ? [] : new() { [monomial] = coefficient });

    public static ExactSum Add(ExactSum a, ExactSum b)
    {
        var terms = new Dictionary<ExactMonomial, Rational>(a._terms);
        foreach ((ExactMonomial monomial, Rational coefficient) in b._terms)
        {
            Accumulate(terms, monomial, coefficient);
        }
        return new(terms);
    }

    public ExactSum Times(Rational factor) => new(_terms.ToDictionary(term => term.Key, term => term.Value * factor));

    /// <summary>The product, or null where it is too long or a power in it does not simplify.</summary>
    public static ExactSum? Multiply(ExactSum a, ExactSum b)
    {
        if (ReferenceEquals(a, One) || ReferenceEquals(b, One))
        {
            return ReferenceEquals(a, One) ? b : a;
        }
        if (a._terms.Count * b._terms.Count > MostTerms)
        {
            return null;
        }
        var terms = new Dictionary<ExactMonomial, Rational>();
        foreach ((ExactMonomial left, Rational x) in a._terms)
        {
            foreach ((ExactMonomial right, Rational y) in b._terms)
            {
                if (ExactMonomial.Multiply(left, right) is not var (factor, monomial))
                {
                    return null;
                }
                Accumulate(terms, monomial, x * y * factor);
            }
        }
        return new(terms);
    }

    /// <summary>The factor that makes the other sum this one, or null where there is none.</summary>
    public Rational? RatioTo(ExactSum other)
    {
        if (_terms.Count != other._terms.Count)
        {
            return null;
        }
        Rational? ratio = null;
        foreach ((ExactMonomial monomial, Rational coefficient) in _terms)
        {
            if (!other._terms.TryGetValue(monomial, out Rational divisor) || (ratio is { } known && coefficient != known * divisor))
            {
                return null;
            }
            ratio ??= coefficient / divisor;
        }
        return ratio;
    }

    /// <summary>The logarithm of a positive sum: of a rational by its primes, of more by its smallest term, so that log(e^b·s) is b + log(s).</summary>
    public ExactSum? Log()
    {
        (ExactMonomial first, Rational coefficient) = _terms.MinBy(term => (term.Key.Size, term.Key.Key));
        if (first.HasLogarithms)
        {
            return _terms.Count == 1 && coefficient == Rational.One ? Of(ExactMonomial.Log(this), Rational.One) : null;
        }
        ExactSum outside = Add(LogOf(coefficient.Abs()), first.Exponent);
        if (_terms.Count == 1)
        {
            return outside;
        }
        return Multiply(this, Of(first.Inverse(), coefficient.Abs().Reciprocal())) is { } primitive
            ? Add(outside, Of(ExactMonomial.Log(primitive), Rational.One))
            : null;
    }

    /// <summary>log of a positive rational as a sum of logarithms of primes (of large numbers without small primes as they are).</summary>
    private static ExactSum LogOf(Rational value)
    {
        var powers = new Dictionary<BigInteger, int>();
        foreach ((BigInteger number, int sign) in new[] { (value.Numerator, 1), (value.Denominator, -1) })
        {
            BigInteger rest = number;
            for (int divisor = 2; divisor <= LargestTrialDivisor && rest >= divisor * divisor; divisor++)
            {
                while ((rest % divisor).IsZero)
                {
                    powers[divisor] = powers.GetValueOrDefault(divisor) + sign;
                    rest /= divisor;
                }
            }
            if (!rest.IsOne)
            {
                powers[rest] = powers.GetValueOrDefault(rest) + sign;
            }
        }
        return new(powers.Where(power => power.Value != 0)
            .ToDictionary(power => ExactMonomial.Log(Of(Unit, new Rational(power.Key, 1))), power => (Rational)power.Value));
    }

    /// <summary>About how large the sum is; only to bring terms into an order.</summary>
    public double Size => _terms.Sum(term => term.Value.ToDouble() * Math.Exp(Math.Min(700, term.Key.Size)) * term.Key.LogarithmSize);

    public bool Equals(ExactSum? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as ExactSum);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => IsZero ? "0" : Key.Replace("+ -", "- ", StringComparison.Ordinal);

    private static string Text(KeyValuePair<ExactMonomial, Rational> term) => term.Key.IsOne ? Literal(term.Value)
        : term.Value == Rational.One ? term.Key.Key
        : term.Value == new Rational(-1, 1) ? $"-{term.Key.Key}"
        : $"{Literal(term.Value)}*{term.Key.Key}";

    private static string Literal(Rational value) => value.ToString();

    private static void Accumulate(Dictionary<ExactMonomial, Rational> terms, ExactMonomial monomial, Rational coefficient)
    {
        Rational sum = terms.GetValueOrDefault(monomial) + coefficient;
        if (sum.IsZero)
        {
            terms.Remove(monomial);
        }
        else
        {
            terms[monomial] = sum;
        }
    }
}
