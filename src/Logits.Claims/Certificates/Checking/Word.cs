namespace Logits.Claims.Certificates.Checking;

/// <summary>A product of powers of letters.</summary>
internal sealed class Word
{
    private Word(SortedDictionary<string, (Letter Letter, Rational Power)> letters)
    {
        Letters = [.. letters.Values];
        Key = string.Join('·', Letters.Select(part => part.Power == Rational.One ? part.Letter.Key : $"{part.Letter.Key}^{part.Power}"));
    }

    public static Word Empty { get; } = new([]);

    public IReadOnlyList<(Letter Letter, Rational Power)> Letters { get; }

    public string Key { get; }

    public bool IsEmpty => Letters.Count == 0;

    public static Word Of(IEnumerable<(Letter Letter, Rational Power)> letters)
    {
        var gathered = new SortedDictionary<string, (Letter, Rational)>(StringComparer.Ordinal);
        foreach ((Letter letter, Rational power) in letters)
        {
            Rational sum = gathered.TryGetValue(letter.Key, out (Letter, Rational Power) before) ? before.Power + power : power;
            if (sum.IsZero)
            {
                gathered.Remove(letter.Key);
            }
            else
            {
                gathered[letter.Key] = (letter, sum);
            }
        }
        return gathered.Count == 0 && Empty is not null ? Empty : new(gathered);
    }

    public static Word Of(Letter letter) => Of([(letter, Rational.One)]);

    public static Word operator *(Word a, Word b) => a.IsEmpty ? b : b.IsEmpty ? a : Of(a.Letters.Concat(b.Letters));

    public Word Inverse() => Of(Letters.Select(part => (part.Letter, -part.Power)));

    public Rational PowerOf(Letter letter) => Letters.FirstOrDefault(part => part.Letter.Key == letter.Key).Power;

    public bool Mentions(Func<VariableLetter, bool> predicate) => Letters.Any(part => part.Letter.Mentions(predicate));
}
