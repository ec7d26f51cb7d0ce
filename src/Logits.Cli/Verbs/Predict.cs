using System.CommandLine;
using Logits.Cli.Terminal;
using Logits.Data;

namespace Logits.Cli.Verbs;

/// <summary><c>logits predict</c>: streams a table through a model and writes one line a row, in constant memory.</summary>
internal sealed class Predict : Command, IHasExamples
{
    private readonly Screen _screen;
    private readonly CancellationToken _cancellationToken;

    private readonly Argument<string> _model = Parameters.Model();
    private readonly Argument<string> _table = Parameters.Table("The table to predict");
    private readonly Option<bool> _probabilities = new("--probabilities") { Description = "Write a column p_CLASS for each class too." };
    private readonly Option<string?> _out = new("--out") { HelpName = "FILE",
        Description = "Write to a file, which appears when it is whole. Default: standard output." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse categories that training never met." };
    private readonly Option<string?> _query = Parameters.Query();

    public Predict(Screen screen, CancellationToken cancellationToken)
        : base("predict", "Write the prediction for each row of a table as CSV, in the table's order.")
    {
        (_screen, _cancellationToken) = (screen, cancellationToken);
        Add(_model);
        Add(_table);
        foreach (Option option in (Option[])[_probabilities, _out, _strict, _query])
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples { get; } =
    [
        "predict digits.logits.json new.csv --probabilities --out predicted.csv",
        "predict digits.logits.json - < new.csv | head",
    ];

    private int Run(ParseResult parsed)
    {
        ModelDocument document = ModelDocument.Load(parsed.GetRequiredValue(_model));
        using TableSource source = Live.Open(_screen, parsed.GetRequiredValue(_table), parsed.GetValue(_query), _cancellationToken);
        using ScoredTable table = new(document, source, parsed.GetValue(_strict));
        bool probabilities = parsed.GetValue(_probabilities);
        if (parsed.GetValue(_out) is { } path)
        {
            long rows = 0;
            WholeFile.Write(path, stream => rows = Write(table, stream, probabilities));
            _screen.Note($"{Figures.Count(rows, "prediction")} written to {path}.");
        }
        else
            Write(table, _screen.Bytes, probabilities);
        table.WarnOfUnseen(_screen);
        return ExitCode.Done;
    }

    private long Write(ScoredTable table, Stream stream, bool probabilities)
    {
        PredictionWriter writer = new(stream, table.Classes, probabilities);
        // Predictions that scroll by on the same terminal are progress enough.
        if (stream == _screen.Bytes && _screen.OutputIsTerminal)
            return WriteRows(table, writer, null);
        return Live.Rows(_screen, "predicting", progress => WriteRows(table, writer, progress));
    }

    private long WriteRows(ScoredTable table, PredictionWriter writer, IProgress<long>? progress)
    {
        while (table.ReadBatch(_cancellationToken))
        {
            writer.Write(table.Logits);
            progress?.Report(table.RowsRead);
        }
        writer.Flush();
        return writer.Rows;
    }
}
