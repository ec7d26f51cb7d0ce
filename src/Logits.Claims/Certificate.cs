namespace Logits.Claims;

/// <summary>A proof as a JSON document that can be checked without what found it.</summary>
/// <param name="Json">The document.</param>
public sealed record Certificate(string Json)
{
    /// <summary>What it says, in one line.</summary>
    public required string Gist { get; init; }
}
