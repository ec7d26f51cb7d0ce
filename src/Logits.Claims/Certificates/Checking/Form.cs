using System.Numerics;
using System.Runtime.InteropServices;

namespace Logits.Claims.Certificates.Checking;

/// <summary>A sum of rational multiples of words, multiplied out; the words in no order.</summary>
internal sealed class Form : IEquatable<Form>, IFormula<Form>
{
    private readonly (Word Word, Rational Coefficient)[] _terms;
    private readonly int _hash;
    private Dictionary<Word, Rational>? _coefficients;
    private (Rational, Word, Form)? _split;

    private Form((Word Word, Rational Coefficient)[] terms)
    {
        _terms = terms;
        foreach ((Word word, Rational coefficient) in terms)
        {
            _hash += HashCode.Combine(word, coefficient);
        }
    }

    public IReadOnlyList<(Word Word, Rational Coefficient)> Terms => _terms;

    public int Count => _terms.Length;

    public bool IsZero => _terms.Length == 0;

    public string Key => string.Join(" + ", Ordered.Select(term => $"{term.Coefficient} {term.Word.Key}"));

    public static Form Zero { get; } = new([]);

    public static Form One { get; } = Of(Rational.One);

    private IEnumerable<(Word Word, Rational Coefficient)> Ordered => _terms.OrderBy(term => term.Word);

    private Dictionary<Word, Rational> Coefficients => _coefficients ??= _terms.ToDictionary(term => term.Word, term => term.Coefficient);

    public static Form Of(Rational value) => Of(Word.Empty, value);

    public static Form Of(Letter letter) => Of(Word.Of(letter), Rational.One);

    public static Form Of(Word word, Rational coefficient) => coefficient.IsZero ? Zero : new([(word, coefficient)]);

    public static Form Of(IEnumerable<(Word Word, Rational Coefficient)> terms)
    {
        var sums = new Dictionary<Word, Rational>();
        foreach ((Word word, Rational coefficient) in terms)
        {
            Add(sums, word, coefficient);
        }
        return Of(sums);
    }

    public static Form operator +(Form a, Form b)
    {
        if (a.IsZero || b.IsZero)
        {
            return a.IsZero ? b : a;
        }
        Budget.Charge(a.Count + b.Count);
        var sums = new Dictionary<Word, Rational>(a.Count + b.Count);
        foreach ((Word word, Rational coefficient) in a._terms)
        {
            sums.Add(word, coefficient);
        }
        foreach ((Word word, Rational coefficient) in b._terms)
        {
            Add(sums, word, coefficient);
        }
        return Of(sums);
    }

    public static Form operator -(Form a) => a * -Rational.One;

    public static Form operator -(Form a, Form b) => a + -b;

    public static Form operator *(Form a, Rational b) => b.IsZero ? Zero : b == Rational.One ? a : new(Array.ConvertAll(a._terms, term => (term.Word, term.Coefficient * b)));

    public static Form operator *(Form a, Word b) => b.IsEmpty ? a : new(Array.ConvertAll(a._terms, term => (term.Word * b, term.Coefficient)));

    public static Form operator *(Form a, Form b)
    {
        if (a.Count == 1 || b.Count == 1)
        {
            (Form many, Form one) = b.Count == 1 ? (a, b) : (b, a);
            return many * one._terms[0].Word * one._terms[0].Coefficient;
        }
        Budget.RequireProduct(a.Count, b.Count);
        var sums = new Dictionary<Word, Rational>(a.Count * 2);
        foreach ((Word left, Rational leftCoefficient) in a._terms)
        {
            foreach ((Word right, Rational rightCoefficient) in b._terms)
            {
                Add(sums, left * right, leftCoefficient * rightCoefficient);
            }
            Budget.Charge(b.Count);
            Budget.Hold(sums.Count);
        }
        return Of(sums);
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

    public Rational? AsConstant() => IsZero ? Rational.Zero : _terms is [({ IsEmpty: true }, var value)] ? value : null;

    public bool Mentions(Func<VariableLetter, bool> predicate) => Array.Exists(_terms, term => term.Word.Mentions(predicate));

    /// <summary>Splits the form as number · word · core, the core with coprime integer coefficients of which the first is positive, and no common letter.</summary>
    public (Rational Number, Word Word, Form Core) Split() => _split ??= WorkOutSplit();

    private (Rational Number, Word Word, Form Core) WorkOutSplit()
    {
        if (IsZero)
        {
            throw new DivideByZeroException();
        }
        Word common = CommonWord();
        Form reduced = this * common.Inverse();
        BigInteger top = 0;
        BigInteger bottom = 1;
        foreach ((_, Rational coefficient) in _terms)
        {
            top = BigInteger.GreatestCommonDivisor(top, coefficient.Numerator);
            bottom = bottom * coefficient.Denominator / BigInteger.GreatestCommonDivisor(bottom, coefficient.Denominator);
        }
        Rational number = new(top, bottom);
        if (reduced._terms.MinBy(term => term.Word).Coefficient.Sign < 0)
        {
            number = -number;
        }
        return (number, common, reduced * number.Reciprocal());
    }

    /// <summary>Each letter to its least power among the words, which is 0 in a word without it.</summary>
    private Word CommonWord()
    {
        var powers = new Dictionary<Letter, (Rational Least, int Words)>();
        foreach ((Word word, _) in _terms)
        {
            foreach ((Letter letter, Rational power) in word.Letters)
            {
                powers[letter] = powers.TryGetValue(letter, out var before) ? (before.Least < power ? before.Least : power, before.Words + 1) : (power, 1);
            }
        }
        return Word.Of(powers.Where(pair => pair.Value.Words == Count || pair.Value.Least.Sign < 0).Select(pair => (pair.Key, pair.Value.Least)));
    }

    public bool Equals(Form? other) => ReferenceEquals(this, other)
        || (other is not null && _hash == other._hash && Count == other.Count
            && Array.TrueForAll(_terms, term => other.Coefficients.TryGetValue(term.Word, out Rational coefficient) && coefficient == term.Coefficient));

    public override bool Equals(object? obj) => Equals(obj as Form);

    public override int GetHashCode() => _hash;

    public int CompareTo(Form? other) => Count != other!.Count
        ? Count.CompareTo(other.Count)
        : Ordered.Zip(other.Ordered, (a, b) => a.Word.CompareTo(b.Word) is var order && order != 0 ? order : a.Coefficient.CompareTo(b.Coefficient)).FirstOrDefault(order => order != 0);

    private static void Add(Dictionary<Word, Rational> sums, Word word, Rational coefficient)
    {
        ref Rational sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, word, out _);
        sum += coefficient;
    }

    private static Form Of(Dictionary<Word, Rational> sums)
    {
        (Word, Rational)[] terms = [.. sums.Where(pair => !pair.Value.IsZero).Select(pair => (pair.Key, pair.Value))];
        return terms.Length == 0 ? Zero : new(terms);
    }
}

/// <summary>The certificate does not prove its claim.</summary>
internal sealed class RejectedException(string message) : Exception(message);
