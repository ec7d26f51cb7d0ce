using Logits.Claims.Language;

namespace Logits.Claims.Tests.Judging;

/// <summary>"or", "not" and "exists" in the hands of the decider: never a wrong verdict.</summary>
public sealed class ConnectiveTests
{
    [Theory]
    [InlineData("a > 0 or a < 0")]
    [InlineData("a <= 0 or b <= 0 or a*b > 1")]
    [InlineData("not a > 0")]
    [InlineData("a > 0 or b > 0 => a + b > 0")]
    [InlineData("not a == b => a > b")]
    public void What_fails_at_a_point_is_refuted(string claim) => Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(claim)));

    [Theory]
    [InlineData("a > 0 or a <= 0")]
    [InlineData("not a^2 < 0")]
    [InlineData("a > 0 or b > 0 => max(a, b) > 0")]
    [InlineData("exists c: lse(x + c) == 0")]
    [InlineData("exists a: a^2 == 2")]
    public void What_is_true_is_not_refuted(string claim) => Assert.IsNotType<Refuted>(Decider.Decide(Claim.Parse(claim), Soon));

    [Theory]
    [InlineData("exists a: a^2 < 0")]
    [InlineData("exists c: lse(c*x) < max(c*x)")]
    public void What_does_not_exist_is_not_proved(string claim) => Assert.IsNotType<Proved>(Decider.Decide(Claim.Parse(claim), Soon));

    private static DecideOptions Soon => new() { TimeLimit = TimeSpan.FromSeconds(2) };
}
