using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// M = (S̄ + μ I) ⊗ C + λ D, with S̄ the mean covariance of the labels, C the Gram matrix of the features and the intercept, D the identity but for 0 at the
/// intercept, and μ the damping. In the eigenbasis of S̄ it falls apart into one system (s_k + μ) C + λ D for each eigenvalue; eigenvalues of like size share
/// one Cholesky factor.
/// </summary>
internal sealed class KroneckerPreconditioner : IPreconditioner
{
    private const double LargestRatio = 2;
    private const int MostGroups = 8;
    private const long MostFactorBytes = 96L << 20;

    private readonly double[] _gram;
    private readonly double[] _diagonal;
    private readonly int _classes;
    private readonly int _order;
    private readonly int _stride;
    private readonly int _threads;
    private readonly AlignedArray<double> _rows;
    private readonly AlignedArray<double> _rotated;
    private AlignedArray<double>? _vectors, _transposed;
    private Group[] _groups = [];
    private (int Group, int Side)[] _sides = [];
    private double[] _values = [];
    private int[]? _place;

    /// <param name="gram">C, (d+1)×(d+1), lower triangle.</param>
    /// <param name="classes">K.</param>
    /// <param name="features">d.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="threads">How many systems are worked on at a time.</param>
    public KroneckerPreconditioner(double[] gram, int classes, int features, double curvature, int threads)
    {
        _gram = gram;
        _classes = classes;
        _order = features + 1;
        _stride = _order + _order % 2;
        _threads = threads;
        _diagonal = new double[_order];
        _diagonal.AsSpan(0, features).Fill(curvature);
        _rows = new AlignedArray<double>((long)classes * _stride);
        _rotated = new AlignedArray<double>((long)classes * _stride);
    }

    /// <summary>Eigenvalues First … First + Count − 1 and their common factor; none for the eigenvalue 0, whose direction moves no probability.</summary>
    private sealed record Group(int First, int Count, Cholesky? Factor);

    /// <summary>Adapts to S̄ and the damping, unless they are much like the last.</summary>
    public void Adapt(LabelCovariance covariance, double damping)
    {
        (double[] eigenvalues, double[] vectors) = covariance.Eigenvectors();
        double[] values = Array.ConvertAll(eigenvalues, value => IsPositive(value, eigenvalues) || vectors.Length == 0 ? value + damping : 0);
        if (IsLikeTheLast(values))
            return;
        _values = values;
        _place = vectors.Length == 0 ? Inverse(covariance.Order!) : null;
        (_vectors, _transposed) = vectors.Length == 0 ? (null, null) : Both(vectors);
        List<(int First, int Count)> ranges = Ranges(values);
        Group[] groups = new Group[ranges.Count];
        Parallel.For(0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, g =>
        {
            (int first, int count) = ranges[g];
            double scale = Math.Sqrt(values[first] * values[first + count - 1]);
            groups[g] = new Group(first, count, IsPositive(values[first], values) ? Factor(scale) : null);
        });
        _groups = groups;
        _sides = [.. Enumerable.Range(0, groups.Length).SelectMany(g => Enumerable.Range(0, groups[g].Count).Select(s => (g, s)))];
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        int features = _order - 1;
        for (int k = 0; k < _classes; k++)
        {
            Span<double> row = _rows.Span.Slice((_place?[k] ?? k) * _stride, _stride);
            residual.Slice(k * features, features).CopyTo(row);
            row[features] = residual[_classes * features + k];
        }
        AlignedArray<double> rotated = _vectors is null ? _rows : Rotate(_vectors, _rows, _rotated);
        Parallel.For(0, _sides.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            (int g, int s) = _sides[i];
            Span<double> side = rotated.Span.Slice((_groups[g].First + s) * _stride, _order);
            if (_groups[g].Factor is { } factor)
                factor.Solve(side);
            else
                side.Clear();
        });
        AlignedArray<double> solved = _transposed is null ? rotated : Rotate(_transposed, _rotated, _rows);
        for (int k = 0; k < _classes; k++)
        {
            ReadOnlySpan<double> row = solved.Span.Slice((_place?[k] ?? k) * _stride, _stride);
            row[..features].CopyTo(destination.Slice(k * features, features));
            destination[_classes * features + k] = row[features];
        }
        Gauge.TakeOff(destination, _classes);
    }

    /// <summary>Near the optimum S̄ hardly moves, and new factors would cost more than they improve.</summary>
    private bool IsLikeTheLast(double[] values)
    {
        bool alike = _values.Length == values.Length;
        for (int k = 0; alike && k < values.Length; k++)
            alike = Math.Abs(values[k] - _values[k]) <= 0.1 * values[k] || !IsPositive(values[k], values);
        return alike;
    }

    /// <summary>What is smaller is a 0 that was rounded.</summary>
    private static bool IsPositive(double value, double[] values) => value > values[0] * 1e-12;

    /// <summary>
    /// Runs of eigenvalues within a factor of each other, as large a factor as keeps the groups few: half a factor off costs a few iterations, a factorisation
    /// more.
    /// </summary>
    private List<(int First, int Count)> Ranges(double[] values)
    {
        int positive = values.Count(value => IsPositive(value, values));
        long factorBytes = 8L * _order * _order;
        long most = Math.Clamp(MostFactorBytes / factorBytes, 1, Math.Max(MostGroups, _order < 200 ? 64 : 0));
        double ratio = positive == 0 ? LargestRatio : Math.Max(LargestRatio, Math.Pow(values[0] / values[positive - 1], 1.0 / most) * (1 + 1e-9));
        List<(int First, int Count)> ranges = [];
        for (int first = 0, k = 1; k <= positive; k++)
            if (k == positive || values[k] * ratio < values[first])
            {
                ranges.Add((first, k - first));
                first = k;
            }
        if (positive < values.Length)
            ranges.Add((positive, values.Length - positive));
        return ranges;
    }

    /// <summary>The factor of s C + λ D, with as much added to each diagonal entry, in proportion to it, as linearly dependent columns call for.</summary>
    private Cholesky Factor(double scale)
    {
        double[] diagonal = new double[_order];
        for (double jitter = 1e-12; ; jitter *= 100)
        {
            for (int j = 0; j < _order; j++)
            {
                double own = scale * _gram[j * _order + j] + _diagonal[j];
                // A column of zeros moves nothing, and without a penalty it needs some scale to be solved for at all.
                diagonal[j] = _diagonal[j] + jitter * own + (own == 0 ? 1 : 0);
            }
            if (Cholesky.TryFactor(_gram, scale, diagonal) is { } factor)
                return factor;
            if (jitter > 1e6)
                throw new ArithmeticException("The Gram matrix of the features is not a number.");
        }
    }

    private static int[] Inverse(int[] order)
    {
        int[] place = new int[order.Length];
        for (int i = 0; i < order.Length; i++)
            place[order[i]] = i;
        return place;
    }

    private (AlignedArray<double>, AlignedArray<double>) Both(double[] vectors)
    {
        AlignedArray<double> rows = new(vectors.Length), columns = new(vectors.Length);
        for (int k = 0; k < _classes; k++)
            for (int l = 0; l < _classes; l++)
                rows.Span[k * _classes + l] = columns.Span[l * _classes + k] = vectors[k * _classes + l];
        return (rows, columns);
    }

    private unsafe AlignedArray<double> Rotate(AlignedArray<double> vectors, AlignedArray<double> from, AlignedArray<double> to)
    {
        to.Span.Clear();
        MatrixProduct<double>.Add(vectors.Pointer, _classes, 1, _classes, from.Pointer, _stride, _stride, _classes, to.Pointer, _stride);
        return to;
    }
}
