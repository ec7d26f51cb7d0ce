namespace Logits.Data;

/// <summary>Finds what a misspelt name was meant to be.</summary>
internal static class NearestName
{
    /// <summary>A sentence that names the existing name nearest to <paramref name="wanted"/>, or lists the first few when none is near.</summary>
    public static string Suggest(string wanted, IEnumerable<string> existing)
    {
        string[] names = [.. existing];
        if (Of(wanted, names) is { } nearest)
            return $"Did you mean '{nearest}'?";
        string list = string.Join(", ", names.Take(10).Select(n => $"'{n}'"));
        return $"Its columns are {list}{(names.Length > 10 ? $" and {names.Length - 10} more" : "")}.";
    }

    /// <summary>The existing name nearest to <paramref name="wanted"/>; null when none is near.</summary>
    public static string? Of(string wanted, IEnumerable<string> existing)
    {
        string? nearest = existing.MinBy(n => EditDistance(wanted, n));
        return nearest is not null && EditDistance(wanted, nearest) <= Math.Max(2, wanted.Length / 3) ? nearest : null;
    }

    /// <summary>The least number of insertions, deletions and replacements of one character that turn one name into the other, ignoring case.</summary>
    public static int EditDistance(string a, string b)
    {
        int[] previous = [.. Enumerable.Range(0, b.Length + 1)];
        int[] current = new int[b.Length + 1];
        for (int i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = previous[j - 1] + (char.ToUpperInvariant(a[i - 1]) == char.ToUpperInvariant(b[j - 1]) ? 0 : 1);
                current[j] = Math.Min(replaced, 1 + Math.Min(previous[j], current[j - 1]));
            }
            (previous, current) = (current, previous);
        }
        return previous[b.Length];
    }
}
