using Logits.Cli.Terminal;

namespace Logits.Cli.Tests;

public class DefectTests
{
    [Fact]
    public void A_defect_is_one_line_that_says_how_to_report_it_and_has_an_exit_code_of_its_own()
    {
        using StringWriter error = new();
        using BrokenStream output = new();
        int code = Application.Run(["--version"], Screen.Redirected(output, error));
        Assert.Equal(ExitCode.Internal, code);
        Assert.Matches(@"^error: This is a defect in logits \d+\.\d+\.\d+: gears are missing\. Please report it .* LOGITS_DEBUG=1 .*\n$", error.ToString());
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override void Write(byte[] buffer, int offset, int count) => throw new InvalidOperationException("gears are missing.");

        public override void Write(ReadOnlySpan<byte> buffer) => throw new InvalidOperationException("gears are missing.");
    }
}
