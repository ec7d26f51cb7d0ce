using System.Text;

namespace Logits.Claims.Proving.Algebra;

/// <summary>Prints exact expressions in the claim language.</summary>
internal static class ClaimText
{
    /// <summary>Longer sums are printed in parts, because the language bounds the length of chains.</summary>
    private const int LongestSum = 100;

    public static string Of(Quotient quotient) => quotient.IsPolynomial
        ? Of(quotient.Numerator)
        : $"({Of(quotient.Numerator)}) / ({string.Join(" * ", quotient.Denominator.Select(f => f.Power == 1 ? $"({Of(f.Factor)})" : $"({Of(f.Factor)})^{f.Power}"))})";

    public static string Of(Polynomial polynomial)
    {
        if (polynomial.IsZero)
        {
            return "0";
        }
        if (polynomial.Terms.Count > LongestSum)
        {
            return string.Join(" + ", polynomial.Terms.Chunk(LongestSum).Select(chunk => $"({Of(Polynomial.Sum(chunk))})"));
        }
        var text = new StringBuilder();
        // Positive terms first: "b - a" rather than "-a + b".
        foreach ((Monomial monomial, Rational coefficient) in polynomial.Terms.OrderBy(term => term.Coefficient.Sign < 0))
        {
            bool negative = coefficient.Sign < 0;
            text.Append(text.Length == 0 ? (negative ? "-" : "") : negative ? " - " : " + ");
            text.Append(Term(monomial, coefficient.Abs()));
        }
        return text.ToString();
    }

    public static string Of(Rational value) => value.ToString();

    private static string Term(Monomial monomial, Rational coefficient)
    {
        var above = new List<string>();
        var below = new List<string>();
        if (coefficient.Numerator != 1)
        {
            above.Add(coefficient.Numerator.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        if (coefficient.Denominator != 1)
        {
            below.Add(coefficient.Denominator.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
        foreach ((Atom atom, int power) in monomial.Factors)
        {
            string name = Of(atom);
            (power > 0 ? above : below).Add(Math.Abs(power) == 1 ? name : $"{name}^{Math.Abs(power)}");
        }
        if (!monomial.Exponent.IsZero)
        {
            above.Add($"exp({Of(monomial.Exponent)})");
        }
        string top = above.Count == 0 ? "1" : string.Join("*", above);
        return below.Count == 0 ? top : below.Count == 1 ? $"{top}/{below[0]}" : $"{top}/({string.Join("*", below)})";
    }

    private static string Of(Atom atom) => atom switch
    {
        LogOf log => $"log({Of(log.Argument)})",
        InverseOf inverse => $"(1/({Of(inverse.Argument)}))",
        SumOf sum => $"sum({SumOf.Index}: {Term(sum.Body, Rational.One)})",
        _ => atom.Key,
    };
}
