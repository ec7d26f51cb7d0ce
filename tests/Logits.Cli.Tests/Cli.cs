using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Logits.Cli.Terminal;

namespace Logits.Cli.Tests;

/// <summary>What a run of the command left: its exit code and all it wrote.</summary>
internal sealed record Outcome(int Code, string Output, string Error)
{
    public JsonElement Json => JsonDocument.Parse(Output).RootElement;

    public Outcome Succeeded()
    {
        Assert.True(Code == ExitCode.Done, $"exit code {Code}: {Error}{Output}");
        return this;
    }
}

/// <summary>Runs the command: within this process where that is enough, or as a process of its own for signals, pipes and the current folder.</summary>
internal static class Cli
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Logits.Cli.dll");

    /// <summary>After this, what has not happened never will.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static Outcome Run(params string[] args) => Run(CancellationToken.None, args);

    public static Outcome Run(CancellationToken cancellationToken, params string[] args)
    {
        using MemoryStream output = new();
        using StringWriter error = new();
        int code;
        using (Screen screen = Screen.Redirected(output, error))
            code = Application.Run(args, screen, cancellationToken);
        return new Outcome(code, Encoding.UTF8.GetString(output.ToArray()), error.ToString());
    }

    public static Outcome RunProcess(string folder, params string[] args)
    {
        using Process process = Start(folder, args);
        process.StandardInput.Close();
        return Finish(process);
    }

    public static Process Start(string folder, params string[] args) => StartWith(folder, "dotnet", [Program, .. args]);

    public static Process StartShell(string folder, string line) => StartWith(folder, "bash", ["-c", line]);

    /// <summary>Runs a line of shell, in which $LOGITS is the command.</summary>
    public static Outcome Shell(string folder, string line)
    {
        using Process process = StartShell(folder, line);
        process.StandardInput.Close();
        return Finish(process);
    }

    /// <summary>Waits for the end; a process that does not end is a failure, and is ended.</summary>
    public static Outcome Finish(Process process)
    {
        Task<string> error = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The command did not end.");
        }
        return new Outcome(process.ExitCode, output.Result, error.Result);
    }

    private static Process StartWith(string folder, string program, string[] args)
    {
        ProcessStartInfo start = new(program, args)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment["LOGITS"] = $"dotnet {Program}";
        start.Environment.Remove("LOGITS_DEBUG");
        return Process.Start(start)!;
    }
}
