using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// A = Q R for a growing and shrinking list of columns: Q orthonormal, R upper triangular. A column is added by Gram–Schmidt done twice and removed by
/// rotations.
/// </summary>
/// <remarks>Source: J. W. Daniel, W. B. Gragg, L. Kaufman, G. W. Stewart, Mathematics of Computation 30 (1976).</remarks>
internal sealed class OrthogonalBasis(int dimension)
{
    /// <summary>A unit column whose part outside the span of the others is smaller than this counts as dependent on them.</summary>
    private const double Dependent = 1e-13;

    private readonly List<double[]> _q = [];
    private readonly List<double[]> _r = [];

    public int Count => _q.Count;

    /// <summary>Adds a unit column, unless it depends on those that are there.</summary>
    public bool TryAdd(ReadOnlySpan<double> column)
    {
        double[] q = column.ToArray(), r = new double[dimension + 1];
        for (int round = 0; round < 3; round++)
        {
            for (int i = 0; i < _q.Count; i++)
            {
                double along = VectorArithmetic.Dot(_q[i], q);
                r[i] += along;
                VectorArithmetic.AddScaled(-along, _q[i], q);
            }
        }
        double norm = VectorArithmetic.Norm(q);
        if (norm < Dependent || _q.Count == dimension)
            return false;
        foreach (ref double entry in q.AsSpan())
            entry /= norm;
        r[_q.Count] = norm;
        _q.Add(q);
        _r.Add(r);
        return true;
    }

    /// <summary>Takes column i out.</summary>
    public void RemoveAt(int index)
    {
        _r.RemoveAt(index);
        // The columns behind it have one entry below the diagonal each.
        for (int j = index; j < _r.Count; j++)
        {
            double a = _r[j][j], b = _r[j][j + 1], norm = double.Hypot(a, b), cos = a / norm, sin = b / norm;
            for (int l = j; l < _r.Count; l++)
                (_r[l][j], _r[l][j + 1]) = (cos * _r[l][j] + sin * _r[l][j + 1], cos * _r[l][j + 1] - sin * _r[l][j]);
            double[] first = _q[j], second = _q[j + 1];
            for (int i = 0; i < dimension; i++)
                (first[i], second[i]) = (cos * first[i] + sin * second[i], cos * second[i] - sin * first[i]);
        }
        _q.RemoveAt(_q.Count - 1);
    }

    /// <summary>The x for which A x comes nearest to b.</summary>
    public double[] Solve(ReadOnlySpan<double> b)
    {
        double[] x = new double[Count];
        for (int i = 0; i < x.Length; i++)
            x[i] = VectorArithmetic.Dot(_q[i], b);
        for (int i = x.Length - 1; i >= 0; i--)
        {
            x[i] /= _r[i][i];
            for (int l = 0; l < i; l++)
                x[l] -= x[i] * _r[i][l];
        }
        return x;
    }

    /// <summary>The shortest x with Aᵀ x = b.</summary>
    public double[] SolveTransposed(ReadOnlySpan<double> b)
    {
        double[] x = new double[dimension];
        double[] y = new double[Count];
        for (int i = 0; i < y.Length; i++)
        {
            double sum = b[i];
            for (int l = 0; l < i; l++)
                sum -= _r[i][l] * y[l];
            y[i] = sum / _r[i][i];
            VectorArithmetic.AddScaled(y[i], _q[i], x);
        }
        return x;
    }

    /// <summary>Takes the part in the span of the columns off a vector.</summary>
    public void Project(Span<double> vector)
    {
        for (int round = 0; round < 2; round++)
            foreach (double[] q in _q)
                VectorArithmetic.AddScaled(-VectorArithmetic.Dot(q, vector), q, vector);
    }
}
