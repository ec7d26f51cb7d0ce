using Logits.Claims.Language;

namespace Logits.Claims.Tests;

/// <summary>The formulas of docs/mathematics.md, as far as the language can say them, are proved.</summary>
public class DocumentedMathematicsTests
{
    public static TheoryData<string> Claims =>
        [.. Documentation.Read("claims-of-mathematics.txt").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != '#')];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Each_is_proved(string line)
    {
        Verdict verdict = Decider.Decide(Claim.Parse(line), new DecideOptions { TimeLimit = TimeSpan.FromSeconds(60) });
        // Where no proof for every n is found, at n = 2 to 8.
        bool isPartly = verdict is PartlyProved { Proof.Sizes: [{ Minimum: 2, Maximum: 8 }] };
        Assert.True(verdict is Proved || isPartly, verdict switch
        {
            PartlyProved partly => $"proved for {string.Join(", ", partly.Proof.Sizes)} only: {partly.Reason}",
            Refuted refuted => $"refuted: {refuted.Counterexample.Left.Value} against {refuted.Counterexample.Right.Value}",
            Undecided undecided => undecided.Reason,
            _ => "",
        });
    }
}
