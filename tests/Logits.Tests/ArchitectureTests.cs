using System.Reflection.PortableExecutable;

namespace Logits.Tests;

/// <summary>Who may use whom, read from the compiled assemblies: every type that a member's signature or body refers to.</summary>
public class ArchitectureTests
{
    /// <summary>The parts of the core and what each may use beside itself. A part is a folder.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Numerics"] = [],
        ["LogPartition"] = ["Numerics"],
        ["Optimization"] = ["Numerics"],
        ["Rows"] = ["Numerics"],
        ["Regression"] = ["LogPartition", "Optimization", "Numerics", "Rows"],
    };

    private static readonly string[] ForbiddenInCore =
    [
        "System.Console", "System.IO.", "System.Text.Json.", "System.Net.", "System.DateTime::get_Now", "System.DateTime::get_UtcNow",
        "System.Environment::get_TickCount", "System.Environment::get_TickCount64", "System.Random::get_Shared", "System.Diagnostics.Process",
    ];

    [Fact]
    public void Inside_the_core_every_arrow_is_allowed()
    {
        string[] wrong = [.. Arrows(CoreUses()).Where(a => !Allowed[a.From].Contains(a.To)).Select(a => $"{a.From} -> {a.To}").Distinct()];
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_type_of_the_core_lies_in_a_known_part()
    {
        string[] unknown = [.. CoreUses().Select(u => u.User).Distinct().Where(t => !Allowed.ContainsKey(PartOf(t)))];
        Assert.Empty(unknown);
    }

    [Fact]
    public void The_detector_sees_arrows_that_exist()
    {
        (string From, string To)[] arrows = [.. Arrows(CoreUses())];
        Assert.Contains(("LogPartition", "Numerics"), arrows);
        Assert.Contains(("Regression", "LogPartition"), arrows);
    }

    [Fact]
    public void The_detector_sees_what_is_planted_in_a_body()
    {
        string[] uses = [.. Uses(typeof(ArchitectureTests).Assembly.Location).Where(u => u.User == typeof(Planted).FullName).Select(u => u.Used)];
        Assert.Contains("System.Console::WriteLine", uses);
        Assert.Contains("System.DateTime::get_Now", uses);
        Assert.Contains("Logits.Regression.FitOptions", uses);
        Assert.Contains("Logits.LogPartition::Value", uses);
        Assert.Contains(uses, u => ForbiddenInCore.Any(u.StartsWith));
    }

    [Fact]
    public void The_core_touches_no_console_file_network_or_clock()
    {
        string[] wrong = [.. CoreUses().Where(u => ForbiddenInCore.Any(u.Used.StartsWith)).Select(u => $"{u.User} uses {u.Used}")];
        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Logits")]
    [InlineData("Logits.Data", "Logits")]
    [InlineData("Logits.Claims")]
    [InlineData("Logits.Cli", "Logits", "Logits.Data", "Logits.Claims")]
    public void Projects_refer_to_the_allowed_projects_only(string project, params string[] allowed)
    {
        string[] references = [.. ElementsOf(project, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/')))];
        Assert.Empty(references.Except(allowed));
    }

    [Fact]
    public void The_core_refers_to_no_package() => Assert.Empty(ElementsOf("Logits", "PackageReference"));

    private static IEnumerable<(string From, string To)> Arrows(IEnumerable<(string User, string Used)> uses) =>
        from use in uses
        let to = PartOf(use.Used.Split("::")[0])
        where to != "" && to != PartOf(use.User)
        select (PartOf(use.User), to);

    /// <summary>The part that a type of the core belongs to; "" for a type of another assembly. The root namespace holds LogPartition.</summary>
    private static string PartOf(string type)
    {
        if (!type.StartsWith("Logits."))
            return "";
        string[] names = type.Split('.');
        return names.Length == 2 ? "LogPartition" : names[1];
    }

    private static List<(string User, string Used)> CoreUses() => [.. Uses(typeof(LogPartition).Assembly.Location).Where(u => u.User.StartsWith("Logits."))];

    private static IEnumerable<string> ElementsOf(string project, string element)
    {
        string file = Path.Combine(Repository.Root, "src", project, project + ".csproj");
        return System.Xml.Linq.XDocument.Load(file).Descendants(element).Select(e => (string)e.Attribute("Include")!);
    }

    /// <summary>Pairs of an outermost type and a type, or member as Type::Member, that its fields, signatures or method bodies refer to.</summary>
    private static HashSet<(string User, string Used)> Uses(string assembly)
    {
        using FileStream stream = File.OpenRead(assembly);
        using PEReader image = new(stream);
        return TypeReferences.Of(image);
    }

}

/// <summary>What the detector must find.</summary>
internal static class Planted
{
    public static void Body()
    {
#pragma warning disable RS0030 // Banned symbols are what is planted.
        Console.WriteLine(DateTime.Now);
#pragma warning restore RS0030
        Console.WriteLine(LogPartition.Value<double>([1, 2]));
        Console.WriteLine(new global::Logits.Regression.FitOptions().MaxIterations);
    }
}
