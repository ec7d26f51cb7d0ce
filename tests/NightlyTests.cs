using System.Reflection;
using Xunit.v3;

[assembly: NightlyTests]

/// <summary>
/// Skips what carries [Trait("Category", "Nightly")] unless the environment says LOGITS_NIGHTLY=1, so that a plain <c>dotnet test</c> stays short and still
/// counts what it left out. Compiled into every test project.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class NightlyTestsAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test)
    {
        if (test.Traits.TryGetValue("Category", out IReadOnlyCollection<string>? categories) && categories.Contains("Nightly"))
            Assert.SkipUnless(Environment.GetEnvironmentVariable("LOGITS_NIGHTLY") == "1", "Nightly: set LOGITS_NIGHTLY=1 to run it.");
    }
}
