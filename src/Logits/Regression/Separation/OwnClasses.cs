namespace Logits.Regression;

/// <summary>
/// The classes that a label gives a share, and what a receding direction owes them: of each pair (own, other) the own class's logit must not fall behind.
/// For a class without a share it may pull ahead; classes that share a label are tied, each pair both ways.
/// </summary>
internal sealed class OwnClasses
{
    public OwnClasses(int[] own, int classes)
    {
        Own = own;
        bool[] isOwn = new bool[classes];
        foreach (int k in own)
            isOwn[k] = true;
        List<(int, int)> pairs = [.. Enumerable.Range(0, classes).Where(k => !isOwn[k]).Select(k => (own[0], k))];
        OpenPairs = pairs.Count;
        foreach (int k in own.AsSpan(1))
            pairs.AddRange([(own[0], k), (k, own[0])]);
        Pairs = [.. pairs];
    }

    /// <summary>The own classes, ascending.</summary>
    public int[] Own { get; }

    /// <summary>(own, other): first those that may gain, then the ties.</summary>
    public (int Own, int Other)[] Pairs { get; }

    /// <summary>How many of the pairs may gain.</summary>
    public int OpenPairs { get; }
}
