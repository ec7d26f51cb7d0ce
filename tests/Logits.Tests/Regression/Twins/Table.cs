using System.Numerics;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>A table to fit, whose numbers float32 holds exactly, so that both precisions fit the same one.</summary>
internal sealed record Table(string Name, double[] X, int Features, int[] Indices, int Classes)
{
    /// <summary>Soft labels, n×K; empty where <see cref="Indices"/> are the labels.</summary>
    public double[] Soft { get; init; } = [];

    public double[] Weights { get; init; } = [];

    public WeightMeaning? WeightsAre { get; init; }

    /// <summary>λ.</summary>
    public double Strength { get; init; } = 1e-3;

    public int Rows => X.Length / Features;

    public double Weight(int row) => Weights.Length == 0 ? 1 : Weights[row];

    public double Share(int row, int k) => Soft.Length > 0 ? Soft[row * Classes + k] : Indices[row] == k ? 1 : 0;

    /// <summary>Whether a row is the first of its class: a table needs it.</summary>
    public bool IsFirst(int row) => Soft.Length == 0 && Array.IndexOf(Indices, Indices[row]) == row;

    public FitOptions Options => new() { Strength = Strength, RowWeights = Weights, WeightsAre = WeightsAre };

    public Labels Labels => Soft.Length > 0 ? Labels.FromProbabilities(Soft, Classes) : Labels.FromIndices(Indices, Classes);

    public DenseRows<T> Dense<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(Array.ConvertAll(X, T.CreateTruncating), Rows, Features);

    public SparseRows<T> Sparse<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        List<long> starts = [0];
        List<int> columns = [];
        List<T> values = [];
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Features; j++)
                if (X[i * Features + j] != 0)
                {
                    columns.Add(j);
                    values.Add(T.CreateTruncating(X[i * Features + j]));
                }
            starts.Add(columns.Count);
        }
        return new SparseRows<T>(starts.ToArray(), columns.ToArray(), values.ToArray(), Features);
    }

    public FitResult Fit<T>(Func<FitOptions, FitOptions>? with = null, bool sparse = false) where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        SoftmaxRegression.Fit(sparse ? Sparse<T>() : (RowBlocks<T>)Dense<T>(), Labels, with is null ? Options : with(Options));

    /// <summary>The rows at these positions, in this order, as often as they are named.</summary>
    public Table Pick(IReadOnlyList<int> rows, string name) => this with
    {
        Name = $"{Name}, {name}",
        X = [.. rows.SelectMany(i => X.AsSpan(i * Features, Features).ToArray())],
        Indices = Soft.Length > 0 ? [] : [.. rows.Select(i => Indices[i])],
        Soft = Soft.Length > 0 ? [.. rows.SelectMany(i => Soft.AsSpan(i * Classes, Classes).ToArray())] : [],
        Weights = Weights.Length > 0 ? [.. rows.Select(i => Weights[i])] : [],
    };

    /// <summary>The same table with other columns: made from a row's features.</summary>
    public Table Map(int features, Func<double[], double[]> row, string name) => this with
    {
        Name = $"{Name}, {name}",
        X = [.. Enumerable.Range(0, Rows).SelectMany(i => row(X.AsSpan(i * Features, Features).ToArray()))],
        Features = features,
    };

    /// <summary>Equal rows made one, with the sum of their weights: the same objective in less time.</summary>
    public Table Collapsed()
    {
        Dictionary<string, int> first = [];
        List<int> rows = [];
        List<double> weights = [];
        for (int i = 0; i < Rows; i++)
        {
            string key = string.Join(',', X.AsSpan(i * Features, Features).ToArray()) + "|" + string.Join(',',
                Enumerable.Range(0, Classes).Select(k => Share(i, k)));
            if (!first.TryGetValue(key, out int at))
            {
                first[key] = at = rows.Count;
                rows.Add(i);
                weights.Add(0);
            }
            weights[at] += Weight(i);
        }
        return Pick(rows, "collapsed") with { Weights = [.. weights], WeightsAre = WeightsAre };
    }

    public override string ToString() => $"{Name} ({Rows}×{Features}, K {Classes}, λ {Strength:G3})";
}
