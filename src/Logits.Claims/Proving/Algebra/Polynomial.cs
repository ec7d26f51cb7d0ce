using System.Text;

namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// An exponential polynomial: a sum of exact rational multiples of distinct <see cref="Monomial"/>s, in a canonical order. As
/// functions, distinct monomials without log atoms are linearly independent, so such a polynomial is zero exactly when it has no terms.
/// </summary>
internal sealed class Polynomial : IEquatable<Polynomial>
{
    private string? _key;

    private Polynomial((Monomial Monomial, Rational Coefficient)[] terms) => Terms = terms;

    /// <summary>Sorted by the monomials' keys; no coefficient is zero.</summary>
    public IReadOnlyList<(Monomial Monomial, Rational Coefficient)> Terms { get; }

    public string Key => _key ??= BuildKey();

    public static Polynomial Zero { get; } = new([]);

    // Computed anew, because the static members of Monomial need this class's to be there first.
    public static Polynomial One => Of(Rational.One);

    public bool IsZero => Terms.Count == 0;

    public bool IsConstant => Terms.Count == 0 || (Terms.Count == 1 && Terms[0].Monomial.IsOne);

    /// <summary>The coefficient of the monomial 1.</summary>
    public Rational Constant => CoefficientOf(Monomial.One);

    public static Polynomial Of(Rational value) => Of(value, Monomial.One);

    public static Polynomial Of(Rational coefficient, Monomial monomial) => coefficient.IsZero ? Zero : new([(monomial, coefficient)]);

    public static Polynomial Of(Atom atom, int power = 1) => Of(Rational.One, Monomial.Of(atom, power));

    public static Polynomial Sum(IEnumerable<(Monomial Monomial, Rational Coefficient)> terms)
    {
        var sums = new Dictionary<Monomial, Rational>();
        foreach ((Monomial monomial, Rational coefficient) in terms)
        {
            sums[monomial] = sums.TryGetValue(monomial, out Rational sum) ? sum + coefficient : coefficient;
        }
        var result = sums.Where(pair => !pair.Value.IsZero).Select(pair => (pair.Key, pair.Value)).ToArray();
        Array.Sort(result, static (a, b) => string.CompareOrdinal(a.Key.Key, b.Key.Key));
        return result.Length == 0 ? Zero : new(result);
    }

    public static Polynomial operator +(Polynomial a, Polynomial b)
    {
        if (a.IsZero)
        {
            return b;
        }
        if (b.IsZero)
        {
            return a;
        }
        var merged = new List<(Monomial, Rational)>(a.Terms.Count + b.Terms.Count);
        int i = 0, j = 0;
        while (i < a.Terms.Count || j < b.Terms.Count)
        {
            int order = i == a.Terms.Count ? 1
                : j == b.Terms.Count ? -1
                : string.CompareOrdinal(a.Terms[i].Monomial.Key, b.Terms[j].Monomial.Key);
            if (order == 0)
            {
                Rational sum = a.Terms[i].Coefficient + b.Terms[j].Coefficient;
                if (!sum.IsZero)
                {
                    merged.Add((a.Terms[i].Monomial, sum));
                }
                i++;
                j++;
            }
            else
            {
                merged.Add(order < 0 ? a.Terms[i++] : b.Terms[j++]);
            }
        }
        return merged.Count == 0 ? Zero : new([.. merged]);
    }

    public static Polynomial operator -(Polynomial a) => a * new Rational(-1, 1);

    public static Polynomial operator -(Polynomial a, Polynomial b) => a + -b;

    public static Polynomial operator *(Polynomial a, Rational factor) => factor.IsZero ? Zero
        : factor == Rational.One ? a
        : a.IsZero ? a
        : new([.. a.Terms.Select(term => (term.Monomial, term.Coefficient * factor))]);

    public static Polynomial operator *(Polynomial a, Monomial factor) =>
        factor.IsOne ? a : Sum(a.Terms.Select(term => (term.Monomial * factor, term.Coefficient)));

    public static Polynomial operator *(Polynomial a, Polynomial b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        if (b.Terms.Count == 1)
        {
            return a * b.Terms[0].Coefficient * b.Terms[0].Monomial;
        }
        Budget.Charge((long)a.Terms.Count * b.Terms.Count);
        return Sum(from left in a.Terms
                   from right in b.Terms
                   select (left.Monomial * right.Monomial, left.Coefficient * right.Coefficient));
    }

    public static Polynomial Pow(Polynomial a, int power)
    {
        Polynomial result = One;
        for (; power > 0; power >>= 1, a = power > 0 ? a * a : a)
        {
            if ((power & 1) != 0)
            {
                result *= a;
            }
        }
        return result;
    }

    public Rational CoefficientOf(Monomial monomial)
    {
        foreach ((Monomial candidate, Rational coefficient) in Terms)
        {
            if (candidate.Equals(monomial))
            {
                return coefficient;
            }
        }
        return Rational.Zero;
    }

    public bool Contains(Func<Atom, bool> predicate) => Terms.Any(term => term.Monomial.Contains(predicate));

    public bool Equals(Polynomial? other) => other is not null && (ReferenceEquals(this, other) || Key == other.Key);

    public override bool Equals(object? obj) => Equals(obj as Polynomial);

    public override int GetHashCode() => Key.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Key;

    private string BuildKey()
    {
        if (Terms.Count == 0)
        {
            return "0";
        }
        var key = new StringBuilder();
        foreach ((Monomial monomial, Rational coefficient) in Terms)
        {
            key.Append(key.Length == 0 ? "" : "+").Append(coefficient).Append('*').Append(monomial.Key);
        }
        return key.ToString();
    }
}
