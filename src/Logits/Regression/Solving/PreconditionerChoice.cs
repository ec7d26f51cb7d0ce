using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// What stands in for the Hessian: the Kronecker product where the Gram matrix can be formed, which is exact at zero weights; blocks of classes once solves
/// show that the classes' own Gram matrices have little in common with it; where there are too many features, the Kronecker product for those that weigh
/// most, and the diagonal for the others.
/// </summary>
internal sealed class PreconditionerChoice
{
    /// <summary>
    /// Hessians over some of the rows, and blocks that cost some products to form, wait for a solve of so many products, and for the objective to move by so
    /// much.
    /// </summary>
    private const int ManyProducts = 6;
    private const double LargestMove = 3e-2;

    /// <summary>Blocks that cost less than a product do not wait long.</summary>
    private const double CheapBlocks = 0.5;
    private const int FewProducts = 2;
    private const double SmallMove = 1e-4;

    /// <summary>Fewer classes share the whole table: what blocks draw too little of, rare values, C has from all rows.</summary>
    private const int ManyClasses = 16;

    /// <summary>Dearer blocks may cost this share of the products that the last solve took.</summary>
    private const double LargestShare = 0.75;

    /// <summary>Up to so many coefficients the whole Hessian is a matrix to be factored.</summary>
    private const int MostDense = 1024;

    /// <summary>Multiplications that are next to nothing: a Hessian that costs no more is formed over all rows at every step.</summary>
    private const double Cheap = 3e7;

    private readonly ISoftmaxLoss _loss;
    private readonly double _curvature;
    private readonly double[]? _gram;
    private readonly Func<double, int, IPreconditioner>? _blocks;
    private readonly KroneckerPreconditioner? _kronecker;
    private readonly HeadPreconditioner? _head;
    private readonly long _denseRows;
    private readonly double _blockProducts;
    private IPreconditioner? _current;
    private double _moved;
    private int _lastProducts;

    /// <param name="loss">The loss.</param>
    /// <param name="rows">n.</param>
    /// <param name="gram">C, or null.</param>
    /// <param name="head">C of some columns, where there is not the whole; or null.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="blocks">Makes blocks of classes for a damping from so many rows a column; null where there is no room for them.</param>
    /// <param name="threads">Threads.</param>
    public PreconditionerChoice(ISoftmaxLoss loss, long rows, double[]? gram, HeadGram? head, double curvature, Func<double, int, IPreconditioner>? blocks,
        int threads)
    {
        (_loss, _gram, _curvature) = (loss, gram, curvature);
        _blocks = loss.KeepsProbabilities && loss.Classes >= ManyClasses && gram is not null ? blocks : null;
        _denseRows = DenseRows(rows);
        _blockProducts = (RowsPerColumn + 1.0 / 3) * loss.Features * loss.Features / (4.0 * rows);
        if (gram is not null)
            _kronecker = new KroneckerPreconditioner(gram, loss.Classes, loss.Features, curvature, threads);
        else
            _head = new HeadPreconditioner(loss, head, curvature, threads);
    }

    /// <param name="point">The current point.</param>
    /// <param name="isAtZero">Whether all its coefficients are 0: the Kronecker product is the Hessian then.</param>
    /// <param name="damping">μ.</param>
    public IPreconditioner For(ReadOnlySpan<double> point, bool isAtZero, double damping)
    {
        if (_denseRows > 0 && !isAtZero && Dense(point, damping) is { } dense)
            return dense;
        if (_head is not null)
        {
            _head.Adapt();
            return _head;
        }
        if (_blocks is not null && BlocksPay() && (_current is null || _moved > (_blockProducts < CheapBlocks ? SmallMove : LargestMove)))
        {
            _current = _blocks(damping, RowsPerColumn);
            _moved = 0;
        }
        if (_current is not null)
            return _current;
        _kronecker!.Adapt(_loss.Covariance, damping);
        return _kronecker;
    }

    private bool BlocksPay() =>
        _blockProducts < CheapBlocks ? _lastProducts > FewProducts : _lastProducts > ManyProducts && _blockProducts <= LargestShare * _lastProducts;

    /// <summary>The rows that a dense Hessian is formed over: all, so many that it is near the whole, or none where it costs more than it saves.</summary>
    private long DenseRows(long rows)
    {
        double size = _loss.Dimension;
        if (_gram is null || size > MostDense)
            return 0;
        if (rows * size * size <= Cheap)
            return rows;
        double affordable = Math.Min(200 * size, 32 * rows / size);
        return affordable >= 10 * size ? (long)affordable : 0;
    }

    private IPreconditioner? Dense(ReadOnlySpan<double> point, double damping)
    {
        bool isExact = _denseRows * (double)_loss.Dimension * _loss.Dimension <= Cheap;
        if (_current is null || isExact || _moved > LargestMove || (_lastProducts > ManyProducts && _moved > 0))
        {
            _current = HessianPreconditioner.Of(_loss.DenseHessian(point, _denseRows), _loss.Classes, _loss.Features, _curvature, _gram!, damping);
            _moved = 0;
        }
        return _current;
    }

    /// <summary>Told of each step: the products its solve took, and the share by which the objective moved.</summary>
    public void Moved(int products, double share)
    {
        _lastProducts = products;
        _moved += share;
    }

    /// <summary>product += damping · (I ⊗ C) · direction.</summary>
    public void AddDamping(double damping, ReadOnlySpan<double> direction, Span<double> product)
    {
        int d = _loss.Features, order = d + 1;
        for (int k = 0; k < _loss.Classes; k++)
        {
            ReadOnlySpan<double> v = direction.Slice(k * d, d);
            double intercept = direction[_loss.Classes * d + k];
            for (int j = 0; j < d; j++)
                product[k * d + j] += damping * (VectorArithmetic.Dot(_gram.AsSpan(j * order, d), v) + _gram![j * order + d] * intercept);
            product[_loss.Classes * d + k] += damping * (VectorArithmetic.Dot(_gram.AsSpan(d * order, d), v) + intercept);
        }
    }

    public bool CanDamp => _gram is not null;

    /// <summary>More where rows are cheap beside the classes.</summary>
    private int RowsPerColumn => _loss.Features <= 100 ? 10 : 4;
}
