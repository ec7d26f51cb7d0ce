using System.Numerics;

namespace Logits.Regression;

/// <summary>Dense rows of float or double, widened exactly.</summary>
internal sealed class DenseExactRows<T>(DenseRows<T> rows) : IExactRows where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public long Count => rows.Count;

    public int Features => rows.Features;

    public void CopyRow(long row, Span<double> destination)
    {
        ReadOnlySpan<T> source = rows[(int)row];
        for (int j = 0; j < source.Length; j++)
            destination[j] = double.CreateChecked(source[j]);
    }
}
