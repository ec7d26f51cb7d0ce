using Logits.Numerics;

namespace Logits.Rows;

/// <summary>
/// Sums over rows that several threads add up, each its own part in any order: all terms are rounded to one grid (see <see cref="ReproducibleSum"/>), so the
/// total has the same bits however the rows were shared out.
/// </summary>
internal sealed class GridSum
{
    private readonly double[][] _parts;
    private readonly double[][] _remainders;
    private readonly double[][] _lastRemainders;

    public GridSum(int length, int threads)
    {
        _parts = [.. Enumerable.Range(0, threads).Select(_ => new double[length])];
        _remainders = [.. Enumerable.Range(0, threads).Select(_ => new double[length])];
        _lastRemainders = [.. Enumerable.Range(0, threads).Select(_ => new double[length])];
    }

    /// <summary>What rounds terms to the grid.</summary>
    public double Rounder { get; private set; }

    /// <summary>The sums of one thread, of terms rounded by <see cref="Rounder"/>.</summary>
    public Span<double> Part(int thread) => _parts[thread];

    /// <summary>Begins sums of terms with Σ|term| ≤ <paramref name="bound"/> each.</summary>
    public void Start(double bound) => Rounder = ReproducibleSum.Rounder(bound);

    /// <summary>
    /// Adds a term on three grids, each 2²⁰ times finer than the one before: a sum may be 10¹² times smaller than its bound without losing a digit.
    /// </summary>
    public void Add(int thread, int index, double term)
    {
        double rounded = ReproducibleSum.Round(term, Rounder);
        _parts[thread][index] += rounded;
        ReproducibleSum.Add(term - rounded, Rounder * ReproducibleSum.Finer, ref _remainders[thread][index], ref _lastRemainders[thread][index]);
    }

    /// <summary>The totals of all threads, whose parts are empty afterwards.</summary>
    public void Collect(Span<double> totals)
    {
        totals.Clear();
        foreach (double[] part in _parts)
            VectorArithmetic.AddScaled(1, part, totals);
        // Each sum is exact on its own grid; only adding them up rounds.
        foreach (double[][] parts in new[] { _remainders, _lastRemainders })
        {
            double[] remainder = new double[totals.Length];
            foreach (double[] part in parts)
                VectorArithmetic.AddScaled(1, part, remainder);
            VectorArithmetic.AddScaled(1, remainder, totals);
        }
        Clear();
    }

    public void Clear()
    {
        foreach (double[] part in (double[][])[.. _parts, .. _remainders, .. _lastRemainders])
            Array.Clear(part);
    }
}
