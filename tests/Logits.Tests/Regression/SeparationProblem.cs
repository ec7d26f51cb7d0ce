using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>Rows and labels for the separation tests, with small helpers to build and to judge them.</summary>
internal sealed class SeparationProblem(int features, int classes)
{
    private const long Work = 20_000_000_000;

    private readonly List<double[]> _rows = [];
    private readonly List<int> _labels = [];
    private readonly List<double> _weights = [];

    public int Classes => classes;

    public int Features => features;

    public IReadOnlyList<double[]> Rows => _rows;

    public IReadOnlyList<int> Labels => _labels;

    public void Add(int label, params double[] row) => Add(1.0, label, row);

    public void Add(double weight, int label, double[] row)
    {
        Assert.Equal(features, row.Length);
        _rows.Add(row);
        _labels.Add(label);
        _weights.Add(weight);
    }

    public void Relabel(int row, int label) => _labels[row] = label;

    /// <summary>The same rows with each column standardised and rounded to float, as a fit may get them.</summary>
    public SeparationProblem Standardised()
    {
        SeparationProblem standardised = new(features, classes);
        double[] means = new double[features], deviations = new double[features];
        for (int j = 0; j < features; j++)
        {
            means[j] = _rows.Average(row => row[j]);
            deviations[j] = Math.Sqrt(_rows.Average(row => (row[j] - means[j]) * (row[j] - means[j])));
        }
        for (int i = 0; i < _rows.Count; i++)
            standardised.Add(_weights[i], _labels[i],
                [.. _rows[i].Select((x, j) => (double)(float)((x - means[j]) / (deviations[j] > 0 ? deviations[j] : 1)))]);
        return standardised;
    }

    public SeparationVerdict Decide(
        IReadOnlyList<ReadOnlyMemory<double>>? proposals = null, double[]? point = null, long work = Work, CancellationToken token = default) =>
        Decide(Logits.Regression.Labels.FromIndices(_labels.ToArray(), classes), proposals, point, work, token);

    public SeparationVerdict Decide(
        Labels labels, IReadOnlyList<ReadOnlyMemory<double>>? proposals = null, double[]? point = null, long work = Work, CancellationToken token = default)
    {
        double[] values = [.. _rows.SelectMany(row => row)];
        ExactRows<double> rows = new(new DenseRows<double>(values, _rows.Count, features));
        return SeparationDecision.Decide(rows, labels, _weights.ToArray(), proposals ?? [], point, searches: true, work, token);
    }

    public SeparationTable Table(WorkBudget budget) => new(
        new ExactRows<double>(new DenseRows<double>(_rows.SelectMany(row => row).ToArray(), _rows.Count, features)),
        Logits.Regression.Labels.FromIndices(_labels.ToArray(), classes), _weights.ToArray(), budget);

    public void AssertOverlapping() => Assert.IsType<SeparationVerdict.Overlapping>(Decide());

    /// <summary>The separation, after a look at what its direction does to every row.</summary>
    public Separation AssertSeparated(SeparationVerdict? verdict = null)
    {
        Separation separation = Assert.IsType<SeparationVerdict.Separated>(verdict ?? Decide()).Separation;
        int gaining = 0;
        for (int i = 0; i < _rows.Count; i++)
        {
            if (_weights[i] == 0)
                continue;
            double[] margins = [.. Enumerable.Range(0, classes).Where(k => k != _labels[i]).Select(k => Margin(separation, i, k))];
            Assert.All(margins, margin => Assert.True(margin > -1e-12, $"Row {i} loses {-margin}."));
            gaining += margins.Max() > 1e-12 ? 1 : 0;
        }
        Assert.True(gaining <= separation.SeparatedRows, $"{gaining} rows gain, not {separation.SeparatedRows}.");
        return separation;
    }

    private double Margin(Separation separation, int row, int k)
    {
        double[] logits = new double[classes];
        double size = 1e-300;
        for (int l = 0; l < classes; l++)
        {
            logits[l] = separation.InterceptDirection.Span[l];
            size = Math.Max(size, Math.Abs(logits[l]));
            for (int j = 0; j < features; j++)
            {
                double term = separation.WeightDirection.Span[l * features + j] * _rows[row][j];
                logits[l] += term;
                size = Math.Max(size, Math.Abs(term));
            }
        }
        return (logits[_labels[row]] - logits[k]) / size;
    }
}
