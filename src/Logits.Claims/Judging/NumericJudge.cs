using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;
using Logits.Claims.Refuting;

namespace Logits.Claims.Judging;

/// <summary>
/// Attacks a claim by numbers alone: it evaluates both sides by their definitions at points that are made to satisfy the hypotheses, at zeros of everything that could
/// have been divided by, and on the boundary of every condition. Doubles sort the points; what counts is computed exactly or enclosed.
/// </summary>
internal sealed class NumericJudge
{
    private const int Bits = 160;
    private const int BasesEach = 14;
    private const int AlwaysCertain = 2;
    private const int MostSimplyCertain = 12;
    private const int MostCertain = 60;

    // Doubles stand for a limit a little before it.
    private const double NearLimits = 1e-2;

    private readonly Claim _claim;
    private readonly bool _hasLimit;
    private long _met;
    private bool _isSuspect;
    private int _certain;

    private NumericJudge(Claim claim)
    {
        _claim = claim;
        _hasLimit = claim.Hypotheses.Append(claim.Conclusion).SelectMany(Rewriting.Expressions).Any(node => node is Limit);
    }

    /// <summary>Work that is spent on a claim before it may be called proved: some milliseconds.</summary>
    public const long Usual = 400_000;

    /// <summary>Attacks a claim at sizes from its smallest on.</summary>
    /// <param name="claim">The claim.</param>
    /// <param name="work">Work to spend, in operations on doubles.</param>
    public static Finding Attack(Claim claim, long work = Usual)
    {
        var judge = new NumericJudge(claim);
        Contradiction? found = null;
        (int Size, double Share)[] sizes = [.. Sizes(claim)];
        double total = sizes.Sum(size => size.Share);
        foreach ((int size, double share) in sizes)
        {
            found ??= judge.AttackAt(size, new((long)(work * share / total)), judge.AttackSimply, judge.AttackSolved);
        }
        return new(found, judge._isSuspect, judge._met);
    }

    /// <summary>Tries a few points, simplest first, at one size.</summary>
    public static Finding Glance(Claim claim, int size, long work = Usual)
    {
        var judge = new NumericJudge(claim);
        Contradiction? found = judge.AttackAt(size, new(work), judge.AttackSimply);
        return new(found, judge._isSuspect, judge._met);
    }

    /// <summary>The smallest two in earnest, then more: up to twelve, and for open sizes 16 and 100 as well.</summary>
    private static IEnumerable<(int Size, double Share)> Sizes(Claim claim)
    {
        if (claim.Sizes is not { } sizes)
        {
            return [(1, 1)];
        }
        int last = Math.Min(sizes.Maximum ?? int.MaxValue, sizes.Minimum + 10);
        return Enumerable.Range(sizes.Minimum, last - sizes.Minimum + 1).Select(n => (n, n == sizes.Minimum ? 6.0 : n == sizes.Minimum + 1 ? 5 : n == 9 ? 1.5 : 0.5))
            .Concat(((int[])[16, 100]).Where(n => n > last && n <= (sizes.Maximum ?? int.MaxValue)).Select(n => (n, 1.5)))
            .OrderBy(size => size.Item1 == sizes.Minimum ? 0 : size.Item1 is 9 or 16 or 100 ? 1 : 2);
    }

    private static Real Rough(Rational value) => new Approximate(value.ToDouble());

    private static Certain Exactly(Rational value) => Certain.Of(value, Bits);

    private Contradiction? AttackAt(int size, Meter meter, params Func<Problem, Meter, Contradiction?>[] ways)
    {
        _certain = 0;
        try
        {
            return Problem.Of(_claim, size).SelectMany(problem => ways.Select(way => way(problem, meter))).FirstOrDefault(found => found is not null);
        }
        catch (WorkSpentException)
        {
            // What was to be tried at this size has been tried.
            return null;
        }
    }

    private Contradiction? AttackSimply(Problem problem, Meter meter)
    {
        int most = _claim.Declarations.Count == 0 ? 1 : problem.Size > 12 ? 12 : 60;
        return PointSource.Points(_claim, problem.Size).Take(most).Select(point => Judge(problem, point, null, meter)).FirstOrDefault(found => found is not null);
    }

    /// <summary>From several points: the hypotheses' equations solved, alone and together with each zero and boundary.</summary>
    private Contradiction? AttackSolved(Problem problem, Meter meter)
    {
        Equation[] assumed = [.. problem.Assumed().Where(pair => pair.Relation == Relation.Equal)];
        IReadOnlyList<Equation> critical = CriticalExpressions.Of(problem);
        IReadOnlyList<Direction>[] directions = [Bases.Directions(problem, shared: false), Bases.Directions(problem, shared: true)];
        for (int k = 0; k < BasesEach; k++)
        {
            if (Bases.Of(problem, k) is not { } point)
            {
                return null;
            }
            foreach (IReadOnlyList<Direction> ways in k % 7 == 2 ? directions.Reverse() : directions)
            {
                foreach (Equation? target in critical.Prepend(null))
                {
                    if (Solved(problem, point, ways, target is null ? assumed : [.. assumed, target], meter) is { } found)
                    {
                        return found;
                    }
                }
            }
        }
        return null;
    }

    /// <summary>Equations solved; then again with each inequality that fails there made an equation a little inside what it allows.</summary>
    private Contradiction? Solved(Problem problem, Point point, IReadOnlyList<Direction> directions, Equation[] equations, Meter meter)
    {
        for (int round = 0; round < 3; round++)
        {
            Solution? solution = equations.Length == 0 ? new([], []) : new EquationSolver(problem, point, directions, equations, meter).Solve();
            if (solution is null && round == 0 && equations.Length > 1)
            {
                // The last equation alone may bring the others about, where they are not smooth enough to be solved.
                equations = [equations[^1]];
                solution = new EquationSolver(problem, point, directions, equations, meter).Solve();
            }
            if (solution is null)
            {
                return null;
            }
            PointEvaluator evaluator = problem.At(point, [.. solution.Moves.Select(move => (move.Direction, (Real)new Approximate(move.Step)))], Rough, meter);
            var truth = new Truth(evaluator, []);
            Equation[] failing = [.. problem.Assumed().Where(pair => pair.Relation != Relation.Equal && truth.Of(pair.Left, pair.Relation, pair.Right) == false)];
            if (failing.Length == 0)
            {
                return Judge(problem, point, solution, meter);
            }
            equations = [.. equations, .. failing.Take(2).Select(pair => pair with { Offset = new(pair.Relation is Relation.Greater or Relation.GreaterOrEqual ? -1 : 1, 2) })];
        }
        return null;
    }

    private Contradiction? Judge(Problem problem, Point point, Solution? solution, Meter meter)
    {
        IReadOnlyList<(Direction Direction, double Step)> moves = solution?.Moves ?? [];
        var rough = new Truth(problem.At(point, [.. moves.Select(move => (move.Direction, (Real)new Approximate(move.Step)))], Rough, meter), [], _hasLimit ? NearLimits : 1e-9);
        if (problem.Hypotheses.Any(hypothesis => rough.Of(hypothesis) == false && hypothesis is not PositiveSemidefinite))
        {
            return null;
        }
        _met++;
        bool? guess = rough.Of(problem.Conclusion);
        if (guess == true && _met > AlwaysCertain)
        {
            return null;
        }
        if (++_certain > (solution is null ? MostSimplyCertain : MostCertain))
        {
            return null;
        }
        if (moves.Count == 0)
        {
            return Certainly(problem, point, [], [], guess, meter);
        }
        Real[][] candidates = [.. moves.Select(move => Recognition.Of(move.Step, Bits).ToArray())];
        if (candidates.All(own => own.Length > 0)
            && Certainly(problem, point, [.. moves.Zip(candidates, (move, own) => (move.Direction, own[0]))], [], guess, meter) is { } exact)
        {
            return exact;
        }
        return solution!.Pinned.Count > 0 && new RootCertificate(problem, point, solution, meter).Moves() is { } enclosed
            ? Certainly(problem, point, enclosed, solution.Pinned, guess, meter)
            : null;
    }

    private Contradiction? Certainly(Problem problem, Point point, IReadOnlyList<(Direction, Real)> moves, IReadOnlyList<Equation> pinned, bool? guess, Meter meter)
    {
        var contradiction = new Contradiction(problem, point, moves, pinned);
        (_, Truth truth) = contradiction.Certainly(Bits, meter);
        if (!contradiction.IsMet(truth) || !InDomains(moves, point))
        {
            return null;
        }
        bool? holds = truth.Of(problem.Conclusion);
        _isSuspect |= holds is null && guess == false && _hasLimit;
        return holds == false ? contradiction : null;
    }

    /// <summary>Whether a distribution that was moved is one still.</summary>
    private bool InDomains(IReadOnlyList<(Direction Direction, Real Step)> moves, Point point) => _claim.Declarations
        .Where(declaration => declaration.Domain.Set == DomainSet.Simplex)
        .All(declaration => Enumerable.Range(0, point.Values.First(value => value.Name == declaration.Name).Entries.Length).All(k =>
            moves.Where(move => move.Direction.Name == declaration.Name)
                .Aggregate((Real)Exactly(point.Values.First(value => value.Name == declaration.Name).Entries[k]), (entry, move) => entry + (move.Step * Exactly(move.Direction.Change[k])))
                .Sign is 0 or 1));
}
