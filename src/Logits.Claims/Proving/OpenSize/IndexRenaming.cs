using Logits.Claims.Proving.Algebra;

namespace Logits.Claims.Proving.OpenSize;

/// <summary>Entries by the name of their index, and exact expressions with one index name put in place of another.</summary>
internal static class IndexRenaming
{
    public static string Entry(string vector, string index) => $"{vector}[{index}]";

    public static Quotient Of(Quotient quotient, string from, string to)
    {
        Quotient result = Quotient.Of(Of(quotient.Numerator, from, to));
        foreach ((Polynomial factor, int power) in quotient.Denominator)
        {
            result *= Quotient.Of(Of(factor, from, to)).Pow(-power);
        }
        return result;
    }

    public static Polynomial Of(Polynomial polynomial, string from, string to) =>
        polynomial.Contains(atom => Has(atom, from))
            ? Polynomial.Sum(polynomial.Terms.Select(term => (Of(term.Monomial, from, to), term.Coefficient)))
            : polynomial;

    // A product, because entries at two indices become powers of one.
    public static Monomial Of(Monomial monomial, string from, string to) => monomial.Contains(atom => Has(atom, from))
        ? monomial.Factors.Aggregate(Monomial.ExpOf(Of(monomial.Exponent, from, to)), (product, factor) => product * Monomial.Of(Of(factor.Atom, from, to), factor.Power))
        : monomial;

    /// <summary>Whether the atom is an entry with that index.</summary>
    public static bool Has(Atom atom, string index) => atom is Symbol { Name: var name } && name.EndsWith($"[{index}]", StringComparison.Ordinal);

    /// <summary>Whether an entry with that index occurs, inside sums only where it is not the index summed over.</summary>
    public static bool Mentions(Monomial monomial, string index) =>
        monomial.Factors.Any(factor => Mentions(factor.Atom, index)) || monomial.Exponent.Terms.Any(term => Mentions(term.Monomial, index));

    private static bool Mentions(Atom atom, string index) => atom switch
    {
        SumOf => index != SumOf.Index && Atoms.Contains(atom, inner => Has(inner, index)),
        _ => Atoms.Contains(atom, inner => Has(inner, index)),
    };

    private static Atom Of(Atom atom, string from, string to) => atom switch
    {
        Symbol when Has(atom, from) => new Symbol($"{atom.Key[..atom.Key.LastIndexOf('[')]}[{to}]"),
        LogOf log => new LogOf(Of(log.Argument, from, to)),
        InverseOf inverse => new InverseOf(Of(inverse.Argument, from, to)),
        SumOf sum when from != SumOf.Index => new SumOf(Of(sum.Body, from, to)),
        _ => atom,
    };
}
