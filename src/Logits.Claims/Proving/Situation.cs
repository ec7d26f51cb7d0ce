using Logits.Claims.Certificates;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving;

/// <summary>What is assumed in one case of a claim at one size: values of indices and labels, equations solved, signs known. Immutable.</summary>
internal sealed class Situation
{
    private Situation(Claim claim, int size)
    {
        Claim = claim;
        Size = size;
    }

    private Situation(Situation other)
    {
        Claim = other.Claim;
        Size = other.Size;
        Facts = other.Facts;
        Chosen = other.Chosen;
        Solved = other.Solved;
        Depth = other.Depth;
    }

    public Claim Claim { get; }

    public int Size { get; }

    public FactBase Facts { get; private init; } = FactBase.Empty;

    /// <summary>Values of index variables, and positions of the one in one-hot variables.</summary>
    public IReadOnlyDictionary<string, int> Chosen { get; private init; } = new Dictionary<string, int>();

    /// <summary>Symbols that equations gave in terms of others.</summary>
    public IReadOnlyDictionary<string, Quotient> Solved { get; private init; } = new Dictionary<string, Quotient>();

    /// <summary>How many case distinctions led here.</summary>
    public int Depth { get; private init; }

    public static Situation At(Claim claim, int size)
    {
        FactBase facts = FactBase.Empty;
        foreach (Declaration declaration in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Simplex))
        {
            Polynomial total = Polynomial.Zero;
            for (int k = 1; k <= declaration.Domain.Size.At(size); k++)
            {
                Polynomial entry = Polynomial.Of(new Symbol(ExactEvaluator.EntryName(declaration.Name, k)));
                facts = facts.With(entry, Signs.NonNegative);
                total += entry;
            }
            facts = facts.With(total, Signs.Positive);
        }
        return new(claim, size) { Facts = facts };
    }

    /// <summary>The first index or one-hot variable without a value yet.</summary>
    public Declaration? Open => Claim.Declarations.FirstOrDefault(declaration =>
        declaration.Domain.Set is DomainSet.Indices or DomainSet.OneHot && !Chosen.ContainsKey(declaration.Name));

    public Situation Choose(string variable, int value) => new(this) { Chosen = new Dictionary<string, int>(Chosen) { [variable] = value } };

    /// <summary>The situation as one case of several.</summary>
    public Situation AsCase() => new(this) { Depth = Depth + 1 };

    public Situation Assume(Quotient quotient, Signs signs)
    {
        Polynomial numerator = quotient.Numerator;
        Signs denominator = Signs.Positive;
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            denominator = denominator.Times((Facts.SignsOf(factor) & Signs.NonZero).Power(power));
        }
        return denominator switch
        {
            Signs.Positive => new(this) { Facts = Facts.With(numerator, signs) },
            Signs.Negative => new(this) { Facts = Facts.With(-numerator, signs) },
            _ => signs is Signs.Zero or Signs.NonZero ? new(this) { Facts = Facts.With(numerator, signs) } : this,
        };
    }

    /// <summary>Puts a value in place of a symbol, everywhere.</summary>
    public Situation Substitute(string symbol, Quotient value)
    {
        var interpretation = new Interpretation<Quotient>(new ExactArithmetic(Facts), name => name == symbol ? value : Quotient.Of(new Symbol(name)));
        var solved = Solved.ToDictionary(pair => pair.Key, pair => interpretation.Of(pair.Value));
        solved[symbol] = value;
        var result = new Situation(this) { Solved = solved, Facts = Facts.IsContradictory ? Facts : FactBase.Empty };
        foreach ((Polynomial known, Signs signs) in Facts.Known)
        {
            result = result.Assume(interpretation.Of(known), signs);
        }
        return result;
    }

    /// <summary>An evaluator in which every variable has its value here.</summary>
    public ExactEvaluator Evaluator(ExactArithmetic arithmetic)
    {
        var evaluator = new ExactEvaluator(arithmetic, Size);
        foreach (Declaration declaration in Claim.Declarations)
        {
            string name = declaration.Name;
            int size = declaration.Domain.Size.At(Size);
            switch (declaration.Domain.Set)
            {
                case DomainSet.Reals:
                    evaluator.Bind(name, Value<Quotient>.Scalar(ValueOf(name)));
                    break;
                case DomainSet.Indices:
                    evaluator.Bind(name, Chosen[name]);
                    break;
                case DomainSet.OneHot:
                    evaluator.Bind(name, Value<Quotient>.Vector([.. Enumerable.Range(1, size).Select(k => k == Chosen[name] ? Quotient.One : Quotient.Zero)]));
                    break;
                default:
                    Quotient[] entries = [.. Enumerable.Range(1, size).Select(k => ValueOf(ExactEvaluator.EntryName(name, k)))];
                    if (declaration.Domain.Set == DomainSet.Simplex)
                    {
                        Quotient total = entries.Aggregate(Quotient.Zero, (sum, entry) => sum + entry);
                        entries = [.. entries.Select(entry => entry / total)];
                    }
                    evaluator.Bind(name, Value<Quotient>.Vector(entries));
                    break;
            }
        }
        return evaluator;
    }

    private Quotient ValueOf(string symbol) => Solved.GetValueOrDefault(symbol) ?? Quotient.Of(new Symbol(symbol));

    /// <summary>Finds a symbol that the equation polynomial = 0 gives in terms of the others.</summary>
    public static (string Symbol, Quotient Value)? SolveForSymbol(Polynomial equation, FactBase facts)
    {
        if (ZeroOf(equation, facts) is not { } line)
        {
            return null;
        }
        foreach ((Monomial monomial, Rational coefficient) in line.Terms.Reverse())
        {
            if (monomial is { Factors: [(Symbol symbol, 1)], Exponent.IsZero: true })
            {
                Polynomial rest = line - Polynomial.Of(coefficient, monomial);
                if (!rest.Contains(atom => atom.Equals(symbol)))
                {
                    return (symbol.Name, Quotient.Of(rest * -coefficient.Reciprocal()));
                }
            }
        }
        return null;
    }

    /// <summary>What is 0 where the polynomial is: the polynomial without factors that cannot be 0; null where one of them may be.</summary>
    private static Polynomial? ZeroOf(Polynomial polynomial, FactBase facts)
    {
        if (polynomial.Terms.Count == 1)
        {
            return polynomial;
        }
        Content content = Content.Of(polynomial);
        return !facts.SignsOf(content.Monomial).Within(Signs.NonZero) ? null
            : ExponentialDifference.LogRatio(content.Primitive) is { IsZero: false } ratio ? ZeroOf(ratio, facts)
            : content.Primitive;
    }

    public static IReadOnlyList<Substitution> Text(IEnumerable<(string Symbol, Quotient Value)> solved) =>
        [.. solved.Select(pair => new Substitution(pair.Symbol, ClaimText.Of(pair.Value)))];
}
