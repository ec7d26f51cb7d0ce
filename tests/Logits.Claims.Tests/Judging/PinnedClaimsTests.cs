using Logits.Claims.Judging;
using Logits.Claims.Language;

namespace Logits.Claims.Tests.Judging;

/// <summary>No claim that fails at a pinned point is proved, and numbers find nearly all such points.</summary>
public sealed class PinnedClaimsTests(ITestOutputHelper output)
{
    private static readonly DecideOptions Plainly = new() { TimeLimit = TimeSpan.FromSeconds(5), Repair = false };

    [Theory]
    [InlineData(20_261_125, 150)]
    public void None_is_proved(int seed, int count) => Attack(seed, count);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(1, 10_000)]
    [InlineData(2, 10_000)]
    [InlineData(3, 10_000)]
    [InlineData(4, 10_000)]
    [InlineData(5, 10_000)]
    public void None_is_proved_among_fifty_thousand(int seed, int count) => Attack(seed, count);

    private void Attack(int seed, int count)
    {
        var claims = new PinnedClaims(seed);
        var found = new Dictionary<string, (int Found, int All)>();
        var missed = new List<string>();
        var proved = new List<string>();
        int contradicted = 0;
        for (int i = 0; i < count; i++)
        {
            (string kind, Claim claim) = claims.Next();
            bool isAgainst = NumericJudge.Attack(claim).IsAgainst;
            (int before, int all) = found.GetValueOrDefault(kind);
            found[kind] = (before + (isAgainst ? 1 : 0), all + 1);
            if (!isAgainst)
            {
                missed.Add(claim.Text);
            }
            // What numbers contradict cannot be called proved; what they miss must be left to the proofs.
            Verdict verdict = Decider.Decide(claim, Plainly);
            contradicted += verdict.ContradictedProofs;
            if (verdict is Proved)
            {
                proved.Add(claim.Text);
            }
        }
        foreach ((string kind, (int own, int all)) in found)
        {
            output.WriteLine($"{own} of {all} contradicted by numbers: {kind}");
        }
        output.WriteLine($"{contradicted} proofs contradicted; missed: {string.Join("; ", missed.Take(40))}");
        Assert.Empty(proved);
        Assert.True(missed.Count * 10 <= count, $"{missed.Count} of {count} not found by numbers: {string.Join("; ", missed.Take(20))}");
    }
}
