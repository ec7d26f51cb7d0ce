namespace Logits.Regression;

/// <summary>Rows with zeros in some columns: the table without them, its columns numbered as before.</summary>
internal sealed class RowsWithout(IExactRows rows, int[] columns) : IExactRows
{
    public long Count => rows.Count;

    public int Features => rows.Features;

    public void CopyRow(long row, Span<double> destination)
    {
        rows.CopyRow(row, destination);
        foreach (int j in columns)
            destination[j] = 0;
    }
}
