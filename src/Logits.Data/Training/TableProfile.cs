using System.Runtime.InteropServices;
using Logits.Rows;

namespace Logits.Data;

/// <summary>
/// The first reading of a table: decides for each row whether it trains, tests or is left out, and learns from the training rows how columns are encoded,
/// centered and scaled. Everything is added up row by row in the table's order, so nothing depends on how the table was cut into chunks.
/// </summary>
internal sealed partial class TableProfile
{
    private const int MostLabels = 1 << 16;

    /// <summary>A row's place: −1 left out, otherwise twice its class (or, while reading, its label's number), plus 1 for test rows.</summary>
    private readonly List<int> _places = [];
    private readonly List<double> _weights = [];
    private readonly LevelDictionary _labels = new();
    private readonly TableSource _source;
    private readonly TrainingOptions _options;
    private readonly ColumnSelection _selection;
    private readonly object[] _statistics;
    private readonly RowWeights _rowWeights;
    private readonly LevelDictionary _weightlessLabels = new();
    private double _trainingWeight;
    private Tally _read, _kept, _withoutLabel, _withMissingValues;

    private TableProfile(TableSource source, TrainingOptions options)
    {
        _source = source;
        _options = options;
        _selection = ColumnSelection.Of(source, options);
        _statistics = [.. _selection.Features.Select(c => source.Columns[c].Kind == ColumnKind.Text ? (object)new LevelStatistics() : new NumberStatistics())];
        _rowWeights = new RowWeights(source, options.Weights, _selection.Features.Count + 1, options.WeightsAre);
    }

    /// <summary>For each row of the table −1 where it is left out, otherwise twice its class, plus 1 for a test row.</summary>
    public List<int> Places => _places;

    /// <summary>The weights of the rows that are not left out; empty without a weights column.</summary>
    public List<double> Weights => _weights;

    /// <summary>What the weights mean.</summary>
    public WeightMeaning WeightsAre => _rowWeights.Meaning;

    public TableEncoding Encoding { get; private set; } = null!;

    public IReadOnlyList<string> ConstantColumns { get; private set; } = [];

    public IReadOnlyList<string> ImpreciseColumns { get; private set; } = [];

    public IReadOnlyList<ColumnCount> MissingValues { get; private set; } = [];

    /// <summary>The rows of positive weight.</summary>
    public long RowsRead => _read.Count(WeightsAre);

    public long RowsOfWeightZero { get; private set; }

    public long RowsWithoutLabel => _withoutLabel.Count(WeightsAre);

    public long RowsWithMissingValues => _withMissingValues.Count(WeightsAre);

    /// <summary>Labels that only rows of weight 0 have.</summary>
    public IReadOnlyList<string> WeightlessClasses { get; private set; } = [];

    /// <param name="source">The table.</param>
    /// <param name="options">What to train on.</param>
    /// <param name="precision">The precision that the rows will have.</param>
    /// <param name="rowsRead">Told the rows read so far.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public static TableProfile Read(
        TableSource source, TrainingOptions options, RowPrecision precision, IProgress<long>? rowsRead, CancellationToken cancellationToken)
    {
        TableProfile profile = new(source, options);
        profile.ReadRows(rowsRead, cancellationToken);
        IReadOnlyList<string> classes = profile.NameClasses();
        profile.CheckColumns();
        profile.Encode(classes, precision);
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
        List<KeptRow> kept = [];
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

    private void PlaceRow(TableCursor cursor, int row, Holdout holdout, List<KeptRow> kept)
    {
        int labelRequest = _selection.Features.Count;
        _places.Add(-1);
        bool isLabelled = !cursor.IsMissing(labelRequest, row);
        double weight = _rowWeights.Read(cursor, row, isNeeded: isLabelled);
        if (weight == 0)
        {
            RowsOfWeightZero++;
            if (isLabelled && _weightlessLabels.Count < MostLabels)
                _weightlessLabels.Add(cursor.Text(labelRequest, row));
            return;
        }
        _read.Add(weight);
        if (!isLabelled)
        {
            _withoutLabel.Add(weight);
            return;
        }
        if (_options.Missing == Data.MissingValues.Drop && HasMissing(cursor, row))
        {
            _withMissingValues.Add(weight);
            return;
        }
        int label = _labels.Add(cursor.Text(labelRequest, row));
        if (_labels.Count > MostLabels)
            throw new TableException(
                $"{_source.Name}: the label column '{_options.Label}' has more than {MostLabels} different values. Is it a regression target? Classes are a few names that repeat.");
        _kept.Add(weight);
        _rowWeights.Keep(weight);
        if (_rowWeights.AreGiven)
            _weights.Add(weight);
        bool test = holdout.IsTest(label);
        _places[^1] = 2 * label + (test ? 1 : 0);
        if (!test)
            _trainingWeight += weight;
        kept.Add(new KeptRow(row, weight, !test));
    }

    private bool HasMissing(TableCursor cursor, int row)
    {
        for (int c = 0; c < _statistics.Length; c++)
            if (cursor.IsMissing(c, row))
                return true;
        return false;
    }

    private void AddNumbers(TableCursor cursor, int c, NumberStatistics statistics, ReadOnlySpan<KeptRow> rows)
    {
        ReadOnlySpan<double> numbers = cursor.Numbers(c);
        bool mayMiss = cursor.MayMiss(c);
        foreach (KeptRow row in rows)
        {
            if (mayMiss && cursor.IsMissing(c, row.Row))
            {
                statistics.AddMissing(row);
                continue;
            }
            double value = numbers[row.Row];
            if (!double.IsFinite(value))
                throw FeatureEncoder.NotFinite(_source, _source.Columns[_selection.Features[c]].Name, cursor.FirstRow + row.Row, value);
            statistics.Add(value, row);
        }
    }

    private void AddTexts(TableCursor cursor, int c, LevelStatistics statistics, ReadOnlySpan<KeptRow> rows)
    {
        foreach (KeptRow row in rows)
            if (cursor.IsMissing(c, row.Row))
                statistics.AddMissing(row);
            else
                statistics.Add(cursor.Text(c, row.Row), row);
        if (statistics.TooMany)
            throw TextRefused(_source.Columns[_selection.Features[c]].Name, statistics);
    }

    private TableException TextRefused(string column, LevelStatistics statistics) => new(
        statistics.AllDistinct(WeightsAre)
            ? $"{_source.Name}: '{column}' has a different text in every row, so it names rows and says nothing about others. Leave it out with --exclude {column}."
            : $"{_source.Name}: '{column}' has more than {LevelStatistics.MostLevels} different texts, too many for categories. Leave it out with --exclude {column}, or group its values first.");

    /// <summary>Turns label numbers into classes, once all are known. The class names.</summary>
    private IReadOnlyList<string> NameClasses()
    {
        if (_places.Count == 0)
            throw new TableException($"{_source.Name} has column names but no rows. There is nothing to learn from.");
        if (_read.Rows == 0)
            throw new TableException($"{_source.Name}: the weights in '{_options.Weights}' are 0 in every row. Some row has to count.");
        long kept = _kept.Count(WeightsAre);
        if (_withoutLabel.Rows == _read.Rows)
            throw new TableException($"{_source.Name}: the label column '{_options.Label}' is empty in every row.");
        if (_kept.Rows == 0)
            throw new TableException($"{_source.Name}: every row with a label has a missing value, so none is left. Use --missing mean or --missing indicator, or exclude columns.");
        ClassNames classes = ClassNames.Of(_labels.Names, _options.Label);
        LevelDictionary names = new(classes.Names);
        WeightlessClasses = [.. _weightlessLabels.Names.Where(n => ClassNames.Find(names, System.Text.Encoding.UTF8.GetBytes(n)) < 0)];
        string weightless = WeightlessClasses.Count == 0 ? "" : $" (rows of weight 0, which do not count, have {ColumnSelection.Names(WeightlessClasses)})";
        if (classes.Names.Count == 1)
            throw new TableException($"{_source.Name}: every row has the label '{TableException.Shorten(classes.Names[0])}' in '{_options.Label}'{weightless}. There is nothing to tell apart: a label needs at least two classes.");
        if (classes.Names.Count > kept / 2.0)
            throw new TableException(
                $"{_source.Name}: the label column '{_options.Label}' has {classes.Names.Count} classes in {kept} rows. Is it a regression target? Classes are names that repeat, in at least two rows each on average.");
        if (!double.IsFinite(_kept.Weight))
            throw new TableException($"{_source.Name}: the weights in '{_options.Weights}' sum to more than a number can hold. Divide them all by the same number.");
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
            if (_statistics[c] is LevelStatistics texts && texts.AllDistinct(WeightsAre))
                throw TextRefused(names[c], texts);
            else if (_statistics[c] is NumberStatistics numbers && numbers.RunningNumber.Is(WeightsAre))
                throw new TableException(
                    $"{_source.Name}: '{names[c]}' numbers the rows (a range of whole numbers, each once), so it says nothing about others. Leave it out with --exclude {names[c]}.");
        MissingValues = [.. _statistics.Select((s, c) =>
            new ColumnCount(names[c], s is NumberStatistics n ? n.Missing(WeightsAre) : ((LevelStatistics)s).Missing(WeightsAre))).Where(m => m.Count > 0)];
        if (MissingValues.Count > 0 && _options.Missing == Data.MissingValues.Refuse)
            throw new TableException(
                $"{_source.Name} has missing values: {string.Join(", ", MissingValues.Take(10).Select(m => $"{m.Count} in '{m.Column}'"))}" +
                $"{(MissingValues.Count > 10 ? $" and some in {MissingValues.Count - 10} more columns" : "")}. " +
                "Say what to do with --missing drop (leave out the rows), mean (fill in the column's mean) or indicator (fill, and add a feature that says so).");
    }
}
