using System.Text.RegularExpressions;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Certificates;

/// <summary>What an explanation says of mathematics is said in claims, each of which holds on its own.</summary>
public sealed partial class ExplanationTests
{
    private static readonly DecideOptions Patient = new() { Repair = false, TimeLimit = TimeSpan.FromMinutes(1) };

    [Theory]
    [MemberData(nameof(TableData.True), MemberType = typeof(TableData))]
    public void Every_step_of_a_proof_is_proved(string text)
    {
        Claim claim = Claim.Parse(text);
        Explain(claim, Patient);
        for (int n = 2; n <= 3 && claim.Sizes is not null; n++)
        {
            Explain(claim, Patient with { Sizes = new(n, n) });
        }
    }

    [Theory]
    [InlineData("quad(hessian(lse)(x), v) >= 0", "quad(hessian(lse)(x), v) == sum(k: sum(l: exp(x[k] + x[l])*(v[k] - v[l])^2))/(2*sum(exp(x))^2)")]
    [InlineData("lse(x) - max(x) <= log(n)", "n*exp(max(x)) - sum(exp(x)) >= 0")]
    [InlineData("softmax(x + b) == softmax(x)", "softmax(x + b)[i] == exp(x[i])/sum(exp(x))")]
    [InlineData("x[1] >= x[2] => softmax(x)[1] >= softmax(x)[2]", "x[1] >= x[2] => exp(x[1]) - exp(x[2]) >= 0")]
    [InlineData("kl(softmax(x), softmax(z)) >= 0", "t > 0 => log(t) >= 1 - 1/t")]
    public void A_step_reads_as_a_person_would_write_it(string text, string step) =>
        Assert.Contains(step, Explain(Claim.Parse(text), Patient).Select(shown => shown.Claim));

    [Fact]
    public void Entries_that_differ_are_told_apart()
    {
        string[] claims = [.. Explain(Claim.Parse("hessian(lse)(x) == cov(softmax(x))"), Patient).Select(step => step.Claim).OfType<string>()];
        Assert.Contains("j != i => hessian(lse)(x)[i, j] == -exp(x[i] + x[j])/sum(exp(x))^2", claims);
        Assert.Contains("hessian(lse)(x)[i, i] == exp(x[i])/sum(exp(x)) - exp(2*x[i])/sum(exp(x))^2", claims);
    }

    private static IReadOnlyList<ProofStep> Explain(Claim claim, DecideOptions options)
    {
        Verdict verdict = Decider.Decide(claim, options);
        IReadOnlyList<ProofStep> steps = (verdict is PartlyProved partly ? partly.Proof : Assert.IsType<Proved>(verdict)).Explanation;
        string[] claims = [.. steps.Select(step => step.Claim).OfType<string>()];
        Assert.NotEmpty(claims);
        Assert.All(claims, text =>
        {
            Claim step = Claim.Parse(text);
            var proved = Assert.IsType<Proved>(Decider.Decide(step, Patient));
            Assert.True(step.Sizes is null || proved.Sizes.SequenceEqual([step.Sizes]), $"{text}: {string.Join(", ", proved.Sizes)}");
            Assert.False(HasDoubledParentheses(text), text);
        });
        // Prose joins: it says what is assumed or what comes next, and compares nothing.
        Assert.All(steps.Where(step => step.Claim is null), step => Assert.True(IsJoin().IsMatch(step.Text) || !Comparing().IsMatch(step.Text), step.Text));
        return steps;
    }

    private static bool HasDoubledParentheses(string text)
    {
        var open = new Stack<int>();
        var closed = new Dictionary<int, int>();
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == '(')
            {
                open.Push(i);
            }
            else if (text[i] == ')')
            {
                closed[open.Pop()] = i;
            }
        }
        return closed.Any(pair => closed.TryGetValue(pair.Key + 1, out int inner) && inner == pair.Value - 1);
    }

    [GeneratedRegex("^(Let |At n = |Then .* cannot hold|All this where |Both sides are values of )")]
    private static partial Regex IsJoin();

    [GeneratedRegex("[=<>]")]
    private static partial Regex Comparing();
}
