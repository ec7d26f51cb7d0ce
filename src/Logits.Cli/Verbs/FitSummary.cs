using Logits.Data;
using Logits.Regression;

namespace Logits.Cli.Verbs;

/// <summary>All that a fit has to tell, whether to people or to machines.</summary>
internal sealed record FitSummary
{
    public required string Table { get; init; }
    public required int TableColumns { get; init; }
    public required TrainingOptions Training { get; init; }
    public required bool StrengthIsDefault { get; init; }
    public required double Tolerance { get; init; }
    public required TableEncoding Encoding { get; init; }
    public required TrainingSummary Reading { get; init; }
    public required FitReport Report { get; init; }
    public required SeparationInTable? Separation { get; init; }
    public required Evaluation? HeldOut { get; init; }
    public required string ModelPath { get; init; }
}

/// <summary>A separation in the table's own names.</summary>
/// <param name="Complete">Whether every row gains.</param>
/// <param name="Classes">The classes told apart without error.</param>
/// <param name="Features">The features that do it, most telling first.</param>
/// <param name="Rows">How many rows gain.</param>
/// <param name="ExampleRows">Some of their numbers in the table, from 1.</param>
internal sealed record SeparationInTable(
    bool Complete, IReadOnlyList<string> Classes, IReadOnlyList<string> Features, long Rows, IReadOnlyList<long> ExampleRows)
{
    public static SeparationInTable Of(Separation separation, TableEncoding encoding, Func<int, long> tableRow) => new(
        separation.Complete,
        [.. separation.Classes.Select(k => encoding.Classes[k])],
        [.. separation.Features.Select(j => encoding.FeatureNames[j])],
        separation.SeparatedRows,
        [.. separation.ExampleRows.Select(tableRow)]);
}
