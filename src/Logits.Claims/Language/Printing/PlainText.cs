namespace Logits.Claims.Language.Printing;

/// <summary>Prints syntax trees in the claim language.</summary>
public static class PlainText
{
    /// <summary>The claim with its quantifiers.</summary>
    public static string Print(Claim claim) => throw new NotImplementedException();

    /// <summary>A statement.</summary>
    public static string Print(Statement statement) => throw new NotImplementedException();

    /// <summary>An expression.</summary>
    public static string Print(Expression expression) => throw new NotImplementedException();
}
