using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// F(W, b) = (1/Σw) Σ_i w_i [A(o_i) − ⟨y_i, o_i⟩] + λ/2 ‖W‖² with o_i = W x_i + b. A point is W, K×d row-major, then b. Each evaluation and each
/// Hessian-vector product reads the rows once and keeps no n×K matrix.
/// </summary>
internal sealed unsafe class SoftmaxObjective<T> : ISmoothObjective where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly RowPasses<T> _passes;
    private readonly LabelScores<T> _labels;
    private readonly int _features;
    private readonly int _classes;
    private readonly double _strength;
    private readonly T[] _packed;
    private readonly T[] _intercepts;
    private readonly double[] _rounders;
    private double _largestLogit;

    public SoftmaxObjective(RowPasses<T> passes, Labels labels, int features, double strength)
    {
        _passes = passes;
        _labels = new LabelScores<T>(labels);
        _features = features;
        _classes = labels.Classes;
        _strength = strength;
        _packed = RowPasses<T>.Allocate<T>(2L * _classes * passes.Width);
        _intercepts = new T[2 * _classes];
        _rounders = new double[passes.Width];
        Curvature = new Curvature(_classes);
    }

    public int Dimension => _classes * (_features + 1);

    /// <summary>How often the rows were read for the loss and its gradient.</summary>
    public int Evaluations { get; private set; }

    /// <summary>How often the rows were read for a Hessian-vector product.</summary>
    public int Products { get; private set; }

    /// <summary>The weighted mean cross-entropy at the last point evaluated.</summary>
    public double DataLoss { get; private set; }

    /// <summary>The mean covariance of the labels at the last point evaluated, over all rows.</summary>
    public Curvature Curvature { get; }

    public double Evaluate(Span<double> point, Span<double> gradient)
    {
        Evaluations++;
        RoundToPrecision(point);
        _largestLogit = Pack(point, 0);
        double lossRounder = ReproducibleSum.Rounder(_passes.WeightSum * 2 * (_largestLogit + Math.Log(_classes) + 1));
        double interceptRounder = StartPass(largestResidual: 1);
        double curvatureRounder = ReproducibleSum.Rounder(2 * _passes.WeightSum);

        _passes.Run(
            (workspace, tile) =>
            {
                int stride = _passes.TileRows;
                T* scores = RowPasses<T>.Pointer(workspace.Scores);
                T* probabilities = scores + (nint)_classes * stride;
                T* labelScores = stackalloc T[stride];
                TileKernels<T>.RowProducts((T*)tile.X, tile.Rows, tile.Stride, RowPasses<T>.Pointer(_packed), _passes.Width, _classes, _passes.Width, scores, stride);
                SoftmaxTile<T>.AddIntercepts(scores, stride, tile.Rows, _intercepts.AsSpan(0, _classes));
                _labels.Read(scores, stride, tile.First, tile.Rows, labelScores);
                double loss = SoftmaxTile<T>.WeightedSoftmax(scores, stride, tile.Rows, _classes, labelScores, (T*)tile.Weights, probabilities);
                workspace.Loss += ReproducibleSum.Round(loss, lossRounder);
                Curvature.Add(scores, probabilities, stride, tile.Rows, curvatureRounder, workspace.CurvatureSums);
                _labels.Subtract(scores, stride, tile.First, tile.Rows, (T*)tile.Weights);
                AddOuterProducts(workspace, tile, scores, interceptRounder);
            },
            DrainChunk);

        double loss = Collect(gradient);
        Curvature.Collect(_passes.Workspaces.Select(workspace => workspace.CurvatureSums));
        DataLoss = loss / _passes.WeightSum;
        return DataLoss + AddPenalty(point, gradient);
    }

    public double ValueError(double value) =>
        2 * (typeof(T) == typeof(float) ? float.BitIncrement(1) - 1.0 : double.BitIncrement(1) - 1) * (Math.Abs(value) + _largestLogit);

    public void HessianVectorProduct(ReadOnlySpan<double> direction, Span<double> destination)
    {
        Products++;
        double largestChange = Pack(direction, 1);
        double interceptRounder = StartPass(largestResidual: largestChange);

        _passes.Run(
            (workspace, tile) =>
            {
                int stride = _passes.TileRows;
                T* scores = RowPasses<T>.Pointer(workspace.Scores);
                T* changes = scores + (nint)_classes * stride;
                TileKernels<T>.RowProducts((T*)tile.X, tile.Rows, tile.Stride, RowPasses<T>.Pointer(_packed), _passes.Width, 2 * _classes, _passes.Width, scores, stride);
                SoftmaxTile<T>.AddIntercepts(scores, stride, tile.Rows, _intercepts);
                SoftmaxTile<T>.WeightedCovarianceProduct(scores, changes, stride, tile.Rows, _classes, (T*)tile.Weights);
                AddOuterProducts(workspace, tile, scores, interceptRounder);
            },
            DrainChunk);

        Collect(destination);
        for (int j = 0; j < _classes * _features; j++)
            destination[j] += _strength * direction[j];
    }

    private void AddOuterProducts(RowPasses<T>.Workspace workspace, RowPasses<T>.Tile tile, T* residuals, double interceptRounder)
    {
        int stride = _passes.TileRows;
        SoftmaxTile<T>.AddRowSums(residuals, stride, tile.Rows, interceptRounder, workspace.InterceptSums);
        TileKernels<T>.AddOuterProducts(
            (T*)tile.X, tile.Rows, tile.Stride, _passes.Width, residuals, stride, 1, _classes, RowPasses<T>.Pointer(workspace.ChunkSums), _passes.Width);
    }

    private void DrainChunk(RowPasses<T>.Workspace workspace)
    {
        int width = _passes.Width;
        for (int k = 0; k < _classes; k++)
            ReproducibleSum.Drain(workspace.ChunkSums.AsSpan(k * width, width), _rounders, workspace.Sums.AsSpan(k * width, width));
    }

    /// <summary>The point as the kernels see it, so that the value belongs to exactly this point.</summary>
    private static void RoundToPrecision(Span<double> point)
    {
        foreach (ref double entry in point)
            entry = double.CreateTruncating(T.CreateTruncating(entry));
    }

    /// <summary>Lays a point out for the kernels, as the first or second K rows, and returns a bound on |W x_i + b| over all rows.</summary>
    private double Pack(ReadOnlySpan<double> point, int slot)
    {
        ReadOnlySpan<double> scales = _passes.ColumnScales;
        double largest = 0;
        for (int k = 0; k < _classes; k++)
        {
            int row = slot * _classes + k;
            Span<T> packed = _packed.AsSpan(row * _passes.Width, _features);
            ReadOnlySpan<double> weights = point.Slice(k * _features, _features);
            double intercept = point[_classes * _features + k];
            double bound = Math.Abs(intercept);
            for (int j = 0; j < packed.Length; j++)
            {
                packed[j] = T.CreateTruncating(weights[j]);
                bound += Math.Abs(weights[j]) * scales[j];
            }
            _intercepts[row] = T.CreateTruncating(intercept);
            largest = Math.Max(largest, bound);
        }
        return largest;
    }

    /// <summary>Sets the grids for sums of residuals no larger than a row's weight times <paramref name="largestResidual"/>; returns that of the intercepts.</summary>
    private double StartPass(double largestResidual)
    {
        double bound = 2 * _passes.WeightSum * largestResidual;
        for (int j = 0; j < _rounders.Length; j++)
            _rounders[j] = ReproducibleSum.Rounder(bound * _passes.ColumnScales[j]);
        return ReproducibleSum.Rounder(bound);
    }

    /// <summary>Takes what the threads summed, divided by Σw, and leaves them empty; returns the summed loss.</summary>
    private double Collect(Span<double> gradient)
    {
        gradient.Clear();
        double loss = 0, scale = 1 / _passes.WeightSum;
        foreach (RowPasses<T>.Workspace workspace in _passes.Workspaces)
        {
            loss += workspace.Loss;
            workspace.Loss = 0;
            for (int k = 0; k < _classes; k++)
            {
                VectorArithmetic.AddScaled(1, workspace.Sums.AsSpan(k * _passes.Width, _features), gradient.Slice(k * _features, _features));
                gradient[_classes * _features + k] += workspace.InterceptSums[k];
            }
            Array.Clear(workspace.Sums);
            Array.Clear(workspace.InterceptSums);
        }
        foreach (ref double entry in gradient)
            entry *= scale;
        CommonShift.TakeOff(gradient, _classes);
        return loss;
    }

    /// <summary>Adds λ W to the gradient and returns λ/2 ‖W‖².</summary>
    private double AddPenalty(ReadOnlySpan<double> point, Span<double> gradient)
    {
        double squares = 0;
        for (int j = 0; j < _classes * _features; j++)
        {
            squares += point[j] * point[j];
            gradient[j] += _strength * point[j];
        }
        return _strength / 2 * squares;
    }
}
