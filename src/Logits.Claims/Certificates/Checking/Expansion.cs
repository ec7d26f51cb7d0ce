namespace Logits.Claims.Certificates.Checking;

/// <summary>Powers of ε = 1/w with fractions before them, right below the power <see cref="_end"/>.</summary>
internal sealed class Expansion
{
    private const int Exact = 1_000_000;

    private readonly SortedDictionary<int, Fraction> _terms;
    private readonly int _end;

    private Expansion(IEnumerable<(int Power, Fraction Value)> terms, int end)
    {
        _terms = [];
        foreach ((int power, Fraction value) in terms.Where(term => term.Power < end))
        {
            _terms[power] = _terms.TryGetValue(power, out Fraction? before) ? before + value : value;
        }
        foreach (int power in _terms.Where(pair => pair.Value.IsZero).Select(pair => pair.Key).ToArray())
        {
            _terms.Remove(power);
        }
        _end = end;
    }

    public bool IsExactlyZero => _terms.Count == 0 && _end == Exact;

    public Fraction this[int power] => _terms.GetValueOrDefault(power) ?? Fraction.Zero;

    private int Start => _terms.Count == 0 ? _end : _terms.Keys.First();

    public static Expansion Of(Fraction value) => new([(0, value)], Exact);

    public static Expansion Monomial(int power) => new([(power, Fraction.One)], Exact);

    public Expansion Plus(Expansion other) => new(Pairs.Concat(other.Pairs), Math.Min(_end, other._end));

    public Expansion Times(Expansion other)
    {
        if (IsExactlyZero || other.IsExactlyZero)
        {
            return Of(Fraction.Zero);
        }
        int end = Math.Min(_end == Exact ? Exact : _end + other.Start, other._end == Exact ? Exact : other._end + Start);
        return new(from a in Pairs from b in other.Pairs where a.Power + b.Power < end select (a.Power + b.Power, a.Value * b.Value), end);
    }

    public (int Power, Fraction Value) Lead() => _terms.Count > 0
        ? (_terms.First().Key, _terms.First().Value)
        : throw new RejectedException("the leading terms of a limit cancel");

    /// <summary>r for an expansion lead·ε^k·(1 + r).</summary>
    public Expansion Remainder()
    {
        (int power, Fraction lead) = Lead();
        Fraction inverse = lead.Inverse();
        return new(Pairs.Skip(1).Select(pair => (pair.Power - power, pair.Value * inverse)), _end == Exact ? Exact : _end - power);
    }

    /// <summary>Σ c_k r^k for an expansion r without constant or negative powers.</summary>
    public Expansion Compose(Func<int, Rational> coefficient, int order)
    {
        if (Start <= 0)
        {
            throw new RejectedException("a limit of nested exponentials");
        }
        Expansion sum = Of(Fraction.Of(coefficient(0)));
        if (IsExactlyZero)
        {
            return sum;
        }
        Expansion power = Of(Fraction.One);
        for (int k = 1; k < order; k++)
        {
            power = power.Times(this);
            power = new(power.Pairs, Math.Min(power._end, order));
            sum = sum.Plus(power.Times(Of(Fraction.Of(coefficient(k)))));
        }
        return new(sum.Pairs, Math.Min(sum._end, order));
    }

    public Fraction AtZero() => _terms.Count > 0 && Start < 0 ? throw new RejectedException("a limit that is not finite")
        : _end > 0 ? this[0]
        : throw new RejectedException("too many leading terms of a limit cancel");

    private IEnumerable<(int Power, Fraction Value)> Pairs => _terms.Select(pair => (pair.Key, pair.Value));
}
