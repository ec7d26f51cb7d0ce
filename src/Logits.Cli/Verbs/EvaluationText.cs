using Logits.Cli.Terminal;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli.Verbs;

/// <summary>An evaluation for people: each figure beside what it takes to beat.</summary>
internal static class EvaluationText
{
    private const int WidestMatrix = 20;

    public static Section Overall(string title, Evaluation evaluation)
    {
        double correct = evaluation.PerClass.Sum(c => c.Correct);
        string of = evaluation.TotalWeight == evaluation.Rows ? "rows" : "by weight";
        (double lower, double upper) = evaluation.AccuracyInterval;
        // Rows that all agree have no standard error, but there may be few of them.
        string error = evaluation.AccuracyStandardError > 0
            ? $" ± {Figures.Percent(evaluation.AccuracyStandardError)}"
            : $", 95 % interval {Figures.Percent(lower)} to {Figures.Percent(upper)}";
        return new Section(title)
            .Line("accuracy", Figures.Percent(evaluation.Accuracy) + error,
                $"{Figures.Count(correct)} of {Figures.Count(evaluation.TotalWeight)} {of}; majority class: {Figures.Percent(evaluation.MajorityShare)}")
            .Line("log loss", $"{Figures.Significant(evaluation.LogLoss)} nats", $"base rates: {Figures.Significant(evaluation.LabelEntropy)}")
            .Line("Brier", Figures.Significant(evaluation.Brier), "0 is perfect, 2 is worst")
            .Line("macro F1", Figures.Significant(evaluation.MacroF1), "the mean over the classes");
    }

    /// <summary>What weights mean, as options name it.</summary>
    public static string Name(WeightMeaning meaning) => meaning == WeightMeaning.Frequencies ? "frequencies" : "importances";

    /// <summary>What weights mean, for a remark.</summary>
    public static string Meaning(WeightMeaning meaning) =>
        meaning == WeightMeaning.Frequencies ? "frequencies: a row of weight 2 is two rows" : "importances: only their proportions count";

    public static void WritePerClass(Screen screen, Evaluation evaluation, IReadOnlyList<string> classes)
    {
        string[] titles = ["class", evaluation.TotalWeight == evaluation.Rows ? ">rows" : ">weight", ">precision", ">recall", ">F1"];
        PlainTable table = new("Per class", screen.OutputIsTerminal ? [.. titles, ""] : titles);
        for (int k = 0; k < classes.Count; k++)
        {
            ClassEvaluation figures = evaluation.PerClass[k];
            string[] cells = [PlainTable.Name(classes[k]), Figures.Count(figures.Support), Ratio(figures.Precision), Ratio(figures.Recall), Ratio(figures.F1)];
            table.AddRow(screen.OutputIsTerminal ? [.. cells, PlainTable.Bar(figures.F1)] : cells);
        }
        table.Write(screen.Output);
    }

    /// <summary>The matrix where it fits a screen, else the confusions that happen most.</summary>
    public static void WriteConfusion(Screen screen, Evaluation evaluation, IReadOnlyList<string> classes)
    {
        PlainTable table = classes.Count <= WidestMatrix ? Matrix(evaluation, classes) : MostFrequent(evaluation, classes);
        table.Write(screen.Output);
    }

    private static PlainTable Matrix(Evaluation evaluation, IReadOnlyList<string> classes)
    {
        PlainTable table = new("Confusion: labels down, predictions across", classes.Select(name => ">" + name).Prepend("class"));
        for (int actual = 0; actual < classes.Count; actual++)
        {
            List<string> cells = [PlainTable.Name(classes[actual])];
            for (int predicted = 0; predicted < classes.Count; predicted++)
            {
                double weight = evaluation.Confusion(actual, predicted);
                string color = weight == 0 ? "grey" : predicted == actual ? "green" : "red";
                cells.Add($"[{color}]{(weight == 0 ? "·" : Figures.Count(weight))}[/]");
            }
            table.AddRow(cells);
        }
        return table;
    }

    private static PlainTable MostFrequent(Evaluation evaluation, IReadOnlyList<string> classes)
    {
        const int most = 20;
        PriorityQueue<(int Actual, int Predicted), double> largest = new();
        foreach ((int actual, int predicted, double weight) in evaluation.ConfusionEntries.Where(c => c.Actual != c.Predicted))
        {
            largest.Enqueue((actual, predicted), weight);
            if (largest.Count > most)
                largest.Dequeue();
        }
        PlainTable table = new(largest.Count == 0 ? "No confusions" : $"The {largest.Count} most frequent confusions", "label", "predicted", ">rows");
        foreach (((int actual, int predicted), double weight) in largest.UnorderedItems.OrderByDescending(i => i.Priority).ThenBy(i => i.Element))
            table.AddRow(PlainTable.Name(classes[actual]), PlainTable.Name(classes[predicted]), Figures.Count(weight));
        return table;
    }

    private static string Ratio(double value) => double.IsNaN(value) ? "–" : value.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture);
}
