using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>Points to start solving from, and the ways to move them.</summary>
internal static class Bases
{
    private const int MostMovedEntries = 6;

    private static readonly Rational[] Scalars = [2, -1, new(1, 2), 3, -2, 1, new(-1, 2), 5, 0];

    private static readonly Rational[] Entries = [new(1, 2), -1, 2, 0, -3, new(3, 2), 1, -2];

    /// <summary>The point number k of a size: all entries different, falling, tied, all below zero, the last or a middle one apart, one far from the others.</summary>
    public static Point? Of(Problem problem, int k)
    {
        var values = new List<(string, Rational[], bool)>();
        var indices = new List<(string, int)>();
        for (int d = 0; d < problem.Claim.Declarations.Count; d++)
        {
            Declaration declaration = problem.Claim.Declarations[d];
            int size = declaration.Domain.Size.At(problem.Size);
            switch (declaration.Domain.Set)
            {
                case DomainSet.Reals:
                    values.Add((declaration.Name, [Scalars[(k + (4 * d)) % Scalars.Length]], true));
                    break;
                case DomainSet.Indices when size >= 1:
                    indices.Add((declaration.Name, 1 + ((k + (d * (1 + (k / size)))) % size)));
                    break;
                case DomainSet.OneHot when size >= 1:
                    values.Add((declaration.Name, [.. Enumerable.Range(0, size).Select(i => i == (k + d) % size ? Rational.One : Rational.Zero)], false));
                    break;
                case DomainSet.Simplex when size >= 1:
                    Rational[] weights = Pattern(size, k + d, i => i + 1, positive: true);
                    Rational total = weights.Aggregate(Rational.Zero, (sum, weight) => sum + weight);
                    values.Add((declaration.Name, [.. weights.Select(weight => weight / total)], false));
                    break;
                case DomainSet.RealVectors when size >= 1:
                    values.Add((declaration.Name, Pattern(size, k + (3 * d), i => Entries[i % Entries.Length] + (i / Entries.Length), positive: false), false));
                    break;
                default:
                    return null;
            }
        }
        return new(problem.Size, values, indices);
    }

    /// <summary>By single coordinates; or, shared, whole vectors by the same amount first. A distribution moves between two of its entries.</summary>
    public static IReadOnlyList<Direction> Directions(Problem problem, bool shared)
    {
        var directions = new List<Direction>();
        foreach (Declaration declaration in problem.Claim.Declarations)
        {
            int size = declaration.Domain.Set == DomainSet.Reals ? 1 : declaration.Domain.Size.At(problem.Size);
            Rational[] Unit(int entry, int from = -1) => [.. Enumerable.Range(0, size).Select(i => i == entry ? Rational.One : i == from ? -Rational.One : Rational.Zero)];
            IEnumerable<int> moved = Enumerable.Range(0, Math.Min(size, MostMovedEntries));
            switch (declaration.Domain.Set)
            {
                case DomainSet.RealVectors when shared && size > 0:
                    directions.Add(new(declaration.Name, [.. Enumerable.Repeat(Rational.One, size)]));
                    break;
                case DomainSet.Reals or DomainSet.RealVectors:
                    directions.AddRange(moved.Select(entry => new Direction(declaration.Name, Unit(entry))));
                    break;
                case DomainSet.Simplex:
                    directions.AddRange(moved.Where(entry => entry < size - 1).Select(entry => new Direction(declaration.Name, Unit(entry, size - 1))));
                    break;
            }
        }
        return directions;
    }

    private static Rational[] Pattern(int size, int k, Func<int, Rational> entry, bool positive)
    {
        Rational Shown(int i) => (k % 7) switch
        {
            0 => entry(i),
            1 => positive ? i == size - 1 ? 0 : 1 : -1 - i,
            2 => positive ? 1 : 0,
            3 => size - i,
            4 => i == size / 2 ? 3 : positive ? 1 : -1,
            5 => positive ? i == 0 ? 1 : 0 : -2,
            _ => i == 0 ? positive ? 5 : -10 : i == 1 ? 1 : i == size - 1 ? positive ? 2 : -10 : new Rational(1, 2),
        };
        return [.. Enumerable.Range(0, size).Select(Shown)];
    }
}
