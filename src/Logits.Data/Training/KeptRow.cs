namespace Logits.Data;

/// <summary>A row of the current chunk that trains or tests.</summary>
/// <param name="Row">Its position in the chunk.</param>
/// <param name="Weight">Its weight, above 0.</param>
/// <param name="Trains">Whether it trains; otherwise it tests.</param>
internal readonly record struct KeptRow(int Row, double Weight, bool Trains)
{
    /// <summary>What it weighs among the training rows.</summary>
    public double TrainingWeight => Trains ? Weight : 0;
}
