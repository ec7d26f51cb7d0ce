using Logits.Numerics;
using Logits.Optimization;

namespace Logits.Regression;

/// <summary>
/// What stands in for the Hessian: the Kronecker product where the Gram matrix can be formed, which is exact at zero weights; blocks of classes once solves show that the classes' own
/// Gram matrices have little in common with it; the diagonal where there are too many features.
/// </summary>
internal sealed class PreconditionerChoice
{
    /// <summary>A solve of so many products says that the Kronecker product is a poor stand-in.</summary>
    private const int ManyProducts = 4;

    /// <summary>Blocks are drawn anew when the objective has moved by this share since.</summary>
    private const double LargestMove = 3e-2;

    private readonly ISoftmaxLoss _loss;
    private readonly double _curvature;
    private readonly double[]? _gram;
    private readonly Func<double, int, IPreconditioner>? _blocks;
    private readonly KroneckerPreconditioner? _kronecker;
    private readonly DiagonalPreconditioner? _diagonal;
    private IPreconditioner? _current;
    private double _moved;
    private int _lastProducts;

    /// <param name="loss">The loss.</param>
    /// <param name="gram">C, or null.</param>
    /// <param name="curvature">λ.</param>
    /// <param name="blocks">Makes blocks of classes for a damping from so many rows a column; null where there is no room for them.</param>
    /// <param name="threads">Threads.</param>
    public PreconditionerChoice(ISoftmaxLoss loss, double[]? gram, double curvature, Func<double, int, IPreconditioner>? blocks, int threads)
    {
        (_loss, _gram, _curvature) = (loss, gram, curvature);
        _blocks = loss.KeepsProbabilities && loss.Classes > 2 && gram is not null ? blocks : null;
        if (gram is not null)
            _kronecker = new KroneckerPreconditioner(gram, loss.Classes, loss.Features, curvature, threads);
        else
            _diagonal = new DiagonalPreconditioner(loss, curvature);
    }

    public IPreconditioner For(double damping)
    {
        if (_diagonal is not null)
        {
            _diagonal.Adapt();
            return _diagonal;
        }
        if (_blocks is not null && _lastProducts > ManyProducts && (_current is null || _moved > LargestMove))
        {
            _current = _blocks(damping, RowsPerColumn);
            _moved = 0;
        }
        if (_current is not null)
            return _current;
        _kronecker!.Adapt(_loss.Covariance, damping);
        return _kronecker;
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
