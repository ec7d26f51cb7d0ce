using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>
/// A preconditioner that learns: the Hessian-vector products of one solve correct it for the next by limited-memory BFGS updates, M⁻¹ → inverse with M⁻¹ (H v)
/// = v for every product H v learnt. The Hessian changes little from step to step near the optimum, so directions once solved for need not be found again.
/// </summary>
/// <remarks>
/// Source: J. Morales and J. Nocedal, "Automatic preconditioning by limited memory quasi-Newton updating", SIAM J. Optim. 10 (2000).
/// </remarks>
internal sealed class SecantPreconditioner(int dimension, int threads) : IPreconditioner
{
    private const int MostPairs = 40;
    private const long MostBytes = 64L << 20;

    private readonly int _capacity = (int)Math.Min(MostPairs, MostBytes / (2 * sizeof(double)) / dimension);
    private readonly List<Pair> _learning = [];
    private readonly double[] _residual = new double[dimension];
    private readonly double[] _factors = new double[MostPairs];
    private List<Pair> _learnt = [];
    private IPreconditioner _inner = null!;

    /// <summary>A direction v, its product H v, and vᵀ H v.</summary>
    private readonly record struct Pair(double[] Direction, double[] Product, double Curvature);

    /// <summary>Remembers a product for the solves after the next <see cref="Update"/>; the solve under way must not change its preconditioner.</summary>
    public void Learn(ReadOnlySpan<double> direction, ReadOnlySpan<double> product, double curvature)
    {
        if (_learning.Count < _capacity)
            _learning.Add(new Pair(direction.ToArray(), product.ToArray(), curvature));
    }

    /// <summary>
    /// Stands on another preconditioner from now on, and takes up what was learnt; or forgets it, where the next solve is with another matrix.
    /// </summary>
    public void Update(IPreconditioner inner, bool learns)
    {
        _learnt = learns ? [.. _learnt.Concat(_learning).TakeLast(_capacity)] : [];
        _inner = inner;
        _learning.Clear();
    }

    /// <summary>√(rᵀM⁻¹r).</summary>
    public double Norm(ReadOnlySpan<double> residual, Span<double> scratch)
    {
        Solve(residual, scratch);
        return Math.Sqrt(Math.Max(0, VectorArithmetic.Dot(residual, scratch, threads)));
    }

    /// <summary>Solves M z = r, with all updates.</summary>
    public void Solve(ReadOnlySpan<double> residual, Span<double> destination)
    {
        if (_learnt.Count == 0)
        {
            _inner.Solve(residual, destination);
            return;
        }
        residual.CopyTo(_residual);
        for (int i = _learnt.Count - 1; i >= 0; i--)
        {
            Pair pair = _learnt[i];
            _factors[i] = VectorArithmetic.Dot(pair.Direction, _residual) / pair.Curvature;
            VectorArithmetic.AddScaled(-_factors[i], pair.Product, _residual);
        }
        _inner.Solve(_residual, destination);
        for (int i = 0; i < _learnt.Count; i++)
        {
            Pair pair = _learnt[i];
            double factor = _factors[i] - VectorArithmetic.Dot(pair.Product, destination) / pair.Curvature;
            VectorArithmetic.AddScaled(factor, pair.Direction, destination);
        }
    }
}
