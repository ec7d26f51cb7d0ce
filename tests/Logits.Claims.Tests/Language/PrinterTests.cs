using System.Xml.Linq;
using CsCheck;
using Logits.Claims.Language;
using Logits.Claims.Language.Printing;

namespace Logits.Claims.Tests.Language;

public class PrinterTests
{
    private static readonly Gen<Claim> Claims = Gen.Select(Gen.Int, Gen.Int[1, 5], (seed, depth) => new RandomClaims(new Random(seed)).Next(depth));

    [Theory]
    [InlineData(Alphabet.Ascii)]
    [InlineData(Alphabet.Unicode)]
    public void What_is_printed_reads_back_as_the_same_claim(Alphabet alphabet) =>
        Claims.Sample(claim => PlainText.Print(claim, alphabet) is { Length: > Longest } || Claim.Parse(PlainText.Print(claim, alphabet)).Equals(claim),
            seed: "0000000000001", iter: 2_000, threads: 1, print: claim => claim.ToString());

    private const int Longest = 9_000;

    [Fact]
    public void MathMl_is_well_formed_for_every_claim() =>
        Claims.Sample(claim => XElement.Parse(MathMl.Print(claim)).Name.LocalName == "math", seed: "0000000000002", iter: 500, threads: 1,
            print: claim => claim.ToString());

    [Fact]
    public void MathMl_has_the_forms_of_a_textbook()
    {
        Claim claim = Claim.Parse("lambda > 0 => max(x) < lse(lambda*x)/lambda");
        string math = MathMl.Print(claim);
        Assert.Contains("<mi>λ</mi>", math, StringComparison.Ordinal);
        Assert.Contains("<mfrac>", math, StringComparison.Ordinal);
        Assert.Contains("<msup><mi>ℝ</mi><mi>n</mi></msup>", math, StringComparison.Ordinal);
        Assert.Contains("<mo>⇒</mo>", math, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a - (b - c) == a - b + c", "a - (b - c) == a - b + c")]
    [InlineData("(a*b)*c == a*(b*c)", "a*b*c == a*(b*c)")]
    [InlineData("a/(b/c) == a/b/c", "a/(b/c) == a/b/c")]
    [InlineData("(a^b)^c == a^b^c", "(a^b)^c == a^b^c")]
    [InlineData("(-a)^2 == -a^2", "(-a)^2 == -a^2")]
    [InlineData("a^-b == 1/a^b", "a^(-b) == 1/a^b")]
    [InlineData("-(-a) == --a", "-(-a) == -(-a)")]
    [InlineData("a + -b == a - b", "a + -b == a - b")]
    [InlineData("1e-3 == 0.001", "0.001 == 0.001")]
    [InlineData("(x + y)[1] == x[1] + y[1]", "(x + y)[1] == x[1] + y[1]")]
    public void Parentheses_are_as_few_as_read_back(string text, string printed)
    {
        Claim claim = Claim.Parse(text);
        Assert.Equal(printed, claim.Conclusion.ToString());
        Assert.Equal(claim, Claim.Parse(claim.ToString()));
    }
}
