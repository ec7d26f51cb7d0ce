using Logits.Claims.Arithmetic;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Signs of forms: by their terms, by what was assumed of their core, by comparing exponents, and number by number in intervals.</summary>
internal sealed partial class SignTable
{
    private readonly Dictionary<Form, SignSet> _assumed = [];
    private readonly List<(Form Form, SignSet Signs)> _history = [];
    private readonly HashSet<string> _weights;
    private readonly int? _leastSize;

    /// <param name="weights">Names of vector variables whose entries are weights, not negative.</param>
    /// <param name="leastSize">The smallest n where n is left open, else null.</param>
    public SignTable(IEnumerable<string> weights, int? leastSize)
    {
        _weights = [.. weights];
        _leastSize = leastSize;
    }

    private SignTable(SignTable other) : this(other._weights, other._leastSize)
    {
        foreach ((Form key, SignSet signs) in other._assumed)
        {
            _assumed[key] = signs;
        }
        Contradictory = other.Contradictory;
        LargestPositions.UnionWith(other.LargestPositions);
        _history.AddRange(other._history);
    }

    public bool Contradictory { get; private set; }

    /// <summary>Names of positions of largest entries, which may be any position, those with names of their own among them.</summary>
    public HashSet<string> LargestPositions { get; } = [];

    /// <summary>What was assumed, in order.</summary>
    public IReadOnlyList<(Form Form, SignSet Signs)> Assumed => _history;

    public SignTable Copy() => new(this);

    public void Assume(Form form, SignSet signs)
    {
        _history.Add((form, signs));
        SignSet before = Of(form);
        if (before.And(signs).IsEmpty)
        {
            Contradictory = true;
        }
        if (before.Implies(signs) || form.AsConstant() is not null)
        {
            return;
        }
        (Form core, SignSet outside) = CoreOf(form);
        SignSet known = _assumed.GetValueOrDefault(core, SignSet.Unknown);
        SignSet allowed = new(
            known.Minus && !SignSet.Positive.Flip.Times(outside).And(signs).IsEmpty,
            known.Zero && signs.Zero,
            known.Plus && !SignSet.Positive.Times(outside).And(signs).IsEmpty);
        Contradictory |= allowed.IsEmpty;
        _assumed[core] = allowed;
        AssumeOfLetter(form, signs);
    }

    /// <summary>a·v + c ≥ 0 with a &gt; 0 and c &lt; 0 says that v &gt; 0; so with the signs turned round.</summary>
    private void AssumeOfLetter(Form form, SignSet signs)
    {
        if (form.Count != 2 || form.Terms.All(term => !term.Word.IsEmpty))
        {
            return;
        }
        Rational constant = form.Terms.First(term => term.Word.IsEmpty).Coefficient;
        (Word word, Rational slope) = form.Terms.First(term => !term.Word.IsEmpty);
        if (word.Letters is not [(VariableLetter letter, var power)] || power != Rational.One || constant.Sign == 0)
        {
            return;
        }
        SignSet oriented = slope.Sign > 0 ? signs : signs.Flip;
        int threshold = -(constant.Sign * slope.Sign);
        if (threshold > 0 && oriented.Implies(SignSet.NotNegative))
        {
            Assume(Form.Of(letter), SignSet.Positive);
        }
        else if (threshold < 0 && oriented.Implies(SignSet.NotNegative.Flip))
        {
            Assume(Form.Of(letter), SignSet.Positive.Flip);
        }
    }

    /// <summary>Assumes again what was assumed before, after letters got values.</summary>
    public void Rewrite(Func<Fraction, Fraction> current)
    {
        foreach ((Form form, SignSet signs) in _history.ToArray())
        {
            Assume(current(Fraction.Of(form)), signs);
        }
    }

    public void Assume(Fraction fraction, SignSet signs)
    {
        SignSet outside = SignSet.Positive;
        foreach ((Form core, int power) in fraction.Bottom)
        {
            outside = outside.Times(power % 2 == 0 ? SignSet.Positive : Of(core).And(SignSet.NotZero));
        }
        if (outside == SignSet.Positive)
        {
            Assume(fraction.Top, signs);
        }
        else if (outside == SignSet.Positive.Flip)
        {
            Assume(fraction.Top, signs.Flip);
        }
        else if (signs == SignSet.NotZero || signs == SignSet.Nil)
        {
            Assume(fraction.Top, signs);
        }
    }

    public SignSet Of(Fraction fraction)
    {
        SignSet signs = Of(fraction.Top);
        foreach ((Form core, int power) in fraction.Bottom)
        {
            signs = signs.Times(power % 2 == 0 ? SignSet.Positive : Of(core).And(SignSet.NotZero));
        }
        return signs;
    }

    public SignSet Of(Form form)
    {
        if (form.IsZero)
        {
            return SignSet.Nil;
        }
        SignSet total = ByTerms(form);
        if (total == SignSet.Positive || total == SignSet.Positive.Flip || form.Count == 1)
        {
            return total;
        }
        (Form core, SignSet outside) = CoreOf(form);
        if (KnownOf(core) is { } assumed)
        {
            total = total.And(outside.Times(assumed));
        }
        if (!form.Mentions(_ => true) && !form.Terms.Any(term => term.Word.Letters.Any(part => part.Letter is SumLetter)))
        {
            total = total.And(NumberSign(form));
        }
        if (_leastSize is null)
        {
            return total;
        }
        if (form.Split().Core is { } inner && inner.Count == form.Count && !inner.Equals(form) && inner.Equals(core))
        {
            // What is common to all terms says nothing of sums; the rest may.
            total = total.And(outside.Times(BySums(inner).And(BySums(inner * -Rational.One).Flip)));
        }
        if (IsSumLessOneTerm(form))
        {
            total = total.And(SignSet.NotNegative);
        }
        return total.And(BySums(form)).And(BySums(form * -Rational.One).Flip);
    }

    private SignSet ByTerms(Form form)
    {
        if (form.Count == 1)
        {
            return SignSet.Of(form.Terms.First().Coefficient.Sign).Times(Of(form.Terms.First().Word));
        }
        bool minus = false, plus = false, surePlus = false, sureMinus = false;
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            SignSet signs = SignSet.Of(coefficient.Sign).Times(Of(word));
            minus |= signs.Minus;
            plus |= signs.Plus;
            surePlus |= signs == SignSet.Positive;
            sureMinus |= signs == SignSet.Positive.Flip;
        }
        return new(minus, (minus && plus) || (!surePlus && !sureMinus), plus);
    }

    public SignSet Of(Word word)
    {
        SignSet signs = SignSet.Positive;
        foreach ((Letter letter, Rational power) in word.Letters)
        {
            SignSet own = Of(letter);
            if (power.Sign < 0)
            {
                own = own.And(SignSet.NotZero);
            }
            if (own == SignSet.Positive)
            {
                continue;
            }
            if (!power.IsInteger)
            {
                return SignSet.Unknown;
            }
            signs = signs.Times(power.Numerator.IsEven ? new(false, own.Zero, own.Minus || own.Plus) : own);
        }
        return signs;
    }

    private SignSet Of(Letter letter) => letter switch
    {
        ExponentialLetter => SignSet.Positive,
        LogLetter log => Of(log.Argument - Form.One),
        ReciprocalLetter reciprocal => Of(reciprocal.Argument),
        SumLetter sum => Of(sum.Body) is var body && body.Implies(SignSet.NotNegative) ? body : SignSet.Unknown,
        VariableLetter { Index: not null } entry when _weights.Contains(entry.Name) =>
            SignSet.NotNegative.And(_assumed.GetValueOrDefault(Form.Of(letter), SignSet.Unknown)),
        VariableLetter { Index: null, Name: "n" } when _leastSize is not null => SignSet.Positive,
        _ => _assumed.GetValueOrDefault(Form.Of(letter), SignSet.Unknown),
    };

    /// <summary>What assumptions are kept about, and the sign of the rest: c·e^A − d·e^B has the sign of A − B + log(c/d).</summary>
    private (Form Core, SignSet Outside) CoreOf(Form form)
    {
        (Rational number, Word word, Form core) = form.Split();
        SignSet outside = SignSet.Of(number.Sign);
        if (core.AsConstant() is not null)
        {
            (Letter Letter, Rational Power)[] open = [.. word.Letters.Where(part => Of(part.Letter) is var s && s != SignSet.Positive && s != SignSet.Positive.Flip)];
            if (open is [(var letter, { IsInteger: true } power)] && !power.Numerator.IsEven)
            {
                return (Form.Of(letter), outside.Times(Of(word * Word.Of([(letter, -power)]))));
            }
            return (Form.Of(Word.Of(open), Rational.One), outside.Times(Of(word * Word.Of(open).Inverse())));
        }
        outside = outside.Times(Of(word));
        if (LogRatio(core) is { IsZero: false } ratio)
        {
            (Form inner, SignSet sign) = CoreOf(ratio);
            return (inner, outside.Times(sign));
        }
        return (core, outside);
    }

    /// <summary>A − B + log(c/d) for c·e^A − d·e^B with c, d positive; null for any other form.</summary>
    public static Form? LogRatio(Form form)
    {
        if (form.Count != 2 || form.Terms.Any(term => term.Word.Letters.Any(part => part.Letter is not ExponentialLetter)))
        {
            return null;
        }
        (Word Word, Rational Coefficient)[] terms = [.. form.Terms.OrderBy(term => term.Coefficient.Sign)];
        if (terms[0].Coefficient.Sign >= 0 || terms[1].Coefficient.Sign <= 0)
        {
            return null;
        }
        Form Exponent(Word word) => Form.Of(word.Letters.Select(part => (((ExponentialLetter)part.Letter).Exponent, part.Power)));
        Fraction number = Powers.Log(Fraction.Of(terms[1].Coefficient / -terms[0].Coefficient), _ => true);
        return Exponent(terms[1].Word) - Exponent(terms[0].Word) + number.Top;
    }

    private SignSet? KnownOf(Form core) => _assumed.TryGetValue(core, out SignSet assumed) ? assumed : core.Equals(Form.One) ? SignSet.Positive : null;

    private static SignSet NumberSign(Form form)
    {
        Interval value = Numbers.Enclose(form, 160);
        return value.Sign is { } sign ? SignSet.Of(sign) : SignSet.Unknown;
    }
}
