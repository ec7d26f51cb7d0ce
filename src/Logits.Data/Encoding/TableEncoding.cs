using Logits.Regression;

namespace Logits.Data;

/// <summary>How the rows of a table become rows of a design matrix and class indices; learnt from the training rows.</summary>
public sealed class TableEncoding
{
    /// <summary>An encoding from its parts.</summary>
    /// <param name="label">The label column's name.</param>
    /// <param name="classes">The K class names, in order.</param>
    /// <param name="columns">The columns that become features, in the order of the features.</param>
    /// <param name="centers">d centers, or none: see <see cref="Centers"/>.</param>
    /// <param name="scales">d scales, or none: see <see cref="Scales"/>.</param>
    /// <exception cref="ArgumentException">The sizes do not agree, names repeat, or a number is not finite.</exception>
    public TableEncoding(string label, IReadOnlyList<string> classes, IReadOnlyList<ColumnEncoding> columns, IReadOnlyList<double> centers, IReadOnlyList<double> scales)
    {
        Label = label;
        Classes = classes;
        Columns = columns;
        FeatureNames = [.. columns.SelectMany(c => c.FeatureNames())];
        Centers = centers;
        Scales = scales;
    }

    /// <summary>The label column's name.</summary>
    public string Label { get; }

    /// <summary>The K class names: in numerical order where all are numbers, in ordinal order otherwise.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The columns that become features, in the order of the features.</summary>
    public IReadOnlyList<ColumnEncoding> Columns { get; }

    /// <summary>The d names of the features (the columns of the design matrix).</summary>
    public IReadOnlyList<string> FeatureNames { get; }

    /// <summary>
    /// d weighted means of the features over the training rows, subtracted before fitting; empty when the rows were not standardised.
    /// </summary>
    public IReadOnlyList<double> Centers { get; }

    /// <summary>
    /// d weighted standard deviations (dividing by the total weight) of the features over the training rows, divided by before fitting; empty when the rows
    /// were not standardised.
    /// </summary>
    public IReadOnlyList<double> Scales { get; }

    /// <summary>Whether the training rows were standardised.</summary>
    public bool IsStandardized => Scales.Count > 0;

    /// <summary>The model in the table's own units, of a model fitted to the training rows (standardised or not).</summary>
    public SoftmaxModel ToTableUnits(SoftmaxModel fitted) =>
        IsStandardized ? fitted.Unstandardize([.. Centers], [.. Scales]) : fitted;
}
