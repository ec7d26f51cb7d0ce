using System.Numerics;
using System.Runtime.InteropServices;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Data;

/// <summary>A table made ready for fitting: training rows, held-out test rows, and the encoding that was learnt from the training rows.</summary>
/// <remarks>
/// The rows go straight from DuckDB's columns into the design matrices: there is no other copy of the table. Standardising happens in double precision before
/// the values are
/// rounded to <typeparamref name="T"/>, so a float keeps the variation of a column with a large offset.
/// </remarks>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class TrainingTable<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly List<int> _places;

    private TrainingTable(List<int> places) => _places = places;

    /// <summary>The training rows, standardised if so asked.</summary>
    public required DenseRows<T> Rows { get; init; }

    /// <summary>The classes of the training rows.</summary>
    public required Labels Labels { get; init; }

    /// <summary>The weights of the training rows; empty without a weights column.</summary>
    public ReadOnlyMemory<double> RowWeights { get; private init; }

    /// <summary>What the weights mean, decided over training and test rows together; null without a weights column.</summary>
    public WeightMeaning? WeightsAre { get; private init; }

    /// <summary>The test rows, transformed as the training rows are; null when none are held out.</summary>
    public DenseRows<T>? TestRows { get; private init; }

    /// <summary>The classes of the test rows; null when none are held out.</summary>
    public Labels? TestLabels { get; private init; }

    /// <summary>The weights of the test rows; empty without a weights column.</summary>
    public ReadOnlyMemory<double> TestRowWeights { get; private init; }

    /// <summary>How rows were encoded.</summary>
    public required TableEncoding Encoding { get; init; }

    /// <summary>What was read and done.</summary>
    public required TrainingSummary Summary { get; init; }

    /// <summary>The number, in the table and from 1, of a training row (from 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such training row.</exception>
    public long TableRow(long trainingRow) => TableRow(trainingRow, 0);

    /// <summary>The number, in the table and from 1, of a test row (from 0).</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such test row.</exception>
    public long TableRowOfTest(long testRow) => TableRow(testRow, 1);

    private long TableRow(long row, int remainder)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        for (int place = 0; place < _places.Count; place++)
            if (_places[place] >= 0 && _places[place] % 2 == remainder && row-- == 0)
                return place + 1;
        throw new ArgumentOutOfRangeException(nameof(row));
    }

    /// <summary>Reads a table twice: once to learn its encoding and once to encode it.</summary>
    /// <param name="source">The table; stays the caller's to dispose.</param>
    /// <param name="options">What to train on and how to prepare it.</param>
    /// <param name="rowsRead">Told the number of rows read so far, over both readings.</param>
    /// <param name="cancellationToken">Ends the reading with an <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The test fraction is not at least 0 and below 1.</exception>
    /// <exception cref="TableException">The table cannot be trained on as asked; the message says what, where and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled.</exception>
    public static TrainingTable<T> Read(
        TableSource source, TrainingOptions options, IProgress<long>? rowsRead = null, CancellationToken cancellationToken = default)
    {
        if (!(options.TestFraction is >= 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.TestFraction, "The test fraction must be at least 0 and below 1.");
        TableProfile profile = TableProfile.Read(source, options, RowPrecision.Of<T>(), rowsRead, cancellationToken);
        List<int> places = profile.Places;
        FeatureEncoder encoder = new(source, profile.Encoding, strict: false);
        Part training = new(profile, 0), test = new(profile, 1);
        EncodeRows(source, encoder, profile, training.Rows, test.Rows, rowsRead, cancellationToken);
        return new TrainingTable<T>(places)
        {
            Rows = training.Rows.ToRows(),
            Labels = Labels.FromIndices(training.Labels, profile.Encoding.Classes.Count),
            RowWeights = training.Weights,
            WeightsAre = options.Weights is null ? null : profile.WeightsAre,
            TestRows = test.Labels.Length > 0 ? test.Rows.ToRows() : null,
            TestLabels = test.Labels.Length > 0 ? Labels.FromIndices(test.Labels, profile.Encoding.Classes.Count) : null,
            TestRowWeights = test.Weights,
            Encoding = profile.Encoding,
            Summary = new TrainingSummary
            {
                RowsRead = profile.RowsRead,
                RowsOfWeightZero = profile.RowsOfWeightZero,
                WeightlessClasses = profile.WeightlessClasses,
                RowsWithoutLabel = profile.RowsWithoutLabel,
                RowsWithMissingValues = profile.RowsWithMissingValues,
                TrainingRows = training.Total.Count(profile.WeightsAre),
                TestRows = test.Total.Count(profile.WeightsAre),
                TrainingRowsPerClass = [.. training.PerClass.Select(c => c.Count(profile.WeightsAre))],
                TestRowsPerClass = [.. test.PerClass.Select(c => c.Count(profile.WeightsAre))],
                ConstantColumns = profile.ConstantColumns,
                OneHotColumns = [.. profile.Encoding.Columns.Where(c => c.Kind == ColumnKind.Text)],
                FilledValues = [.. profile.MissingValues.Where(m => profile.Encoding.Columns.Any(c => c.Name == m.Column))],
                UnseenCategories = encoder.Unseen(profile.WeightsAre),
                ImpreciseColumns = profile.ImpreciseColumns,
            },
        };
    }

    private static void EncodeRows(
        TableSource source, FeatureEncoder encoder, TableProfile profile,
        DenseRowsBuilder<T> training, DenseRowsBuilder<T> test, IProgress<long>? rowsRead, CancellationToken cancellationToken)
    {
        ReadOnlySpan<int> places = CollectionsMarshal.AsSpan(profile.Places);
        ReadOnlySpan<double> weights = CollectionsMarshal.AsSpan(profile.Weights);
        DesignRow<T> design = new(source, profile.Encoding);
        int features = encoder.Features;
        int[] rows = new int[encoder.BatchRows];
        double[] values = new double[rows.Length * features];
        int kept = 0;
        long done = 0;
        using TableCursor cursor = source.Read(encoder.Requests);
        while (cursor.Read(cancellationToken))
        {
            if (done + cursor.Count > places.Length)
                throw Changed(source);
            for (int next = 0; next < cursor.Count;)
            {
                int count = 0;
                for (; next < cursor.Count && count < rows.Length; next++)
                    if (places[(int)done + next] >= 0)
                        rows[count++] = next;
                encoder.Encode(cursor, rows.AsSpan(0, count), weights.IsEmpty ? [] : weights.Slice(kept, count), values.AsSpan(0, count * features));
                kept += count;
                for (int i = 0; i < count; i++)
                {
                    bool trains = places[(int)done + rows[i]] % 2 == 0;
                    design.Write(values.AsSpan(i * features, features), done + rows[i], trains, (trains ? training : test).AddRow());
                }
            }
            done += cursor.Count;
            rowsRead?.Report(places.Length + done);
        }
        if (done != places.Length)
            throw Changed(source);
    }

    private static TableException Changed(TableSource source) => new($"{source.Name} changed while it was being read. Run the command again.");

    /// <summary>The training rows (remainder 0) or the test rows (remainder 1).</summary>
    private sealed class Part
    {
        public Part(TableProfile profile, int remainder)
        {
            Rows = new DenseRowsBuilder<T>(profile.Encoding.FeatureNames.Count);
            PerClass = new Tally[profile.Encoding.Classes.Count];
            int count = 0;
            foreach (int place in profile.Places)
                count += place >= 0 && place % 2 == remainder ? 1 : 0;
            Labels = new int[count];
            Weights = new double[profile.Weights.Count == 0 ? 0 : count];
            int row = 0, kept = 0;
            foreach (int place in profile.Places)
            {
                if (place >= 0 && place % 2 == remainder)
                {
                    double weight = profile.Weights.Count == 0 ? 1 : profile.Weights[kept];
                    Total.Add(weight);
                    PerClass[place / 2].Add(weight);
                    if (Weights.Length > 0)
                        Weights[row] = weight;
                    Labels[row++] = place / 2;
                }
                kept += place >= 0 ? 1 : 0;
            }
        }

        public DenseRowsBuilder<T> Rows { get; }
        public int[] Labels { get; }
        public double[] Weights { get; }
        public Tally[] PerClass { get; }
        public Tally Total;
    }
}
