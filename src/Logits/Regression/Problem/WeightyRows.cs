using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>The rows whose weight is above 0. The others count as absent, whatever stands in them: no kernel ever sees them.</summary>
internal sealed class WeightyRows
{
    private readonly long[] _rows;

    public WeightyRows(ReadOnlySpan<double> weights)
    {
        List<long> rows = [];
        for (int i = 0; i < weights.Length; i++)
            if (weights[i] > 0)
                rows.Add(i);
        _rows = [.. rows];
    }

    /// <summary>The problem of these rows alone, which speaks of rows by their places among all.</summary>
    public SoftmaxProblem Problem<T>(RowBlocks<T> rows, Labels labels, FitOptions options, CancellationToken cancellationToken)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        // Whether weights are whole numbers is a question to all of them.
        WeightMeaning meaning = new RowWeights(options.RowWeights, rows.Count, options.WeightsAre).Meaning;
        double[] weights = Array.ConvertAll(_rows, i => options.RowWeights.Span[(int)i]);
        return SoftmaxProblem.Of(rows.Only(_rows), Of(labels), options with { RowWeights = weights, WeightsAre = meaning }, _rows, cancellationToken);
    }

    private Labels Of(Labels labels) => labels.AreIndices
        ? Labels.FromIndices(Array.ConvertAll(_rows, i => labels.Indices[(int)i]), labels.Classes)
        : Labels.FromProbabilities(_rows.SelectMany(i => labels.Distribution(i).ToArray()).ToArray(), labels.Classes);
}
