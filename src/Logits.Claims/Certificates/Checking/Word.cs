namespace Logits.Claims.Certificates.Checking;

/// <summary>A product of powers of letters.</summary>
internal sealed class Word : IEquatable<Word>, IFormula<Word>
{
    private readonly (Letter Letter, Rational Power)[] _letters;
    private readonly int _hash;

    private Word((Letter Letter, Rational Power)[] letters)
    {
        _letters = letters;
        foreach ((Letter letter, Rational power) in letters)
        {
            _hash = HashCode.Combine(_hash, letter, power);
        }
    }

    public static Word Empty { get; } = new([]);

    /// <summary>In order, each letter once, no power zero.</summary>
    public IReadOnlyList<(Letter Letter, Rational Power)> Letters => _letters;

    public string Key => string.Join('·', _letters.Select(part => part.Power == Rational.One ? part.Letter.Key : $"{part.Letter.Key}^{part.Power}"));

    public bool IsEmpty => _letters.Length == 0;

    public static Word Of(IEnumerable<(Letter Letter, Rational Power)> letters)
    {
        Word product = Empty;
        foreach ((Letter letter, Rational power) in letters)
        {
            product *= power.IsZero ? Empty : new([(letter, power)]);
        }
        return product;
    }

    public static Word Of(Letter letter) => new([(letter, Rational.One)]);

    public static Word operator *(Word a, Word b)
    {
        if (a.IsEmpty || b.IsEmpty)
        {
            return a.IsEmpty ? b : a;
        }
        var product = new List<(Letter, Rational)>(a._letters.Length + b._letters.Length);
        int j = 0;
        foreach ((Letter letter, Rational power) in a._letters)
        {
            int order = -1;
            while (j < b._letters.Length && (order = b._letters[j].Letter.CompareTo(letter)) < 0)
            {
                product.Add(b._letters[j++]);
            }
            Rational sum = power;
            if (order == 0)
            {
                sum += b._letters[j++].Power;
            }
            if (!sum.IsZero)
            {
                product.Add((letter, sum));
            }
        }
        product.AddRange(b._letters.AsSpan(j));
        return product.Count == 0 ? Empty : new([.. product]);
    }

    public Word Inverse() => IsEmpty ? this : new(Array.ConvertAll(_letters, part => (part.Letter, -part.Power)));

    public Rational PowerOf(Letter letter) => Array.Find(_letters, part => part.Letter.Equals(letter)).Power;

    public bool Mentions(Func<VariableLetter, bool> predicate) => Array.Exists(_letters, part => part.Letter.Mentions(predicate));

    public bool Equals(Word? other) => ReferenceEquals(this, other) || (other is not null && _hash == other._hash && _letters.AsSpan().SequenceEqual(other._letters));

    public override bool Equals(object? obj) => Equals(obj as Word);

    public override int GetHashCode() => _hash;

    public int CompareTo(Word? other)
    {
        for (int i = 0; i < _letters.Length && i < other!._letters.Length; i++)
        {
            int order = _letters[i].Letter.CompareTo(other._letters[i].Letter);
            order = order != 0 ? order : _letters[i].Power.CompareTo(other._letters[i].Power);
            if (order != 0)
            {
                return order;
            }
        }
        return _letters.Length.CompareTo(other!._letters.Length);
    }
}
