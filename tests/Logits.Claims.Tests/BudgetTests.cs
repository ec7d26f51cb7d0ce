using Logits.Claims.Language;

namespace Logits.Claims.Tests;

/// <summary>Deciding, checking and explaining end when they are told to, and what runs beside them changes nothing.</summary>
public sealed class BudgetTests
{
    private const string Large = "for every a, b, c, d, e, f, g, h in R: (a + b + c + d + e + f + g + h)^16 == (h + a + b + c + d + e + f + g)^16";

    private const string Slow = """{"format": "logits-certificate/1", "claim": "CLAIM", "proofs": [{"proof": {"by": "comparisons", "substitutions": [], "proofs": [{"by": "identity"}]}}]}""";

    [Fact]
    public void A_check_out_of_time_accepts_nothing()
    {
        var error = Assert.Throws<CertificateException>(() => Certificate.Check(Slow.Replace("CLAIM", Large, StringComparison.Ordinal), new() { TimeLimit = TimeSpan.FromMilliseconds(20) }));
        Assert.Contains("out of time (0.02 s)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_check_out_of_memory_accepts_nothing()
    {
        var error = Assert.Throws<CertificateException>(() => Certificate.Check(Slow.Replace("CLAIM", Large, StringComparison.Ordinal), new() { MemoryLimit = 1 << 20, TimeLimit = TimeSpan.FromMinutes(5) }));
        Assert.Contains("out of memory (1 MB)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Checking_and_explaining_can_be_cancelled()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse("lse(x) > max(x)")));
        Assert.Throws<OperationCanceledException>(() => Certificate.Check(proved.Certificate.Json, cancellationToken: cancelled.Token));
        Assert.Throws<OperationCanceledException>(() => proved.Explain(cancellationToken: cancelled.Token));
    }

    [Fact]
    public void An_explanation_out_of_time_says_so()
    {
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse("lse(x) - max(x) <= log(n)")));
        Assert.Contains("out of time", proved.Explain(new() { TimeLimit = TimeSpan.Zero })[^1].Text, StringComparison.Ordinal);
    }

    /// <summary>Memory is that of the call: two hundred at once are decided as each is alone.</summary>
    [Fact]
    public void Two_hundred_calls_at_once_give_what_each_gives_alone()
    {
        string[] claims = ["lse(x) > max(x)", "softmax(x + b) == softmax(x)", "lse(x + b) == lse(x)", "for every a, b, c, d in R: (a + b + c + d)^12 == (d + c + b + a)^12"];
        DecideOptions options = new() { Repair = false, TimeLimit = TimeSpan.FromMinutes(10), MemoryLimit = 64 << 10 };
        string Verdict(string text) => Decider.Decide(Claim.Parse(text), options) is var verdict && verdict is Undecided undecided ? undecided.Reason : verdict.GetType().Name;
        string[] alone = [.. claims.Select(Verdict)];
        string[] together = [.. Enumerable.Range(0, 200).AsParallel().AsOrdered().WithDegreeOfParallelism(16).Select(i => Verdict(claims[i % claims.Length]))];
        Assert.Contains("out of memory (0 MB)", alone);
        Assert.All(Enumerable.Range(0, together.Length), i => Assert.Equal(alone[i % claims.Length], together[i]));
    }
}
