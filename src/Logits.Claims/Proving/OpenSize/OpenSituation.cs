using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>What is assumed in one case of a claim with n left open: the positions told apart, the values of position variables, facts. Immutable.</summary>
internal sealed class OpenSituation
{
    /// <summary>Names that stand for a position like any other.</summary>
    public static IReadOnlyList<string> GenericNames { get; } = [SumOf.Index, "l", "g1", "g2", "g3", "row", "column"];

    private static readonly string[] FreshPositions = ["m", "l", "j", "i"];

    private readonly Dictionary<string, string> _chosen;
    private readonly Dictionary<string, string> _largest;

    public OpenSituation(Claim claim)
    {
        Claim = claim;
        Named = Literals(claim);
        (_chosen, _largest) = ([], []);
        Facts = FactBase.Empty.With(Polynomial.Of(Summation.Size) - Polynomial.Of(claim.Sizes!.Minimum), Signs.NonNegative).With(Polynomial.Of(Summation.Size), Signs.Positive);
        Facts = WithWeights(Facts, [.. GenericNames, .. Named]);
    }

    private OpenSituation(OpenSituation other)
    {
        Claim = other.Claim;
        Named = other.Named;
        Facts = other.Facts;
        (_chosen, _largest) = (new(other._chosen), new(other._largest));
    }

    public Claim Claim { get; }

    /// <summary>Positions known to differ from each other.</summary>
    public IReadOnlyList<string> Named { get; private init; }

    public FactBase Facts { get; private init; }

    public IReadOnlyCollection<string> LargestPositions => _largest.Values;

    public Declaration? Open => Claim.Declarations.FirstOrDefault(declaration =>
        declaration.Domain.Set is DomainSet.Indices or DomainSet.OneHot && !_chosen.ContainsKey(declaration.Name));

    public string PositionOf(string variable) => _chosen[variable];

    /// <summary>What a position variable may be: one of the positions with a name, or one of its own.</summary>
    public IReadOnlyList<string> Choices(Declaration variable) => variable.Domain.Size is { IsSymbolic: true, Offset: 0 }
        ? [.. Named, OwnPosition(variable)]
        : throw new Evaluating.UndefinedException("a position in a vector that is not of n entries, n left open");

    public OpenSituation Choose(string variable, string position)
    {
        bool isNew = !Named.Contains(position);
        var result = new OpenSituation(this)
        {
            Named = isNew ? [.. Named, position] : Named,
            Facts = isNew ? WithWeights(Facts, [position]) : Facts,
        };
        result._chosen[variable] = position;
        return result;
    }

    public OpenSituation With(FactBase facts) => new(this) { Facts = facts };

    /// <summary>Names the position of a largest entry, which may be any: its entry is at least every other.</summary>
    public (OpenSituation Situation, string Position) NameLargest(Quotient entry)
    {
        string position = FreshPositions.First(name => Claim.Declarations.All(declaration => declaration.Name != name) && !Named.Contains(name) && !_largest.ContainsValue(name));
        Quotient largest = IndexRenaming.Of(entry, SumOf.Index, position);
        FactBase facts = WithWeights(Facts, [position]);
        foreach (string other in Named.Append(SumOf.Index))
        {
            Quotient difference = largest - IndexRenaming.Of(entry, SumOf.Index, other);
            if (difference.Denominator.All(factor => facts.SignsOf(factor.Factor) == Signs.Positive))
            {
                facts = facts.With(difference.Numerator, Signs.NonNegative);
            }
        }
        var result = new OpenSituation(this) { Facts = facts };
        result._largest[entry.Key] = position;
        return (result, position);
    }

    public string? LargestOf(Quotient entry) => _largest.GetValueOrDefault(entry.Key);

    public OpenValue ValueOf(Variable variable, OpenEvaluator evaluator)
    {
        Declaration declaration = Claim.Declarations.FirstOrDefault(candidate => candidate.Name == variable.Name)
            ?? throw new Evaluating.UndefinedException($"{variable} with n left open");
        if (declaration.Domain.Set == DomainSet.Reals)
        {
            return new OpenScalar(Quotient.Of(new Symbol(variable.Name)));
        }
        var (beyond, hasGeneric) = OpenEvaluator.Layout(declaration.Domain.Size);
        Quotient Entry(string position) => Quotient.Of(new Symbol(IndexRenaming.Entry(variable.Name, position)));
        switch (declaration.Domain.Set)
        {
            case DomainSet.OneHot:
                string one = PositionOf(variable.Name);
                return new OpenVector(beyond, hasGeneric, position => position == one ? Quotient.One : Quotient.Zero);
            case DomainSet.Simplex:
                Quotient total = evaluator.Sum((beyond, hasGeneric), Entry);
                return new OpenVector(beyond, hasGeneric, position => Entry(position) / total);
            default:
                return new OpenVector(beyond, hasGeneric, Entry);
        }
    }

    /// <summary>The numbered positions in the claim's text, in order.</summary>
    public static IReadOnlyList<string> Literals(Claim claim) =>
    [
        .. claim.Hypotheses.Append(claim.Conclusion).SelectMany(Rewriting.Expressions).OfType<Number>().Where(number => number.Kind == Kind.Index)
            .Select(number => number.Value).Distinct().Order().Select(value => value.ToString()),
    ];

    private string OwnPosition(Declaration variable) => variable.Domain.Set == DomainSet.Indices
        ? variable.Name
        : FreshPositions.Reverse().First(name => Claim.Declarations.All(declaration => declaration.Name != name) && !Named.Contains(name) && !_largest.ContainsValue(name));

    private FactBase WithWeights(FactBase facts, IEnumerable<string> positions)
    {
        foreach (Declaration simplex in Claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Simplex))
        {
            foreach (string position in positions)
            {
                facts = facts.With(Polynomial.Of(new Symbol(IndexRenaming.Entry(simplex.Name, position))), Signs.NonNegative);
            }
            facts = facts.With(Polynomial.Of(new SumOf(Monomial.Of(new Symbol(IndexRenaming.Entry(simplex.Name, SumOf.Index))))), Signs.Positive);
        }
        return facts;
    }
}
