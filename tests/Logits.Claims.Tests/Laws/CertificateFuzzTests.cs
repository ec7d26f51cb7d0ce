using System.Text.Json.Nodes;
using Logits.Claims.Judging;
using Logits.Claims.Language;
using Logits.Claims.Tests.Proving;

namespace Logits.Claims.Tests.Laws;

/// <summary>
/// Certificates with something changed: a kind of step, a name, a size, a candidate, a list of cases, a substitution, an expression, or the claim. What is accepted
/// all the same is evaluated at points, where it must hold. One claim that fails and is accepted fails the test.
/// </summary>
public sealed class CertificateFuzzTests(ITestOutputHelper output)
{
    private static readonly DecideOptions Quick = new() { Repair = false, TimeLimit = TimeSpan.FromSeconds(2) };

    private static readonly string[] Texts =
    [
        "0", "1", "-1", "2", "x[1]", "x[2]", "x[k]", "x[i]", "x[m]", "b", "a", "0*log(b)", "1 + 0*log(b)", "exp(x[1])", "exp(x[1]) - exp(x[2])", "sum(k: exp(x[k]))", "onehot(1)[k]", "onehot(k)[l]*x[k]",
        "1/b", "sqrt(b)", "lse(x)", "max(x)", "x[1] - x[2]", "lambda", "n", "log(2)",
    ];

    private static readonly string[][] Alternatives =
    [
        ["cases", "directions", "comparisons", "contradiction", "identity", "sign", "reversed", "undefined", "combination", "exponential", "logarithm bound", "monotone", "double sum"],
        ["index", "onehot", "maximum", "ties", "sign", "largest"],
        ["i", "j", "k", "l", "m", "n", "y", "t", "s", "x", "b", "v"],
    ];

    /// <summary>False claims, for which the proofs of others are offered.</summary>
    private static readonly string[] Wrong =
    [
        "lse(x) < max(x)", "lse(x) - max(x) < log(n)", "softmax(x)[1] > 1/2", "b >= 0", "a*b == a*x[1] => b == x[1]", "lse(x + b) == lse(x)", "d/dx[1](softmax(x)[1]) < 0", "x[1] >= x[2]", "max(x) == x[1]",
        "for every y in onehot: dot(y, x) == max(x)", "a >= 0 => sqrt(a) > 0", "entropy(softmax(x)) < log(n)", "limit(softmax(x/T), T -> 0+) == 1/n", "psd(-hessian(lse)(x))", "1 == 2",
    ];

    [Fact]
    public void No_changed_certificate_proves_what_is_false() => Attack(20_261_125, 1500);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void No_changed_certificate_of_a_hundred_thousand_proves_what_is_false(int seed) => Attack(seed, 25_000);

    [Fact]
    public void A_false_claim_that_were_accepted_would_be_caught() => Assert.All(Wrong, text => Assert.True(Fails(Claim.Parse(text), [new(2, null)]), text));

    private void Attack(int seed, int count)
    {
        var random = new Random(seed);
        string[] sources = [.. Sources()];
        int accepted = 0, meaningful = 0;
        for (int i = 0; i < count; i++)
        {
            JsonNode document = JsonNode.Parse(sources[random.Next(sources.Length)])!;
            string before = document.ToJsonString();
            for (int changes = random.Next(1, 4); changes > 0; changes--)
            {
                Change(document, random, sources);
            }
            string json = document.ToJsonString();
            if (json == before)
            {
                continue;
            }
            meaningful++;
            try
            {
                Proved proved = Certificate.Check(json, Quick);
                accepted++;
                Claim claim = Claim.Parse(document["claim"]!.GetValue<string>());
                Assert.False(Fails(claim, proved.Sizes), json);
            }
            catch (CertificateException)
            {
                // As it should be.
            }
        }
        output.WriteLine($"Seed {seed}: {meaningful} changed certificates, {accepted} accepted, none of what is false.");
        Assert.True(meaningful > count / 2);
    }

    /// <summary>Certificates of the table's claims, at two sizes and for every n.</summary>
    private static IEnumerable<string> Sources()
    {
        foreach (string text in ClaimsTable.Rows.Where(row => row.IsTrue).Select(row => row.Claim))
        {
            Claim claim = Claim.Parse(text);
            foreach (SizeRange? sizes in claim.Sizes is null ? [null] : (SizeRange?[])[null, new(2, 2), new(3, 3)])
            {
                Verdict verdict = Decider.Decide(claim, Quick with { Sizes = sizes });
                if (((verdict as PartlyProved)?.Proof ?? verdict as Proved) is { } proved && proved.Certificate.Json.Length < 20_000)
                {
                    yield return proved.Certificate.Json;
                }
            }
        }
    }

    /// <summary>Whether the claim fails for certain at one of the sizes: by numbers alone.</summary>
    private static bool Fails(Claim claim, IReadOnlyList<SizeRange> sizes) =>
        (sizes.Count == 0 ? [claim] : sizes.Select(claim.WithSizes)).Any(part => NumericJudge.Attack(part).Contradiction is not null);

    private static void Change(JsonNode document, Random random, string[] sources)
    {
        switch (random.Next(12))
        {
            case 0:
                document["claim"] = Claim.Parse(Wrong[random.Next(Wrong.Length)]).ToString();
                return;
            case 1:
                if (Mutations.Of(Claim.Parse(document["claim"]!.GetValue<string>()), random) is { } mutant)
                {
                    document["claim"] = mutant.ToString();
                }
                return;
            case 2:
                // The proof of another claim.
                document["proofs"] = JsonNode.Parse(sources[random.Next(sources.Length)])!["proofs"]!.DeepClone();
                return;
        }
        var places = new List<(JsonNode Parent, object Key)>();
        Collect(document["proofs"]!, places);
        (JsonNode parent, object key) = places[random.Next(places.Count)];
        JsonNode? old = key is int at ? parent[at] : parent[(string)key];
        switch (old)
        {
            case JsonArray items:
                ChangeList(items, random);
                break;
            case JsonObject:
                // A step in another's place.
                (JsonNode otherParent, object otherKey) = places[random.Next(places.Count)];
                if ((otherKey is int other ? otherParent[other] : otherParent[(string)otherKey]) is JsonObject step)
                {
                    Set(parent, key, step.DeepClone());
                }
                break;
            case JsonValue value when value.TryGetValue(out string? text):
                string[] group = Alternatives.FirstOrDefault(names => names.Contains(text)) ?? Texts;
                Set(parent, key, random.Next(5) == 0 ? $"({text}) + {Texts[random.Next(Texts.Length)]}" : group[random.Next(group.Length)]);
                break;
            case JsonValue value when value.TryGetValue(out int number):
                Set(parent, key, random.Next(3) == 0 ? null : number + random.Next(-2, 3));
                break;
            case JsonValue value when value.TryGetValue(out bool flag):
                Set(parent, key, !flag);
                break;
        }
    }

    private static void ChangeList(JsonArray items, Random random)
    {
        int at = items.Count == 0 ? 0 : random.Next(items.Count);
        switch (random.Next(4))
        {
            case 0:
                items.Clear();
                break;
            case 1 when items.Count > 0:
                items.RemoveAt(at);
                break;
            case 2 when items.Count > 0:
                items.Insert(at, items[at]?.DeepClone());
                break;
            default:
                JsonNode[] shuffled = [.. items.Select(item => item!.DeepClone()).OrderBy(_ => random.Next())];
                items.Clear();
                foreach (JsonNode item in shuffled)
                {
                    items.Add(item);
                }
                break;
        }
    }

    private static void Set(JsonNode parent, object key, JsonNode? value)
    {
        if (key is int at)
        {
            parent[at] = value;
        }
        else
        {
            parent[(string)key] = value;
        }
    }

    private static void Collect(JsonNode? node, List<(JsonNode Parent, object Key)> places)
    {
        if (node is JsonObject fields)
        {
            foreach ((string name, JsonNode? value) in fields)
            {
                places.Add((fields, name));
                Collect(value, places);
            }
        }
        else if (node is JsonArray items)
        {
            for (int i = 0; i < items.Count; i++)
            {
                places.Add((items, i));
                Collect(items[i], places);
            }
        }
    }
}
