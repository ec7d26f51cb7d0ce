using Logits.Claims.Language;

namespace Logits.Claims.Certificates.Checking;

/// <summary>Reads the expressions that a certificate holds as text, with the claim's own parser.</summary>
internal static class CertificateText
{
    /// <param name="text">The expression.</param>
    /// <param name="claim">The claim, whose variables may stand in it.</param>
    /// <param name="context">The case. What the expression needs to be defined must be known in it: a certificate adds no condition.</param>
    /// <param name="generic">Names of positions that are told apart from those of sums.</param>
    public static Fraction Read(string text, Claim claim, CaseContext context, params IEnumerable<string> generic)
    {
        CaseContext inside = context.Inner();
        var reader = new Reader(inside, generic);
        // In a certificate a simplex variable stands for its weights, before they are divided by their sum.
        foreach (Declaration simplex in claim.Declarations.Where(declaration => declaration.Domain.Set == DomainSet.Simplex))
        {
            reader.Bind(simplex.Name, context.Raw(simplex.Name, Shape.Vector(simplex.Domain.Size)));
        }
        Fraction value = reader.Scalar(Expression(text, claim, null));
        return inside.Conditions.Count == 0 && inside.TouchesBoundary == context.TouchesBoundary ? value : throw new RejectedException($"nothing says that \"{Shorten(text)}\" is defined");
    }

    public static Expression Expression(string text, Claim claim, string? parameter)
    {
        string declarations = string.Join(", ", claim.Declarations
            .Where(declaration => declaration.Domain.Set is DomainSet.Reals or DomainSet.RealVectors or DomainSet.Simplex)
            .Select(declaration => declaration.Domain.Set == DomainSet.Reals ? $"{declaration.Name} in R" : $"{declaration.Name} in R^{declaration.Domain.Size}")
            .Concat(parameter is null ? [] : [$"{parameter} in R"]));
        try
        {
            Claim read = Language.Parsing.ClaimReader.ReadLong(declarations.Length == 0 ? $"{text} == 0" : $"for every {declarations}: {text} == 0");
            return ((Comparison)read.Conclusion).Operands[0];
        }
        catch (ClaimSyntaxException error)
        {
            throw new RejectedException($"the certificate's \"{Shorten(text)}\" cannot be read: {error.Message}");
        }
    }

    public static Rational Number(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length <= 2 && parts.All(part => System.Numerics.BigInteger.TryParse(part, out _))
            ? new Rational(System.Numerics.BigInteger.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture), parts.Length == 2 ? System.Numerics.BigInteger.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture) : 1)
            : throw new RejectedException($"\"{Shorten(text)}\" is no number");
    }

    private static string Shorten(string text) => text.Length <= 80 ? text : text[..77] + "...";
}
