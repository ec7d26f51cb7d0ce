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
    public void The_nearest_true_claim_is_offered(string wrong, string right)
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(wrong), Patient));
        Assert.NotNull(refuted.Repair);
        Assert.Equal(Claim.Parse(right).ToString(), refuted.Repair);
    }

    [Fact]
    public void Partial_truth_is_said()
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse("lse(lambda*x)/lambda > max(x)"), Patient));
        Assert.Equal("true for lambda > 0, false for lambda < 0", refuted.PartialTruth);
    }
}
