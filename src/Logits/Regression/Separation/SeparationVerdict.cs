namespace Logits.Regression;

/// <summary>Whether an unpenalised regression has a finite optimum.</summary>
internal abstract record SeparationVerdict
{
    /// <summary>It has none, because of a direction that was verified row by row.</summary>
    public sealed record Separated(Separation Separation) : SeparationVerdict;

    /// <summary>It has one: that no direction separates is proved.</summary>
    public sealed record Overlapping : SeparationVerdict;

    /// <summary>Neither was shown within the work allowed.</summary>
    public sealed record Undecided : SeparationVerdict;
}
