using Logits.Claims.Language;

namespace Logits.Claims.Tests.Laws;

/// <summary>Claims that hold almost everywhere and fail where something vanishes, at an edge, in one case of several, or at a size nobody looks at first.</summary>
public sealed class FalseClaimTests
{
    private static readonly DecideOptions Options = new() { Repair = false, TimeLimit = TimeSpan.FromSeconds(5) };

    private static void AssertOpen(string text)
    {
        Claim claim = Claim.Parse(text);
        Assert.IsNotType<Proved>(Decider.Decide(claim, Options));
        for (int n = 2; n <= 3 && claim.Sizes is { Maximum: null }; n++)
        {
            Assert.False(Decider.Decide(claim, Options with { Sizes = new(n, n) }) is Proved, $"{text}, n = {n}");
        }
    }

    [Theory]
    [InlineData("lse(x)*a == lse(x)*b => a == b")]
    [InlineData("log(7*a - 5)*b == log(7*a - 5)*c => b == c")]
    [InlineData("a*b == a*c => b == c")]
    [InlineData("(a - 1)*b == (a - 1)*c => b == c")]
    [InlineData("exp(lse(x)*a) == exp(lse(x)*b) => a == b")]
    [InlineData("log(a)*b == 0 => b == 0")]
    [InlineData("a^2*b == a^2*c => b == c")]
    [InlineData("sum(x)*a == sum(x)*b => a == b")]
    [InlineData("(lse(x) - 1)*a == (lse(x) - 1)*b => a == b")]
    public void No_factor_that_may_be_0_is_divided_by(string text) => AssertOpen(text);

    [Theory]
    [InlineData("a >= 0 => sqrt(a) > 0")]
    [InlineData("a >= 0 and b > 0 => a^b > 0")]
    [InlineData("for every p in simplex: sqrt(p[1]) > 0")]
    [InlineData("for every p in simplex: p[1]^(1/3) > 0")]
    [InlineData("sqrt(a)*sqrt(a) == a and a > 0")]
    [InlineData("sqrt(a^2) > 0")]
    [InlineData("for every p in simplex, q in simplex: kl(p, q) >= 0 and q[1] > 0")]
    [InlineData("for every x in R^n: entropy(x) == entropy(x) and x[1] > 0")]
    [InlineData("sqrt(abs(a)) > 0")]
    [InlineData("b > 0 => abs(a)^b > 0")]
    public void Nothing_is_shut_out_that_is_defined(string text) => AssertOpen(text);

    [Theory]
    [InlineData("log(max(a, b)) == log(max(a, b)) and a >= 0")]
    [InlineData("log(abs(7*a - 5)) == log(abs(5 - 7*a)) and 7*a - 5 > 0")]
    [InlineData("max(a, b)/max(a, b) == 1 and a != 0")]
    public void A_condition_of_one_case_is_none_of_another(string text) => AssertOpen(text);

    [Theory]
    [InlineData("lse(x) == 0 => d/dx[1] sum(k: log(1 + exp(x[1] - x[k]))) == -1/2")]
    [InlineData("d/dx[1] sum(k: exp(x[1] - x[k])) == -1")]
    [InlineData("d/dx[1] sum(k: x[1]*x[k]) == x[1]")]
    [InlineData("d/dx[i] sum(k: x[i]*x[k]) == x[i]")]
    [InlineData("grad(sum(k: x[k]*x[1]))(x)[1] == x[1]")]
    public void A_derivative_of_a_sum_is_by_every_place_of_the_variable(string text) => AssertOpen(text);

    [Theory]
    [InlineData("limit(limit(T/a, a -> inf), T -> inf) == 1")]
    [InlineData("limit(limit(exp(-a/T), a -> inf), T -> inf) == 1")]
    [InlineData("limit(limit(exp(-a/T), a -> inf), T -> inf) == exp(-1)")]
    [InlineData("limit(limit(T/(T + a), a -> inf), T -> inf) == 1/2")]
    [InlineData("limit(lse(x)^2*exp(t)/(lse(x)^2*exp(t) + 1), t -> inf) == 1")]
    [InlineData("limit(a^2*exp(t)/(a^2*exp(t) + 1), t -> inf) == 1")]
    [InlineData("limit(log(a^2*exp(t) + 1)/t, t -> inf) == 1")]
    [InlineData("limit((a*t + 1)/(a*t + 2), t -> inf) == 1")]
    [InlineData("limit(sum(x)*t/(sum(x)*t + 1), t -> inf) == 1")]
    public void A_limit_does_not_pass_over_another_or_over_a_leading_term_that_vanishes(string text) => AssertOpen(text);

    [Fact]
    public void Nested_limits_are_taken_one_after_the_other() =>
        Assert.IsType<Proved>(Decider.Decide(Claim.Parse("limit(limit(T/a, a -> inf), T -> inf) == 0"), Options));

    [Theory]
    [InlineData("n <= 8")]
    [InlineData("lse(x) <= max(x) + log(8)")]
    [InlineData("lse(x) <= max(x) + log(99)")]
    [InlineData("n <= 15")]
    [InlineData("n != 23")]
    public void Some_sizes_are_not_all(string text) => Assert.IsNotType<Proved>(Decider.Decide(Claim.Parse(text), Options));

    [Theory]
    [InlineData("for every n >= 2, x in R^n: x*(diag(onehot(1))*onehot(1)) == 2*x*onehot(1)")]
    [InlineData("x*(cov(onehot(1))*onehot(1)) == x")]
    public void A_position_with_a_name_is_counted_once(string text) => AssertOpen(text);

    [Theory]
    [InlineData("log(abs(7*a - 5)) == log(abs(5 - 7*a))", "5 - 7*a != 0")]
    [InlineData("log(max(a, b)) == log(max(b, a))", "a - b >= 0 => a > 0", "b - a >= 0 => b > 0")]
    [InlineData("sqrt(a)*sqrt(a) == a", "a >= 0")]
    [InlineData("x[i]/x[i] == 1 for n = 3", "x[i] != 0")]
    public void Conditions_are_those_of_each_case(string text, params string[] conditions) =>
        Assert.Equal(conditions, Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), Options)).Conditions);
}
