using System.CommandLine;
using Logits.Cli.Json;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;
using Spectre.Console;

namespace Logits.Cli.Verbs;

/// <summary><c>logits evaluate</c>: judges a model on a table with labels.</summary>
internal sealed class Evaluate : Command, IHasExamples
{
    private readonly Screen _screen;
    private readonly CancellationToken _cancellationToken;

    private readonly Argument<string> _model = Parameters.Model();
    private readonly Argument<string> _table = Parameters.Table("The table to judge by, with labels");
    private readonly Option<string?> _label = new("--label") { HelpName = "COLUMN", Description = "The label column, where it is not named as in training." };
    private readonly Option<string?> _weights = new("--weights") { HelpName = "COLUMN", Description = "The column of row weights: a row of weight 2 counts as two." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse categories that training never met." };
    private readonly Option<string?> _query = Parameters.Query();
    private readonly Option<bool> _json = Parameters.Json();

    public Evaluate(Screen screen, CancellationToken cancellationToken)
        : base("evaluate", "Judge a model on a table with labels: accuracy, log loss, Brier score, F1, the figures of each class, and what is confused with what.")
    {
        (_screen, _cancellationToken) = (screen, cancellationToken);
        Add(_model);
        Add(_table);
        foreach (Option option in (Option[])[_label, _weights, _strict, _query, _json])
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples { get; } = ["evaluate digits.logits.json samples/digits.csv"];

    private int Run(ParseResult parsed)
    {
        string modelPath = parsed.GetRequiredValue(_model);
        ModelDocument document = ModelDocument.Load(modelPath);
        if (parsed.GetValue(_label) is { } label)
            document = document with { Encoding = Relabelled(document.Encoding, label) };
        using TableSource source = Live.Open(_screen, parsed.GetRequiredValue(_table), parsed.GetValue(_query), _cancellationToken);
        using ScoredTable table = new(document, source, parsed.GetValue(_strict), withLabels: true, parsed.GetValue(_weights));
        Evaluation evaluation = Live.Rows(_screen, "evaluating", progress => Judge(table, source.Name, progress));

        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, Json(evaluation, table, modelPath, source.Name));
        else
            Write(evaluation, table, modelPath, source.Name);
        table.WarnOfUnseen(_screen);
        return ExitCode.Done;
    }

    private Evaluation Judge(ScoredTable table, string tableName, IProgress<long>? progress)
    {
        EvaluationBuilder builder = new(table.Classes.Count);
        int classes = table.Classes.Count;
        double totalWeight = 0;
        while (table.ReadBatch(_cancellationToken))
        {
            for (int i = 0; i < table.Count; i++)
            {
                double weight = table.Weights.IsEmpty ? 1 : table.Weights[i];
                totalWeight += weight;
                builder.AddLogits(table.Logits.Slice(i * classes, classes), table.Labels[i], weight);
            }
            progress?.Report(table.RowsRead);
        }
        if (table.RowsRead == table.RowsWithoutLabel)
            throw new TableException($"{tableName} has no row with a label: there is nothing to judge by.");
        return totalWeight > 0 ? builder.ToEvaluation() : throw new TableException($"{tableName}: the weights are 0 in every row with a label. Some row has to count.");
    }

    private static TableEncoding Relabelled(TableEncoding encoding, string label) =>
        new(label, encoding.Classes, encoding.Columns, encoding.Centers, encoding.Scales);

    private void Write(Evaluation evaluation, ScoredTable table, string modelPath, string tableName)
    {
        Section overall = EvaluationText.Overall($"{modelPath} on {tableName}", evaluation);
        if (table.RowsWithoutLabel > 0)
            overall.Line("left out", $"{Figures.Count(table.RowsWithoutLabel, "row")} without a label");
        overall.Write(_screen.Output);
        _screen.Output.WriteLine();
        EvaluationText.WritePerClass(_screen, evaluation, table.Classes);
        _screen.Output.WriteLine();
        EvaluationText.WriteConfusion(_screen, evaluation, table.Classes);
    }

    private static object Json(Evaluation e, ScoredTable table, string modelPath, string tableName) => new
    {
        Model = modelPath,
        Table = tableName,
        e.Rows,
        table.RowsWithoutLabel,
        e.TotalWeight,
        e.LogLoss,
        e.Accuracy,
        e.AccuracyStandardError,
        e.Brier,
        e.MacroF1,
        e.MajorityShare,
        e.LabelEntropy,
        table.Classes,
        PerClass = e.PerClass.Select((c, k) => new { Class = table.Classes[k], c.Support, c.Predicted, c.Correct, c.Precision, c.Recall, c.F1 }),
        Confusion = Enumerable.Range(0, e.Classes).Select(k => e.Confusion(k).ToArray()),
    };
}
