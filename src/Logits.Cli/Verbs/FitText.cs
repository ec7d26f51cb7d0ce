using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;
using Spectre.Console;

namespace Logits.Cli.Verbs;

/// <summary>The account of a fit for people.</summary>
internal static class FitText
{
    private const int MostNamed = 10;

    public static void Write(Screen screen, FitSummary fit)
    {
        Table(fit).Write(screen.Output);
        screen.Output.WriteLine();
        Objective(fit).Write(screen.Output);
        screen.Output.WriteLine();
        if (fit.HeldOut is { } heldOut)
        {
            EvaluationText.Overall("Held-out rows", heldOut).Write(screen.Output);
            screen.Output.WriteLine();
        }
        screen.Output.MarkupLine($"[bold]Model[/] written to {Markup.Escape(fit.ModelPath)}");
    }

    /// <summary>The number of rows fitted: a row of frequency w is w rows.</summary>
    public static long Rows(FitReport report) => report.WeightsAre == WeightMeaning.Frequencies ? (long)Math.Round(report.TotalWeight) : report.Rows;

    /// <summary>What must not be missed; null after a fit that converged.</summary>
    public static string? Caution(FitSummary fit)
    {
        string gap = "the gap to the optimum is " + Gap(fit.Report);
        return fit.Report.StopReason switch
        {
            StopReason.Converged => null,
            StopReason.IterationLimit =>
                $"Stopped after {Figures.Count(fit.Report.Iterations, "iteration")}, before convergence: {gap}. Raise --max-iterations or --tolerance.",
            StopReason.Cancelled => $"Cancelled: the best model so far was kept and written; {gap}.",
            StopReason.NumericalFailure =>
                $"Rounding stopped all progress before convergence: {gap}. Try --float64, or a larger --strength or --tolerance.",
            StopReason.SeparationSuspected =>
                "No finite optimum is suspected, not decided: nothing is left to gain within the tolerance, but no proof was found that the classes overlap. "
                + "Give a --strength above 0, which has an optimum in any case, or leave out columns that may tell classes apart.",
            _ => "No finite optimum exists: " + Explain(fit),
        };
    }

    private static Section Table(FitSummary fit)
    {
        TrainingSummary reading = fit.Reading;
        TableEncoding encoding = fit.Encoding;
        Section section = new Section(fit.Table)
            .Line("label", $"{Figures.Name(encoding.Label)}, {Figures.Count(encoding.Classes.Count, "class", "classes")}: {Figures.Names(encoding.Classes)}");
        string standardized = encoding.IsStandardized ? "standardised" : "as they are";
        section.Line("features", $"{encoding.FeatureNames.Count:N0} from {Figures.Count(encoding.Columns.Count, "column")}, {standardized}");
        foreach (ColumnEncoding column in reading.OneHotColumns)
            section.Line("one-hot", $"{Figures.Name(column.Name)}: {Figures.Names([.. column.Levels.Skip(1)], 6)}",
                $"against {Figures.Name(column.Reference!)}");
        if (reading.ConstantColumns.Count > 0)
            section.Line("dropped", $"{Figures.Count(reading.ConstantColumns.Count, "constant column")}: {Figures.Names(reading.ConstantColumns)}");
        if (reading.FilledValues.Count > 0)
            section.Line("filled", "missing values: " + Counts(reading.FilledValues));
        if (reading.RowsWithMissingValues > 0)
            section.Line("left out", $"{Figures.Count(reading.RowsWithMissingValues, "row")} with a missing value");
        if (reading.RowsWithoutLabel > 0)
            section.Line("left out", $"{Figures.Count(reading.RowsWithoutLabel, "row")} without a label");
        if (reading.RowsOfWeightZero > 0)
            section.Line("left out", $"{Figures.Count(reading.RowsOfWeightZero, "row")} of weight 0");
        foreach (string name in reading.WeightlessClasses.Take(MostNamed))
            section.Line("left out", $"class '{Figures.Name(name)}': all its rows weigh 0", Color.Yellow);
        if (reading.WeightlessClasses.Count > MostNamed)
            section.Line("left out", $"{Figures.Count(reading.WeightlessClasses.Count - MostNamed, "more class", "more classes")} whose rows all weigh 0",
                Color.Yellow);
        if (fit is { Training.Weights: { } weights, WeightsAre: { } meaning })
            section.Line("weights", Figures.Name(weights), EvaluationText.Meaning(meaning));
        section.Line("rows", $"{reading.RowsRead:N0}: {reading.TrainingRows:N0} to fit, {reading.TestRows:N0} held out", HowHeldOut(fit));
        if (reading.UnseenCategories.Count > 0)
            section.Line("unseen", "categories in held-out rows only, taken as the reference: " + Counts(reading.UnseenCategories), Color.Yellow);
        if (reading.ImpreciseColumns.Count > 0)
            section.Line("imprecise", $"float32 cannot hold {Figures.Names(reading.ImpreciseColumns)} closely enough; use --float64", Color.Yellow);
        return section;
    }

    private static Section Objective(FitSummary fit)
    {
        FitReport report = fit.Report;
        double penalty = report.Objective - report.DataLoss;
        Section section = new Section("Fit")
            .Line("minimised", "(1/Σw) Σ w [A(o) − ⟨y, o⟩] + λ/2 ‖W‖²", "in nats")
            .Line("", "with o = W x + b and A(o) = log Σ exp(o)")
            .Line("objective", $"{Figures.Significant(report.Objective, 7)} = loss {Figures.Significant(report.DataLoss, 5)} + penalty {Figures.Significant(penalty, 5)}")
            .Line("strength", $"λ = {Figures.Significant(report.Strength)}", fit.StrengthIsDefault ? $"1/n; choose it with --strength" : "as asked")
            .Line("stopped", Stop(fit), report.StopReason == StopReason.Converged ? Color.Green : Color.Yellow)
            .Line("gap", double.IsInfinity(report.Gap) ? "unknown" : Gap(report) + HowKnown(report))
            .Line("gradient", double.IsNaN(report.GradientNorm) ? "unknown" : $"norm {Figures.Significant(report.GradientNorm, 2)}");
        foreach (Dependency dependency in fit.Dependencies.Take(MostNamed))
            section.Line("dependent", dependency.ToString());
        if (fit.Dependencies.Count > MostNamed)
            section.Line("dependent", $"{Figures.Count(fit.Dependencies.Count - MostNamed, "more column")}");
        if (fit.Dependencies.Count > 0)
            section.Line("", "the solution of least norm is given; a --strength above 0, or fewer columns, make it the only one");
        return section
            .Line("work", $"{Figures.Count(report.Gradients, "gradient")}, {Figures.Count(report.HessianVectorProducts, "Hessian-vector product")}, "
                + $"{Figures.Count(report.OtherPasses, "other pass", "other passes")}")
            .Line("time", $"{Figures.Duration(report.Seconds)}, {Figures.Count(report.Threads, "thread")}, {Precision(report)}");
    }

    private static string HowHeldOut(FitSummary fit) => fit.Training.TestFraction switch
    {
        0 => "",
        double share => $"{Figures.Significant(100 * share, 3).TrimEnd('0').TrimEnd('.')} % {(fit.Training.Stratify ? "of each class" : "of all")}, seed {fit.Training.Seed}",
    };

    private static string Stop(FitSummary fit) => fit.Report.StopReason switch
    {
        StopReason.Converged => $"converged after {Figures.Count(fit.Report.Iterations, "iteration")}: gap below {Figures.Significant(fit.Tolerance, 1)}",
        StopReason.IterationLimit => $"out of iterations after {fit.Report.Iterations:N0}, before convergence",
        StopReason.Cancelled => $"cancelled after {Figures.Count(fit.Report.Iterations, "iteration")}; this is the best model so far",
        StopReason.NumericalFailure => $"no progress after {Figures.Count(fit.Report.Iterations, "iteration")}, before convergence: rounding",
        StopReason.SeparationSuspected => "no finite optimum is suspected, not decided; this is the model at the stop",
        _ => "no finite optimum exists; this is the model at the stop",
    };

    private static string Gap(FitReport report) => double.IsInfinity(report.Gap)
        ? "unknown"
        : $"{(report.GapCertified ? "at most" : "about")} {Figures.Significant(report.RelativeGap, 2)} of the objective";

    private static string HowKnown(FitReport report) => report.GapCertified
        ? ", proven by duality"
        : ", estimated by the Newton decrement (a strength above 0 gives a proof)";

    private static string Precision(FitReport report) => report.DataPrecision == report.Precision
        ? report.Precision
        : $"{report.DataPrecision} data, {(report.GapCertified ? "certified" : "finished")} in {report.Precision}";

    private static string Explain(FitSummary fit)
    {
        const string remedy = "Give a --strength above 0, or leave those columns out.";
        if (fit.Separation is not { } separation)
            return $"some classes can be told apart without error, so the weights would grow for ever. {remedy}";
        string features = Figures.Names(separation.Features);
        string cells = separation.Cells(fit.Encoding.Label);
        if (cells.Length > 0)
            cells += ". ";
        string tell = separation.Features.Count == 1 ? "tells" : "tell";
        int classes = separation.Classes.Count;
        if (separation.Complete && classes == fit.Encoding.Classes.Count && separation.Pairs.Count == classes * (classes - 1L))
            return $"{cells}{features} {tell} {Figures.Names(separation.Classes)} apart without error, so the weights would grow for ever. {remedy}";
        string examples = string.Join(", ", separation.ExampleRows) + (separation.Rows > separation.ExampleRows.Count ? ", …" : "");
        return $"{cells}{features} {tell} {separation.Apart()} without error. The loss of {separation.Rows:N0} of {Figures.Count(fit.Report.Rows, "row")} "
            + $"(in the table: {examples}) would fall for ever, that of none would rise, and the weights would grow for ever. {remedy}";
    }

    private static string Counts(IReadOnlyList<ColumnCount> counts) =>
        string.Join(", ", counts.Take(10).Select(c => $"{Figures.Name(c.Column)} {c.Count:N0}"))
        + (counts.Count > 10 ? $" and {Figures.Count(counts.Count - 10, "more column")}" : "");
}
