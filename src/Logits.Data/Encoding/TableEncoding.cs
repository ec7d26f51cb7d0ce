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
    /// <exception cref="ArgumentException">The sizes do not agree, names repeat, a number is not finite, or a scale is not above 0.</exception>
    public TableEncoding(string label, IReadOnlyList<string> classes, IReadOnlyList<ColumnEncoding> columns, IReadOnlyList<double> centers,
        IReadOnlyList<double> scales)
    {
        if (classes.Count < 2 || classes.Distinct(StringComparer.Ordinal).Count() < classes.Count)
            throw new ArgumentException("A label has at least two classes, each of its own name.", nameof(classes));
        if (columns.Count == 0 || columns.DistinctBy(c => c.Name, StringComparer.Ordinal).Count() < columns.Count)
            throw new ArgumentException("There is at least one column, each of its own name.", nameof(columns));
        foreach (ColumnEncoding column in columns)
            if (!column.IsValid)
                throw new ArgumentException($"The encoding of column '{column.Name}' contradicts itself.", nameof(columns));
        Label = label;
        Classes = classes;
        Columns = columns;
        FeatureNames = [.. columns.SelectMany(c => c.FeatureNames())];
        if (centers.Count != scales.Count || (scales.Count > 0 && scales.Count != FeatureNames.Count))
            throw new ArgumentException($"{centers.Count} centers and {scales.Count} scales do not fit {FeatureNames.Count} features.", nameof(scales));
        if (!centers.All(double.IsFinite) || !scales.All(s => double.IsFinite(s) && s > 0))
            throw new ArgumentException("Centers are finite; scales are finite and above 0.", nameof(scales));
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
