using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>One case of a claim as the checker sees it: what is assumed, which positions have names, what had to hold for everything to be defined.</summary>
internal sealed class CaseContext
{
    private readonly Dictionary<string, string> _choices;
    private readonly Dictionary<string, Fraction> _solved;
    private readonly Dictionary<Fraction, string> _largest;
    private readonly int _factsOfDomains;

    public CaseContext(Claim claim, int? size)
    {
        Claim = claim;
        Size = size;
        LeastSize = claim.Sizes?.Minimum ?? 1;
        Signs = new SignTable(claim.Declarations.Where(d => d.Domain.Set == DomainSet.Simplex).Select(d => d.Name), size is null ? LeastSize : null);
        Named = size is null ? NumberedPositions(claim) : [];
        Conditions = [];
        (_choices, _solved, _largest) = ([], [], []);
        if (size is null)
        {
            Signs.Assume(Form.Of(new VariableLetter("n", null)) - Form.Of((Rational)LeastSize), SignSet.NotNegative);
        }
        foreach (Declaration simplex in claim.Declarations.Where(d => d.Domain.Set == DomainSet.Simplex))
        {
            Signs.Assume(TotalWeight(simplex).Top, SignSet.Positive);
        }
        _factsOfDomains = Signs.Assumed.Count;
    }

    private CaseContext(CaseContext other)
    {
        Claim = other.Claim;
        Size = other.Size;
        LeastSize = other.LeastSize;
        Signs = other.Signs.Copy();
        Named = [.. other.Named];
        Conditions = [];
        (_choices, _solved, _largest) = (new(other._choices), new(other._solved), new(other._largest));
        TouchesBoundary = other.TouchesBoundary;
        (IsSmooth, Limits) = (other.IsSmooth, other.Limits);
        _factsOfDomains = other._factsOfDomains;
    }

    public Claim Claim { get; }

    /// <summary>n, or null where it is left open.</summary>
    public int? Size { get; }

    public int LeastSize { get; }

    public SignTable Signs { get; }

    /// <summary>Where n is open: names of positions known to differ from each other.</summary>
    public List<string> Named { get; }

    /// <summary>What had to hold, beyond what is known in this case, for the claim to be defined in it.</summary>
    public List<Condition> Conditions { get; }

    /// <summary>Whether 0·log 0 = 0 was used, so that nothing strict can be said.</summary>
    public bool TouchesBoundary { get; private set; }

    /// <summary>Whether what is read is differentiated, so that it must be defined around the point too: a root then is not taken of 0.</summary>
    public bool IsSmooth { get; init; }

    /// <summary>A case within this one, or the inside of an expression, with conditions of its own.</summary>
    public CaseContext Inner() => new(this);

    /// <summary>How many limits the expression that is read stands in.</summary>
    public int Limits { get; private init; }

    /// <summary>The inside of a limit.</summary>
    public CaseContext Limit() => new(this) { Limits = Limits + 1 };

    /// <summary>The inside of a derivative.</summary>
    public CaseContext Smooth() => new(this) { IsSmooth = true };

    public void Choose(string variable, string position) => _choices[variable] = position;

    public string PositionOf(string variable) => _choices.GetValueOrDefault(variable) ?? throw new RejectedException($"the position {variable} has no value in this case");

    /// <summary>
    /// At one size, where nothing was distinguished but positions that variables have and the claim treats all positions alike: those that no variable
    /// has. Nothing tells them apart yet. Otherwise none.
    /// </summary>
    public IReadOnlyList<string> AlikePositions => Size is not null && Signs.Assumed.Count == _factsOfDomains && _solved.Count == 0 && PositionSymmetry.Holds(Claim)
        ? [.. PositionsOf(VectorSize.N).Names.Except(_choices.Values)]
        : [];

    public bool IsChosen(string variable) => _choices.ContainsKey(variable);

    public void SetLargest(Fraction entry, string position)
    {
        _largest[entry] = position;
        Signs.LargestPositions.Add(position);
    }

    public string? LargestOf(Fraction entry) => _largest.GetValueOrDefault(entry);

    /// <summary>Puts a value in place of a variable's letter.</summary>
    public void Solve(string letter, Fraction value)
    {
        _solved[letter] = value;
        Signs.Rewrite(Current);
    }

    public Fraction Current(Fraction fraction)
    {
        for (int round = 0; round <= _solved.Count && fraction.Mentions(letter => _solved.ContainsKey(letter.Key)); round++)
        {
            fraction = Renaming.Substitute(fraction, letter => _solved.GetValueOrDefault(letter.Key));
        }
        return fraction;
    }

    public Positions PositionsOf(VectorSize size)
    {
        if (Size is { } n)
        {
            return new(Numbers(1, size.At(n)), false);
        }
        return !size.IsSymbolic ? new(Numbers(1, size.Offset), false)
            : size.Offset >= 0 ? new([.. Enumerable.Range(1, size.Offset).Select(k => $"n+{k}")], true)
            : throw new RejectedException("a vector of fewer than n entries, n left open");
    }

    public Quantity Variable(Variable variable)
    {
        Declaration? declaration = Claim.Declarations.FirstOrDefault(candidate => candidate.Name == variable.Name);
        if (declaration is null)
        {
            return Raw(variable.Name, variable.Shape);
        }
        Positions positions = PositionsOf(declaration.Domain.Size);
        switch (declaration.Domain.Set)
        {
            case DomainSet.OneHot:
                string one = PositionOf(declaration.Name);
                return new VectorQuantity(positions, position => position == one ? Fraction.One : Fraction.Zero);
            case DomainSet.Simplex:
                Fraction total = Current(TotalWeight(declaration));
                return new VectorQuantity(positions, position => Current(Fraction.Of(new VariableLetter(declaration.Name, position))) / total);
            default:
                return Raw(variable.Name, variable.Shape);
        }
    }

    /// <summary>A variable by its letters: the entries of a simplex variable before they are divided by their sum.</summary>
    public Quantity Raw(string name, Shape shape) => shape.Kind == Kind.Scalar
        ? new ScalarQuantity(Current(Fraction.Of(new VariableLetter(name, null))))
        : new VectorQuantity(PositionsOf(shape.Size), position => Current(Fraction.Of(new VariableLetter(name, position))));

    public Fraction Divide(Fraction a, Fraction b)
    {
        Require(b, SignSet.NotZero);
        return a / b;
    }

    public Fraction Log(Fraction a)
    {
        Require(a, SignSet.Positive);
        return Powers.Log(a, form => Signs.Of(form) == SignSet.Positive);
    }

    /// <summary>p·log p with 0·log 0 = 0.</summary>
    public Fraction TimesLog(Fraction p)
    {
        if (p.IsZero || Signs.Of(p) == SignSet.Nil)
        {
            return Fraction.Zero;
        }
        if (IsSmooth || Signs.Of(p) == SignSet.Positive)
        {
            return p * Log(p);
        }
        Require(p, SignSet.NotNegative);
        TouchesBoundary = true;
        return p * Powers.Log(p, form => Signs.Of(form).Implies(SignSet.NotNegative));
    }

    /// <summary>p·log q, which is 0 where p is, whatever q: where q may be 0 or less, a case must tell whether p is 0.</summary>
    public Fraction TimesLog(Fraction p, Fraction q)
    {
        if (p.Equals(q))
        {
            return TimesLog(p);
        }
        SignSet signs = Signs.Of(p);
        if (p.IsZero || signs == SignSet.Nil)
        {
            return Fraction.Zero;
        }
        if (IsSmooth || signs == SignSet.Positive || Signs.Of(q) == SignSet.Positive)
        {
            return p * Log(q);
        }
        if (signs != SignSet.NotNegative || Signs.Of(q) != SignSet.NotNegative || Interior().Signs.Of(q) != SignSet.Positive)
        {
            throw new RejectedException("no case tells whether a weight is 0 whose logarithm may not be defined");
        }
        Condition positive = Condition.Of(q.Top, SignSet.Positive, SignSet.NotNegative);
        Conditions.Add(positive with { Under = [new(p.Top, SignSet.NotZero, null)] });
        TouchesBoundary = true;
        return p * Powers.Log(q, form => Signs.Of(form).Implies(SignSet.NotNegative));
    }

    /// <summary>The case with all weights of simplex variables positive.</summary>
    public CaseContext Interior()
    {
        CaseContext interior = Inner();
        foreach (Declaration simplex in Claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Simplex))
        {
            foreach (string position in PositionsOf(simplex.Domain.Size).Names)
            {
                interior.Signs.Assume(Form.Of(new VariableLetter(simplex.Name, position)), SignSet.Positive);
            }
        }
        return interior;
    }

    /// <summary>Takes over what the inside of an expression needs.</summary>
    public void Adopt(CaseContext inside)
    {
        TouchesBoundary |= inside.TouchesBoundary;
        Conditions.AddRange(inside.Conditions);
    }

    /// <summary>a^b for an exponent that is no whole number: exp(b·log a), and 0 for a = 0 &lt; b.</summary>
    public Fraction Power(Fraction a, Fraction exponent)
    {
        SignSet signs = a.IsZero ? SignSet.Nil : Signs.Of(a);
        if (signs == SignSet.Nil && !IsSmooth)
        {
            return Signs.Of(exponent) switch
            {
                var sign when sign == SignSet.Positive => Fraction.Zero,
                var sign when sign.And(SignSet.Positive).IsEmpty => throw new UndefinedHereException(),
                _ => throw new RejectedException("no case tells the sign of an exponent of 0"),
            };
        }
        bool isPositive = IsSmooth || !signs.Zero || Signs.Of(exponent).And(SignSet.Positive).IsEmpty;
        return isPositive ? Powers.Exp(exponent * Log(a)) : throw new RejectedException("no case tells whether what a power is taken of is 0");
    }

    /// <summary>Sees to it that the fraction has one of the signs: known, or a condition from here on.</summary>
    public void Require(Fraction fraction, SignSet signs)
    {
        SignSet known = Signs.Of(fraction);
        if (known.Implies(signs))
        {
            return;
        }
        if (known.And(signs).IsEmpty)
        {
            throw new UndefinedHereException();
        }
        Form top = fraction.Top;
        foreach ((Form core, int power) in fraction.Bottom)
        {
            if (signs != SignSet.NotZero && power % 2 != 0 && Signs.Of(core) != SignSet.Positive)
            {
                top *= core;
            }
        }
        (Rational number, Word word, Form rest) = top.Split();
        if (signs == SignSet.NotZero)
        {
            foreach ((Letter letter, _) in word.Letters)
            {
                Add(Form.Of(letter), signs);
            }
            Add(rest, signs);
        }
        else
        {
            Add(top * number.Abs().Reciprocal() * Word.Of(word.Letters.Where(part => part.Letter is ExponentialLetter)).Inverse(), signs);
        }
    }

    private void Add(Form form, SignSet signs)
    {
        SignSet known = Signs.Of(form);
        if (!known.Implies(signs))
        {
            Conditions.Add(Condition.Of(form, signs, known));
            Signs.Assume(form, signs);
        }
    }

    /// <summary>The positions that the claim's text has by number; there are that many, since the least n is at least the largest of them.</summary>
    private static List<string> NumberedPositions(Claim claim)
    {
        Rational[] positions = [.. claim.Hypotheses.Append(claim.Conclusion).SelectMany(Rewriting.Expressions).OfType<Number>()
            .Where(number => number.Kind == Kind.Index).Select(number => number.Value).Distinct().Order()];
        return positions.Length == 0 || positions[^1] <= claim.Sizes!.Minimum
            ? [.. positions.Select(position => position.ToString())]
            : throw new RejectedException("a numbered position beyond the least n");
    }

    private Fraction TotalWeight(Declaration simplex) => new Reader(this).Sum(PositionsOf(simplex.Domain.Size), position => Fraction.Of(new VariableLetter(simplex.Name, position)));

    private static string[] Numbers(int first, int last) => [.. Enumerable.Range(first, Math.Max(0, last - first + 1)).Select(k => k.ToString(System.Globalization.CultureInfo.InvariantCulture))];
}

/// <summary>Something in the claim has no value in this case.</summary>
internal sealed class UndefinedHereException() : Exception("something has no value here");
