using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>Draws rows for each class in proportion to w p_k (1 − p_k), systematically: at equal distances along the running sum of these masses.</summary>
internal sealed unsafe class ClassSampling<T>(RowPasses<T> passes, ProbabilityStore<T> store) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _classes = passes.Plan.Classes;

    /// <summary>Draws <paramref name="count"/> rows a class, with repetition, and hands them over class by class, on several threads.</summary>
    public void Draw(int count, Action<ClassSample> visit)
    {
        long chunks = passes.Plan.Chunks;
        double[] masses = new double[checked((int)chunks) * _classes];
        passes.Run(worker =>
        {
            for (int k = 0; k < _classes; k++)
            {
                T* p = store.Tile(worker.Reader) + (nint)k * passes.Plan.TileRows;
                double mass = 0;
                for (int i = 0; i < worker.Reader.Rows; i++)
                    mass += Mass(p[i], worker.Weights[i]);
                masses[worker.Reader.Chunk * _classes + k] += mass;
            }
        }, null);
        double[] totals = new double[_classes];
        for (long chunk = 0; chunk < chunks; chunk++)
            for (int k = 0; k < _classes; k++)
            {
                // From the mass of a chunk to the mass before it.
                double mass = masses[chunk * _classes + k];
                masses[chunk * _classes + k] = totals[k];
                totals[k] += mass;
            }
        List<(long Row, int Count)>[] drawn = new List<(long, int)>[chunks * _classes];
        passes.Run(worker =>
        {
            for (int k = 0; k < _classes; k++)
            {
                T* p = store.Tile(worker.Reader) + (nint)k * passes.Plan.TileRows;
                long at = worker.Reader.Chunk * _classes + k;
                double distance = totals[k] / count, before = masses[at];
                for (int i = 0; i < worker.Reader.Rows && distance > 0; i++)
                {
                    double after = before + Mass(p[i], worker.Weights[i]);
                    int draws = (int)(Math.Floor(after / distance) - Math.Floor(before / distance));
                    if (draws > 0)
                        (drawn[at] ??= []).Add((worker.Reader.First + i, draws));
                    before = after;
                }
                masses[at] = before;
            }
        }, null);
        Parallel.For(0, _classes, new ParallelOptions { MaxDegreeOfParallelism = passes.Threads }, k =>
        {
            List<(long Row, int Count)> rows = [];
            for (long chunk = 0; chunk < chunks; chunk++)
                rows.AddRange(drawn[chunk * _classes + k] ?? []);
            visit(new ClassSample(k, [.. rows.Select(r => r.Row)], [.. rows.Select(r => r.Count)], totals[k] / passes.Weights.ScaledTotal));
        });
    }

    private static double Mass(T probability, T weight)
    {
        double p = double.CreateTruncating(probability);
        return double.CreateTruncating(weight) * p * (1 - p);
    }
}
