using Logits.Claims.Language;

namespace Logits.Claims.Tests;

/// <summary>What is nowhere defined, or has no limit, is never proved, and ends in a verdict.</summary>
public class UndefinedTests
{
    private static Verdict Decide(string text) => Decider.Decide(Claim.Parse(text), new DecideOptions { TimeLimit = TimeSpan.FromSeconds(5) });

    [Theory]
    [InlineData("0/0 == 1")]
    [InlineData("0/0 == 0/0")]
    [InlineData("a/(b - b) == 1")]
    [InlineData("log(-1) == 0")]
    [InlineData("log(-exp(a)) == a")]
    [InlineData("log(a - a) < 0")]
    [InlineData("0^-1 == 0")]
    [InlineData("(-1)^(1/2) == 1")]
    [InlineData("kl([1, 0], [0, 1]) >= 0")]
    [InlineData("entropy([2, -1]) <= 0")]
    [InlineData("T == 0 => softmax(x/T) == softmax(x)")]
    public void Claims_about_nothing_are_not_proved(string text) => Assert.IsNotType<Proved>(Decide(text));

    [Theory]
    [InlineData("limit(a*T, T -> inf) == 0")]
    [InlineData("limit(exp(a*T), T -> inf) == 0")]
    [InlineData("limit(max(x/T), T -> 0+) == max(x)")]
    [InlineData("limit((-1)^T, T -> inf) == 0")]
    [InlineData("limit(1/T, T -> 0+) == 1/0")]
    [InlineData("limit(log(-T), T -> inf) == 0")]
    public void Limits_that_do_not_exist_are_not_proved(string text) => Assert.IsNotType<Proved>(Decide(text));

    [Theory]
    [InlineData("x/x == 1", "x")]
    [InlineData("softmax(x/T) == softmax(x/T)", "T")]
    [InlineData("exp(log(a)) == a", "a")]
    public void What_must_hold_for_both_sides_to_be_defined_is_said(string text, string name)
    {
        var proved = Assert.IsType<Proved>(Decide(text));
        Assert.Contains(proved.Conditions, condition => condition.Contains(name, StringComparison.Ordinal));
    }

    [Fact]
    public void One_entry_is_decided_when_asked_for()
    {
        Assert.IsType<Proved>(Decide("lse(x) == x[1] for n = 1"));
        Assert.IsType<Refuted>(Decide("lse(x) > max(x) for n = 1"));
    }

    [Fact]
    public void Numbers_of_five_hundred_digits_are_decided()
    {
        string digits = string.Concat(Enumerable.Repeat("7", 500));
        Assert.IsType<Proved>(Decide($"a*{digits} == {digits}*a"));
        Assert.IsType<Refuted>(Decide($"a*{digits} == {digits}8*a"));
    }
}
