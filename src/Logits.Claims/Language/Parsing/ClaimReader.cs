namespace Logits.Claims.Language.Parsing;

internal static class ClaimReader
{
    public static Claim Read(string text) => throw new ClaimSyntaxException("The parser is not written yet.", text, default);
}
