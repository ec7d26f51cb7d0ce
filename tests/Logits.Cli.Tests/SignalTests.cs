using System.Diagnostics;
using System.Text;
using Logits.Data;
using Logits.Regression;

namespace Logits.Cli.Tests;

/// <summary>Ctrl-C as a terminal sends it, and signals as a shell does, to a process of its own.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Ctrl_C_during_a_fit_keeps_and_writes_the_best_model_so_far_and_says_its_gap()
    {
        using Process terminal = InTerminal(LongFit());
        StringBuilder shown = new();
        ReadUntil(terminal, "iteration 1", shown);
        Press(terminal);
        Outcome outcome = Cli.Finish(terminal);

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Contains("Stopping. Once more ends at once.", outcome.Output);
        Assert.Contains("Cancelled: the best model so far was kept and written; the gap to the optimum is at most", outcome.Output.ReplaceLineEndings(" "));
        Assert.Equal(StopReason.Cancelled, ModelDocument.Load(_workspace.Path("long.logits.json")).Report.StopReason);
        Assert.Equal(["long.csv", "long.logits.json"], _workspace.Files);
    }

    [Fact]
    public void A_second_Ctrl_C_ends_it_at_once()
    {
        // What waits for its input cannot look whether it was cancelled.
        using Process terminal = InTerminal("$LOGITS fit - --label y");
        StringBuilder shown = new();
        ReadUntil(terminal, "opening standard input", shown);
        Press(terminal);
        ReadUntil(terminal, "Stopping. Once more ends at once.", shown);
        Press(terminal);
        Assert.Equal(ExitCode.Cancelled, Cli.Finish(terminal).Code);
        Assert.Empty(_workspace.Files);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>A fit whose tolerance is out of reach, on rows that a small penalty hardly holds.</summary>
    private string LongFit()
    {
        _workspace.WriteOverlapping("long.csv", 6000, [.. Enumerable.Range(0, 20).Select(k => $"class {k}")], features: 200);
        return "$LOGITS fit long.csv --label label --float64 --strength 1e-13 --tolerance 1e-15 --max-iterations 1000000";
    }

    private Process InTerminal(string line)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("A terminal is made with script, of util-linux.");
        return Cli.StartShell(_workspace.Folder, $"script --quiet --return --command \"{line}\" /dev/null");
    }

    private static void Press(Process terminal)
    {
        const char controlC = '\u0003';
        terminal.StandardInput.Write(controlC);
        terminal.StandardInput.Flush();
    }

    private static void ReadUntil(Process process, string text, StringBuilder shown)
    {
        int from = shown.Length;
        char[] buffer = new char[4096];
        while (!shown.ToString(from, shown.Length - from).Contains(text, StringComparison.Ordinal))
        {
            int read = process.StandardOutput.Read(buffer);
            Assert.True(read > 0, $"It ended before it showed '{text}': {shown}");
            shown.Append(buffer, 0, read);
        }
    }
}
