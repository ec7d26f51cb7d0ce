using System.Text;

namespace Logits.Claims.Proving.Algebra;

/// <summary>A generalised monomial: a product of integer powers of atoms, times exp of a polynomial.</summary>
internal sealed class Monomial : IEquatable<Monomial>
{
    private readonly int _hash;

    private Monomial((Atom Atom, int Power)[] factors, Polynomial exponent)
    {
        Factors = factors;
        Exponent = exponent;
        Key = BuildKey();
        _hash = Key.GetHashCode(StringComparison.Ordinal);
        Degree = factors.Sum(factor => Math.Abs(factor.Power));
    }

    /// <summary>Sorted by key; no power is zero.</summary>
    public IReadOnlyList<(Atom Atom, int Power)> Factors { get; }

    public Polynomial Exponent { get; }

    public string Key { get; }

    public int Degree { get; }

    public bool IsOne => Factors.Count == 0 && Exponent.IsZero;

    public static Monomial One { get; } = new([], Polynomial.Zero);

    public static Monomial Of(Atom atom, int power = 1) => power == 0 ? One : new([(atom, power)], Polynomial.Zero);

    public static Monomial ExpOf(Polynomial exponent) => exponent.IsZero ? One : new([], exponent);

    public static Monomial Of(IEnumerable<(Atom Atom, int Power)> factors, Polynomial exponent)
    {
        (Atom, int)[] sorted = [.. factors.Where(factor => factor.Power != 0).OrderBy(factor => factor.Atom.Key, StringComparer.Ordinal)];
        return sorted.Length == 0 && exponent.IsZero ? One : new(sorted, exponent);
    }

    public static Monomial operator *(Monomial a, Monomial b)
    {
        if (a.IsOne)
        {
            return b;
        }
        if (b.IsOne)
        {
            return a;
        }
        var merged = new List<(Atom, int)>(a.Factors.Count + b.Factors.Count);
        int i = 0, j = 0;
        while (i < a.Factors.Count || j < b.Factors.Count)
        {
            int order = i == a.Factors.Count ? 1
                : j == b.Factors.Count ? -1
                : string.CompareOrdinal(a.Factors[i].Atom.Key, b.Factors[j].Atom.Key);
            if (order == 0)
            {
                int power = a.Factors[i].Power + b.Factors[j].Power;
                if (power != 0)
                {
                    merged.Add((a.Factors[i].Atom, power));
                }
                i++;
                j++;
            }
            else
            {
                merged.Add(order < 0 ? a.Factors[i++] : b.Factors[j++]);
            }
        }
        Polynomial exponent = a.Exponent + b.Exponent;
        return merged.Count == 0 && exponent.IsZero ? One : new([.. merged], exponent);
    }

    public static Monomial operator /(Monomial a, Monomial b) => a * b.Inverse();

    public Monomial Inverse() => IsOne ? this : new([.. Factors.Select(factor => (factor.Atom, -factor.Power))], -Exponent);

    public int PowerOf(Atom atom)
    {
        foreach ((Atom candidate, int power) in Factors)
        {
            if (candidate.Equals(atom))
            {
                return power;
            }
        }
        return 0;
    }

    /// <summary>The monomial whose square is this one, or null where a power is odd.</summary>
    public Monomial? SquareRoot() => Factors.Any(factor => factor.Power % 2 != 0)
        ? null
        : Of(Factors.Select(factor => (factor.Atom, factor.Power / 2)), Exponent * new Rational(1, 2));

    public bool Contains(Func<Atom, bool> predicate) =>
        Factors.Any(factor => Atoms.Contains(factor.Atom, predicate)) || Exponent.Contains(predicate);

    public bool Equals(Monomial? other) => other is not null && _hash == other._hash && Key == other.Key;

    public override bool Equals(object? obj) => Equals(obj as Monomial);

    public override int GetHashCode() => _hash;

    public override string ToString() => Key;

    private string BuildKey()
    {
        if (Factors.Count == 0 && Exponent.IsZero)
        {
            return "1";
        }
        var key = new StringBuilder();
        foreach ((Atom atom, int power) in Factors)
        {
            key.Append(key.Length == 0 ? "" : "*").Append(atom.Key);
            if (power != 1)
            {
                key.Append('^').Append(power);
            }
        }
        if (!Exponent.IsZero)
        {
            key.Append(key.Length == 0 ? "" : "*").Append("exp(").Append(Exponent.Key).Append(')');
        }
        return key.ToString();
    }
}

internal static class Atoms
{
    /// <summary>Whether the atom, or any atom inside it, satisfies the predicate.</summary>
    public static bool Contains(Atom atom, Func<Atom, bool> predicate) => predicate(atom) || atom switch
    {
        LogOf log => log.Argument.Contains(predicate),
        InverseOf inverse => inverse.Argument.Contains(predicate),
        SumOf sum => sum.Body.Contains(predicate),
        _ => false,
    };
}
