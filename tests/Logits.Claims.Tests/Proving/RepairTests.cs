using Logits.Claims.Language;

namespace Logits.Claims.Tests.Proving;

/// <summary>What is offered in place of a wrong claim is near, and true.</summary>
public sealed class RepairTests
{
    private static readonly DecideOptions Patient = new() { TimeLimit = TimeSpan.FromMinutes(1) };

    [Theory]
    [InlineData("lse(x + b) == lse(x)", "lse(x + b) == lse(x) + b")]
    [InlineData("lse(x) == b + lse(x + b)", "lse(x) == b + lse(x - b)")]
    [InlineData("lse(x) - max(x) < log(n)", "lse(x) - max(x) <= log(n)")]
    [InlineData("lse(lambda*x)/lambda > max(x)", "lambda > 0 => lse(lambda*x)/lambda > max(x)")]
    [InlineData("softmax(2*logsoftmax(x/T)) == softmax(x/(2*T))", "softmax(0.5*logsoftmax(x/T)) == softmax(x/(2*T))")]
    [InlineData("limit(softmax(x/T), T -> 0+) == 0*x", "limit(softmax(x/T), T -> 0+) == argmaxind(x) for n in 2..8")]
    [InlineData("sum(p) == 1", "p in simplex: sum(p) == 1")]
    public void The_nearest_true_claim_is_offered(string wrong, string right)
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(wrong), Patient));
        Assert.NotNull(refuted.Repair);
        Assert.Equal(Claim.Parse(right).ToString(), refuted.Repair);
    }

    [Theory]
    [InlineData("i != j => cov(softmax(o))[i, j] == 0")]
    [InlineData("a > 0 => log(a) == a")]
    public void No_repair_is_vacuous(string wrong)
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(wrong), Patient));
        Assert.False(refuted.Repair is { } repair && Claim.Parse(repair).IsVacuous, refuted.Repair);
    }

    [Theory]
    [InlineData("i != j and i == j => cov(p)[i, j] == 0", true)]
    [InlineData("a > 0 and a < 0 => a == 7", true)]
    [InlineData("a >= 1 and a < 1 => a == 7", true)]
    [InlineData("2 < a <= 1 => a == 7", true)]
    [InlineData("a < b and b < a => a == 7", true)]
    [InlineData("a != a => a == 7", true)]
    [InlineData("1 > 2 => a == 7", true)]
    [InlineData("a >= 1 and a <= 1 => a == 1", false)]
    [InlineData("a <= b and b <= a => a == b", false)]
    [InlineData("x > 0 => lse(x) > 0", false)]
    [InlineData("i != j => cov(p)[i, j] <= 0", false)]
    public void Hypotheses_that_plainly_exclude_each_other_are_noticed(string text, bool isVacuous) =>
        Assert.Equal(isVacuous, Claim.Parse(text).IsVacuous);

    [Fact]
    public void Partial_truth_is_said()
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse("lse(lambda*x)/lambda > max(x)"), Patient));
        Assert.Equal("true for lambda > 0, false for lambda < 0", refuted.PartialTruth);
    }

    /// <summary>A sum's sign that no fact can hold was once asked for without end, in a repair or in the proof itself.</summary>
    [Theory]
    [InlineData("norm(x) > 0")]
    [InlineData("norm(x)*b == norm(x)*c => b == c")]
    [InlineData("x != 0 => norm(x) > 0")]
    [InlineData("a > 0 => sqrt(sum(x^2) + a) > 0")]
    [InlineData("sum(x*z)^a > 0")]
    public void A_sum_to_a_power_ends_in_a_verdict(string claim) => Assert.NotNull(Decider.Decide(Claim.Parse(claim), new() { TimeLimit = TimeSpan.FromSeconds(10) }));
}
