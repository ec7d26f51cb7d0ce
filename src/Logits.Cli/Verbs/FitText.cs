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

    /// <summary>What must not be missed; null after a fit that converged.</summary>
    public static string? Caution(FitSummary fit)
    {
        string gap = $"the gap to the optimum is {(fit.Report.GapCertified ? "at most" : "about")} {Relative(fit.Report)} of the objective";
        return fit.Report.StopReason switch
        {
            StopReason.Converged => null,
            StopReason.IterationLimit =>
                $"Stopped after {Figures.Count(fit.Report.Iterations, "iteration")}, before convergence: {gap}. Raise --max-iterations or --tolerance.",
            StopReason.Cancelled => $"Cancelled: the best model so far was kept and written; {gap}.",
            StopReason.NumericalFailure =>
                $"Rounding stopped all progress before convergence: {gap}. Try --float64, or a larger --strength or --tolerance.",
            _ => "No finite optimum exists: " + Explain(fit.Separation, fit.Report.Rows),
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
            section.Line("one-hot", $"{Figures.Name(column.Name)}: {Figures.Names([.. column.Levels.Skip(1)], 6)}", $"against {Figures.Name(column.Reference!)}");
        if (reading.ConstantColumns.Count > 0)
            section.Line("dropped", $"{Figures.Count(reading.ConstantColumns.Count, "constant column")}: {Figures.Names(reading.ConstantColumns)}");
        if (reading.FilledValues.Count > 0)
            section.Line("filled", "missing values: " + Counts(reading.FilledValues));
        if (reading.RowsWithMissingValues > 0)
            section.Line("left out", $"{Figures.Count(reading.RowsWithMissingValues, "row")} with a missing value");
        if (reading.RowsWithoutLabel > 0)
            section.Line("left out", $"{Figures.Count(reading.RowsWithoutLabel, "row")} without a label");
        if (fit.Training.Weights is { } weights)
            section.Line("weights", Figures.Name(weights));
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
        return new Section("Fit")
            .Line("minimised", "(1/Σw) Σ w [A(o) − ⟨y, o⟩] + λ/2 ‖W‖²", "in nats")
            .Line("", "with o = W x + b and A(o) = log Σ exp(o)")
            .Line("objective", $"{Figures.Significant(report.Objective, 7)} = loss {Figures.Significant(report.DataLoss, 5)} + penalty {Figures.Significant(penalty, 5)}")
            .Line("strength", $"λ = {Figures.Significant(report.Strength)}", fit.StrengthIsDefault ? $"1/n; choose it with --strength" : "as asked")
            .Line("stopped", Stop(fit), report.StopReason == StopReason.Converged ? Color.Green : Color.Yellow)
            .Line("gap", Gap(report))
            .Line("gradient", $"norm {Figures.Significant(report.GradientNorm, 2)}")
            .Line("work", $"{Figures.Count(report.Gradients, "gradient")}, {Figures.Count(report.HessianVectorProducts, "Hessian-vector product")}, "
                + $"{Figures.Count(report.OtherPasses, "other pass", "other passes")}")
            .Line("time", $"{Figures.Duration(report.Seconds)}, {Figures.Count(report.Threads, "thread")}, {report.Precision}");
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
        _ => "no finite optimum exists; this is the model at the stop",
    };

    private static string Gap(FitReport report) => report.GapCertified
        ? $"at most {Relative(report)} of the objective, proven by duality"
        : $"about {Relative(report)} of the objective, estimated by the Newton decrement (a strength above 0 gives a proof)";

    private static string Relative(FitReport report) => Figures.Significant(report.RelativeGap, 2);

    private static string Explain(SeparationInTable? separation, long rows)
    {
        const string remedy = "Give a --strength above 0, or leave those columns out.";
        if (separation is null)
            return $"some classes can be told apart without error, so the weights would grow for ever. {remedy}";
        string features = Figures.Names(separation.Features), classes = Figures.Names(separation.Classes);
        if (separation.Complete)
            return $"{features} {(separation.Features.Count == 1 ? "tells" : "tell")} {classes} apart without error, so the weights would grow for ever. {remedy}";
        string examples = string.Join(", ", separation.ExampleRows) + (separation.Rows > separation.ExampleRows.Count ? ", …" : "");
        return $"by {features}, each of {classes} is told apart from some other class without error. The loss of {separation.Rows:N0} of {Figures.Count(rows, "row")} "
            + $"(in the table: {examples}) would fall for ever, that of none would rise, and the weights would grow for ever. {remedy}";
    }

    private static string Counts(IReadOnlyList<ColumnCount> counts) =>
        string.Join(", ", counts.Take(10).Select(c => $"{Figures.Name(c.Column)} {c.Count:N0}"))
        + (counts.Count > 10 ? $" and {Figures.Count(counts.Count - 10, "more column")}" : "");
}
