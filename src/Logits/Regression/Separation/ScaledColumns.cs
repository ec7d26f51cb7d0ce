using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// The columns of a table in coordinates that suit floating point: (z − centre) / scale for those of more than two values, and a final 1.
/// </summary>
internal sealed class ScaledColumns
{
    private readonly SeparationTable _table;
    private readonly bool[]? _kept;

    public ScaledColumns(SeparationTable table, WorkBudget budget)
    {
        _table = table;
        Width = table.Width;
        (Centres, Scales) = (new double[Width], new double[Width]);
        double[] buffer = new double[Width], squares = new double[Width];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            budget.Spend(2L * Width);
            ReadOnlySpan<double> row = table.Row(cell, buffer);
            for (int j = 0; j < Width - 1; j++)
            {
                // Welford's way: squares stay squares of differences.
                double difference = row[j] - Centres[j];
                Centres[j] += difference / (cell + 1);
                squares[j] += difference * (row[j] - Centres[j]);
            }
        }
        for (int j = 0; j < Width; j++)
        {
            bool scaled = j < Width - 1 && !table.Columns[j].IsBinary;
            Scales[j] = scaled ? Math.Sqrt(squares[j] / table.Cells) : 1;
            Centres[j] = scaled ? Centres[j] : 0;
            if (!(Scales[j] > 0))
                Scales[j] = 1;
        }
    }

    private ScaledColumns(ScaledColumns all, bool[] kept) =>
        (_table, Width, Centres, Scales, _kept) = (all._table, all.Width, all.Centres, all.Scales, kept);

    public int Width { get; }

    /// <summary>Whether some columns are taken for 0.</summary>
    public bool IsPart => _kept is not null;

    public double[] Centres { get; }

    public double[] Scales { get; }

    /// <summary>A bound on the rounding error of one entry of a scaled row, given the size of the column.</summary>
    public double Error(int column)
    {
        if (column == _table.Columns.Length || _table.Columns[column].IsBinary)
            return 0;
        double size = Math.Max(Math.Abs(_table.Columns[column].Low), Math.Abs(_table.Columns[column].High));
        return Math.ScaleB(1, -51) * (size + Math.Abs(Centres[column])) / Scales[column];
    }

    /// <summary>The same with all columns but some taken for 0, so that directions do without them.</summary>
    public ScaledColumns Only(bool[] kept) => new(this, kept);

    /// <summary>A row of the table, scaled.</summary>
    public void Scale(ReadOnlySpan<double> row, Span<double> scaled)
    {
        for (int j = 0; j < Width; j++)
            scaled[j] = _kept is null || _kept[j] ? (row[j] - Centres[j]) / Scales[j] : 0;
    }

    /// <summary>Coefficients of the table's own columns as coefficients of the scaled ones.</summary>
    public double[] Scale(ReadOnlySpan<double> direction)
    {
        double[] scaled = direction.ToArray();
        for (int from = 0; from < scaled.Length; from += Width)
            for (int j = 0; j < Width - 1; j++)
            {
                scaled[from + Width - 1] += scaled[from + j] * Centres[j];
                scaled[from + j] *= Scales[j];
            }
        return scaled;
    }

    /// <summary>Coefficients of the scaled columns as coefficients of the table's own.</summary>
    public double[] Unscale(ReadOnlySpan<double> direction)
    {
        double[] unscaled = direction.ToArray();
        for (int from = 0; from < unscaled.Length; from += Width)
            for (int j = 0; j < Width - 1; j++)
            {
                unscaled[from + j] /= Scales[j];
                unscaled[from + Width - 1] -= unscaled[from + j] * Centres[j];
            }
        return unscaled;
    }
}
