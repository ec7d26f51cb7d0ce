using System.Runtime.InteropServices;
using System.Text;

namespace Logits.Claims.Proving.Algebra;

/// <summary>
/// An exponential polynomial: a sum of exact rational multiples of distinct <see cref="Monomial"/>s, in a canonical order. As
/// functions, distinct monomials without log atoms are linearly independent, so such a polynomial is zero exactly when it has no terms.
/// </summary>
internal sealed class Polynomial : IEquatable<Polynomial>, IComparable<Polynomial>
{
    private readonly (Monomial Monomial, Rational Coefficient)[] _terms;
    private readonly int _hash;

    private Polynomial((Monomial Monomial, Rational Coefficient)[] terms)
    {
        _terms = terms;
        foreach ((Monomial monomial, Rational coefficient) in terms)
        {
            _hash = HashCode.Combine(_hash, monomial, coefficient);
        }
    }

    /// <summary>In the order of the monomials; no coefficient is zero.</summary>
    public IReadOnlyList<(Monomial Monomial, Rational Coefficient)> Terms => _terms;

    public string Key => BuildKey();

    /// <summary>Its content, once worked out.</summary>
    public Content? KnownContent { get; set; }

    public static Polynomial Zero { get; } = new([]);

    // Computed anew, because the static members of Monomial need this class's to be there first.
    public static Polynomial One => Of(Rational.One);

    public bool IsZero => _terms.Length == 0;

    public bool IsConstant => _terms.Length == 0 || (_terms.Length == 1 && _terms[0].Monomial.IsOne);

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
            Add(sums, monomial, coefficient);
        }
        return Sorted(sums);
    }

    private static void Add(Dictionary<Monomial, Rational> sums, Monomial monomial, Rational coefficient)
    {
        ref Rational sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, monomial, out _);
        sum += coefficient;
    }

    private static Polynomial Sorted(Dictionary<Monomial, Rational> sums) =>
        Sorted([.. sums.Where(pair => !pair.Value.IsZero).Select(pair => (pair.Key, pair.Value))]);

    private static Polynomial Sorted((Monomial, Rational)[] terms)
    {
        Array.Sort(terms, static ((Monomial Monomial, Rational) a, (Monomial Monomial, Rational) b) => a.Monomial.CompareTo(b.Monomial));
        return terms.Length == 0 ? Zero : new(terms);
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
        Budget.Charge(a._terms.Length + b._terms.Length);
        var merged = new (Monomial, Rational)[a._terms.Length + b._terms.Length];
        int count = 0, i = 0, j = 0;
        while (i < a._terms.Length || j < b._terms.Length)
        {
            int order = i == a._terms.Length ? 1 : j == b._terms.Length ? -1 : a._terms[i].Monomial.CompareTo(b._terms[j].Monomial);
            if (order != 0)
            {
                merged[count++] = order < 0 ? a._terms[i++] : b._terms[j++];
                continue;
            }
            Rational sum = a._terms[i++].Coefficient + b._terms[j].Coefficient;
            if (!sum.IsZero)
            {
                merged[count++] = (b._terms[j].Monomial, sum);
            }
            j++;
        }
        Array.Resize(ref merged, count);
        return count == 0 ? Zero : new(merged);
    }

    public static Polynomial operator -(Polynomial a) => a * new Rational(-1, 1);

    public static Polynomial operator -(Polynomial a, Polynomial b) => a + -b;

    public static Polynomial operator *(Polynomial a, Rational factor) => factor.IsZero ? Zero
        : factor == Rational.One ? a
        : a.IsZero ? a
        : new(Array.ConvertAll(a._terms, term => (term.Monomial, term.Coefficient * factor)));

    public static Polynomial operator *(Polynomial a, Monomial factor) =>
        factor.IsOne ? a : Sorted(Array.ConvertAll(a._terms, term => (term.Monomial * factor, term.Coefficient)));

    public static Polynomial operator *(Polynomial a, Polynomial b)
    {
        if (a.IsZero || b.IsZero)
        {
            return Zero;
        }
        if (a._terms.Length == 1)
        {
            (a, b) = (b, a);
        }
        if (b._terms is [(var monomial, var coefficient)])
        {
            return a * coefficient * monomial;
        }
        Budget.RequireProduct(a._terms.Length, b._terms.Length);
        var sums = new Dictionary<Monomial, Rational>(a._terms.Length * 2);
        foreach ((Monomial left, Rational leftCoefficient) in a._terms)
        {
            foreach ((Monomial right, Rational rightCoefficient) in b._terms)
            {
                Add(sums, left * right, leftCoefficient * rightCoefficient);
            }
            Budget.Charge(b._terms.Length);
            Budget.Hold(sums.Count);
        }
        return Sorted(sums);
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
        foreach ((Monomial candidate, Rational coefficient) in _terms)
        {
            if (candidate.Equals(monomial))
            {
                return coefficient;
            }
        }
        return Rational.Zero;
    }

    public bool Contains(Func<Atom, bool> predicate) => Array.Exists(_terms, term => term.Monomial.Contains(predicate));

    public bool Equals(Polynomial? other) =>
        ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _terms.AsSpan().SequenceEqual(other._terms));

    /// <summary>Term by term.</summary>
    public int CompareTo(Polynomial? other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }
        for (int i = 0; i < _terms.Length && i < other!._terms.Length; i++)
        {
            int order = _terms[i].Coefficient.CompareTo(other._terms[i].Coefficient);
            order = order != 0 ? order : _terms[i].Monomial.CompareTo(other._terms[i].Monomial);
            if (order != 0)
            {
                return order;
            }
        }
        return _terms.Length.CompareTo(other!._terms.Length);
    }

    public override bool Equals(object? obj) => Equals(obj as Polynomial);

    public override int GetHashCode() => _hash;

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
