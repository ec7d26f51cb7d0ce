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
    public PointJudge? Search(int size, int mostPoints, TimeSpan limit)
    {
        var clock = Stopwatch.StartNew();
        foreach (Point point in PointSource.Points(claim, size).Take(mostPoints))
        {
            Budget.CheckNow();
            if (clock.Elapsed > limit)
            {
                break;
            }
            var judge = new PointJudge(point);
            if (IsWorthJudging(judge) && Fails(judge))
            {
                return judge;
            }
            Points++;
        }
        return null;
    }

    private bool IsWorthJudging(PointJudge judge)
    {
        foreach (Statement hypothesis in claim.Hypotheses)
        {
            if (judge.Guess(hypothesis) == false)
            {
                return false;
            }
        }
        return judge.Guess(claim.Conclusion) != true;
    }

    private bool Fails(PointJudge judge) =>
        claim.Hypotheses.All(hypothesis => judge.Holds(hypothesis) == true) && judge.Holds(claim.Conclusion) == false;
}
