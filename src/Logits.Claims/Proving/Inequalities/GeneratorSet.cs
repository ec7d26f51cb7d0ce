using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>
/// The products that could take part in writing a polynomial as a sum of products that are not negative: its own monomials,
/// squares (√A − √B)² = A + B − 2√(AB) of its monomials A and B, and monomial multiples of the facts, all chosen so that they
/// touch a negative term.
/// </summary>
internal sealed class GeneratorSet
{
    private const int LargestSet = 600;
    private const int LargestProducts = 60;

    private readonly FactBase _facts;
    private readonly List<(Polynomial Fact, bool IsStrict, Polynomial[] Factors)> _factForms = [];
    private readonly Dictionary<Polynomial, Generator> _generators = [];

    public GeneratorSet(Polynomial target, FactBase facts)
    {
        _facts = facts;
        CollectFactForms(target);
        Polynomial[] rounds = [target];
        for (int round = 0; round < 2; round++)
        {
            var touched = new HashSet<Monomial>(rounds.SelectMany(polynomial => polynomial.Terms.Select(term => term.Monomial)));
            var negative = rounds.SelectMany(polynomial => polynomial.Terms.Where(term => term.Coefficient.Sign < 0).Select(term => term.Monomial)).Distinct().ToArray();
            int before = _generators.Count;
            foreach (Monomial monomial in negative)
            {
                AddSquares(monomial, touched);
                AddFactMultiples(monomial);
                if (_generators.Count > LargestSet)
                {
                    break;
                }
            }
            if (_generators.Count == before || _generators.Count > LargestSet)
            {
                break;
            }
            rounds = [.. _generators.Values.Skip(before).Select(generator => generator.Polynomial)];
        }
        if (target.Contains(atom => atom is SumOf))
        {
            AddFactsOfExponentials();
        }
        foreach (Monomial monomial in _generators.Values.Select(generator => generator.Polynomial).Append(target)
            .SelectMany(polynomial => polynomial.Terms.Select(term => term.Monomial)).Distinct().ToArray())
        {
            AddMonomial(monomial);
        }
    }

    public IReadOnlyCollection<Generator> Generators => _generators.Values;

    private void AddMonomial(Monomial monomial)
    {
        Signs signs = _facts.SignsOf(monomial);
        if (signs.Within(Signs.NonNegative))
        {
            Add(new(Polynomial.Of(Rational.One, monomial), signs == Signs.Positive, [Polynomial.Of(Rational.One, monomial)], null));
        }
        else if (signs.Within(Signs.NonPositive))
        {
            Polynomial opposite = Polynomial.Of(-Rational.One, monomial);
            Add(new(opposite, signs == Signs.Negative, [opposite], null));
        }
    }

    private void AddSquares(Monomial middle, HashSet<Monomial> touched)
    {
        Monomial square = middle * middle;
        foreach (Monomial first in touched)
        {
            Monomial second = square / first;
            if (first.CompareTo(second) >= 0 || !touched.Contains(second))
            {
                continue;
            }
            // first = P·a², second = P·b², middle = ±P·a·b
            var powers = first.Factors.Select(factor => factor.Atom).Union(second.Factors.Select(factor => factor.Atom))
                .Select(atom => (Atom: atom, Power: Math.Min(first.PowerOf(atom), second.PowerOf(atom))));
            Monomial common = Monomial.Of(powers, first.Exponent.Equals(second.Exponent) ? first.Exponent : Polynomial.Zero);
            Signs signs = _facts.SignsOf(common);
            if (!signs.Within(Signs.NonNegative) || (first / common).SquareRoot() is not { } a || (second / common).SquareRoot() is not { } b)
            {
                continue;
            }
            foreach (int sign in (int[])[-1, 1])
            {
                Polynomial root = Polynomial.Of(Rational.One, a) + Polynomial.Of(sign, b);
                Add(new(root * root * common, false, [Polynomial.Of(Rational.One, common)], root));
            }
        }
    }

    /// <summary>Where sums are compared with entries, what is known of two entries helps without touching a negative term.</summary>
    private void AddFactsOfExponentials()
    {
        var present = new HashSet<Monomial>(_generators.Values.SelectMany(generator => generator.Polynomial.Terms.Select(term => term.Monomial)));
        foreach ((Polynomial fact, bool isStrict, Polynomial[] factors) in _factForms)
        {
            if (fact.Terms.Count == 2 && fact.Terms.All(term => present.Contains(term.Monomial)))
            {
                Add(new(fact, isStrict, factors, null));
            }
        }
    }

    private void AddFactMultiples(Monomial negative)
    {
        foreach ((Polynomial fact, bool isStrict, Polynomial[] factors) in _factForms)
        {
            foreach ((Monomial monomial, Rational coefficient) in fact.Terms)
            {
                if (coefficient.Sign > 0)
                {
                    continue;
                }
                Monomial multiplier = negative / monomial;
                Signs signs = _facts.SignsOf(multiplier);
                if (signs.Within(Signs.NonNegative) && multiplier.Factors.All(factor => factor.Power > 0))
                {
                    Polynomial factor = Polynomial.Of(Rational.One, multiplier);
                    Add(new(fact * multiplier, isStrict && signs == Signs.Positive, [factor, .. factors], null));
                }
            }
        }
    }

    /// <summary>Each fact P ≥ 0, and for a fact L ≥ 0 that is linear in exponents of the target, e^(cA) − e^(cB) ≥ 0 with L = A − B too.</summary>
    private void CollectFactForms(Polynomial target)
    {
        var multipliers = new HashSet<Monomial> { Monomial.One };
        foreach (Monomial monomial in target.Terms.SelectMany(term => term.Monomial.Exponent.Terms.Select(inner => inner.Monomial)))
        {
            foreach ((Atom atom, int power) in monomial.Factors)
            {
                if (atom is Symbol { Name: var name } && !name.Contains('[', StringComparison.Ordinal))
                {
                    multipliers.Add(Monomial.Of(atom, power));
                }
            }
        }
        HashSet<Atom> exponentSymbols = [.. target.Terms.SelectMany(term => term.Monomial.Exponent.Terms).SelectMany(inner => inner.Monomial.Factors).Select(factor => factor.Atom)];
        Rational[] rates = [.. target.Terms.SelectMany(term => term.Monomial.Exponent.Terms.Select(inner => inner.Coefficient.Abs())).Append(Rational.One).Distinct().Take(4)];
        foreach ((Polynomial polynomial, Signs signs) in _facts.Known)
        {
            Polynomial? fact = signs.Within(Signs.NonNegative) ? polynomial : signs.Within(Signs.NonPositive) ? -polynomial : null;
            if (fact is null)
            {
                continue;
            }
            bool isStrict = !signs.HasFlag(Signs.Zero);
            _factForms.Add((fact, isStrict, [fact]));
            // What is known of n, or of a position like any other, says nothing of exponents without it.
            bool isAboutExponents = polynomial.Terms.All(term => term.Monomial.Exponent.IsZero)
                && !polynomial.Contains(atom => (atom.Equals(Summation.Size) || IndexRenaming.Has(atom, SumOf.Index)) && !exponentSymbols.Contains(atom));
            if (!isAboutExponents)
            {
                continue;
            }
            foreach (Monomial multiplier in multipliers)
            {
                Signs direction = _facts.SignsOf(multiplier);
                if (direction is not (Signs.Positive or Signs.Negative))
                {
                    continue;
                }
                foreach (Rational rate in rates)
                {
                    Polynomial scaled = fact * multiplier * (direction == Signs.Positive ? rate : -rate);
                    Polynomial above = Polynomial.Sum(scaled.Terms.Where(term => term.Coefficient.Sign > 0));
                    Polynomial below = above - scaled;
                    Polynomial exponentials = Polynomial.Of(Rational.One, Monomial.ExpOf(above)) - Polynomial.Of(Rational.One, Monomial.ExpOf(below));
                    _factForms.Add((exponentials, isStrict, [exponentials]));
                }
            }
        }
        if (target.Terms.Count >= 4)
        {
            MultiplyFactsAboutSums();
        }
    }

    /// <summary>Where n is open, the rest of a sum is a factor of its own: (Σ_k e^x_k − e^x_1)·(e^h − 1).</summary>
    private void MultiplyFactsAboutSums()
    {
        var sums = _factForms.Where(form => form.Fact.Terms.Count == 2 && form.Fact.Contains(atom => atom is SumOf)).ToArray();
        var others = _factForms.Where(form => form.Fact.Terms.Any(term => !term.Monomial.Exponent.IsZero) && !form.Fact.Contains(atom => atom is SumOf)).ToArray();
        if (sums.Length * others.Length > LargestProducts)
        {
            return;
        }
        foreach (var sum in sums)
        {
            foreach (var other in others)
            {
                _factForms.Add((sum.Fact * other.Fact, sum.IsStrict && other.IsStrict, [sum.Fact, other.Fact]));
            }
        }
    }

    private void Add(Generator generator)
    {
        if (!generator.Polynomial.IsZero)
        {
            _generators.TryAdd(generator.Polynomial, generator);
        }
    }
}
