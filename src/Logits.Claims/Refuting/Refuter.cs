using System.Diagnostics;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Refuting;

/// <summary>Searches for a point, simplest first, at which the hypotheses hold for certain and the conclusion fails for certain.</summary>
internal sealed class Refuter(Claim claim)
{
    /// <summary>How many points were tried at which nothing failed.</summary>
    public long Points { get; private set; }

    /// <summary>Tries points at one size.</summary>
    /// <param name="size">The size n.</param>
    /// <param name="mostPoints">How many points are tried.</param>
    /// <param name="limit">The time after which no further point is tried.</param>
    /// <param name="quick">Whether points are passed over at which only more than double precision could tell the sides apart.</param>
    public PointJudge? Search(int size, int mostPoints, TimeSpan limit, bool quick)
    {
        var clock = Stopwatch.StartNew();
        var derivatives = new Derivatives(claim, size);
        foreach (Point point in PointSource.Points(claim, size).Take(mostPoints))
        {
            Budget.CheckNow();
            if (clock.Elapsed > limit)
            {
                break;
            }
            var judge = new PointJudge(point, derivatives);
            if (IsWorthJudging(judge, quick) && Fails(judge))
            {
                return judge;
            }
            Points++;
        }
        return null;
    }

    private bool IsWorthJudging(PointJudge judge, bool quick)
    {
        foreach (Statement hypothesis in claim.Hypotheses)
        {
            if (judge.Guess(hypothesis) == false)
            {
                return false;
            }
        }
        return judge.Guess(claim.Conclusion, quick) != true;
    }

    private bool Fails(PointJudge judge) =>
        claim.Hypotheses.All(hypothesis => judge.Holds(hypothesis) == true) && judge.Holds(claim.Conclusion) == false;
}
