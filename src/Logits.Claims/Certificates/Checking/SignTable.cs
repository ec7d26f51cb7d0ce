using Logits.Claims.Arithmetic;

namespace Logits.Claims.Certificates.Checking;

/// <summary>The signs that a quantity may have, as the checker keeps them.</summary>
internal readonly record struct SignSet(bool Minus, bool Zero, bool Plus)
{
    public static SignSet Unknown => new(true, true, true);

    public static SignSet Positive => new(false, false, true);

    public static SignSet NotNegative => new(false, true, true);

    public static SignSet NotZero => new(true, false, true);

    public static SignSet Nil => new(false, true, false);

    public bool IsEmpty => !Minus && !Zero && !Plus;

    public SignSet Flip => new(Plus, Zero, Minus);

    public bool Implies(SignSet other) => (!Minus || other.Minus) && (!Zero || other.Zero) && (!Plus || other.Plus);

    public SignSet And(SignSet other) => new(Minus && other.Minus, Zero && other.Zero, Plus && other.Plus);

    public SignSet Times(SignSet other) => new(
        (Minus && other.Plus) || (Plus && other.Minus), Zero || other.Zero, (Plus && other.Plus) || (Minus && other.Minus));

    public static SignSet Of(int sign) => sign > 0 ? Positive : sign < 0 ? Positive.Flip : Nil;
}

/// <summary>Signs of forms: by their terms, by what was assumed of their core, by comparing exponents, and number by number in intervals.</summary>
internal sealed class SignTable
{
    private readonly Dictionary<string, SignSet> _assumed = [];
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
        foreach ((string key, SignSet signs) in other._assumed)
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
        (string core, SignSet outside) = CoreOf(form);
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
        foreach ((Form core, int power) in fraction.Bottom.Values)
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
        foreach ((Form core, int power) in fraction.Bottom.Values)
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
        (string core, SignSet outside) = CoreOf(form);
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
        if (form.Split().Core is { } inner && inner.Count == form.Count && inner.Key != form.Key && inner.Key == core)
        {
            // What is common to all terms says nothing of sums; the rest may.
            total = total.And(outside.Times(BySums(inner).And(BySums(inner * -Rational.One).Flip)));
        }
        if (SumSigns.IsSumLessOneTerm(form, summed => ByTermsOrCore(summed).Implies(SignSet.NotNegative)))
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
            SignSet.NotNegative.And(_assumed.GetValueOrDefault(Form.Of(letter).Key, SignSet.Unknown)),
        VariableLetter { Index: null, Name: "n" } when _leastSize is not null => SignSet.Positive,
        _ => _assumed.GetValueOrDefault(Form.Of(letter).Key, SignSet.Unknown),
    };

    /// <summary>What assumptions are kept about, and the sign of the rest: c·e^A − d·e^B has the sign of A − B + log(c/d).</summary>
    private (string Core, SignSet Outside) CoreOf(Form form)
    {
        (Rational number, Word word, Form core) = form.Split();
        SignSet outside = SignSet.Of(number.Sign);
        if (core.AsConstant() is not null)
        {
            (Letter Letter, Rational Power)[] open = [.. word.Letters.Where(part => Of(part.Letter) is var s && s != SignSet.Positive && s != SignSet.Positive.Flip)];
            if (open is [(var letter, { IsInteger: true } power)] && !power.Numerator.IsEven)
            {
                return (Form.Of(letter).Key, outside.Times(Of(word * Word.Of([(letter, -power)]))));
            }
            return (Form.Of(Word.Of(open), Rational.One).Key, outside.Times(Of(word * Word.Of(open).Inverse())));
        }
        outside = outside.Times(Of(word));
        if (LogRatio(core) is { IsZero: false } ratio)
        {
            (string inner, SignSet sign) = CoreOf(ratio);
            return (inner, outside.Times(sign));
        }
        return (core.Key, outside);
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

    /// <summary>
    /// Where n is open: Σ_k g(k) has the sign of g for a generic k; and Σ_k b(k) less b at different positions is at least 0, and more where
    /// there are fewer positions than n and b is positive.
    /// </summary>
    private SignSet BySums(Form form)
    {
        if (Unsummed(form) is { } generic && ByTermsOrCore(generic) is var signs && signs.Implies(SignSet.NotNegative))
        {
            return signs;
        }
        (Word Word, Rational Coefficient)[] sums = [.. form.Terms.Where(term => term.Word.Letters.Any(part => part.Letter is SumLetter))];
        if (sums is not [var (word, coefficient)] || coefficient.Sign <= 0 || word.Letters.Count(part => part.Letter is SumLetter) != 1)
        {
            return SignSet.Unknown;
        }
        (Letter letter, Rational power) = word.Letters.First(part => part.Letter is SumLetter);
        Word body = ((SumLetter)letter).Body;
        Word around = word * Word.Of(letter).Inverse();
        if (power != Rational.One || !Of(body).Implies(SignSet.NotNegative) || !Of(around).Implies(SignSet.NotNegative))
        {
            return SignSet.Unknown;
        }
        int taken = 0;
        foreach ((Word other, Rational amount) in form.Terms.Where(term => !ReferenceEquals(term.Word, word)))
        {
            if (Of(other).Times(SignSet.Of(amount.Sign)).Implies(SignSet.NotNegative))
            {
                continue;
            }
            string? position = PositionOf(body, other * around.Inverse());
            if (position is null || amount + coefficient != Rational.Zero)
            {
                return SignSet.Unknown;
            }
            taken++;
        }
        // The terms are different words, so that the positions differ as names; different names stand for different positions, but for "largest" ones.
        bool distinct = taken <= 1 || !form.Mentions(variable => variable.Index is { } index && LargestPositions.Contains(index));
        return !distinct || taken > _leastSize ? SignSet.Unknown
            : taken < _leastSize && Of(body) == SignSet.Positive && Of(around) == SignSet.Positive ? SignSet.Positive
            : SignSet.NotNegative;
    }

    private SignSet ByTermsOrCore(Form form)
    {
        SignSet signs = ByTerms(form);
        (string core, SignSet outside) = form.IsZero ? ("", SignSet.Nil) : CoreOf(form);
        return KnownOf(core) is { } assumed ? signs.And(outside.Times(assumed)) : signs;
    }

    private SignSet? KnownOf(string core) => _assumed.TryGetValue(core, out SignSet assumed) ? assumed : core == Form.One.Key ? SignSet.Positive : null;

    /// <summary>g with form = Σ_k g(k), where every term is a multiple of one sum or of n.</summary>
    private static Form? Unsummed(Form form)
    {
        var terms = new List<(Word, Rational)>();
        foreach ((Word word, Rational coefficient) in form.Terms)
        {
            var sums = word.Letters.Where(part => part.Letter is SumLetter or VariableLetter { Name: "n", Index: null }).ToArray();
            if (sums.Length != 1 || sums[0].Power != Rational.One)
            {
                return null;
            }
            Word rest = word * Word.Of(sums[0].Letter).Inverse();
            terms.Add((sums[0].Letter is SumLetter sum ? rest * sum.Body : rest, coefficient));
        }
        return Form.Of(terms);
    }

    private static string? PositionOf(Word body, Word other)
    {
        string? position = null;
        _ = other.Mentions(variable =>
        {
            position ??= variable.Index;
            return false;
        });
        // A position after the n-th is not among those summed over.
        return position is not null && !SumSigns.IsBeyond(position) && Renaming.Of(Form.Of(body, Rational.One), SumLetter.Bound, position).Key == Form.Of(other, Rational.One).Key ? position : null;
    }

    private static SignSet NumberSign(Form form)
    {
        Interval value = Numbers.Enclose(form, 160);
        return value.Sign is { } sign ? SignSet.Of(sign) : SignSet.Unknown;
    }
}
