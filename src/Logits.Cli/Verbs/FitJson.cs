using System.Text.Json;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli.Verbs;

/// <summary>The account of a fit for machines.</summary>
internal static class FitJson
{
    public static object Of(FitSummary fit)
    {
        FitReport report = fit.Report;
        return new
        {
            fit.Table,
            fit.Encoding.Label,
            ClassNames = fit.Encoding.Classes,
            fit.Reading.RowsRead,
            fit.Reading.RowsWithoutLabel,
            fit.Reading.RowsWithMissingValues,
            fit.Reading.RowsOfWeightZero,
            fit.Reading.WeightlessClasses,
            WeightsAre = fit.WeightsAre is { } meaning ? EvaluationText.Name(meaning) : null,
            report.TotalWeight,
            Rows = FitText.Rows(report),
            report.Features,
            report.Classes,
            Standardized = fit.Encoding.IsStandardized,
            fit.Reading.ConstantColumns,
            OneHotColumns = fit.Reading.OneHotColumns.Select(c => new { Column = c.Name, c.Levels, c.Reference }),
            fit.Reading.FilledValues,
            fit.Reading.UnseenCategories,
            fit.Reading.ImpreciseColumns,
            report.Strength,
            report.Objective,
            report.DataLoss,
            report.GradientNorm,
            report.Gap,
            report.RelativeGap,
            report.GapCertified,
            fit.Tolerance,
            StopReason = JsonNamingPolicy.CamelCase.ConvertName(report.StopReason.ToString()),
            fit.Separation,
            DependentColumns = fit.Dependencies,
            report.Iterations,
            report.Gradients,
            report.HessianVectorProducts,
            report.OtherPasses,
            report.Seconds,
            report.Threads,
            report.Precision,
            report.DataPrecision,
            Test = fit.HeldOut is { } e
                ? new
                {
                    e.Rows,
                    e.LogLoss,
                    e.Accuracy,
                    e.AccuracyStandardError,
                    AccuracyInterval = (double[])[e.AccuracyInterval.Lower, e.AccuracyInterval.Upper],
                    e.Brier,
                    e.MacroF1,
                    e.MajorityShare,
                    e.LabelEntropy,
                }
                : null,
            Model = fit.ModelPath,
        };
    }
}
