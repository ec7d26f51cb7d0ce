using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// S̄, the weighted mean of diag(p) − p pᵀ over all rows: the K×K factor of the preconditioner, and what intercepts respond to. Its diagonal comes with every
/// gradient; the whole does so for few classes, and is formed on demand for many.
/// </summary>
internal sealed class LabelCovariance(int classes)
{
    /// <summary>Up to so many classes the whole is cheap beside a gradient, and its eigenvectors are beside a fit.</summary>
    public const int FewClasses = 64;

    private readonly double[] _diagonal = new double[classes];
    private double[]? _products;
    private (double[] Values, double[] Vectors)? _eigenvectors;
    private Cholesky? _factor;

    public int Classes => classes;

    /// <summary>The K diagonal entries of S̄: mean p_k (1 − p_k).</summary>
    public ReadOnlySpan<double> Diagonal => _diagonal;

    /// <summary>Whether S̄ is known whole, not only its diagonal.</summary>
    public bool IsWhole => _products is not null;

    /// <summary>Takes the weighted means of p and of p²; the whole is forgotten.</summary>
    public void Take(ReadOnlySpan<double> means, ReadOnlySpan<double> squares)
    {
        for (int k = 0; k < classes; k++)
            _diagonal[k] = Math.Max(0, means[k] - squares[k]);
        (_products, _eigenvectors, _factor) = (null, null, null);
    }

    /// <summary>Takes the weighted means of p_k p_l, of which those with l &lt; k are read.</summary>
    public void TakeProducts(double[] products)
    {
        // The diagonal is what makes rows sum to 0, to the last bit: a shift of all logits must not look as if it mattered.
        double[] whole = new double[classes * classes];
        for (int k = 0; k < classes; k++)
            for (int l = 0; l < k; l++)
            {
                double product = products[k * classes + l];
                whole[k * classes + l] = whole[l * classes + k] = -product;
                whole[k * classes + k] += product;
                whole[l * classes + l] += product;
            }
        _products = whole;
    }

    /// <summary>S̄ whole as it is now, to be kept when the point moves on.</summary>
    public LabelCovariance Copy() => new(classes) { _products = _products };

    /// <summary>Eigenvalues, descending, and eigenvectors as rows; where there are many classes, those of the diagonal.</summary>
    public (double[] Values, double[] Vectors) Eigenvectors() => _eigenvectors ??=
        classes <= FewClasses && _products is not null ? SymmetricEigen.Decompose(_products, classes) : (SortedDiagonal(out double[] vectors), vectors);

    /// <summary>
    /// The c with S̄ c = <paramref name="gradient"/>, whose entries sum to 0, and Σ c = 0: the change of intercepts that such a gradient calls for. Null where
    /// S̄ has no such inverse.
    /// </summary>
    public double[]? Solve(ReadOnlySpan<double> gradient)
    {
        if (_products is null)
            throw new InvalidOperationException("S̄ is not known whole.");
        _factor ??= Factor();
        if (_factor is null)
            return null;
        double[] change = gradient.ToArray();
        _factor.Solve(change);
        double mean = change.Sum() / classes;
        foreach (ref double c in change.AsSpan())
            c -= mean;
        return change;
    }

    /// <summary>S̄ with a multiple of 1 1ᵀ, which fills its null space and leaves the rest as it is.</summary>
    private Cholesky? Factor()
    {
        double[] filled = (double[])_products!.Clone();
        double trace = 0;
        for (int k = 0; k < classes; k++)
            trace += filled[k * classes + k];
        double fill = trace / classes / classes;
        foreach (ref double entry in filled.AsSpan())
            entry += fill;
        return Cholesky.TryFactor(filled, 1, new double[classes]);
    }

    private double[] SortedDiagonal(out double[] vectors)
    {
        double[] values = [.. _diagonal];
        vectors = [];
        int[] order = [.. Enumerable.Range(0, classes)];
        Array.Sort(values, order);
        Array.Reverse(values);
        Array.Reverse(order);
        Order = order;
        return values;
    }

    /// <summary>Where the eigenvectors are unit vectors (none are given): the class that each eigenvalue belongs to.</summary>
    public int[]? Order { get; private set; }
}
