using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli;

/// <summary>A table seen through a model: the logits of its rows, a batch at a time.</summary>
internal sealed class ScoredTable : IDisposable
{
    private readonly ModelDocument _document;
    private readonly TableEncoder _encoder;
    private double[] _logits = [];

    public ScoredTable(ModelDocument document, TableSource source, bool strict, bool withLabels = false, string? weights = null,
        WeightMeaning? weightsAre = null)
    {
        _document = document;
        _encoder = new TableEncoder(source, document.Encoding, strict, withLabels, weights, weightsAre);
    }

    public IReadOnlyList<string> Classes => _document.Encoding.Classes;

    /// <summary>The rows in the current batch.</summary>
    public int Count => _encoder.Count;

    /// <summary>The logits of the current batch, <see cref="Count"/> × K row-major.</summary>
    public ReadOnlySpan<double> Logits => _logits.AsSpan(0, Count * Classes.Count);

    public ReadOnlySpan<int> Labels => _encoder.Labels;

    /// <summary>The weights of the current batch; empty without a column of weights.</summary>
    public ReadOnlySpan<double> Weights => _encoder.Weights;

    /// <summary>What the weights mean, as far as the rows read tell; null without a column of weights.</summary>
    public WeightMeaning? WeightsAre => _encoder.WeightsAre;

    public long RowsRead => _encoder.RowsRead;

    public long RowsOfWeightZero => _encoder.RowsOfWeightZero;

    public long RowsWithoutLabel => _encoder.RowsWithoutLabel;

    /// <summary>Reads the next batch. False at the end of the table.</summary>
    /// <exception cref="TableException">A row cannot be used.</exception>
    public bool ReadBatch(CancellationToken cancellationToken)
    {
        if (!_encoder.ReadBatch(cancellationToken))
            return false;
        int needed = Count * Classes.Count;
        if (_logits.Length < needed)
            _logits = new double[needed];
        _document.Model.Logits(_encoder.Rows, _logits.AsSpan(0, needed));
        for (int i = 0; i < needed; i++)
            if (!double.IsFinite(_logits[i]))
                throw Overflow(i / Classes.Count);
        return true;
    }

    private TableException Overflow(int row)
    {
        ReadOnlySpan<double> values = _encoder.Rows.Slice(row * _document.Model.Features, _document.Model.Features);
        int largest = LargestTerm(_document.Model, values);
        return new TableException(FormattableString.Invariant(
            $"{_encoder.Place(row)}: '{_document.Encoding.FeatureNames[largest]}' is {values[largest]:G3}, so large that the row's logits overflow. ")
            + "Look for a wrong unit or a code for missing values.");
    }

    /// <summary>The feature that moves a row's logits most.</summary>
    public static int LargestTerm(SoftmaxModel model, ReadOnlySpan<double> row)
    {
        (int feature, double size) = (0, -1);
        for (int k = 0; k < model.Classes; k++)
            for (int j = 0; j < row.Length; j++)
                if (Math.Abs(model.Weights[k * model.Features + j] * row[j]) is double term && term > size)
                    (feature, size) = (j, term);
        return feature;
    }

    /// <summary>Says which categories the model has never met.</summary>
    public void WarnOfUnseen(Screen screen)
    {
        foreach (ColumnCount unseen in _encoder.UnseenCategories)
            screen.Warn(
                $"{Figures.Name(unseen.Column)} has {Figures.Count(unseen.Count, "value")} that training never met; taken as the reference "
                + $"'{Figures.Name(_document.Encoding.Columns.First(c => c.Name == unseen.Column).Reference ?? "")}'. --strict refuses them.");
    }

    public void Dispose() => _encoder.Dispose();
}
