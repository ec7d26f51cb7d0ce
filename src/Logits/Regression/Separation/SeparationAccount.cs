namespace Logits.Regression;

/// <summary>Tells what an exact direction does: who gains, by which features, and the direction itself in the rows' own coordinates.</summary>
internal sealed class SeparationAccount(ExactDirection direction, SeparationTable table, WorkBudget budget)
{
    private const int MostExamples = 10;

    public Separation Separation(ColumnSplits splits, bool maximal)
    {
        ConstraintSet gains = Verification.Of(direction, table, ConstraintSet.All(table), budget).Gains;
        bool[] gaining = new bool[table.Cells];
        bool complete = true;
        HashSet<(int, int)> seen = [];
        for (int cell = 0; cell < table.Cells; cell++)
        {
            OwnClasses own = table.Own(cell);
            for (int p = 0; p < own.OpenPairs; p++)
                if (gains.Contains(cell, p))
                {
                    gaining[cell] = true;
                    seen.Add((table.Label(cell), p));
                }
                else
                    complete = false;
        }
        ClassPair[] pairs = [.. seen.SelectMany(s => table.Labels[s.Item1].Own.Select(k => new ClassPair(k, table.Labels[s.Item1].Pairs[s.Item2].Other)))
            .Distinct().OrderBy(p => p.Class).ThenBy(p => p.From)];
        int[] features = [.. direction.ColumnsByRange(table).Select(j => table.Columns[j].Feature)];
        (double[] weights, double[] intercepts) = InOwnCoordinates();
        return new Separation
        {
            Complete = complete,
            Maximal = maximal,
            WeightDirection = weights,
            InterceptDirection = intercepts,
            Classes = [.. pairs.Select(p => p.Class).Distinct()],
            Features = [.. features.Take(MostExamples)],
            SeparatedRows = Enumerable.Range(0, table.Cells).Where(cell => gaining[cell]).Sum(table.Count),
            ExampleRows = [.. Enumerable.Range(0, table.CellOfRow.Length)
                .Where(i => table.CellOfRow[i] is >= 0 and int cell && gaining[cell]).Take(MostExamples)],
            Pairs = pairs,
            Cells = [.. splits.EmptyCells().Where(cell => cell.Features.All(features.Contains))],
        };
    }

    /// <summary>
    /// Coefficients of x for those of z = (x − low) / (high − low): V / (high − low), and −V low / (high − low) on the intercept; scaled to length 1,
    /// rounded.
    /// </summary>
    private (double[] Weights, double[] Intercepts) InOwnCoordinates()
    {
        double[] weights = new double[table.Classes * table.Features], intercepts = new double[table.Classes];
        double[] rounded = direction.Rounded();
        for (int k = 0; k < table.Classes; k++)
        {
            intercepts[k] = rounded[(k + 1) * table.Width - 1];
            for (int j = 0; j < table.Columns.Length; j++)
            {
                SeparationColumn column = table.Columns[j];
                double slope = rounded[k * table.Width + j] / (column.IsBinary ? column.High - column.Low : 1);
                weights[k * table.Features + column.Feature] = slope;
                intercepts[k] -= column.IsBinary ? slope * column.Low : 0;
            }
        }
        double largest = Math.Max(weights.Max(Math.Abs), intercepts.Max(Math.Abs));
        double norm = largest * Math.Sqrt(weights.Sum(w => w / largest * (w / largest)) + intercepts.Sum(c => c / largest * (c / largest)));
        return ([.. weights.Select(w => w / norm)], [.. intercepts.Select(c => c / norm)]);
    }
}
