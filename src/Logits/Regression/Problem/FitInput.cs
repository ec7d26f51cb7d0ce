using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>What a fit refuses to begin with.</summary>
internal static class FitInput
{
    public static void Check(long rows, int features, Labels labels, FitOptions options)
    {
        if (labels.Count != rows)
            throw new ArgumentException($"There are {rows} rows but {labels.Count} labels.", nameof(labels));
        CheckSolve(options);
        if (options.Threads < 1)
            throw new ArgumentOutOfRangeException(nameof(options), options.Threads, "At least one thread must work.");
        if (labels.Classes * ((long)features + 1) > Array.MaxLength)
            throw new ArgumentException(
                $"{labels.Classes:N0} classes and {features:N0} features make {labels.Classes * ((long)features + 1):N0} coefficients; at most {Array.MaxLength:N0} fit into one model.", nameof(rows));
        CheckWeights(rows, options.RowWeights.Span);
    }

    /// <summary>What a solve of a problem that is built already reads of the options.</summary>
    public static void CheckSolve(FitOptions options)
    {
        if (options.Strength is { } strength && !(strength >= 0 && double.IsFinite(strength)))
            throw new ArgumentOutOfRangeException(nameof(options), strength, "The strength must be a finite number of at least 0.");
        if (!(options.Tolerance > 0))
            throw new ArgumentOutOfRangeException(nameof(options), options.Tolerance, "The tolerance must be above 0.");
        if (options.MaxIterations < 0)
            throw new ArgumentOutOfRangeException(nameof(options), options.MaxIterations, "The most iterations must be at least 0.");
    }

    /// <summary>Names the first feature that is not finite, where the columns' scales say that there is one.</summary>
    public static void CheckFeatures<T>(RowBlocks<T> rows, ColumnSummary columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double[] row = columns.AreFinite ? [] : new double[rows.Features];
        for (long i = 0; row.Length > 0 && i < rows.Count; i++)
        {
            rows.CopyRow(i, row);
            for (int j = 0; j < row.Length; j++)
                if (!double.IsFinite(row[j]))
                    throw new ArgumentException($"Feature {j} of row {i} is {row[j]}; features must be finite.", nameof(rows));
        }
        for (int j = 0; j < columns.MeanSquares.Length; j++)
            if (!double.IsFinite(columns.MeanSquares[j]) || (typeof(T) == typeof(float) && columns.Scales[j] > 1e18))
                throw new ArgumentException(
                    $"The values of feature {j} are as large as {columns.Scales[j]:G3}, too large for their squares to be summed; measure it in a larger unit, or standardise it.", nameof(rows));
    }

    private static void CheckWeights(long rows, ReadOnlySpan<double> weights)
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

    /// <summary>Names the first class that has no share in the mean label.</summary>
    public static void CheckClasses(double[] meanLabels)
    {
        int empty = meanLabels.IndexOf(0);
        if (empty >= 0)
            throw new ArgumentException($"No row of positive weight has class {empty}, so its intercept would fall without end; leave the class out.",
                "labels");
    }

    /// <summary>ȳ, the weighted mean label.</summary>
    public static double[] MeanLabels(Labels labels, RowWeights weights)
    {
        double[] means = new double[labels.Classes];
        double rounder = Numerics.ReproducibleSum.Rounder(weights.ScaledTotal);
        for (long i = 0; i < labels.Count; i++)
        {
            double weight = weights.Largest == 0 ? 0 : weights[i] / weights.Largest;
            if (labels.AreIndices)
                means[labels.Indices[(int)i]] += Numerics.ReproducibleSum.Round(weight, rounder);
            else
                for (int k = 0; k < means.Length; k++)
                    means[k] += Numerics.ReproducibleSum.Round(weight * labels.Distribution(i)[k], rounder);
        }
        foreach (ref double mean in means.AsSpan())
            mean /= weights.ScaledTotal;
        return means;
    }
}
