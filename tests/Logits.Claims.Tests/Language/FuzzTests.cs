using System.Text;
using Logits.Claims.Language;

namespace Logits.Claims.Tests.Language;

/// <summary>Whatever comes in, a claim or an input error goes out.</summary>
public class FuzzTests
{
    private static readonly string[] Words =
    [
        "lse", "softmax", "max", "min", "sum", "log", "exp", "entropy", "xent", "kl", "cov", "hessian", "grad", "limit", "onehot", "simplex", "psd", "abs",
        "append", "diag", "outer", "d/dx", "x", "y", "p", "o", "a", "b", "T", "λ", "n", "i", "k", "(", ")", "(", ")", "[", "]", "(x)", "[1]", "[i]", ",", ":",
        "+", "-", "*", "/", "^", "ᵀ", "==", "!=", "<", "<=", ">", ">=", "=>", "<=>", "->", "..", "in", "and", "for", "every", "R", "ℝⁿ", "0", "1", "2", "½",
        "0+", "inf", "∞", "#", ".", "1e", "₁", "²", "∂", "_", "_i", "_{i=1}", "{", "}", "|", "‖", "||", "\\frac", "\\sum", "\\left", "\\hat{y}", "$", "∇", "∃", "or", "not", "if", "then",
        "iff", "is", "convex", "where", "let", "as", "lim", "max_i", "e^", "tanh", "norm", "det", "jacobian", "crossentropy", "δ", "ᵢ", "·", "[0,1]",
    ];

    private static readonly string[] Seeds =
    [
        "lse(x + b) == lse(x) + b", "hessian(xent(y, o))(o) == cov(softmax(o)) for y in onehot", "lambda > 0 => max(x) < lse(lambda*x)/lambda <= max(x) + log(n)/lambda",
        "limit(softmax(x/T), T -> 0+) == argmaxind(x)", "for every n in 2..6, x in R^n, p in simplex: dot(p, x) + entropy(p) <= lse(x)",
        "i != j => d/dx[i] softmax(x)[j] == -softmax(x)[i]*softmax(x)[j]", "sum(k: softmax(x)[k]) == 1", "lse(x) == max(x) + log(n) <=> x == max(x)",
        "softmax([a, b, c])[1]/softmax([a, b, c])[2] == exp(a - b)", "vᵀ*cov(p)*v ≥ 0 and psd(cov(p))", "softmax(append(x, ½))[1] < softmax(x)[1]",
        "\\frac{e^{x_i}}{\\sum_j e^{x_j}} = \\operatorname{softmax}(x)_i", "∂softmax(x)_i/∂x_j = p_i(δ_ij - p_j) where p = softmax(x)", "‖x‖² = x·x or |a| >= norm(x)",
        "there exists c such that lse(x + c) = 0", "if a > b, then tanh(a) > tanh(b)", "lim_{T → 0} exp(T) = 1", "jacobian(softmax)(x) = cov(softmax(x))", "lse is convex",
    ];

    [Fact]
    public void A_hundred_thousand_inputs_are_read_or_refused()
    {
        int read = Inputs(20_260_301, 100_000).Count(text => Read(text) is not null);
        // Were nothing or everything read, the inputs would test little.
        Assert.InRange(read, 5_000, 95_000);
    }

    [Fact]
    public void What_is_read_ends_in_a_verdict_in_whatever_time_there_is() => DecideSome(1_000, TimeSpan.FromMilliseconds(2));

    [Fact]
    [Trait("Category", "Nightly")]
    public void Everything_that_is_read_ends_in_a_verdict() => DecideSome(int.MaxValue, TimeSpan.FromMilliseconds(20));

    private static void DecideSome(int most, TimeSpan time)
    {
        foreach (Claim claim in Inputs(20_260_302, 100_000).Select(Read).OfType<Claim>().Take(most))
        {
            try
            {
                Assert.NotNull(Decider.Decide(claim, new DecideOptions { TimeLimit = time }));
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"Deciding fails on: {claim}", error);
            }
        }
    }

    private static IEnumerable<string> Inputs(int seed, int count)
    {
        var random = new Random(seed);
        for (int round = 0; round < count; round++)
        {
            yield return (round % 4) switch
            {
                0 => Bytes(random),
                1 => Soup(random),
                2 => Mutated(random, Seeds[random.Next(Seeds.Length)]),
                _ => Mutated(random, new RandomClaims(random).Next(random.Next(3)).ToString()),
            };
        }
    }

    /// <summary>The claim, or null for an input error; anything but a claim that prints back or a placed error fails.</summary>
    private static Claim? Read(string text)
    {
        Claim claim;
        try
        {
            claim = Claim.Parse(text);
        }
        catch (ClaimSyntaxException error)
        {
            Assert.NotEmpty(error.Message);
            Assert.InRange(error.Column, 1, text.Length + 1);
            Assert.Contains('^', error.Pointer.Carets);
            return null;
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Reading fails on: {text}", error);
        }
        string printed = claim.ToString();
        Assert.True(printed.Length > 10_000 || claim.Equals(Claim.Parse(printed)), text);
        return claim;
    }

    private static string Bytes(Random random)
    {
        byte[] bytes = new byte[random.Next(60)];
        random.NextBytes(bytes);
        return random.Next(2) == 0 ? Encoding.UTF8.GetString(bytes) : new string([.. bytes.Select(b => (char)(b % 96 + 32))]);
    }

    private static string Soup(Random random) =>
        string.Join(random.Next(3) == 0 ? "" : " ", Enumerable.Range(0, random.Next(1, 16)).Select(_ => Words[random.Next(Words.Length)]));

    private static string Mutated(Random random, string seed)
    {
        var text = new StringBuilder(seed);
        for (int edit = random.Next(3); edit > 0 && text.Length > 0; edit--)
        {
            int at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text.Remove(at, Math.Min(random.Next(1, 4), text.Length - at));
                    break;
                case 1:
                    text.Insert(at, Words[random.Next(Words.Length)]);
                    break;
                case 2:
                    text[at] = (char)random.Next(32, 127);
                    break;
                default:
                    text.Append(' ').Append(Words[random.Next(Words.Length)]);
                    break;
            }
        }
        return text.ToString();
    }
}
