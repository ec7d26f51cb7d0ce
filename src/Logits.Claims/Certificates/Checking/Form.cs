namespace Logits.Claims.Certificates.Checking;

/// <summary>A sum of rational multiples of words, multiplied out.</summary>
internal sealed class Form
{
    private readonly Dictionary<string, (Word Word, Rational Coefficient)> _terms;
    private string? _key;

    private Form(Dictionary<string, (Word, Rational)> terms) => _terms = terms;

    public IEnumerable<(Word Word, Rational Coefficient)> Terms => _terms.Values;

    public int Count => _terms.Count;

    public bool IsZero => _terms.Count == 0;

    public string Key => _key ??= string.Join(" + ", _terms.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Value.Coefficient} {pair.Key}"));

    public static Form Zero => new([]);

    public static Form One => Of(Rational.One);

    public static Form Of(Rational value) => Of(Word.Empty, value);

    public static Form Of(Letter letter) => Of(Word.Of(letter), Rational.One);

    public static Form Of(Word word, Rational coefficient) => Of([(word, coefficient)]);

    public static Form Of(IEnumerable<(Word Word, Rational Coefficient)> terms)
    {
        var sums = new Dictionary<string, (Word, Rational)>();
        foreach ((Word word, Rational coefficient) in terms)
        {
            Rational sum = sums.TryGetValue(word.Key, out (Word, Rational Coefficient) before) ? before.Coefficient + coefficient : coefficient;
            if (sum.IsZero)
            {
                sums.Remove(word.Key);
            }
            else
            {
                sums[word.Key] = (word, sum);
            }
        }
        return new(sums);
    }

    public static Form operator +(Form a, Form b) => Of(a.Terms.Concat(b.Terms));

    public static Form operator -(Form a, Form b) => a + (b * -Rational.One);

    public static Form operator *(Form a, Rational b) => Of(a.Terms.Select(term => (term.Word, term.Coefficient * b)));

    public static Form operator *(Form a, Word b) => Of(a.Terms.Select(term => (term.Word * b, term.Coefficient)));

    public static Form operator *(Form a, Form b)
    {
        if ((long)a.Count * b.Count > 4_000_000)
        {
            throw new RejectedException("a product in the certificate is too large to multiply out");
        }
        Proving.Algebra.Budget.Charge((long)a.Count * b.Count);
        return Of(from left in a.Terms from right in b.Terms select (left.Word * right.Word, left.Coefficient * right.Coefficient));
    }

    public Form Pow(int power)
    {
        Form result = One;
        for (int i = 0; i < power; i++)
        {
            result *= this;
        }
        return result;
    }

    public Rational? AsConstant() => IsZero ? Rational.Zero : Count == 1 && _terms.TryGetValue(Word.Empty.Key, out var term) ? term.Coefficient : null;

    public bool Mentions(Func<VariableLetter, bool> predicate) => Terms.Any(term => term.Word.Mentions(predicate));

    /// <summary>Splits the form as number · word · core, the core with coprime integer coefficients of which the first is positive, and no common letter.</summary>
    public (Rational Number, Word Word, Form Core) Split()
    {
        var powers = new Dictionary<string, (Letter Letter, Rational Power)>();
        foreach ((Letter letter, _) in Terms.SelectMany(term => term.Word.Letters))
        {
            if (!powers.ContainsKey(letter.Key))
            {
                powers[letter.Key] = (letter, Terms.Min(term => term.Word.PowerOf(letter)));
            }
        }
        Word common = Word.Of(powers.Values.Where(part => !part.Power.IsZero));
        Form reduced = this * common.Inverse();
        System.Numerics.BigInteger top = 0;
        System.Numerics.BigInteger bottom = 1;
        foreach ((_, Rational coefficient) in reduced.Terms)
        {
            top = System.Numerics.BigInteger.GreatestCommonDivisor(top, coefficient.Numerator);
            bottom = bottom * coefficient.Denominator / System.Numerics.BigInteger.GreatestCommonDivisor(bottom, coefficient.Denominator);
        }
        Rational number = new(top, bottom);
        if (reduced.Terms.MinBy(term => term.Word.Key, StringComparer.Ordinal).Coefficient.Sign < 0)
        {
            number = -number;
        }
        return (number, common, reduced * number.Reciprocal());
    }
}

/// <summary>The certificate does not prove its claim.</summary>
internal sealed class RejectedException(string message) : Exception(message);
