using System.Diagnostics;
using System.Globalization;
using System.Text;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

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
        ReadUntil(terminal, "iteration ", shown);
        Press(terminal);
        Outcome outcome = Cli.Finish(terminal);

        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Contains("Stopping. Once more ends at once.", outcome.Output);
        Assert.Contains("Cancelled: the best model so far was kept and written; the gap to the optimum is at most", outcome.Output.ReplaceLineEndings(" "));
        Assert.Equal(StopReason.Cancelled, ModelDocument.Load(_workspace.Path("long.logits.json")).Report.StopReason);
        Assert.Equal(["long.csv", "long.logits.json"], _workspace.Files);
    }

    [Fact]
    public void SIGTERM_during_a_fit_does_the_same_and_has_an_exit_code_of_its_own()
    {
        using Process terminal = InTerminal(LongFit() + " & echo pid=\\$!.; wait \\$!");
        StringBuilder shown = new();
        ReadUntil(terminal, "iteration ", shown);
        int process = int.Parse(shown.ToString().Split("pid=")[1].Split('.')[0], CultureInfo.InvariantCulture);
        Cli.Shell(_workspace.Folder, $"kill -TERM {process}").Succeeded();
        Outcome outcome = Cli.Finish(terminal);

        Assert.Equal(ExitCode.Terminated, outcome.Code);
        Assert.Contains("Cancelled: the best model so far was kept and written; the gap to the optimum is at most", outcome.Output.ReplaceLineEndings(" "));
        Assert.Equal(StopReason.Cancelled, ModelDocument.Load(_workspace.Path("long.logits.json")).Report.StopReason);
        Assert.Equal(["long.csv", "long.logits.json"], _workspace.Files);
    }

    [Fact]
    public void Ctrl_C_ends_a_wait_for_standard_input_at_once()
    {
        using Process terminal = InTerminal("$LOGITS fit - --label y");
        ReadUntil(terminal, "opening standard input", new StringBuilder());
        Press(terminal);
        Outcome outcome = Cli.Finish(terminal);
        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Contains("Cancelled before there was a result; nothing was written.", outcome.Output);
        Assert.Empty(_workspace.Files);
    }

    [Fact]
    public void A_second_Ctrl_C_ends_it_at_once()
    {
        _workspace.WriteOverlapping("table.csv", 20_000, ["a", "b"]);
        Cli.Run("fit", _workspace.Path("table.csv"), "--label", "label", "--out", _workspace.Path("m.logits.json")).Succeeded();
        // What waits for its output to be read, as nobody does here, cannot look whether it was cancelled.
        using Process terminal = InTerminal("mkfifo pipe; exec 3<>pipe; $LOGITS predict m.logits.json table.csv --probabilities > pipe");
        StringBuilder shown = new();
        ReadUntil(terminal, "predicting", shown);
        Press(terminal);
        ReadUntil(terminal, "Stopping. Once more ends at once.", shown);
        Press(terminal);
        Assert.Equal(ExitCode.Cancelled, Cli.Finish(terminal).Code);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>A fit whose tolerance is out of reach, on rows that a small penalty hardly holds.</summary>
    private string LongFit()
    {
        _workspace.WriteOverlapping("long.csv", 6000, [.. Enumerable.Range(0, 40).Select(k => $"class {k}")], features: 400);
        return "$LOGITS fit long.csv --label label --float64 --strength 1e-13 --tolerance 1e-15 --max-iterations 1000000";
    }

    private Process InTerminal(string line)
    {
        if (!OperatingSystem.IsLinux())
            Assert.Skip("A terminal is made with script, of util-linux.");
        // What runs in the background of a script ignores Ctrl-C, and so would what it starts.
        return Cli.StartShell(_workspace.Folder, $"env --default-signal=INT script --quiet --return --command \"{line}\" /dev/null");
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
        using CancellationTokenSource deadline = new(Cli.Patience);
        while (!shown.ToString(from, shown.Length - from).Contains(text, StringComparison.Ordinal))
        {
            ValueTask<int> reading = process.StandardOutput.ReadAsync(buffer, deadline.Token);
            int read = 0;
            try
            {
                read = reading.AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
            }
            Assert.True(read > 0, $"It ended, or was ended, before it showed '{text}': {shown}");
            shown.Append(buffer, 0, read);
        }
    }
}
