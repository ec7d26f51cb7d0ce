using System.Text.Json.Nodes;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Certificates;

/// <summary>Certificates survive the way to a document and back; what was changed in one is noticed.</summary>
public sealed class CertificateTests
{
    private static readonly DecideOptions Patient = new() { TimeLimit = TimeSpan.FromMinutes(2), Repair = false };

    private static Proved Prove(string text)
    {
        Claim claim = Claim.Parse(text);
        return Assert.IsType<Proved>(Decider.Decide(claim, claim.Sizes is null ? Patient : Patient with { Sizes = new(2, 2) }));
    }

    [Theory]
    [MemberData(nameof(TableData.True), MemberType = typeof(TableData))]
    public void A_certificate_is_accepted_again(string text)
    {
        Proved proved = Prove(text);
        Proved again = Certificate.Check(proved.Certificate.Json);
        Assert.Equal(proved.Conditions, again.Conditions);
        Assert.Equal(proved.Method, again.Method);
        Assert.Equal(proved.Sizes, again.Sizes);
    }

    /// <summary>Each number and each expression in turn is put off by one; nothing may be accepted that then says something else.</summary>
    [Theory]
    [InlineData("quad(hessian(lse)(x), v) >= 0")]
    [InlineData("lse(x) - max(x) <= log(n)")]
    [InlineData("kl(softmax(x), softmax(z)) >= 0")]
    [InlineData("lambda >= 1 => lse(lambda*x)/lambda <= lse(x)")]
    [InlineData("realsoftmax(a, b) > max(a, b)")]
    public void A_changed_proof_is_rejected(string text)
    {
        string json = Prove(text).Certificate.Json;
        int changed = 0;
        for (int target = 0; ; target++)
        {
            JsonNode document = JsonNode.Parse(json)!;
            if (!Change(document["proofs"]!, target, out bool isMeaningful))
            {
                break;
            }
            if (isMeaningful)
            {
                changed++;
                Assert.Throws<CertificateException>(() => Certificate.Check(document.ToJsonString()));
            }
        }
        Assert.True(changed > 0);
    }

    [Theory]
    [InlineData("lse(x + b) == lse(x) + b", "lse(x + b) == lse(x) + 2*b")]
    [InlineData("lse(x) > max(x)", "lse(x) < max(x)")]
    [InlineData("lse(x) - max(x) <= log(n)", "lse(x) - max(x) < log(n)")]
    [InlineData("T > 0 => softmax(x/T)[1] > 0", "T > 0 => softmax(x/T)[1] > 1/2")]
    public void A_proof_does_not_serve_another_claim(string claim, string other)
    {
        JsonNode document = JsonNode.Parse(Prove(claim).Certificate.Json)!;
        document["claim"] = Claim.Parse(other).WithSizes(new(2, 2)).ToString();
        Assert.Throws<CertificateException>(() => Certificate.Check(document.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "lse(", "proofs": [{"proof": {"by": "identity"}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "1 == 2", "proofs": [{"proof": {"by": "identity"}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "1 == 2", "proofs": [{"proof": {"by": "comparisons", "substitutions": [], "proofs": []}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "1 == 2", "proofs": [{"proof": {"by": "comparisons"}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "1 == 2", "proofs": [{"proof": {"by": "undefined"}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "1 == 2", "proofs": [{"proof": {"by": "contradiction", "substitutions": [], "reversed": false}}]}""")]
    [InlineData("""{"format": "logits-certificate/1", "claim": "max(onehot(1)) == 0", "proofs": [{"proof": {"by": "cases", "of": "largest", "variable": "m", "candidates": ["0"], "branches": [{"chosen": [1], "substitutions": [], "proof": {"by": "comparisons", "substitutions": [], "proofs": [{"by": "identity"}]}}]}}]}""")]
    public void What_is_no_certificate_is_rejected(string json) => Assert.Throws<CertificateException>(() => Certificate.Check(json));

    [Theory]
    [InlineData("max(x + h*onehot(1)) == max(x)")]
    [InlineData("h > 100 => max(x + h*onehot(1)) == max(x)")]
    [InlineData("max(diag(x)[1]) == 0")]
    public void The_maximum_of_entries_that_are_not_alike_is_not_that_of_the_others(string text) =>
        Assert.IsNotType<Proved>(Decider.Decide(Claim.Parse(text), Patient));

    [Fact]
    public void Explanations_have_steps_and_their_claims_are_proved()
    {
        IReadOnlyList<ProofStep> steps = Prove("kl(softmax(x), softmax(z)) >= 0").Explanation;
        Assert.Contains(steps, step => step.Claim == "t > 0 => log(t) >= 1 - 1/t");
        Assert.All(steps.Where(step => step.Claim is not null), step => Assert.IsType<Proved>(Decider.Decide(Claim.Parse(step.Claim!), Patient)));
    }

    /// <summary>Changes the target-th text under proofs that takes part in an identity; false where there are no more.</summary>
    private static bool Change(JsonNode node, int target, out bool isMeaningful)
    {
        var texts = new List<(JsonNode Parent, string Name)>();
        void Walk(JsonNode? current)
        {
            if (current is JsonObject fields)
            {
                foreach ((string name, JsonNode? value) in fields.ToArray())
                {
                    if (value is JsonValue && name is "coefficient" or "square" or "exponent" or "weight" or "rest" or "base")
                    {
                        texts.Add((fields, name));
                    }
                    Walk(value);
                }
            }
            else if (current is JsonArray items)
            {
                foreach (JsonNode? item in items)
                {
                    Walk(item);
                }
            }
        }
        Walk(node);
        isMeaningful = target < texts.Count;
        if (!isMeaningful)
        {
            return false;
        }
        (JsonNode parent, string key) = texts[target];
        string old = parent[key]!.GetValue<string>();
        parent[key] = key == "coefficient" ? $"{System.Numerics.BigInteger.Parse(old.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture) + 1}" + (old.Contains('/') ? "/" + old.Split('/')[1] : "") : $"({old}) + 1";
        return true;
    }
}
