using Logits.Claims.Language;
using Logits.Claims.Proving;

namespace Logits.Claims.Certificates.Explaining;

/// <summary>Explains a limit by its leading terms: the largest exponential is taken out of each sum, and what falls behind it vanishes.</summary>
internal sealed class LimitExplanation(StepList steps)
{
    public void Write(Scene scene, Limit limit)
    {
        string variable = limit.Variable.Name;
        steps.Introduce(variable, DomainSet.Reals);
        Call[] sums = [.. Rewriting.Nodes(limit.Body).OfType<Call>().Where(call => call.Function is Function.Lse or Function.Softmax)];
        string point = limit.Point switch { LimitPoint.PlusInfinity => "inf", LimitPoint.MinusInfinity => "-inf", _ => "0+" };
        if (scene.Order is not { } order)
        {
            foreach (Call sum in sums)
            {
                steps.Show("What is exponentiated vanishes, so that every exponential tends to 1:", scene.Under($"limit({sum.Arguments[0]}, {variable} -> {point}) == 0"));
            }
            return;
        }
        string[] vanishing = [.. order.All.Where(candidate => candidate != order.Lead).Select(candidate => Exponential(limit.Point, variable, candidate, order.Lead))];
        foreach (Call sum in sums)
        {
            ShowWithoutLargest(scene, limit.Point, variable, sum, order.All, order.Lead);
        }
        foreach (string term in vanishing)
        {
            steps.Show("What falls behind vanishes:", scene.Under($"limit({term}, {variable} -> {point}) == 0"));
        }
    }

    private void ShowWithoutLargest(Scene scene, LimitPoint point, string variable, Call sum, IReadOnlyList<string> all, string lead)
    {
        const string text = "With the largest exponential taken out:";
        string Rest(string largest) => string.Join(" + ", all.Select(candidate => Exponential(point, variable, candidate, largest)));
        if (sum.Function == Function.Lse)
        {
            // Where the variable falls, the smallest entry leads; of two that is the other one.
            string? leading = point != LimitPoint.MinusInfinity ? lead : all.Count == 2 ? all.First(candidate => candidate != lead) : null;
            if (leading is not null)
            {
                string growth = point == LimitPoint.ZeroFromAbove ? $"({leading})/{variable}" : $"{variable}*({leading})";
                string rest = point == LimitPoint.MinusInfinity
                    ? string.Join(" + ", all.Select(candidate => Exponential(LimitPoint.PlusInfinity, variable, candidate, leading)))
                    : Rest(leading);
                steps.Show(text, scene.Under($"{sum} == {growth} + log({rest})"));
            }
            return;
        }
        for (int i = 0; i < all.Count; i++)
        {
            steps.Show(text, scene.Under($"{sum}[{i + 1}] == {Exponential(point, variable, all[i], lead)}/({Rest(lead)})"));
        }
    }

    /// <summary>How an exponential compares with the largest; the candidates are what 1/T, lambda or -lambda is multiplied by.</summary>
    private static string Exponential(LimitPoint point, string variable, string candidate, string largest) => candidate == largest ? "1" : point switch
    {
        LimitPoint.PlusInfinity => $"exp({variable}*({candidate} - {largest}))",
        LimitPoint.MinusInfinity => $"exp(-{variable}*({candidate} - {largest}))",
        _ => $"exp(({candidate} - {largest})/{variable})",
    };
}
