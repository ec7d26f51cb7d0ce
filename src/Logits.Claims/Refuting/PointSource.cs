using System.Collections.Concurrent;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;

namespace Logits.Claims.Refuting;

/// <summary>Points at which claims tend to fail, simplest first: zeros, ones, ties, small fractions, both signs, large magnitudes, vertices of the simplex.</summary>
internal static class PointSource
{
    private static readonly ConcurrentDictionary<int, Rational[][]> DirectionsBySize = new();

    private static readonly Rational[] Scalars =
    [
        0, 1, -1, 2, -2, new(1, 2), new(-1, 2), 3, -3, new(1, 3), 10, -10, new(1, 10), 100, -100, 1000, -1000,
    ];

    /// <summary>Every point of the claim at the size, in order of the sum of its coordinates' ranks.</summary>
    public static IEnumerable<Point> Points(Claim claim, int size)
    {
        Rational[][][] candidates = [.. claim.Declarations.Select(declaration => Candidates(declaration.Domain, declaration.Domain.Size.At(size)))];
        if (candidates.Any(list => list.Length == 0))
        {
            yield break;
        }
        int most = candidates.Sum(list => list.Length - 1);
        for (int rank = 0; rank <= most; rank++)
        {
            foreach (int[] choice in Compositions(rank, candidates, 0))
            {
                yield return Build(claim, size, candidates, choice);
            }
        }
    }

    /// <summary>Directions in which a quadratic form that is not semidefinite tends to be negative.</summary>
    public static Rational[][] Directions(int size) => DirectionsBySize.GetOrAdd(size, Vectors);

    private static Point Build(Claim claim, int size, Rational[][][] candidates, int[] choice)
    {
        var values = new List<(string, Rational[], bool)>();
        var indices = new List<(string, int)>();
        for (int i = 0; i < choice.Length; i++)
        {
            Declaration declaration = claim.Declarations[i];
            Rational[] entries = candidates[i][choice[i]];
            if (declaration.Domain.Set == DomainSet.Indices)
            {
                indices.Add((declaration.Name, (int)entries[0].Numerator));
            }
            else
            {
                values.Add((declaration.Name, entries, declaration.Domain.Set == DomainSet.Reals));
            }
        }
        return new(size, values, indices);
    }

    private static IEnumerable<int[]> Compositions(int rank, Rational[][][] candidates, int from)
    {
        if (from == candidates.Length)
        {
            if (rank == 0)
            {
                yield return [];
            }
            yield break;
        }
        for (int own = 0; own <= Math.Min(rank, candidates[from].Length - 1); own++)
        {
            foreach (int[] rest in Compositions(rank - own, candidates, from + 1))
            {
                yield return [own, .. rest];
            }
        }
    }

    private static Rational[][] Candidates(Domain domain, int size) => domain.Set switch
    {
        DomainSet.Reals => [.. Scalars.Select(value => new[] { value })],
        DomainSet.Indices => [.. Enumerable.Range(1, Math.Max(0, size)).Select(index => new Rational[] { index })],
        DomainSet.OneHot => [.. Enumerable.Range(0, Math.Max(0, size)).Select(index => Unit(size, index))],
        DomainSet.Simplex => Simplex(size),
        _ => Vectors(size),
    };

    private static Rational[] Unit(int size, int index) => [.. Enumerable.Range(0, size).Select(k => k == index ? Rational.One : Rational.Zero)];

    private static Rational[][] Distinct(IEnumerable<Rational[]> vectors) =>
        [.. vectors.DistinctBy(vector => string.Join(',', vector))];

    private static Rational[][] Vectors(int size)
    {
        if (size < 1)
        {
            return [];
        }
        Rational[] Scaled(Rational factor, int index) => [.. Unit(size, index).Select(entry => entry * factor)];
        Rational[] Filled(Rational value) => [.. Enumerable.Repeat(value, size)];
        Rational[] Counted(Rational step) => [.. Enumerable.Range(0, size).Select(k => step * k)];
        Rational[] LastApart(Rational value) => [.. Enumerable.Range(0, size).Select(k => k == size - 1 ? value : Rational.One)];
        return Distinct(
        [
            Filled(0), Unit(size, 0), Filled(1), Unit(size, size - 1), Counted(1), Scaled(-1, 0), Filled(-1), LastApart(0), Counted(-1), LastApart(-1),
            Scaled(2, 0), Scaled(new(1, 2), 0), LastApart(2), Scaled(-2, size - 1), Counted(new(1, 2)), Filled(2), Filled(new(1, 2)), Filled(-2),
            [.. Counted(1).Select(entry => entry - 1)], [.. Counted(2).Select(entry => entry + 1)], Scaled(10, 0), Scaled(-10, 0), Counted(10),
            Filled(10), Scaled(100, 0), Counted(-100), Filled(-100), Scaled(1000, size - 1), Counted(1000), Filled(1000), Scaled(-1000, 0),
        ]);
    }

    private static Rational[][] Simplex(int size)
    {
        if (size < 1)
        {
            return [];
        }
        Rational[] Normalised(IEnumerable<Rational> weights)
        {
            Rational[] all = [.. weights];
            Rational total = all.Aggregate(Rational.Zero, (sum, weight) => sum + weight);
            return [.. all.Select(weight => weight / total)];
        }
        IEnumerable<int> positions = Enumerable.Range(0, size);
        return Distinct(
        [
            Normalised(positions.Select(_ => Rational.One)), Unit(size, 0), Unit(size, size - 1),
            Normalised(positions.Select(k => k < 2 ? Rational.One : Rational.Zero)),
            Normalised(positions.Select(k => (Rational)(k + 1))), Normalised(positions.Select(k => (Rational)(size - k))),
            Normalised(positions.Select(k => k == 0 ? (Rational)3 : Rational.One)), Normalised(positions.Select(k => k == 0 ? (Rational)9 : Rational.One)),
            Normalised(positions.Select(k => k == size - 1 ? (Rational)99 : Rational.One)), Normalised(positions.Select(k => k == 0 ? (Rational)999 : new Rational(1, 3))),
        ]);
    }
}
