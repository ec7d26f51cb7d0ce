using Logits.Claims.Evaluating;
using Logits.Claims.Judging.Numbers;
using Logits.Claims.Judging.Solving;
using Logits.Claims.Language;

namespace Logits.Claims.Judging;

/// <summary>What numbers say against a claim.</summary>
/// <param name="Contradiction">Where it fails for certain; null where nothing was found.</param>
/// <param name="IsSuspect">Whether it seems to fail somewhere, though not for certain.</param>
/// <param name="PointsMet">Points at which the hypotheses hold and the conclusion was looked at.</param>
internal sealed record Finding(Contradiction? Contradiction, bool IsSuspect, long PointsMet)
{
    public bool IsAgainst => Contradiction is not null || IsSuspect;
}

/// <summary>A point at which the hypotheses hold for certain and the conclusion fails for certain.</summary>
/// <param name="Problem">What fails.</param>
/// <param name="Point">The point moved from.</param>
/// <param name="Moves">How it is moved.</param>
/// <param name="Pinned">Equations that hold there because they were solved.</param>
internal sealed record Contradiction(Problem Problem, Point Point, IReadOnlyList<(Direction Direction, Real Step)> Moves, IReadOnlyList<Equation> Pinned)
{
    /// <summary>An evaluator at the point, and what holds there.</summary>
    public (PointEvaluator Evaluator, Truth Truth) Certainly(int bits, Meter? meter = null)
    {
        PointEvaluator evaluator = Problem.At(Point, Moves, value => Certain.Of(value, bits), meter ?? new(long.MaxValue));
        evaluator.Zeros.AddRange(Pinned.Where(equation => equation is { Offset.IsZero: true, Left: Number { Value.IsZero: true } }).Select(equation => equation.Right));
        return (evaluator, new(evaluator, Pinned));
    }

    /// <summary>Whether the hypotheses hold there; null and false are one here.</summary>
    public bool IsMet(Truth truth) => Problem.Hypotheses.All(hypothesis => truth.Of(hypothesis) == true);
}
