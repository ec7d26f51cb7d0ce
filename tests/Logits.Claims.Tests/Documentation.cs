namespace Logits.Claims.Tests;

/// <summary>The pages under docs/.</summary>
internal static class Documentation
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs");

    public static string Read(string page) => File.ReadAllText(Path.Combine(Folder, page));

    /// <summary>The lines of each block fenced with <c>```kind</c>, blank lines left out.</summary>
    public static IEnumerable<IReadOnlyList<string>> Blocks(string page, string kind)
    {
        List<string>? block = null;
        foreach (string line in Read(page).Split('\n'))
        {
            if (block is null)
            {
                block = line.TrimEnd() == "```" + kind ? [] : null;
            }
            else if (line.StartsWith("```", StringComparison.Ordinal))
            {
                yield return block;
                block = null;
            }
            else if (line.Trim().Length > 0)
            {
                block.Add(line);
            }
        }
    }
}
