using System.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>Rows of float or double, widened exactly.</summary>
internal sealed class ExactRows<T>(RowBlocks<T> rows) : IExactRows where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public long Count => rows.Count;

    public int Features => rows.Features;

    public void CopyRow(long row, Span<double> destination) => rows.CopyRow(row, destination);
}
