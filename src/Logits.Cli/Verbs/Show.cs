using System.CommandLine;
using Logits.Cli.Json;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;
using Spectre.Console;

namespace Logits.Cli.Verbs;

/// <summary><c>logits show</c>: what a model has learnt, in the table's own units.</summary>
internal sealed class Show : Command, IHasExamples
{
    private const int TopByDefault = 20;

    private readonly Screen _screen;
    private readonly Argument<string> _model = Parameters.Model();

    private readonly Option<string?> _reference = new("--reference")
    {
        HelpName = "CLASS",
        Description = "Compare every class with this one. Default: the first of two classes, or the mean of more.",
    };

    private readonly Option<int?> _top = Parameters.Integer(
        "--top", $"How many coefficients to print; --json has all. Default: {TopByDefault}.", 1, "must be a whole number of at least 1");
    private readonly Option<bool> _json = Parameters.Json();

    public Show(Screen screen) : base("show", "Print a model's coefficients and odds ratios, the most telling first.")
    {
        _screen = screen;
        Add(_model);
        foreach (Option option in (Option[])[_reference, _top, _json])
            Add(option);
        SetAction(Run);
    }

    public IReadOnlyList<string> Examples { get; } = ["show iris.logits.json --reference setosa --top 12"];

    private int Run(ParseResult parsed)
    {
        string path = parsed.GetRequiredValue(_model);
        ModelDocument document = ModelDocument.Load(path);
        IReadOnlyList<string> classes = document.Encoding.Classes;
        int? reference = parsed.GetValue(_reference) is { } name ? IndexOf(name, classes) : classes.Count == 2 ? 0 : null;
        SoftmaxModel model = reference is { } k ? document.Model.WithReference(k) : AgainstMean(document.Model);

        if (parsed.GetValue(_json))
            JsonOutput.Write(_screen, Json(document, model, reference));
        else
            Write(document, model, reference, path, parsed.GetValue(_top) ?? TopByDefault);
        return ExitCode.Done;
    }

    private static int IndexOf(string name, IReadOnlyList<string> classes)
    {
        for (int k = 0; k < classes.Count; k++)
            if (classes[k] == name)
                return k;
        string suggestion = NearestName.Of(name, classes) is { } nearest ? $"Did you mean '{nearest}'?" : $"The classes are {Figures.Names(classes, 30)}.";
        throw new TableException($"The model has no class '{name}'. {suggestion}");
    }

    /// <summary>The same distributions, with coefficients that sum to 0 over the classes.</summary>
    private static SoftmaxModel AgainstMean(SoftmaxModel model)
    {
        double[] weights = model.Weights.ToArray(), intercepts = model.Intercepts.ToArray();
        for (int j = 0; j < model.Features; j++)
        {
            double mean = 0;
            for (int k = 0; k < model.Classes; k++)
                mean += weights[k * model.Features + j] / model.Classes;
            for (int k = 0; k < model.Classes; k++)
                weights[k * model.Features + j] -= mean;
        }
        double meanIntercept = intercepts.Average();
        for (int k = 0; k < model.Classes; k++)
            intercepts[k] -= meanIntercept;
        return new SoftmaxModel(weights, intercepts);
    }

    private void Write(ModelDocument document, SoftmaxModel model, int? reference, string path, int top)
    {
        TableEncoding encoding = document.Encoding;
        FitReport report = document.Report;
        string against = reference is { } k ? Figures.Name(encoding.Classes[k]) : "the mean of the classes";
        Section section = new Section(path)
            .Line("label", $"{Figures.Name(encoding.Label)}, {Figures.Count(encoding.Classes.Count, "class", "classes")}: {Figures.Names(encoding.Classes)}")
            .Line("features", $"{encoding.FeatureNames.Count:N0} from {Figures.Count(encoding.Columns.Count, "column")}");
        foreach (ColumnEncoding column in encoding.Columns.Where(c => c.Reference is not null))
            section.Line("one-hot", $"{Figures.Name(column.Name)}: {Figures.Names([.. column.Levels.Skip(1)], 6)}",
                $"against {Figures.Name(column.Reference!)}");
        section
            .Line(
                "fitted", $"{Figures.Count(FitText.Rows(report), "row")}, λ = {Figures.Significant(report.Strength)}, objective {Figures.Significant(report.Objective, 7)}",
                $"logits {document.ProductVersion}")
            .Line("against", against)
            .Write(_screen.Output);
        _screen.Output.WriteLine();
        WriteCoefficients(encoding, model, reference, top);
        _screen.Output.WriteLine();
        WriteIntercepts(encoding, model, reference);
    }

    private void WriteCoefficients(TableEncoding encoding, SoftmaxModel model, int? reference, int top)
    {
        List<Coefficient> all = [];
        for (int k = 0; k < model.Classes; k++)
            for (int j = 0; j < model.Features && k != reference; j++)
                all.Add(new Coefficient(k, j, model.Weights[k * model.Features + j], encoding.IsStandardized ? encoding.Scales[j] : 1));
        List<Coefficient> shown = [.. all.OrderByDescending(c => Math.Abs(c.Effect)).Take(top)];
        double largest = Math.Abs(shown[0].Effect);

        string title = shown.Count < all.Count
            ? $"Coefficients: the {shown.Count:N0} of largest effect, of {all.Count:N0}" : "Coefficients, largest effect first";
        string[] columns = ["class", "feature", ">coefficient", ">odds ratio", encoding.IsStandardized ? ">effect of 1 sd" : ">effect of 1 unit"];
        PlainTable table = new(title, _screen.OutputIsTerminal ? [.. columns, ""] : columns);
        foreach (Coefficient c in shown)
        {
            string[] cells =
            [
                PlainTable.Name(encoding.Classes[c.Class]), PlainTable.Name(encoding.FeatureNames[c.Feature]),
                Figures.Significant(c.Value), Figures.Significant(Math.Exp(c.Value)), Figures.Significant(c.Effect, 3),
            ];
            table.AddRow(_screen.OutputIsTerminal ? [.. cells, PlainTable.Bar(Math.Abs(c.Effect) / largest)] : cells);
        }
        table.Write(_screen.Output);
    }

    private void WriteIntercepts(TableEncoding encoding, SoftmaxModel model, int? reference)
    {
        const int most = 30;
        PlainTable table = new(model.Classes > most ? $"Intercepts of the first {most} classes" : "Intercepts", "class", ">intercept");
        for (int k = 0; k < Math.Min(most, model.Classes); k++)
            if (k != reference)
                table.AddRow(PlainTable.Name(encoding.Classes[k]), Figures.Significant(model.Intercepts[k]));
        table.Write(_screen.Output);
    }

    private static object Json(ModelDocument document, SoftmaxModel model, int? reference) => new
    {
        document.Encoding.Label,
        document.Encoding.Classes,
        Reference = reference is { } k ? document.Encoding.Classes[k] : null,
        Columns = document.Encoding.FeatureNames,
        Scales = document.Encoding.IsStandardized ? document.Encoding.Scales : null,
        OneHotColumns = document.Encoding.Columns.Where(c => c.Reference is not null).Select(c => new { Column = c.Name, c.Levels, c.Reference }),
        Coefficients = Enumerable.Range(0, model.Classes).Select(i => model.Weights.Slice(i * model.Features, model.Features).ToArray()),
        Intercepts = model.Intercepts.ToArray(),
        document.ProductVersion,
    };

    /// <summary>One entry of W, and how widely its feature varies.</summary>
    private readonly record struct Coefficient(int Class, int Feature, double Value, double Scale)
    {
        /// <summary>The change of the log-odds when the feature grows by one standard deviation (or by one unit, where the fit did not standardise).</summary>
        public double Effect => Value * Scale;
    }
}
