using System.Globalization;

namespace Logits.Data;

/// <remarks>What becomes of each column, once all rows are read.</remarks>
internal sealed partial class TableProfile
{
    /// <summary>Of a smaller deviation the square is no longer a full number.</summary>
    private const double SmallestScale = 1e-150;

    private void Encode(IReadOnlyList<string> classes, RowPrecision precision)
    {
        List<ColumnEncoding> columns = [];
        List<double> centers = [], scales = [];
        List<string> constant = [], imprecise = [];
        for (int c = 0; c < _statistics.Length; c++)
        {
            string name = _source.Columns[_selection.Features[c]].Name;
            ColumnEncoding? column = _statistics[c] is NumberStatistics numbers
                ? EncodeNumbers(name, _source.Columns[_selection.Features[c]].Kind, numbers, centers, scales)
                : EncodeLevels(name, (LevelStatistics)_statistics[c], centers, scales);
            if (scales.Any(s => !(s >= SmallestScale && double.IsFinite(s))))
                throw new TableException(
                    $"{_source.Name}: the rows with some values of '{name}' have next to none of the weight in '{_options.Weights}'. Give them weight 0, or leave the column out with --exclude {name}.");
            if (column is null)
                constant.Add(name);
            else
                columns.Add(column);
            if (column is not null && !_options.Standardize && _statistics[c] is NumberStatistics n
                && n.Largest * precision.UnitRoundoff > 1e-6 * n.Scale)
                imprecise.Add(name);
            if (column is not null && !_options.Standardize && _statistics[c] is NumberStatistics { Largest: var largest } && largest < precision.Least)
                throw TooSmall(name, largest, precision);
        }
        if (columns.Count == 0)
            throw new TableException($"{_source.Name}: every feature has one value in all training rows ({ColumnSelection.Names(constant)}). There is nothing to learn from.");
        ConstantColumns = constant;
        ImpreciseColumns = imprecise;
        Encoding = new TableEncoding(_options.Label, classes, columns, _options.Standardize ? centers : [], _options.Standardize ? scales : []);
    }

    private bool Fills => _options.Missing is Data.MissingValues.Mean or Data.MissingValues.Indicator;

    private ColumnEncoding? EncodeNumbers(string name, ColumnKind kind, NumberStatistics statistics, List<double> centers, List<double> scales)
    {
        if (statistics.IsConstant)
            return null;
        if (!double.IsFinite(statistics.Scale) || !double.IsFinite(statistics.Mean))
            throw new TableException(
                $"{_source.Name}: the values of '{name}', up to {Figure(statistics.Largest)}, are too large for their variance to be a number. "
                + $"Measure the column in a larger unit, or leave it out with --exclude {name}.");
        if (statistics.Scale < SmallestScale)
            throw new TableException(
                $"{_source.Name}: the values of '{name}' differ by {Figure(statistics.Max - statistics.Min)} at most, too little for their variance to be a number. "
                + $"Measure the column in a smaller unit, or leave it out with --exclude {name}.");
        centers.Add(statistics.Mean);
        scales.Add(statistics.Scale);
        return new ColumnEncoding(name, kind)
        {
            Fill = Fills ? [statistics.Mean] : [],
            MissingIndicator = AddIndicator(statistics.MissingWeight, centers, scales),
        };
    }

    private ColumnEncoding? EncodeLevels(string name, LevelStatistics statistics, List<double> centers, List<double> scales)
    {
        (string[] levels, double[] weights) = statistics.Ordered();
        if (levels.Length == 0)
            return null;
        bool indicator = _options.Missing == Data.MissingValues.Indicator;
        if (levels.Length == 1 && !(indicator && statistics.MissingWeight > 0))
            return null;
        double present = _trainingWeight - statistics.MissingWeight;
        double[] shares = [.. weights.Skip(1).Select(w => w / present)];
        for (int l = 1; l < levels.Length; l++)
        {
            // Missing values are filled with the share itself, or, beside an indicator, with 0.
            double mean = indicator ? weights[l] / _trainingWeight : shares[l - 1];
            double variance = indicator ? mean * (1 - mean) : mean * (1 - mean) * present / _trainingWeight;
            centers.Add(mean);
            scales.Add(Math.Sqrt(variance));
        }
        return new ColumnEncoding(name, ColumnKind.Text)
        {
            Levels = levels,
            Fill = !Fills ? [] : indicator ? new double[shares.Length] : shares,
            MissingIndicator = AddIndicator(statistics.MissingWeight, centers, scales),
        };
    }

    private TableException TooSmall(string column, double largest, RowPrecision precision) => new(
        $"{_source.Name}: the values of '{column}', up to {Figure(largest)}, are too small for {precision.Name}. Measure the column in a smaller unit, leave out --no-standardize"
        + (precision.IsSingle ? ", or use --float64." : "."));

    private static string Figure(double value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private bool AddIndicator(double missingWeight, List<double> centers, List<double> scales)
    {
        if (_options.Missing != Data.MissingValues.Indicator || missingWeight == 0)
            return false;
        double share = missingWeight / _trainingWeight;
        centers.Add(share);
        scales.Add(Math.Sqrt(share * (1 - share)));
        return true;
    }
}
