using System.Text.RegularExpressions;

namespace Logits.Claims.Tests.Certificates;

/// <summary>The re-checker shares nothing with what it checks but the language, the types of numbers, and the limits of time and memory.</summary>
public sealed class IndependenceTests
{
    [Fact]
    public void The_checker_uses_nothing_of_the_provers()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Logits.Claims", "Certificates", "Checking"), "*.cs");
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(@"\b(Proving|Evaluating|Refuting|Repairing|Decider)\b", Code(file)));
    }

    [Fact]
    public void The_provers_use_nothing_of_the_checker()
    {
        string[] files = Directory.GetFiles(Path.Combine(Repository.Root, "src", "Logits.Claims", "Proving"), "*.cs", SearchOption.AllDirectories);
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.DoesNotMatch(@"\bChecking\b", Code(file)));
    }

    private static string Code(string file) => Regex.Replace(File.ReadAllText(file), "//.*", "");
}
