using Logits.Cli.Terminal;
using Logits.Data;

namespace Logits.Cli;

/// <summary>A table seen through a model: the logits of its rows, a batch at a time.</summary>
internal sealed class ScoredTable : IDisposable
{
    private readonly ModelDocument _document;
    private readonly TableEncoder _encoder;
    private readonly string _name;
    private double[] _logits = [];

    public ScoredTable(ModelDocument document, TableSource source, bool strict, bool withLabels = false, string? weights = null)
    {
        _document = document;
        _name = source.Name;
        _encoder = new TableEncoder(source, document.Encoding, strict, withLabels, weights);
    }

    public IReadOnlyList<string> Classes => _document.Encoding.Classes;

    /// <summary>The rows in the current batch.</summary>
    public int Count => _encoder.Count;

    /// <summary>The logits of the current batch, <see cref="Count"/> × K row-major.</summary>
    public ReadOnlySpan<double> Logits => _logits.AsSpan(0, Count * Classes.Count);

    public ReadOnlySpan<int> Labels => _encoder.Labels;

    /// <summary>The weights of the current batch; empty without a column of weights.</summary>
    public ReadOnlySpan<double> Weights => _encoder.Weights;

    public long RowsRead => _encoder.RowsRead;

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
        foreach (double logit in Logits)
            if (!double.IsFinite(logit))
                throw new TableException(
                    $"{_name}: one of the {Figures.Count(Count, "row")} up to row {_encoder.RowsRead:N0} holds a value so large that its logits overflow. "
                    + "Look for a wrong unit or a code for missing values.");
        return true;
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
