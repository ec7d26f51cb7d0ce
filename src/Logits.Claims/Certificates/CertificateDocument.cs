using System.Text.Json;
using System.Text.Json.Serialization;

namespace Logits.Claims.Certificates;

/// <summary>A claim with its proofs, one a size.</summary>
/// <param name="Format">Always <see cref="CurrentFormat"/>.</param>
/// <param name="Claim">The claim, as text.</param>
/// <param name="Proofs">The proofs.</param>
internal sealed record CertificateDocument(string Format, string Claim, IReadOnlyList<SizeProof> Proofs)
{
    public const string CurrentFormat = "logits-certificate/1";

    public string ToJson() => JsonSerializer.Serialize(this, CertificateJson.Default.CertificateDocument);

    public static CertificateDocument Read(string json)
    {
        try
        {
            CertificateDocument? document = JsonSerializer.Deserialize(json, CertificateJson.Default.CertificateDocument);
            return document is { Format: CurrentFormat, Claim: not null, Proofs.Count: > 0 }
                ? document
                : throw new CertificateException($"This is no certificate of the format {CurrentFormat}.");
        }
        catch (Exception error) when (error is JsonException or NotSupportedException)
        {
            throw new CertificateException($"This is no certificate: {error.Message}");
        }
    }
}

/// <summary>The proof at one size.</summary>
/// <param name="Size">n; null for every n the claim speaks of, and for a claim without n.</param>
/// <param name="Proof">The proof.</param>
internal sealed record SizeProof(int? Size, ProofNode Proof);

[JsonSourceGenerationOptions(
    WriteIndented = true, MaxDepth = 512, PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CertificateDocument))]
internal sealed partial class CertificateJson : JsonSerializerContext;
