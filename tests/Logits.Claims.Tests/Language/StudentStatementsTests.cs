using Logits.Claims.Language;
using Logits.Claims.Language.Printing;

namespace Logits.Claims.Tests.Language;

/// <summary>Statements as students of softmax regression and information theory write them, in plain text, Unicode and LaTeX.</summary>
public class StudentStatementsTests
{
    /// <summary>How many of the statements are decided at least; the others are left undecided.</summary>
    private const int DecidedAtLeast = 255;

    private static readonly (bool IsTrue, string Kind, string Statement, string Meaning)[] All =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Language", "students.tsv")).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('\t')).Select(fields => (fields[0] == "T", fields[1], fields[2], fields[3])),
    ];

    public static TheoryData<string, string> Statements => new(All.Select(row => (row.Statement, row.Meaning)));

    [Theory]
    [MemberData(nameof(Statements))]
    public void A_statement_is_read_as_what_it_says(string statement, string meaning)
    {
        Claim claim = Claim.Parse(statement);
        Assert.Equal(meaning, claim.ToString());
        Assert.Equal(claim, Claim.Parse(meaning));
        Assert.Equal(claim, Claim.Parse(PlainText.Print(claim, Alphabet.Unicode)));
    }

    [Fact]
    public void There_are_many_of_every_kind() => Assert.All(All.GroupBy(row => row.Kind), kind => Assert.True(kind.Count() >= 8, kind.Key));

    [Fact]
    [Trait("Category", "Nightly")]
    public void No_statement_gets_a_wrong_verdict_and_most_get_one()
    {
        int decided = 0;
        foreach ((bool isTrue, _, string statement, _) in All)
        {
            Verdict verdict = Decider.Decide(Claim.Parse(statement), new() { TimeLimit = TimeSpan.FromSeconds(2), Repair = false });
            Assert.False(isTrue ? verdict is Refuted : verdict is Proved, $"{statement}: {verdict}");
            decided += verdict is Undecided ? 0 : 1;
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{decided} of {All.Length} are decided.");
        Assert.InRange(decided, DecidedAtLeast, All.Length);
    }
}
