namespace Logits.Rows;

/// <summary>All columns of a table, or some of them, ascending.</summary>
internal sealed class ColumnSubset
{
    private ColumnSubset(int[] columns, int[] places)
    {
        (Columns, Places) = (columns, places);
    }

    /// <summary>The columns of the subset.</summary>
    public int[] Columns { get; }

    /// <summary>For each column of the table its place in the subset, or −1.</summary>
    public int[] Places { get; }

    public int Count => Columns.Length;

    public bool IsAll => Columns.Length == Places.Length;

    /// <summary>The <paramref name="count"/> columns of the largest weights, or all.</summary>
    public static ColumnSubset Largest(double[] weights, int count)
    {
        int[] columns = [.. Enumerable.Range(0, weights.Length)];
        if (count < columns.Length)
        {
            Array.Sort(columns, (j, l) => weights[l].CompareTo(weights[j]) is var order and not 0 ? order : j.CompareTo(l));
            columns = columns[..count];
            Array.Sort(columns);
        }
        int[] places = new int[weights.Length];
        Array.Fill(places, -1);
        for (int place = 0; place < columns.Length; place++)
            places[columns[place]] = place;
        return new ColumnSubset(columns, places);
    }

    /// <summary>What belongs to these columns.</summary>
    public double[] Of(double[] values) => IsAll ? values : Array.ConvertAll(Columns, j => values[j]);
}
