using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>
/// The products that could take part in writing a polynomial as a sum of products that are not negative: its own monomials,
/// squares (√A − √B)² = A + B − 2√(AB) of its monomials A and B, and monomial multiples of the facts, all chosen so that they
/// touch a negative term.
/// </summary>
internal sealed class GeneratorSet
{
    private const int LargestSet = 600;

    private readonly FactBase _facts;
    private readonly List<(Polynomial Fact, bool IsStrict)> _factForms = [];
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

    private void AddFactMultiples(Monomial negative)
    {
        foreach ((Polynomial fact, bool isStrict) in _factForms)
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
                    Add(new(fact * multiplier, isStrict && signs == Signs.Positive, [factor, fact], null));
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
        Rational[] rates = [.. target.Terms.SelectMany(term => term.Monomial.Exponent.Terms.Select(inner => inner.Coefficient.Abs())).Append(Rational.One).Distinct().Take(4)];
        foreach ((Polynomial polynomial, Signs signs) in _facts.Known)
        {
            Polynomial? fact = signs.Within(Signs.NonNegative) ? polynomial : signs.Within(Signs.NonPositive) ? -polynomial : null;
            if (fact is null)
            {
                continue;
            }
            bool isStrict = !signs.HasFlag(Signs.Zero);
            _factForms.Add((fact, isStrict));
            if (polynomial.Terms.Any(term => !term.Monomial.Exponent.IsZero))
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
                    _factForms.Add((Polynomial.Of(Rational.One, Monomial.ExpOf(above)) - Polynomial.Of(Rational.One, Monomial.ExpOf(below)), isStrict));
                }
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
