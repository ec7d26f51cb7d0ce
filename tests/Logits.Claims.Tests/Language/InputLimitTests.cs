using Logits.Claims.Language;

namespace Logits.Claims.Tests.Language;

/// <summary>Input at and beyond the stated limits ends in an input error, never in a crash or a hang.</summary>
public class InputLimitTests
{
    [Fact]
    public void Ten_thousand_nested_parentheses_are_an_error()
    {
        string shortEnough = new string('(', 4_000) + "a" + new string(')', 4_000) + " > 0";
        Assert.Contains("nests", Assert.Throws<ClaimSyntaxException>(() => Claim.Parse(shortEnough)).Message, StringComparison.Ordinal);
        string tooLong = new string('(', 10_000) + "a" + new string(')', 10_000) + " > 0";
        Assert.Contains("characters", Assert.Throws<ClaimSyntaxException>(() => Claim.Parse(tooLong)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_of_a_megabyte_is_an_error_and_its_excerpt_is_short()
    {
        var error = Assert.Throws<ClaimSyntaxException>(() => Claim.Parse("a" + new string('+', 1 << 20)));
        Assert.Contains("10,000", error.Message, StringComparison.Ordinal);
        Assert.True(error.Pointer.Line.Length < 200);
    }

    [Theory]
    [InlineData("-")]
    [InlineData("a^")]
    [InlineData("(a > 0) and (")]
    [InlineData("lse(-")]
    [InlineData("a + ")]
    [InlineData("a => ")]
    [InlineData("d/dx[1] ")]
    [InlineData("(")]
    [InlineData("[")]
    [InlineData("abs(")]
    [InlineData("x[1] == a and ")]
    [InlineData("not ")]
    [InlineData("exists a: ")]
    [InlineData("|")]
    [InlineData("‖")]
    [InlineData("{")]
    [InlineData("log ")]
    [InlineData("sum_i ")]
    [InlineData("\\frac{")]
    [InlineData("∂")]
    [InlineData("∇")]
    [InlineData("x_")]
    [InlineData("e^")]
    [InlineData("if a > 0 then ")]
    [InlineData("lim_{a -> 0+} ")]
    public void Endless_repetition_is_an_error(string piece)
    {
        string text = string.Concat(Enumerable.Repeat(piece, 9_900 / piece.Length));
        Assert.Throws<ClaimSyntaxException>(() => Claim.Parse(text));
        Assert.Throws<ClaimSyntaxException>(() => Claim.Parse(text + "a"));
    }

    [Fact]
    public void Many_transposed_factors_are_read_once_each()
    {
        string nested = "x";
        for (int i = 0; i < 60; i++)
        {
            nested = $"(a*{nested})''";
        }
        Claim.Parse($"sum({nested}) == 0");
    }

    [Fact]
    public void Numbers_of_five_hundred_digits_are_exact()
    {
        string digits = string.Concat(Enumerable.Repeat("7", 500));
        Claim claim = Claim.Parse($"a < {digits} and b < 0.{digits}");
        Assert.Contains(digits, claim.ToString(), StringComparison.Ordinal);
        Assert.Equal(claim, Claim.Parse(claim.ToString()));
        Assert.Throws<ClaimSyntaxException>(() => Claim.Parse($"a < {digits}{digits}{digits}"));
        Assert.Throws<ClaimSyntaxException>(() => Claim.Parse("a < 1e999999999999999999999"));
    }

    [Fact]
    public void Nested_abs_is_bounded()
    {
        Claim.Parse("abs(abs(abs(abs(a)))) == abs(a)");
        Assert.Throws<ClaimSyntaxException>(() => Claim.Parse("abs(abs(abs(abs(abs(a))))) == abs(a)"));
    }
}
