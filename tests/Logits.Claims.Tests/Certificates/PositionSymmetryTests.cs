using System.Text.Json.Nodes;
using Logits.Claims.Certificates;
using Logits.Claims.Language;
using Logits.Claims.Proving.OpenSize;

namespace Logits.Claims.Tests.Certificates;

/// <summary>One case stands for those that it goes into when positions are permuted; the checker takes that only where nothing tells the positions apart.</summary>
public sealed class PositionSymmetryTests
{
    private static Proved Prove(string text, int size) =>
        Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), new() { TimeLimit = TimeSpan.FromMinutes(1), Sizes = new(size, size), Repair = false }));

    private static JsonArray Branches(JsonNode document) => document["proofs"]![0]!["proof"]!["branches"]!.AsArray();

    /// <summary>The claim with a proof that looks at the case alone in which the first of three candidates is largest (or the sign, -1).</summary>
    private static string FirstCaseAlone(string claim, string of, string candidates, int chosen, int size) => $$$"""
        {"format": "logits-certificate/1", "claim": "{{{claim}}}", "proofs": [{"size": {{{size}}}, "proof": {"by": "cases", "of": "{{{of}}}", "candidates": [{{{candidates}}}],
        "branches": [{"chosen": [{{{chosen}}}], "substitutions": [], "proof": {"by": "comparisons", "substitutions": [], "proofs": [{"by": "identity"}]}}]}}]}
        """;

    [Theory]
    [InlineData("argmaxind(softmax(x)) == argmaxind(x)", 3, 3)]
    [InlineData("limit(lse(lambda*x)/lambda, lambda -> -inf) == min(x)", 4, 4)]
    [InlineData("lse(x) > max(x)", 5, 1)]
    [InlineData("for every y in onehot: hessian(xent(y, o))(o) == cov(softmax(o))", 5, 1)]
    [InlineData("i != j => d/dx[i](softmax(x)[j]) == -softmax(x)[i]*softmax(x)[j]", 5, 1)]
    public void One_case_stands_for_its_images_and_is_not_left_out(string text, int size, int cases)
    {
        string json = Prove(text, size).Certificate.Json;
        Assert.Equal(cases, Branches(JsonNode.Parse(json)!).Count);
        for (int left = 0; left < cases; left++)
        {
            JsonNode document = JsonNode.Parse(json)!;
            Branches(document).RemoveAt(left);
            Assert.Throws<CertificateException>(() => Certificate.Check(document.ToJsonString()));
        }
    }

    [Theory]
    [InlineData("max(x) == x[1]")]
    [InlineData("max(x) == dot(x, onehot(1))")]
    [InlineData("max(x) == dot(x, grad(lse)(0*x)) + x[1] - sum(x)/3")]
    [InlineData("d/dx[1](softmax(x)[1]) == d/dx[1](softmax(x)[1]) and max(x) == x[1]")]
    public void A_position_with_a_number_is_not_like_the_others(string claim) =>
        Assert.Throws<CertificateException>(() => Certificate.Check(FirstCaseAlone(claim, "maximum", "\"x[1]\", \"x[2]\", \"x[3]\"", 1, 3)));

    [Theory]
    [InlineData("max(x) == max(x)", "maximum", "\"x[1]\", \"x[2]\", \"x[3]\"", 1, 3, true)]
    [InlineData("max(x) == max(x)", "maximum", "\"x[1]\", \"2*x[2]\", \"x[3]\"", 1, 3, false)]
    [InlineData("max(x) == max(x)", "maximum", "\"x[2]\", \"x[1]\", \"x[3]\"", 1, 3, false)]
    [InlineData("max(x) == max(x)", "maximum", "\"x[1]\", \"x[2]\", \"x[3]\"", 4, 3, false)]
    [InlineData("sum(x) == sum(x)", "sign", "\"sum(x)\"", -1, 3, false)]
    [InlineData("x*b == x*b for n >= 1", "sign", "\"b\"", -1, 1, false)]
    public void Candidates_must_go_with_the_positions(string claim, string of, string candidates, int chosen, int size, bool isAccepted)
    {
        string json = FirstCaseAlone(claim, of, candidates, chosen, size);
        if (isAccepted)
        {
            Assert.Equal(new SizeRange(size, size), Assert.Single(Certificate.Check(json).Sizes));
        }
        else
        {
            Assert.Throws<CertificateException>(() => Certificate.Check(json));
        }
    }

    [Fact]
    public void What_one_case_needs_to_be_defined_its_images_need_too() =>
        Assert.Equal(["x[i] != 0"], Prove("x[i]/x[i] == 1", 4).Conditions);

    /// <summary>Where n is open, position n may be one that has a name already; no proof may take it for another.</summary>
    [Theory]
    [InlineData("sum(x*onehot(n)) == 0", "identity")]
    [InlineData("d/dx[n](softmax(x)[2]) < 0", "sign")]
    [InlineData("d/dx[n](softmax(x)[1]) < 0 for n >= 1", "sign")]
    public void Position_n_is_not_taken_for_one_of_its_own_where_n_is_open(string claim, string step)
    {
        Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(claim), new() { Repair = false }));
        string json = $$$"""
            {"format": "logits-certificate/1", "claim": "{{{claim}}}", "proofs": [{"proof": {"by": "comparisons", "substitutions": [], "proofs": [{"by": "{{{step}}}"}]}}]}
            """;
        Assert.Throws<CertificateException>(() => Certificate.Check(json));
    }

    /// <summary>The largest entry may be the one that is unlike the others.</summary>
    [Theory]
    [InlineData("max(hessian(lse)(x)[i]) <= 0")]
    [InlineData("max(x + onehot(1)) == max(x)")]
    [InlineData("min(x - 2*onehot(1)) == min(x)")]
    public void A_maximum_over_entries_that_are_not_alike_is_not_proved_for_every_n(string text)
    {
        Claim claim = Claim.Parse(text);
        Assert.IsType<Refuted>(Decider.Decide(claim, new() { Repair = false }));
        Assert.Null(new EverySizeProver(claim).Prove());
    }

    [Fact]
    public void A_claim_that_names_n_as_a_position_alone_is_about_every_n()
    {
        Claim claim = Claim.Parse("entropy(softmax(onehot(n))) == 0");
        Assert.Equal(new SizeRange(2, null), claim.Sizes);
        Assert.IsType<Refuted>(Decider.Decide(claim, new() { Repair = false }));
    }

    /// <summary>It is true of every position but the first, which only the derivative names.</summary>
    [Fact]
    public void A_position_that_only_a_derivative_names_is_a_case_of_its_own()
    {
        const string Text = "d/dx[1](softmax(x)[i]) <= 0";
        Assert.IsType<Refuted>(Decider.Decide(Claim.Parse(Text), new() { Repair = false }));
        Assert.Null(new EverySizeProver(Claim.Parse(Text)).Prove());
        string json = """
            {"format": "logits-certificate/1", "claim": "d/dx[1](softmax(x)[i]) <= 0", "proofs": [{"proof": {"by": "cases", "of": "index", "variable": "i", "candidates": [],
            "branches": [{"chosen": [1], "substitutions": [], "proof": {"by": "comparisons", "substitutions": [], "proofs": [{"by": "sign"}]}}]}}]}
            """;
        Assert.Contains("complete", Assert.Throws<CertificateException>(() => Certificate.Check(json)).Message, StringComparison.Ordinal);
    }
}
