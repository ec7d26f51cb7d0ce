using System.Runtime.InteropServices;

namespace Logits.Data;

/// <summary>
/// The first reading of a table: decides for each row whether it trains, tests or is left out, and learns from the training rows how columns are encoded, centered
/// and scaled. Everything is added up row by row in the table's order, so nothing depends on how the table was cut into chunks.
/// </summary>
internal sealed class TableProfile
{
    /// <summary>A row's place: −1 left out, otherwise twice its class (or, while reading, its label's number), plus 1 for test rows.</summary>
    private readonly List<int> _places = [];
    private readonly List<double> _weights = [];
    private readonly LevelDictionary _labels = new();
    private readonly TableSource _source;
    private readonly TrainingOptions _options;
    private readonly ColumnSelection _selection;
    private readonly object[] _statistics;
    private double _trainingWeight;

    private TableProfile(TableSource source, TrainingOptions options)
    {
        _source = source;
        _options = options;
        _selection = ColumnSelection.Of(source, options);
        _statistics = [.. _selection.Features.Select(c => source.Columns[c].Kind == ColumnKind.Text ? (object)new LevelStatistics() : new NumberStatistics())];
    }

    /// <summary>For each row of the table −1 where it is left out, otherwise twice its class, plus 1 for a test row.</summary>
    public List<int> Places => _places;

    /// <summary>The weights of the rows that are not left out; empty without a weights column.</summary>
    public IReadOnlyList<double> Weights => _weights;

    public TableEncoding Encoding { get; private set; } = null!;

    public IReadOnlyList<string> ConstantColumns { get; private set; } = [];

    public IReadOnlyList<string> ImpreciseColumns { get; private set; } = [];

    public IReadOnlyList<ColumnCount> MissingValues { get; private set; } = [];

    public long RowsWithoutLabel { get; private set; }

    public long RowsWithMissingValues { get; private set; }

    /// <param name="source">The table.</param>
    /// <param name="options">What to train on.</param>
    /// <param name="unitRoundoff">Of the precision that the rows will have.</param>
    /// <param name="rowsRead">Told the rows read so far.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static TableProfile Read(
        TableSource source, TrainingOptions options, double unitRoundoff, IProgress<long>? rowsRead, CancellationToken cancellationToken)
    {
        TableProfile profile = new(source, options);
        profile.ReadRows(rowsRead, cancellationToken);
        IReadOnlyList<string> classes = profile.NameClasses();
        profile.CheckColumns();
        profile.Encode(classes, unitRoundoff);
        return profile;
    }

    private void ReadRows(IProgress<long>? rowsRead, CancellationToken cancellationToken)
    {
        List<ColumnRequest> requests =
        [
            .. _selection.Features.Select(c => new ColumnRequest(c, _source.Columns[c].Kind)),
            new ColumnRequest(_selection.Label, ColumnKind.Text),
        ];
        if (_selection.Weights >= 0)
            requests.Add(new ColumnRequest(_selection.Weights, ColumnKind.Numeric));
        Holdout holdout = new(_options.TestFraction, _options.Stratify, _options.Seed);
        List<(int Row, double Weight)> kept = [];
        using TableCursor cursor = _source.Read(requests);
        while (cursor.Read(cancellationToken))
        {
            kept.Clear();
            for (int row = 0; row < cursor.Count; row++)
                PlaceRow(cursor, row, holdout, kept);
            for (int c = 0; c < _statistics.Length; c++)
                if (_statistics[c] is NumberStatistics numbers)
                    AddNumbers(cursor, c, numbers, CollectionsMarshal.AsSpan(kept));
                else
                    AddTexts(cursor, c, (LevelStatistics)_statistics[c], CollectionsMarshal.AsSpan(kept));
            rowsRead?.Report(cursor.FirstRow + cursor.Count);
        }
    }

    private void PlaceRow(TableCursor cursor, int row, Holdout holdout, List<(int Row, double Weight)> kept)
    {
        int labelRequest = _selection.Features.Count;
        _places.Add(-1);
        if (cursor.IsMissing(labelRequest, row))
        {
            RowsWithoutLabel++;
            return;
        }
        if (_options.Missing == Data.MissingValues.Drop && HasMissing(cursor, row))
        {
            RowsWithMissingValues++;
            return;
        }
        int label = _labels.Add(cursor.Text(labelRequest, row));
        if (_labels.Count > 1 << 16)
            throw new TableException(
                $"{_source.Name}: the label column '{_options.Label}' has more than {1 << 16} different values. Is it a regression target? Classes are a few names that repeat.");
        double weight = 1;
        if (_selection.Weights >= 0)
            _weights.Add(weight = RowWeight.Read(_source, cursor, _selection.Features.Count + 1, row, _options.Weights!));
        bool test = holdout.IsTest(label);
        _places[^1] = 2 * label + (test ? 1 : 0);
        if (!test)
            _trainingWeight += weight;
        kept.Add((row, test ? 0 : weight));
    }

    private bool HasMissing(TableCursor cursor, int row)
    {
        for (int c = 0; c < _statistics.Length; c++)
            if (cursor.IsMissing(c, row))
                return true;
        return false;
    }

    private void AddNumbers(TableCursor cursor, int c, NumberStatistics statistics, ReadOnlySpan<(int Row, double Weight)> rows)
    {
        ReadOnlySpan<double> numbers = cursor.Numbers(c);
        bool mayMiss = cursor.MayMiss(c);
        foreach ((int row, double weight) in rows)
        {
            if (mayMiss && cursor.IsMissing(c, row))
            {
                statistics.AddMissing(weight);
                continue;
            }
            double value = numbers[row];
            if (!double.IsFinite(value))
                throw FeatureEncoder.NotFinite(_source, _source.Columns[_selection.Features[c]].Name, cursor.FirstRow + row, value);
            statistics.RunningNumber.Add(value);
            if (weight > 0)
                statistics.Add(value, weight);
        }
    }

    private void AddTexts(TableCursor cursor, int c, LevelStatistics statistics, ReadOnlySpan<(int Row, double Weight)> rows)
    {
        foreach ((int row, double weight) in rows)
            if (cursor.IsMissing(c, row))
                statistics.AddMissing(weight);
            else
                statistics.Add(cursor.Text(c, row), weight);
        if (statistics.TooMany)
            throw TextRefused(_source.Columns[_selection.Features[c]].Name, statistics);
    }

    private TableException TextRefused(string column, LevelStatistics statistics) => new(
        statistics.AllDistinct
            ? $"{_source.Name}: '{column}' has a different text in every row, so it names rows and says nothing about others. Leave it out with --exclude {column}."
            : $"{_source.Name}: '{column}' has more than {LevelStatistics.MostLevels} different texts, too many for categories. Leave it out with --exclude {column}, or group its values first.");

    /// <summary>Turns label numbers into classes, once all are known. The class names.</summary>
    private IReadOnlyList<string> NameClasses()
    {
        if (_places.Count == 0)
            throw new TableException($"{_source.Name} has column names but no rows. There is nothing to learn from.");
        long kept = _places.Count - RowsWithoutLabel - RowsWithMissingValues;
        if (RowsWithoutLabel == _places.Count)
            throw new TableException($"{_source.Name}: the label column '{_options.Label}' is empty in every row.");
        if (kept == 0)
            throw new TableException($"{_source.Name}: every row with a label has a missing value, so none is left. Use --missing mean or --missing indicator, or exclude columns.");
        ClassNames classes = ClassNames.Of(_labels.Names, _options.Label);
        if (classes.Names.Count == 1)
            throw new TableException($"{_source.Name}: every row has the label '{TableException.Shorten(classes.Names[0])}' in '{_options.Label}'. There is nothing to tell apart: a label needs at least two classes.");
        if (classes.Names.Count > kept / 2.0)
            throw new TableException(
                $"{_source.Name}: the label column '{_options.Label}' has {classes.Names.Count} classes in {kept} rows. Is it a regression target? Classes are names that repeat, in at least two rows each on average.");
        if (_trainingWeight == 0 || !double.IsFinite(_trainingWeight))
            throw new TableException($"{_source.Name}: the weights in '{_options.Weights}' {(_trainingWeight == 0 ? "are 0 in every training row" : "sum to infinity")}. Some row has to count.");
        foreach (ref int place in CollectionsMarshal.AsSpan(_places))
            if (place >= 0)
                place = 2 * classes.ClassOfText[place / 2] + (place & 1);
        return classes.Names;
    }

    /// <summary>Refuses columns that name rows, and missing values where they are not provided for.</summary>
    private void CheckColumns()
    {
        string[] names = [.. _selection.Features.Select(c => _source.Columns[c].Name)];
        for (int c = 0; c < names.Length; c++)
            if (_statistics[c] is LevelStatistics { AllDistinct: true } texts)
                throw TextRefused(names[c], texts);
            else if (_statistics[c] is NumberStatistics { RunningNumber.Is: true })
                throw new TableException(
                    $"{_source.Name}: '{names[c]}' numbers the rows (a range of whole numbers, each once), so it says nothing about others. Leave it out with --exclude {names[c]}.");
        MissingValues = [.. _statistics.Select((s, c) => new ColumnCount(names[c], s is NumberStatistics n ? n.Missing : ((LevelStatistics)s).Missing)).Where(m => m.Count > 0)];
        if (MissingValues.Count > 0 && _options.Missing == Data.MissingValues.Refuse)
            throw new TableException(
                $"{_source.Name} has missing values: {string.Join(", ", MissingValues.Take(10).Select(m => $"{m.Count} in '{m.Column}'"))}" +
                $"{(MissingValues.Count > 10 ? $" and some in {MissingValues.Count - 10} more columns" : "")}. " +
                "Say what to do with --missing drop (leave out the rows), mean (fill in the column's mean) or indicator (fill, and add a feature that says so).");
    }

    private void Encode(IReadOnlyList<string> classes, double unitRoundoff)
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
            if (column is null)
                constant.Add(name);
            else
                columns.Add(column);
            if (column is not null && !_options.Standardize && _statistics[c] is NumberStatistics n
                && Math.Max(Math.Abs(n.Min), Math.Abs(n.Max)) * unitRoundoff > 1e-6 * n.Scale)
                imprecise.Add(name);
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
            throw new TableException($"{_source.Name}: the values of '{name}' are too large for their variance to be a number. Measure it in a larger unit.");
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
