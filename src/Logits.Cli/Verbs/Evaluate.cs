using System.CommandLine;
using Logits.Cli.Json;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;
using Logits.Rows;
using Spectre.Console;

namespace Logits.Cli.Verbs;

/// <summary><c>logits evaluate</c>: judges a model on a table with labels.</summary>
internal sealed class Evaluate : Command, IHasExamples
{
    private const int LargestMatrix = 1000;

    private readonly Screen _screen;
    private readonly CancellationToken _cancellationToken;

    private readonly Argument<string> _model = Parameters.Model();
    private readonly Argument<string> _table = Parameters.Table("The table to judge by, with labels");
    private readonly Option<string?> _label = new("--label") { HelpName = "COLUMN", Description = "The label column, where it is not named as in training." };
    private readonly Option<string?> _weights = Parameters.Weights();
    private readonly Option<WeightMeaning?> _weightsAre = Parameters.WeightsAre();
    private readonly Option<bool> _strict = new("--strict") { Description = "Refuse categories that training never met." };
    private readonly Option<string?> _query = Parameters.Query();
    private readonly Option<bool> _json = Parameters.Json();

    public Evaluate(Screen screen, CancellationToken cancellationToken)
        : base("evaluate", "Judge a model on a table with labels: accuracy, log loss, Brier score, F1, the figures of each class, and what is confused with what.")
    {
        (_screen, _cancellationToken) = (screen, cancellationToken);
        Add(_model);
        Add(_table);
        foreach (Option option in (Option[])[_label, _weights, _weightsAre, _strict, _query, _json])
            Add(option);
        Validators.Add(Parameters.NeedsWeights(_weights, _weightsAre));
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
        using ScoredTable table = new(document, source, parsed.GetValue(_strict), withLabels: true, parsed.GetValue(_weights), parsed.GetValue(_weightsAre));
        Evaluation evaluation = Live.Rows(_screen, "evaluating", progress => Judge(table, source.Name, parsed.GetValue(_weightsAre), progress));

        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, Json(evaluation, table, modelPath, source.Name));
        else
            Write(evaluation, table, modelPath, source.Name, parsed.GetValue(_weights));
        table.WarnOfUnseen(_screen);
        return ExitCode.Done;
    }

    private Evaluation Judge(ScoredTable table, string tableName, WeightMeaning? weightsAre, IProgress<long>? progress)
    {
        EvaluationBuilder builder = new(table.Classes.Count, weightsAre);
        long rows = 0;
        while (table.ReadBatch(_cancellationToken))
        {
            builder.AddLogitsRows(table.Logits, table.Labels, table.Weights);
            rows += table.Count;
            progress?.Report(table.RowsRead);
        }
        if (rows == 0)
            throw new TableException(table.RowsOfWeightZero > 0
                ? $"{tableName}: the weights are 0 in every row with a label. Some row has to count."
                : $"{tableName} has no row with a label: there is nothing to judge by.");
        Evaluation evaluation = builder.ToEvaluation();
        return double.IsFinite(evaluation.TotalWeight)
            ? evaluation
            : throw new TableException($"{tableName}: the weights sum to more than a number can hold. Divide them all by the same number.");
    }

    private static TableEncoding Relabelled(TableEncoding encoding, string label) =>
        new(label, encoding.Classes, encoding.Columns, encoding.Centers, encoding.Scales);

    private void Write(Evaluation evaluation, ScoredTable table, string modelPath, string tableName, string? weights)
    {
        Section overall = EvaluationText.Overall($"{modelPath} on {tableName}", evaluation);
        if (table.RowsWithoutLabel > 0)
            overall.Line("left out", $"{Figures.Count(table.RowsWithoutLabel, "row")} without a label");
        if (table.RowsOfWeightZero > 0)
            overall.Line("left out", $"{Figures.Count(table.RowsOfWeightZero, "row")} of weight 0");
        if (weights is not null)
            overall.Line("weights", Figures.Name(weights), EvaluationText.Meaning(evaluation.WeightsAre));
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
        table.RowsOfWeightZero,
        WeightsAre = table.WeightsAre is { } meaning ? EvaluationText.Name(meaning) : null,
        e.TotalWeight,
        e.LogLoss,
        e.Accuracy,
        e.AccuracyStandardError,
        AccuracyInterval = (double[])[e.AccuracyInterval.Lower, e.AccuracyInterval.Upper],
        e.Brier,
        e.MacroF1,
        e.MajorityShare,
        e.LabelEntropy,
        table.Classes,
        PerClass = e.PerClass.Select((c, k) => new { Class = table.Classes[k], c.Support, c.Predicted, c.Correct, c.Precision, c.Recall, c.F1 }),
        // Of many classes the entries that are not 0 are far fewer than the matrix has.
        Confusion = e.Classes <= LargestMatrix ? Enumerable.Range(0, e.Classes).Select(k => e.Confusion(k)) : null,
        ConfusionEntries = e.Classes > LargestMatrix
            ? e.ConfusionEntries.Select(c => new { Label = table.Classes[c.Actual], Predicted = table.Classes[c.Predicted], c.Weight })
            : null,
    };
}
