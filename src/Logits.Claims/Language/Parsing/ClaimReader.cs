namespace Logits.Claims.Language.Parsing;

/// <summary>Text to claim: words, then grammar, then kinds and sizes.</summary>
internal static class ClaimReader
{
    public static Claim Read(string text) => Read(text, Lexer.MaximumLength);

    /// <summary>Reads what no person wrote, such as the polynomials in a certificate.</summary>
    public static Claim ReadLong(string text) => Read(text, 100 * Lexer.MaximumLength);

    private static Claim Read(string text, int maximumLength) => ClaimElaborator.Elaborate(text, ClaimParser.Parse(text, Lexer.Read(text, maximumLength)));
}
