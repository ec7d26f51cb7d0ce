using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>A softmax regression: logits o = W x + b, probabilities softmax(o).</summary>
public sealed class SoftmaxModel
{
    private readonly double[] _weights;
    private readonly double[] _intercepts;
    private LogitKernel? _kernel;

    /// <summary>A model from its coefficients, which are copied.</summary>
    /// <param name="weights">W, K×d row-major.</param>
    /// <param name="intercepts">b, K entries, K ≥ 2.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, or a coefficient is not finite.</exception>
    public SoftmaxModel(ReadOnlySpan<double> weights, ReadOnlySpan<double> intercepts)
    {
        if (intercepts.Length < 2)
            throw new ArgumentException($"A model needs at least two classes, not {intercepts.Length}.", nameof(intercepts));
        if (weights.Length % intercepts.Length != 0)
            throw new ArgumentException($"{weights.Length} weights are not whole rows for {intercepts.Length} classes.", nameof(weights));
        foreach (double w in weights)
            if (!double.IsFinite(w))
                throw new ArgumentException($"A weight is {w}; weights must be finite.", nameof(weights));
        foreach (double b in intercepts)
            if (!double.IsFinite(b))
                throw new ArgumentException($"An intercept is {b}; intercepts must be finite.", nameof(intercepts));
        _weights = weights.ToArray();
        _intercepts = intercepts.ToArray();
    }

    /// <summary>K, the number of classes.</summary>
    public int Classes => _intercepts.Length;

    /// <summary>d, the number of features.</summary>
    public int Features => _weights.Length / _intercepts.Length;

    /// <summary>W, K×d row-major.</summary>
    public ReadOnlySpan<double> Weights => _weights;

    /// <summary>b, K entries.</summary>
    public ReadOnlySpan<double> Intercepts => _intercepts;

    /// <summary>The logits o = W x + b of whole rows, summed in float64; many rows at once are faster.</summary>
    /// <param name="rows">m×d, row-major.</param>
    /// <param name="logits">Receives m×K, row-major.</param>
    /// <exception cref="ArgumentException">The lengths are not those of the same number of whole rows.</exception>
    public void Logits<T>(ReadOnlySpan<T> rows, Span<double> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int m = RowCount(rows.Length, logits.Length);
        Kernel.Rows(rows, m, logits);
    }

    /// <summary>The logits of the rows from <paramref name="first"/> on, <paramref name="count"/>×K, row-major.</summary>
    internal void Logits<T>(RowBlocks<T> rows, long first, int count, Span<double> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (rows is not DenseRows<T> dense)
        {
            SparseRows<T> sparse = (SparseRows<T>)rows;
            for (int i = 0; i < count; i++)
                Kernel.Row(sparse.Columns(first + i), sparse.Values(first + i), logits.Slice(i * Classes, Classes));
            return;
        }
        for (int done = 0, part; done < count; done += part)
        {
            (long block, long offset) = Math.DivRem(first + done, dense.RowsPerBlock);
            part = (int)Math.Min(count - done, dense.RowsPerBlock - offset);
            Kernel.Rows(dense.Block((int)block).Slice((int)offset * Features, part * Features), part, logits[(done * Classes)..]);
        }
    }

    /// <summary>The probabilities softmax(W x + b) of whole rows.</summary>
    /// <param name="rows">m×d, row-major.</param>
    /// <param name="probabilities">Receives m×K, row-major; each row sums to 1.</param>
    /// <exception cref="ArgumentException">The lengths are not those of the same number of whole rows.</exception>
    public void Probabilities<T>(ReadOnlySpan<T> rows, Span<double> probabilities) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Logits(rows, probabilities);
        LogPartition.SoftmaxRows(probabilities, Classes, probabilities);
    }

    /// <summary>
    /// The same distribution over the classes with the coefficients of class <paramref name="reference"/> all 0: every other class against it.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such class.</exception>
    public SoftmaxModel WithReference(int reference)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(reference);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(reference, Classes);
        double[] weights = new double[_weights.Length];
        double[] intercepts = new double[Classes];
        for (int k = 0; k < Classes; k++)
        {
            intercepts[k] = _intercepts[k] - _intercepts[reference];
            for (int j = 0; j < Features; j++)
                weights[k * Features + j] = _weights[k * Features + j] - _weights[reference * Features + j];
        }
        return new SoftmaxModel(weights, intercepts);
    }

    /// <summary>
    /// The model of the original features x, when this one was fitted to the standardised z_j = (x_j − <paramref name="centers"/>_j) / <paramref
    /// name="scales"/>_j:
    /// weights W_kj / s_j and intercepts b_k − Σ_j W_kj c_j / s_j.
    /// </summary>
    /// <exception cref="ArgumentException">The lengths are not d, or a scale is 0.</exception>
    public SoftmaxModel Unstandardize(ReadOnlySpan<double> centers, ReadOnlySpan<double> scales)
    {
        if (centers.Length != Features || scales.Length != Features)
            throw new ArgumentException($"{centers.Length} centers and {scales.Length} scales do not fit {Features} features.");
        if (scales.Contains(0))
            throw new ArgumentException("A scale is 0; drop constant columns first.", nameof(scales));
        double[] weights = new double[_weights.Length];
        double[] intercepts = [.. _intercepts];
        for (int k = 0; k < Classes; k++)
            for (int j = 0; j < Features; j++)
            {
                double weight = _weights[k * Features + j] / scales[j];
                weights[k * Features + j] = weight;
                intercepts[k] -= weight * centers[j];
            }
        return new SoftmaxModel(weights, intercepts);
    }

    /// <summary>Made when first asked for; should two threads ask at once, each makes the same.</summary>
    private LogitKernel Kernel => _kernel ??= new LogitKernel(_weights, _intercepts);

    private int RowCount(int values, int results)
    {
        int m = results / Classes;
        if ((long)m * Classes != results || (long)m * Features != values)
            throw new ArgumentException($"{values} values and {results} results are not whole rows of {Features} features and {Classes} classes.");
        return m;
    }
}
