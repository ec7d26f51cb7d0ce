using System.Globalization;
using System.Numerics;

namespace Logits.Data;

/// <summary>Writes encoded rows of a table into design matrices: standardised in double precision, then rounded to <typeparamref name="T"/>.</summary>
internal sealed class DesignRow<T>(TableSource source, TableEncoding encoding) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private static readonly RowPrecision Precision = RowPrecision.Of<T>();

    private readonly double[] _centers = [.. encoding.Centers];
    private readonly double[] _scales = [.. encoding.Scales];

    /// <param name="values">d features in the table's units.</param>
    /// <param name="tableRow">The row's number in the table, from 0.</param>
    /// <param name="trains">Whether the row trains: then its squares must be numbers, too.</param>
    /// <param name="destination">Receives d features.</param>
    /// <exception cref="TableException">A value is too large.</exception>
    public void Write(ReadOnlySpan<double> values, long tableRow, bool trains, Span<T> destination)
    {
        if (_scales.Length == 0)
            for (int j = 0; j < values.Length; j++)
                destination[j] = T.CreateTruncating(values[j]);
        else
            for (int j = 0; j < values.Length; j++)
                destination[j] = T.CreateTruncating((values[j] - _centers[j]) / _scales[j]);
        T most = trains ? T.CreateTruncating(Precision.Most) : T.BitDecrement(T.PositiveInfinity);
        for (int j = 0; j < destination.Length; j++)
            if (!(T.Abs(destination[j]) <= most))
                throw TooLarge(values[j], j, tableRow);
    }

    private TableException TooLarge(double value, int feature, long tableRow)
    {
        string FormattedAs(double number) => number.ToString("G3", CultureInfo.InvariantCulture);
        bool isStandardized = _scales.Length > 0;
        double deviation = isStandardized ? Math.Abs(value / _scales[feature] - _centers[feature] / _scales[feature]) : double.PositiveInfinity;
        string deviations = double.IsFinite(deviation) ? $", {FormattedAs(deviation)} standard deviations from the mean" : "";
        string remedy = isStandardized ? "Correct it or leave out the row" : "Correct it, measure the column in a larger unit, or leave out --no-standardize";
        return new TableException(
            $"{source.Place(tableRow)}: '{encoding.FeatureNames[feature]}' is {FormattedAs(value)}{deviations}, too large for {Precision.Name}. {remedy}"
            + (Precision.IsSingle ? ", or use --float64." : "."));
    }
}
