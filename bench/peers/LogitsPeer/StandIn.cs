// Stands in for the part of the library that is not there yet; delete this file when it is.
using System.Numerics;
using Logits.Regression;

namespace Logits.Rows;

internal sealed class SparseRows<T>(ReadOnlyMemory<long> rowStarts, ReadOnlyMemory<int> columns, ReadOnlyMemory<T> values, int features)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public override string ToString() => $"{rowStarts.Length - 1} rows, {features} features, {columns.Length} columns, {values.Length} entries";
}

internal static class SparseFit
{
    extension(SoftmaxRegression)
    {
        public static FitResult Fit<T>(SparseRows<T> rows, Labels labels, FitOptions options, CancellationToken cancellationToken)
            where T : unmanaged, IBinaryFloatingPointIeee754<T> => throw new NotSupportedException($"No fit of sparse rows yet ({rows}).");
    }
}
