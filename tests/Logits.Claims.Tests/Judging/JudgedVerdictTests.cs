using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Judging;

/// <summary>What numbers contradict is not called proved, and what is proved they do not contradict.</summary>
public sealed class JudgedVerdictTests(ITestOutputHelper output)
{
    private static readonly DecideOptions Plainly = new() { TimeLimit = TimeSpan.FromSeconds(20), Repair = false };

    public static TheoryData<string> False => NumericJudgeTests.False;

    public static TheoryData<string> True => TableData.True;

    [Theory]
    [MemberData(nameof(False))]
    public void A_false_claim_is_not_proved(string text)
    {
        Verdict verdict = Decider.Decide(Claim.Parse(text), Plainly);
        output.WriteLine($"{verdict.GetType().Name}, {verdict.ContradictedProofs} proofs contradicted: {text}");
        Assert.IsNotType<Proved>(verdict);
    }

    [Theory]
    [MemberData(nameof(True))]
    public void No_proof_of_a_true_claim_is_contradicted(string text) => Assert.Equal(0, Decider.Decide(Claim.Parse(text), Plainly).ContradictedProofs);
}
