namespace Logits.Cli;

/// <summary>What was probably meant by a name that does not exist.</summary>
internal static class NearestName
{
    /// <summary>The name at the least edit distance, ignoring case, where that is at most a third of the longer name; null where none is near.</summary>
    public static string? Of(string name, IEnumerable<string> known)
    {
        string? nearest = null;
        double least = 1 / 3.0;
        foreach (string candidate in known)
        {
            double distance = (double)Distance(name.ToUpperInvariant(), candidate.ToUpperInvariant()) / Math.Max(name.Length, candidate.Length);
            if (distance <= least && (nearest is null || distance < least))
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>The Levenshtein distance: the least number of insertions, deletions and substitutions.</summary>
    private static int Distance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            (int diagonal, row[0]) = (row[0], i);
            for (int j = 1; j <= b.Length; j++)
                (diagonal, row[j]) = (row[j], Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (a[i - 1] == b[j - 1] ? 0 : 1)));
        }
        return row[b.Length];
    }
}
