using Logits.Claims.Judging;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Judging;

/// <summary>Numbers alone find where false claims fail, at points that no random draw meets, and find nothing against true ones.</summary>
public sealed class NumericJudgeTests
{
    public static TheoryData<string> False => new(FalseClaims.All.Select(row => row.Claim));

    public static TheoryData<string> True => TableData.True;

    [Theory]
    [MemberData(nameof(False))]
    public void A_false_claim_is_contradicted(string text) => Assert.True(NumericJudge.Attack(Claim.Parse(text)).IsAgainst, text);

    [Theory]
    [MemberData(nameof(True))]
    public void A_true_claim_is_met_and_not_contradicted(string text)
    {
        Finding finding = NumericJudge.Attack(Claim.Parse(text));
        Assert.False(finding.IsAgainst, finding.ToString());
        Assert.True(finding.PointsMet > 0);
    }
}
