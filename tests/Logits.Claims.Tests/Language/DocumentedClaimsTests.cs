using Logits.Claims.Language;
using Logits.Claims.Language.Parsing;

namespace Logits.Claims.Tests.Language;

/// <summary>Every example of docs/claims.md is read, or refused with the words that stand beside it.</summary>
public class DocumentedClaimsTests
{
    public static TheoryData<string> Claims => [.. Documentation.Blocks("claims.md", "claims").SelectMany(block => block)];

    public static TheoryData<string> Errors => [.. Documentation.Blocks("claims.md", "not-claims").SelectMany(block => block)];

    [Theory]
    [MemberData(nameof(Claims))]
    public void Examples_are_claims(string line)
    {
        Claim claim = Claim.Parse(line);
        Assert.Equal(claim, Claim.Parse(claim.ToString()));
    }

    [Theory]
    [MemberData(nameof(Errors))]
    public void Examples_of_errors_are_refused_as_said(string line)
    {
        string said = line[(line.IndexOf('#', StringComparison.Ordinal) + 1)..].Trim();
        Assert.Contains(said, Assert.Throws<ClaimSyntaxException>(() => Claim.Parse(line)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_function_is_explained_and_has_an_example()
    {
        string page = Documentation.Read("claims.md");
        string examples = string.Join('\n', Documentation.Blocks("claims.md", "claims").SelectMany(block => block));
        Assert.All(Functions.All, function =>
        {
            Assert.Contains($"`{function.Name}(", page, StringComparison.Ordinal);
            Assert.Matches($@"\b{function.Name}\(", examples.Replace("√", "sqrt(", StringComparison.Ordinal));
        });
    }
}
