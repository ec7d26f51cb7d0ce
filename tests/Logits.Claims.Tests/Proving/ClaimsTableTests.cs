using Logits.Claims.Language;

namespace Logits.Claims.Tests.Proving;

/// <summary>Every row of the table gets its verdict, at small sizes on its own and for every n where the facts allow.</summary>
public sealed class ClaimsTableTests
{
    private static readonly DecideOptions Patient = new() { TimeLimit = TimeSpan.FromMinutes(2), Repair = false };

    [Theory]
    [MemberData(nameof(TableData.All), MemberType = typeof(TableData))]
    public void A_row_has_its_verdict_at_two_three_and_four(int row, string text, bool isTrue)
    {
        Claim claim = Claim.Parse(text);
        for (int n = 2; n <= 4; n++)
        {
            Verdict verdict = Decider.Decide(claim, claim.Sizes is null ? Patient : Patient with { Sizes = new(n, n) });
            Assert.True(isTrue ? verdict is Proved : verdict is Refuted, $"row {row}, n = {n}: {verdict}");
        }
    }

    [Theory]
    [MemberData(nameof(TableData.ForEveryN), MemberType = typeof(TableData))]
    public void Rows_that_can_be_are_proved_for_every_n(string text)
    {
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), Patient));
        Assert.Equal(new SizeRange(2, null), Assert.Single(proved.Sizes));
    }

    [Theory]
    [Trait("Category", "Nightly")]
    [MemberData(nameof(TableData.All), MemberType = typeof(TableData))]
    public void A_row_has_its_verdict_up_to_eight(int row, string text, bool isTrue)
    {
        Claim claim = Claim.Parse(text);
        for (int n = 5; n <= 8 && claim.Sizes is not null; n++)
        {
            Verdict verdict = Decider.Decide(claim, Patient with { Sizes = new(n, n) });
            Assert.True(isTrue ? verdict is Proved : verdict is Refuted, $"row {row}, n = {n}: {verdict}");
        }
    }

    [Fact]
    public void The_limit_of_a_falling_parameter_is_over_the_smallest_entries()
    {
        Assert.IsType<Refuted>(Decider.Decide(Claim.Parse("limit(softmax(lambda*x), lambda -> -inf) == argmaxind(x)"), Patient));
        Assert.IsType<Proved>(Decider.Decide(Claim.Parse("limit(softmax(lambda*x), lambda -> -inf) == argmaxind(-x) for n = 3"), Patient));
    }

    /// <summary>An exponent such as s·log(1 + e^s) or s·e^(−s) grows like no power of s; what it was taken for is false.</summary>
    [Theory]
    [InlineData("limit((1 + exp(s))^s/exp(s^2), s -> inf) == 0")]
    [InlineData("limit(1/(1 + exp(s*exp(-s))), s -> inf) == 0")]
    public void A_limit_of_nested_exponentials_is_not_proved_by_their_outermost_power(string text) =>
        Assert.IsNotType<Proved>(Decider.Decide(Claim.Parse(text), Patient));

    [Theory]
    [InlineData("limit(exp(s*log(1 + exp(-s)))*b, s -> inf) == b")]
    [InlineData("limit(exp(-s*exp(-s)), s -> inf) == 1")]
    public void A_true_limit_of_nested_exponentials_is_not_refuted(string text) =>
        Assert.IsNotType<Refuted>(Decider.Decide(Claim.Parse(text), Patient));

    [Theory]
    [InlineData("x/x == 1", "x[i] != 0")]
    [InlineData("softmax(x/T) == softmax(2*x/(2*T))", "T != 0")]
    [InlineData("log(a*T) == log(a) + log(T)", "T > 0")]
    [InlineData("log(T^2)/2 == log(T)", "T > 0")]
    public void Nothing_is_assumed_in_silence(string text, string condition)
    {
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), Patient));
        Assert.Contains(condition, proved.Conditions);
    }

    [Theory]
    [InlineData("T > 0 => softmax(x/T)[1] > 0")]
    [InlineData("lambda >= 1 => lse(lambda*x)/lambda <= lse(x) for n = 3")]
    public void What_the_hypotheses_say_is_no_condition(string text) =>
        Assert.Empty(Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), Patient)).Conditions);

    [Fact]
    public void The_first_counterexample_is_one_for_the_hand()
    {
        var refuted = Assert.IsType<Refuted>(Decider.Decide(Claim.Parse("lse(x + b) == lse(x)"), Patient));
        Assert.Equal([KeyValuePair.Create("x", "[0, 0]"), KeyValuePair.Create("b", "1")], refuted.Counterexample.Values);
        Assert.Equal(("1 + log(2)", "1.693147"), (refuted.Counterexample.Left.Exact, refuted.Counterexample.Left.Value));
        Assert.Equal(("log(2)", "0.693147"), (refuted.Counterexample.Right.Exact, refuted.Counterexample.Right.Value));
    }

    [Fact]
    public void A_claim_out_of_time_is_undecided()
    {
        Verdict verdict = Decider.Decide(Claim.Parse("psd(hessian(lse)(x)) for n = 40"), new() { TimeLimit = TimeSpan.FromMilliseconds(200) });
        Assert.Contains("out of time", Assert.IsType<Undecided>(verdict).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_claim_out_of_memory_is_undecided()
    {
        Claim claim = Claim.Parse("for every a, b, c, d, e, f, g, h in R: (a + b + c + d + e + f + g + h)^16 == (h + a + b + c + d + e + f + g)^16");
        Verdict verdict = Decider.Decide(claim, new() { TimeLimit = TimeSpan.FromMinutes(5), MemoryLimit = 24 << 20 });
        Assert.Equal("out of memory (24 MB)", Assert.IsType<Undecided>(verdict).Reason);
    }

    [Fact]
    public void Deciding_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.Throws<OperationCanceledException>(() => Decider.Decide(Claim.Parse("lse(x) > max(x)"), null, cancelled.Token));
    }
}
