namespace Logits;

/// <summary>The log-partition function A(o) = log Σ_j exp(o_j) of K logits, its gradient and its Hessian.</summary>
public static class LogPartition
{
    /// <summary>The softmax of each row of K logits; the destination may be the source.</summary>
    public static void SoftmaxRows(ReadOnlySpan<double> logits, int classes, Span<double> destination)
    {
        for (int i = 0; i < logits.Length; i += classes)
        {
            double max = double.NegativeInfinity, sum = 0;
            foreach (double o in logits.Slice(i, classes))
                max = Math.Max(max, o);
            for (int k = i; k < i + classes; k++)
                sum += destination[k] = Math.Exp(logits[k] - max);
            for (int k = i; k < i + classes; k++)
                destination[k] /= sum;
        }
    }
}
