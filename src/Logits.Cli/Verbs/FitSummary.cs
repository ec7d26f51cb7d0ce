using Logits.Data;
using Logits.Regression;
using Logits.Rows;

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
    public required IReadOnlyList<Dependency> Dependencies { get; init; }
    public required WeightMeaning? WeightsAre { get; init; }
    public required Evaluation? HeldOut { get; init; }
    public required string ModelPath { get; init; }
}
