using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>What a fit did, how sure it is, and why it stopped.</summary>
public sealed record FitReport : OptimizationReport
{
    /// <summary>
    /// "float32" or "float64": the precision of the kernels that computed the objective and the gap reported; sums across tiles are float64 in both.
    /// </summary>
    public required string Precision { get; init; }

    /// <summary>
    /// "float32" or "float64": the precision of the data. Where it is not <see cref="Precision"/>, the fit moved on because float32 could not resolve what was
    /// asked for.
    /// </summary>
    public string DataPrecision { get => field ?? Precision; init; }

    /// <summary>n, the rows fitted: those of positive weight.</summary>
    public required long Rows { get; init; }

    /// <summary>d, the features.</summary>
    public required int Features { get; init; }

    /// <summary>K, the classes.</summary>
    public required int Classes { get; init; }

    /// <summary>What the row weights were taken to mean; null without weights.</summary>
    public WeightMeaning? WeightsAre { get; init; }

    /// <summary>Σ w, the sum of the row weights; n without weights.</summary>
    public double TotalWeight { get => field == 0 ? Rows : field; init; }

    /// <summary>
    /// Columns that are linear combinations of others, where the strength is 0: the solution of least norm is given, and each is named with its combination.
    /// Empty where there is a penalty, which makes the solution unique.
    /// </summary>
    public IReadOnlyList<DependentColumn> DependentColumns { get; init; } = [];

    /// <summary>Set when <see cref="StopReason"/> is <see cref="StopReason.NoFiniteOptimum"/>: how the classes are separated.</summary>
    public Separation? Separation { get; init; }
}

/// <summary>A column that is a linear combination of others: x_j = Σ_l coefficient_l x_l + constant, in every row, to rounding.</summary>
/// <param name="Feature">j.</param>
/// <param name="Constant">The constant.</param>
/// <param name="Terms">The features l and their coefficients; none for a constant column.</param>
public sealed record DependentColumn(int Feature, double Constant, IReadOnlyList<(int Feature, double Coefficient)> Terms);
