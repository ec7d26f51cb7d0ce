namespace Logits.Claims.Tests.Certificates;

/// <summary>Certificates made up for claims that are false, each of a shape that a lenient reading would let through.</summary>
public sealed class ForgedCertificateTests
{
    /// <summary>The files in Forged, each named after what is wrong with it.</summary>
    public static TheoryData<string> Files => new(Directory.GetFiles(Folder, "*.json").Select(path => Path.GetFileNameWithoutExtension(path)!).Order());

    private static string Folder => Path.Combine(Repository.Root, "tests", "Logits.Claims.Tests", "Certificates", "Forged");

    private static void AssertRejected(string claim, string proof, string because)
    {
        string json = $$$"""{"format": "logits-certificate/1", "claim": "{{{claim}}}", "proofs": [{"proof": {"by": "comparisons", "substitutions": [], "proofs": [{{{proof}}}]}}]}""";
        Assert.Contains(because, Assert.Throws<CertificateException>(() => Certificate.Check(json)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void A_forgery_is_rejected(string name) =>
        Assert.Throws<CertificateException>(() => Certificate.Check(File.ReadAllText(Path.Combine(Folder, $"{name}.json"))));

    /// <summary>log(b) in the certificate must not make the claim one about b &gt; 0.</summary>
    [Fact]
    public void A_proof_does_not_make_the_claim_say_less() => AssertRejected(
        "b >= 0", """{"by": "combination", "multiplier": "1 + 0*log(b)", "products": [{"coefficient": "1", "factors": ["b"]}]}""", "is defined");

    /// <summary>Σ_k Σ_l e^(x_k·x_l·z_k·z_l) and Σ_k Σ_l e^(x_k²·z_l²) look alike once k and l are confused.</summary>
    [Fact]
    public void The_index_of_a_sum_does_not_capture_that_of_another() => AssertRejected(
        "sum(k: sum(l: exp(x[k]*x[l]*z[k]*z[l]))) == sum(k: sum(l: exp(x[k]^2*z[l]^2)))", """{"by": "identity"}""", "sum over others");
}
