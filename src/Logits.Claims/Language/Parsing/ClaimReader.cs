namespace Logits.Claims.Language.Parsing;

/// <summary>Text to claim: words, then grammar, then kinds and sizes.</summary>
internal static class ClaimReader
{
    public static Claim Read(string text) => ClaimElaborator.Elaborate(text, ClaimParser.Parse(text, Lexer.Read(text)));
}
