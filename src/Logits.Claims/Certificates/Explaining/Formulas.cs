namespace Logits.Claims.Certificates.Explaining;

/// <summary>Parts of a certificate as formulas of the claim language.</summary>
internal static class Formulas
{
    public static string Of(IReadOnlyList<Product> products) => products.Count == 0 ? "0" : string.Join(" + ", products.Select(Of));

    public static string Of(Product product)
    {
        IEnumerable<string> factors = product.Factors.Select(factor => $"({factor})");
        string[] all = [.. product.Coefficient == "1" ? [] : (string[])[$"({product.Coefficient})"], .. factors, .. product.Square is null ? [] : (string[])[$"({product.Square})^2"]];
        return all.Length == 0 ? "1" : string.Join("*", all);
    }

    public static string Of(PowerProduct product) => Of(product, 1);

    public static string Reciprocal(PowerProduct product) => Of(product, -1);

    /// <summary>A quotient by what may be 1.</summary>
    public static string Over(string dividend, string divisor) => divisor == "1" ? dividend : $"({dividend})/({divisor})";

    private static string Negative(string sum) =>
        sum.Contains(" + ", StringComparison.Ordinal) || sum.Contains(" - ", StringComparison.Ordinal) ? $"-({sum})" : sum[0] == '-' ? sum[1..] : $"-{sum}";

    private static string Of(PowerProduct product, int sign)
    {
        var above = new List<string>();
        var below = new List<string>();
        foreach (BasePower part in product.Powers)
        {
            int power = sign * int.Parse(part.Power, System.Globalization.CultureInfo.InvariantCulture);
            (power > 0 ? above : below).Add(Math.Abs(power) == 1 ? $"({part.Base})" : $"({part.Base})^{Math.Abs(power)}");
        }
        if (product.Exponent != "0")
        {
            above.Add($"exp({(sign > 0 ? product.Exponent : Negative(product.Exponent))})");
        }
        string top = above.Count == 0 ? "1" : string.Join("*", above);
        return below.Count == 0 ? top : $"{top}/({string.Join("*", below)})";
    }
}
