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
    [InlineData("limit(x[1]/T, T -> 0+) == 0", "limit(x[1]/T, T -> 0+) has no finite value: there it grows like x[1]/T")]
    [InlineData("limit(exp(-lambda), lambda -> -inf) == 0", "limit(exp(-lambda), lambda -> -inf) has no finite value: there it grows like exp(-lambda)")]
    [InlineData("limit(exp(exp(T)), T -> inf) == 0", "limit(exp(exp(T)), T -> inf) was not worked out: exponentials stand inside exponentials there")]
    [InlineData("limit(log(T)/T, T -> inf) == 0", "limit(log(T)/T, T -> inf) was not worked out: the logarithm of a power of its variable stands there")]
    [InlineData("limit((-1)^T, T -> inf) == 0", "nothing can be said, because a logarithm, or a power whose exponent is no whole number, is taken of what is never positive")]
    public void Why_there_is_no_limit_is_said_in_a_sentence(string text, string reason) =>
        Assert.Equal(reason, Assert.IsType<Undecided>(Decide(text)).Reason);

    [Fact]
    public void What_is_largest_on_the_way_to_a_limit_is_a_case_of_its_own() =>
        Assert.IsType<Proved>(Decide("limit(argmaxind(x/T), T -> 0+) == argmaxind(x) for n = 2"));

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
