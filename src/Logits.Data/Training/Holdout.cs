namespace Logits.Data;

/// <summary>
/// Decides row by row which rows are held out for testing: each run of about 1/share rows of a stratum has exactly one row drawn from it, so that the share is
/// exact to within one row wherever the stratum ends. The draw is a hash of seed, stratum and run: it depends on nothing but the order of the rows.
/// </summary>
/// <param name="testFraction">The share of test rows, at least 0 and below 1.</param>
/// <param name="stratify">Whether each class is a stratum of its own.</param>
/// <param name="seed">Which of the possible draws.</param>
internal sealed class Holdout(double testFraction, bool stratify, int seed)
{
    /// <summary>Above one half it is the training rows that are drawn, one from each run.</summary>
    private readonly bool _drawsTest = testFraction <= 0.5;
    private readonly double _share = Math.Min(testFraction, 1 - testFraction);
    private readonly List<Stratum> _strata = [];
    private readonly HashSet<int> _classes = [];

    /// <summary>Whether the next row, of the given class, is a test row. The first row of a class never is.</summary>
    public bool IsTest(int label)
    {
        if (_share == 0)
            return false;
        int index = stratify ? label : 0;
        while (_strata.Count <= index)
            _strata.Add(new Stratum { Run = -1 });
        Stratum stratum = _strata[index];
        if (stratum.Position == stratum.End)
            StartRun(stratum, index);
        bool drawn = stratum.Position++ == stratum.Drawn;
        bool firstOfClass = _classes.Add(label);
        return drawn == _drawsTest && !firstOfClass;
    }

    private void StartRun(Stratum stratum, int index)
    {
        stratum.Run++;
        long start = stratum.End;
        // The small amount keeps 15 fifths from becoming 4 runs by rounding.
        stratum.End = Math.Max(start + 1, (long)Math.Ceiling((stratum.Run + 1) / _share - 1e-9));
        ulong length = (ulong)(stratum.End - start);
        ulong random = Mix(Mix(Mix((ulong)seed) + (ulong)index) + (ulong)stratum.Run);
        stratum.Drawn = start + (long)(random % length);
        if (stratum.Run == 0)
            // The stratum's first row trains.
            stratum.Drawn = _drawsTest ? 1 + (long)(random % Math.Max(1, length - 1)) : 0;
    }

    /// <summary>A step of SplitMix64: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.</summary>
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }

    private sealed class Stratum
    {
        public long Position, Run, End, Drawn;
    }
}
