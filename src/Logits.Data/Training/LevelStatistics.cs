using Logits.Rows;

namespace Logits.Data;

/// <summary>What has to be known of a text column.</summary>
internal sealed class LevelStatistics
{
    /// <summary>More categories than this are no categories.</summary>
    public const int MostLevels = 1000;

    private readonly LevelDictionary _levels = new();
    private readonly List<double> _weights = [];
    private long _rows;
    private bool _repeats;
    private Tally _missing;

    /// <summary>Missing values in training and test rows.</summary>
    public long Missing(WeightMeaning meaning) => _missing.Count(meaning);

    /// <summary>The weight of the training rows in which the value is missing.</summary>
    public double MissingWeight { get; private set; }

    /// <summary>Whether there are at least two values and no two are the same.</summary>
    public bool AllDistinct(WeightMeaning meaning) => _rows >= 2 && _levels.Count == _rows && !(_repeats && meaning == WeightMeaning.Frequencies);

    public bool TooMany => _levels.Count > MostLevels;

    /// <summary>Adds a row's value.</summary>
    public void Add(ReadOnlySpan<byte> text, KeptRow row)
    {
        _rows++;
        _repeats |= row.Weight > 1;
        int level = _levels.Add(text);
        if (level == _weights.Count)
            _weights.Add(0);
        _weights[level] += row.TrainingWeight;
    }

    public void AddMissing(KeptRow row)
    {
        _missing.Add(row.Weight);
        MissingWeight += row.TrainingWeight;
    }

    /// <summary>The levels that training rows have, with their weights: the heaviest first, the others in ordinal order.</summary>
    public (string[] Levels, double[] Weights) Ordered()
    {
        (string Name, double Weight)[] seen = [.. _levels.Names.Zip(_weights).Where(l => l.Second > 0).OrderBy(l => l.First, StringComparer.Ordinal)];
        if (seen.Length == 0)
            return ([], []);
        // Of equally heavy levels the first in ordinal order comes first.
        (string Name, double Weight) reference = seen.MaxBy(l => l.Weight);
        IEnumerable<(string Name, double Weight)> ordered = seen.Where(l => l.Name != reference.Name).Prepend(reference);
        return ([.. ordered.Select(l => l.Name)], [.. ordered.Select(l => l.Weight)]);
    }
}
