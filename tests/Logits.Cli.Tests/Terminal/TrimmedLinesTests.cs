using Logits.Cli.Terminal;

namespace Logits.Cli.Tests.Terminal;

public class TrimmedLinesTests
{
    [Fact]
    public void Blanks_go_from_the_ends_of_lines_and_stay_elsewhere()
    {
        StringWriter inner = new();
        TrimmedLines lines = new(inner);
        lines.Write("  a  b  \n   \n c");
        lines.Write(" ");
        lines.WriteLine("d ");
        Assert.Equal("  a  b\n\n c d\n", inner.ToString());
    }
}
