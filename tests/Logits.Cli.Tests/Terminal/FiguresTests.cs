using Logits.Cli.Terminal;

namespace Logits.Cli.Tests.Terminal;

public class FiguresTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1, "1.000")]
    [InlineData(-0.061234, "−0.06123")]
    [InlineData(1234.56, "1235")]
    [InlineData(999.96, "1000")]
    [InlineData(0.00012347, "0.0001235")]
    [InlineData(0.000012345, "1.235e-5")]
    [InlineData(99999996, "1.000e8")]
    [InlineData(1e300, "1.000e300")]
    [InlineData(-3e-9, "−3.000e-9")]
    [InlineData(double.NaN, "–")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Four_significant_digits(double value, string text) => Assert.Equal(text, Figures.Significant(value));

    [Theory]
    [InlineData(0.0004, "1 ms")]
    [InlineData(0.1234, "123 ms")]
    [InlineData(2.345, "2.35 s")]
    [InlineData(125, "2 min 5 s")]
    public void Durations(double seconds, string text) => Assert.Equal(text, Figures.Duration(seconds));

    [Fact]
    public void Names_stay_on_one_line_and_do_not_flood_it()
    {
        Assert.Equal("a␊b", Figures.Name("a\nb"));
        Assert.Equal("\"\"", Figures.Name(""));
        Assert.Equal(61, Figures.Name(new string('x', 1000)).Length);
        // A pair of surrogates is never cut in two.
        Assert.Equal(new string('x', 59) + "…", Figures.Name(new string('x', 59) + "😀 and more"));
        Assert.Equal("0, 1 and 1,998 more", Figures.Names([.. Enumerable.Range(0, 2000).Select(i => $"{i}")], 2));
    }
}
