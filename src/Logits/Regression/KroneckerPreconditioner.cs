using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// M = S̄ ⊗ C + λ D, with S̄ the mean covariance of the labels, C the Gram matrix of the features and the intercept, and D the identity but for 0 at the intercept.
/// In the eigenbasis of S̄ it falls apart into one system s_k C + λ D for each eigenvalue; eigenvalues of like size share one Cholesky factor.
/// </summary>
internal sealed class KroneckerPreconditioner : IPreconditioner
{
    private const double LargestRatio = 2;
    private const int MostGroups = 8;
    private const long MostFactorBytes = 96L << 20;

    private readonly Func<(double[] Values, double[] Vectors)> _curvature;
    private readonly double[] _gram;
    private readonly double[] _diagonal;
    private readonly int _classes;
    private readonly int _order;
    private readonly int _threads;
    private readonly double[] _rotated;
    private Group[] _groups = [];
    private double[] _vectors = [];

    /// <param name="curvature">The eigenvalues, descending, and eigenvectors of S̄ at the last point evaluated.</param>
    /// <param name="gram">C, (d+1)×(d+1), lower triangle.</param>
    /// <param name="classes">K.</param>
    /// <param name="features">d.</param>
    /// <param name="strength">λ.</param>
    /// <param name="threads">How many groups are worked on at a time.</param>
    public KroneckerPreconditioner(
        Func<(double[] Values, double[] Vectors)> curvature, double[] gram, int classes, int features, double strength, int threads)
    {
        _curvature = curvature;
        _gram = gram;
        _classes = classes;
        _order = features + 1;
        _threads = threads;
        _diagonal = new double[_order];
        _diagonal.AsSpan(0, features).Fill(strength);
        _rotated = new double[classes * _order];
    }

    /// <summary>Eigenvalues First … First + Count − 1 and their common factor; none for the eigenvalue 0, whose direction moves no probability.</summary>
    private sealed record Group(int First, int Count, Cholesky? Factor);

    public void Update()
    {
        (double[] values, _vectors) = _curvature();
        List<(int First, int Count)> ranges = Ranges(values);
        Group[] groups = new Group[ranges.Count];
        Parallel.For(0, groups.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, g =>
        {
            (int first, int count) = ranges[g];
            double scale = Math.Sqrt(values[first] * values[first + count - 1]);
            groups[g] = new Group(first, count, IsPositive(values[first], values) ? Factor(scale) : null);
        });
        _groups = groups;
    }

    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        Rotate(residual, _rotated);
        (int Group, int Side)[] sides = [.. Enumerable.Range(0, _groups.Length).SelectMany(g => Enumerable.Range(0, _groups[g].Count).Select(s => (g, s)))];
        Parallel.For(0, sides.Length, new ParallelOptions { MaxDegreeOfParallelism = _threads }, i =>
        {
            (int g, int s) = sides[i];
            Span<double> side = _rotated.AsSpan((_groups[g].First + s) * _order, _order);
            if (_groups[g].Factor is { } factor)
                factor.Solve(side);
            else
                side.Clear();
        });
        RotateBack(_rotated, destination);
        CommonShift.TakeOff(destination, _classes);
    }

    /// <summary>What is smaller is a 0 that was rounded.</summary>
    private static bool IsPositive(double value, double[] values) => value > values[0] * 1e-12;

    /// <summary>
    /// Runs of eigenvalues within a factor of each other, as large a factor as keeps the groups few: half a factor off costs a few iterations, a factorisation more.
    /// </summary>
    private List<(int First, int Count)> Ranges(double[] values)
    {
        int positive = values.Count(value => IsPositive(value, values));
        long factorBytes = 8L * _order * _order;
        long most = Math.Clamp(MostFactorBytes / factorBytes, 1, MostGroups);
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
        for (double jitter = 1e-12; jitter <= 1; jitter *= 100)
        {
            for (int j = 0; j < _order; j++)
                diagonal[j] = _diagonal[j] + jitter * (scale * _gram[j * _order + j] + _diagonal[j]) + (IsEmpty(j) ? 1 : 0);
            if (Cholesky.TryFactor(_gram, scale, diagonal) is { } factor)
                return factor;
        }
        throw new ArithmeticException("The Gram matrix of the features is not a number; scale the features down.");
    }

    /// <summary>A column of zeros moves nothing, and without a penalty it needs some scale to be solved for at all.</summary>
    private bool IsEmpty(int column) => _gram[column * _order + column] + _diagonal[column] == 0;

    /// <summary>Rows of V R, each with its intercept at the end.</summary>
    private void Rotate(ReadOnlySpan<double> point, Span<double> rotated)
    {
        int features = _order - 1;
        rotated.Clear();
        for (int k = 0; k < _classes; k++)
        {
            Span<double> row = rotated.Slice(k * _order, _order);
            for (int l = 0; l < _classes; l++)
            {
                double factor = _vectors[k * _classes + l];
                VectorArithmetic.AddScaled(factor, point.Slice(l * features, features), row[..features]);
                row[^1] += factor * point[_classes * features + l];
            }
        }
    }

    /// <summary>Vᵀ Z, laid out as a point.</summary>
    private void RotateBack(ReadOnlySpan<double> rotated, Span<double> point)
    {
        int features = _order - 1;
        point.Clear();
        for (int k = 0; k < _classes; k++)
        {
            ReadOnlySpan<double> row = rotated.Slice(k * _order, _order);
            for (int l = 0; l < _classes; l++)
            {
                double factor = _vectors[k * _classes + l];
                VectorArithmetic.AddScaled(factor, row[..features], point.Slice(l * features, features));
                point[_classes * features + l] += factor * row[^1];
            }
        }
    }
}
