using System.Text;

namespace Logits.Claims.Proving.Algebra;

/// <summary>A generalised monomial: a product of integer powers of atoms, times exp of a polynomial.</summary>
internal sealed class Monomial : IEquatable<Monomial>, IComparable<Monomial>
{
    /// <summary>The exponential is ordered as if it were one more factor of this name.</summary>
    private const string ExponentialHead = "exp(";

    private readonly (Atom Atom, int Power)[] _factors;
    private readonly int _hash;

    private Monomial((Atom Atom, int Power)[] factors, Polynomial exponent)
    {
        _factors = factors;
        Exponent = exponent;
        _hash = exponent.GetHashCode();
        foreach ((Atom atom, int power) in factors)
        {
            _hash = HashCode.Combine(_hash, atom, power);
        }
    }

    /// <summary>In order; no power is zero.</summary>
    public IReadOnlyList<(Atom Atom, int Power)> Factors => _factors;

    public Polynomial Exponent { get; }

    public string Key => BuildKey();

    public int Degree => _factors.Sum(factor => Math.Abs(factor.Power));

    public bool IsOne => _factors.Length == 0 && Exponent.IsZero;

    public static Monomial One { get; } = new([], Polynomial.Zero);

    public static Monomial Of(Atom atom, int power = 1) => power == 0 ? One : new([(atom, power)], Polynomial.Zero);

    public static Monomial ExpOf(Polynomial exponent) => exponent.IsZero ? One : new([], exponent);

    public static Monomial Of(IEnumerable<(Atom Atom, int Power)> factors, Polynomial exponent)
    {
        (Atom, int)[] sorted = [.. factors.Where(factor => factor.Power != 0).OrderBy(factor => factor.Atom)];
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
        Polynomial exponent = a.Exponent + b.Exponent;
        (Atom, int)[] factors = b._factors.Length == 0 ? a._factors : a._factors.Length == 0 ? b._factors : Merge(a._factors, b._factors);
        return factors.Length == 0 && exponent.IsZero ? One : new(factors, exponent);
    }

    private static (Atom, int)[] Merge((Atom Atom, int Power)[] a, (Atom Atom, int Power)[] b)
    {
        var merged = new (Atom, int)[a.Length + b.Length];
        int count = 0, i = 0, j = 0;
        while (i < a.Length || j < b.Length)
        {
            int order = i == a.Length ? 1 : j == b.Length ? -1 : a[i].Atom.CompareTo(b[j].Atom);
            if (order != 0)
            {
                merged[count++] = order < 0 ? a[i++] : b[j++];
                continue;
            }
            int power = a[i++].Power + b[j].Power;
            if (power != 0)
            {
                merged[count++] = (b[j].Atom, power);
            }
            j++;
        }
        Array.Resize(ref merged, count);
        return merged;
    }

    public static Monomial operator /(Monomial a, Monomial b) => a * b.Inverse();

    public Monomial Inverse() => IsOne ? this : new([.. Factors.Select(factor => (factor.Atom, -factor.Power))], -Exponent);

    public int PowerOf(Atom atom)
    {
        foreach ((Atom candidate, int power) in _factors)
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

    public bool Equals(Monomial? other)
    {
        if (ReferenceEquals(this, other))
        {
            return true;
        }
        if (other is null || _hash != other._hash || _factors.Length != other._factors.Length)
        {
            return false;
        }
        for (int i = 0; i < _factors.Length; i++)
        {
            if (_factors[i].Power != other._factors[i].Power || !_factors[i].Atom.Equals(other._factors[i].Atom))
            {
                return false;
            }
        }
        return Exponent.Equals(other.Exponent);
    }

    /// <summary>Factor by factor, as words in a dictionary are ordered letter by letter.</summary>
    public int CompareTo(Monomial? other)
    {
        if (ReferenceEquals(this, other))
        {
            return 0;
        }
        for (int i = 0; ; i++)
        {
            (Atom? atom, int power) = i < _factors.Length ? _factors[i] : default;
            (Atom? otherAtom, int otherPower) = i < other!._factors.Length ? other._factors[i] : default;
            if (atom is not null && otherAtom is not null)
            {
                int order = atom.CompareTo(otherAtom);
                order = order != 0 ? order : power.CompareTo(otherPower);
                if (order != 0)
                {
                    return order;
                }
                continue;
            }
            if (atom is null && otherAtom is null)
            {
                return Exponent.CompareTo(other.Exponent);
            }
            string? head = atom?.Head ?? (Exponent.IsZero ? null : ExponentialHead);
            return string.CompareOrdinal(head, otherAtom?.Head ?? (other.Exponent.IsZero ? null : ExponentialHead));
        }
    }

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
