using Logits.Claims.Certificates;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.Facts;

namespace Logits.Claims.Proving.Inequalities;

/// <summary>Writes a polynomial as a sum of products that are not negative: coefficient signs, sums of squares and combinations of hypotheses in one.</summary>
internal static class ConeProver
{
    private const int LargestProgram = 40_000;

    /// <summary>Products that sum to the polynomial, or null where none were found.</summary>
    /// <param name="polynomial">What is to be shown not negative.</param>
    /// <param name="facts">What may be used.</param>
    /// <param name="strict">Whether it is to be shown positive.</param>
    public static IReadOnlyList<Product>? Prove(Polynomial polynomial, FactBase facts, bool strict)
    {
        if (polynomial.IsZero)
        {
            return strict ? null : [];
        }
        var generators = new GeneratorSet(polynomial, facts).Generators.ToArray();
        (Generator, Rational)[]? sum = Single(polynomial, generators, strict) ?? Peel(polynomial, generators, strict);
        if (sum is null && (long)generators.Length * (generators.Length + 40) < LargestProgram * 10L)
        {
            sum = Solve(polynomial, generators, strict);
        }
        return sum is null ? null : [.. sum.Select(part => part.Item1.Times(part.Item2))];
    }

    /// <summary>The generator of which the polynomial is a multiple.</summary>
    private static (Generator, Rational)[]? Single(Polynomial polynomial, Generator[] generators, bool strict)
    {
        foreach (Generator generator in generators.Where(generator => (generator.IsStrict || !strict) && generator.Polynomial.Terms.Count == polynomial.Terms.Count))
        {
            Rational ratio = polynomial.Terms[0].Coefficient / generator.Polynomial.Terms[0].Coefficient;
            if (ratio.Sign > 0 && (generator.Polynomial * ratio).Equals(polynomial))
            {
                return [(generator, ratio)];
            }
        }
        return null;
    }

    /// <summary>Takes away one generator after another, each as often as its positive terms are there. Quick, and enough for known shapes.</summary>
    private static (Generator, Rational)[]? Peel(Polynomial polynomial, Generator[] generators, bool strict)
    {
        Dictionary<Monomial, Rational> left = polynomial.Terms.ToDictionary(term => term.Monomial, term => term.Coefficient);
        var sum = new List<(Generator, Rational)>();
        foreach (Generator generator in generators.OrderBy(generator => generator.Polynomial.Terms.Count == 1))
        {
            Rational? amount = null;
            bool helps = generator.Polynomial.Terms.Count == 1;
            foreach ((Monomial monomial, Rational coefficient) in generator.Polynomial.Terms)
            {
                Rational ratio = left.GetValueOrDefault(monomial) / coefficient;
                if (generator.Polynomial.Terms.Count == 1 || coefficient.Sign > 0)
                {
                    amount = amount is { } least && least < ratio ? least : ratio;
                }
                else if (ratio.Sign > 0)
                {
                    helps = true;
                    amount = amount is { } least && least < ratio ? least : ratio;
                }
                else
                {
                    amount = Rational.Zero;
                }
            }
            if (helps && amount is { Sign: > 0 } factor)
            {
                foreach ((Monomial monomial, Rational coefficient) in generator.Polynomial.Terms)
                {
                    left[monomial] = left.GetValueOrDefault(monomial) - (coefficient * factor);
                }
                sum.Add((generator, factor));
            }
        }
        return left.Values.All(value => value.IsZero) && (!strict || sum.Any(part => part.Item1.IsStrict)) ? [.. sum] : null;
    }

    private static (Generator, Rational)[]? Solve(Polynomial polynomial, Generator[] generators, bool strict)
    {
        var rows = new Dictionary<Monomial, int>();
        foreach (Monomial monomial in generators.Select(generator => generator.Polynomial).Append(polynomial).SelectMany(p => p.Terms.Select(term => term.Monomial)))
        {
            rows.TryAdd(monomial, rows.Count);
        }
        bool cannotBeStrict = strict && !generators.Any(generator => generator.IsStrict);
        if (cannotBeStrict || (long)rows.Count * generators.Length > LargestProgram)
        {
            return null;
        }
        var program = new LinearProgram(rows.Count, generators.Length);
        for (int column = 0; column < generators.Length; column++)
        {
            foreach ((Monomial monomial, Rational coefficient) in generators[column].Polynomial.Terms)
            {
                program[rows[monomial], column] = coefficient;
            }
        }
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms)
        {
            program.SetRight(rows[monomial], coefficient);
        }
        Rational[]? solution = program.Solve(column => strict && generators[column].IsStrict);
        return solution is null ? null : [.. generators.Zip(solution).Where(part => part.Second.Sign > 0)];
    }
}
