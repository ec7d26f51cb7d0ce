using System.Globalization;
using Logits.Cli.Terminal;
using Logits.Data;
using Logits.Regression;

namespace Logits.Cli.Verbs;

/// <summary>A column that is a linear combination of others, in the table's own names and units.</summary>
/// <param name="Column">The feature.</param>
/// <param name="Constant">The constant.</param>
/// <param name="Terms">The other features and their coefficients.</param>
internal sealed record Dependency(string Column, double Constant, IReadOnlyList<DependencyTerm> Terms)
{
    /// <summary>Smaller parts of a combination, against its largest, are rounding.</summary>
    private const double Negligible = 1e-6;

    public static Dependency Of(DependentColumn dependent, TableEncoding encoding)
    {
        // z_j = (x_j − m_j) / s_j turns z_j = Σ a_l z_l + c into x_j = m_j + s_j c + Σ a_l (s_j / s_l) (x_l − m_l).
        double Center(int j) => encoding.IsStandardized ? encoding.Centers[j] : 0;
        double Scale(int j) => encoding.IsStandardized ? encoding.Scales[j] : 1;
        int feature = dependent.Feature;
        double constant = Center(feature) + Scale(feature) * dependent.Constant, size = Math.Abs(Center(feature)) + Scale(feature);
        List<DependencyTerm> terms = [];
        foreach ((int other, double coefficient) in dependent.Terms)
        {
            double inTable = coefficient * Scale(feature) / Scale(other);
            constant -= inTable * Center(other);
            size += Math.Abs(inTable * Center(other));
            if (Math.Abs(coefficient) > Negligible || !encoding.IsStandardized)
                terms.Add(new DependencyTerm(encoding.FeatureNames[other], inTable));
        }
        // To as many decimals as the rounding of the columns leaves.
        int decimals = Math.Clamp((int)Math.Floor(-Math.Log10(Negligible * size)), 0, 15);
        return new Dependency(encoding.FeatureNames[feature], Math.Abs(constant) > Negligible * size ? Math.Round(constant, decimals) : 0, terms);
    }

    /// <summary>c = 2 a − b + 1.</summary>
    public override string ToString()
    {
        const int most = 6;
        List<(double Factor, string Name)> parts = [.. Terms.Take(most).Select(t => (t.Coefficient, Figures.Name(t.Column)))];
        if (Constant != 0 || parts.Count == 0)
            parts.Add((Constant, ""));
        string text = string.Concat(parts.Select((p, i) =>
            (p.Factor < 0 ? (i == 0 ? "−" : " − ") : i == 0 ? "" : " + ") + Product(Math.Abs(p.Factor), p.Name)));
        return $"{Figures.Name(Column)} = {text}{(Terms.Count > most ? $" + {Terms.Count - most} more terms" : "")}";
    }

    private static string Product(double factor, string name)
    {
        string number = factor.ToString("G6", CultureInfo.InvariantCulture).Replace('-', '−');
        return name.Length == 0 ? number : number == "1" ? name : $"{number} {name}";
    }
}

/// <summary>A multiple of a column.</summary>
internal sealed record DependencyTerm(string Column, double Coefficient);
