using System.Numerics;

namespace Logits.Data;

/// <summary>What the numbers of a design matrix can hold.</summary>
/// <param name="Name">"float32" or "float64".</param>
/// <param name="UnitRoundoff">The relative error of rounding to it.</param>
/// <param name="Least">The largest value of a column must be at least this, or coefficients would have to be larger than numbers are.</param>
/// <param name="Most">Larger values leave the range of numbers when they are squared and summed.</param>
internal readonly record struct RowPrecision(string Name, double UnitRoundoff, double Least, double Most)
{
    public static RowPrecision Of<T>() where T : unmanaged, IBinaryFloatingPointIeee754<T> => typeof(T) == typeof(float)
        ? new RowPrecision("float32", 5.9604644775390625e-8, 1e-30, 1e18)
        : new RowPrecision("float64", 1.1102230246251565e-16, 1e-150, 1e150);

    public bool IsSingle => Most < 1e38;
}
