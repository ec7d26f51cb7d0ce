using System.Numerics;

namespace Logits.Regression;

/// <summary>What a fit refuses to begin with.</summary>
internal static class FitInput
{
    public static void Check(int rows, Labels labels, FitOptions options)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"There are {rows} rows but {labels.Count} labels.", nameof(labels));
        if (options.Strength is { } strength && !(strength >= 0 && double.IsFinite(strength)))
            throw new ArgumentOutOfRangeException(nameof(options), strength, "The strength must be a finite number of at least 0.");
        if (!(options.Tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "The tolerance must be above 0.");
        if (options.MaxIterations < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxIterations, "The most iterations must be at least 0.");
        if (options.Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, "At least one thread must work.");
        CheckWeights(rows, options.RowWeights.Span);
        CheckClasses(labels, options.RowWeights.Span);
    }

    /// <summary>Names the first feature that is not finite, where the columns' scales say that there is one.</summary>
    public static void CheckFeatures<T>(DenseRows<T> rows, ReadOnlySpan<double> columnScales) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        bool finite = true;
        foreach (double scale in columnScales)
            finite &= double.IsFinite(scale);
        for (int i = 0; !finite && i < rows.Count; i++)
            for (int j = 0; j < rows.Features; j++)
                if (!T.IsFinite(rows[i][j]))
                    throw new ArgumentException($"Feature {j} of row {i} is {rows[i][j]}; features must be finite.", nameof(rows));
    }

    private static void CheckWeights(int rows, ReadOnlySpan<double> weights)
    {
        if (weights.IsEmpty)
            return;
        if (weights.Length != rows)
            throw new ArgumentException($"There are {rows} rows but {weights.Length} row weights.", "options");
        for (int i = 0; i < weights.Length; i++)
            if (!(weights[i] >= 0 && double.IsFinite(weights[i])))
                throw new ArgumentException($"The weight of row {i} is {weights[i]}; weights must be finite and at least 0.", "options");
        if (weights.IndexOfAnyExcept(0) < 0)
            throw new ArgumentException("All row weights are 0; at least one must be above 0.", "options");
    }

    private static void CheckClasses(Labels labels, ReadOnlySpan<double> weights)
    {
        double[] totals = new double[labels.Classes];
        for (int i = 0; i < labels.Count; i++)
        {
            double weight = weights.IsEmpty ? 1 : weights[i];
            if (labels.AreIndices)
                totals[labels.Indices[i]] += weight;
            else
                for (int k = 0; k < totals.Length; k++)
                    totals[k] += weight * labels.Probabilities[i * totals.Length + k];
        }
        int empty = totals.IndexOf(0);
        if (empty >= 0)
            throw new ArgumentException($"No row of positive weight has class {empty}, so its intercept would fall without end; leave the class out.", nameof(labels));
    }
}
