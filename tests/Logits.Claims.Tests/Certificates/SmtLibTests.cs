using System.ComponentModel;
using System.Diagnostics;
using Logits.Claims.Language;

namespace Logits.Claims.Tests.Certificates;

/// <summary>Where a solver is installed, it proves the exported inequalities on its own.</summary>
public sealed class SmtLibTests
{
    [Theory]
    [InlineData("psd(hessian(lse)(x))", true)]
    [InlineData("lse(x) > max(x)", false)]
    [InlineData("lse(x) - max(x) <= log(n)", false)]
    [InlineData("lambda > 0 => max(x) < lse(lambda*x)/lambda <= max(x) + log(n)/lambda", false)]
    [InlineData("quad(hessian(lse)(x), v) >= 0", true)]
    [InlineData("lse((x + z)/2) <= (lse(x) + lse(z))/2", true)]
    public void A_solver_proves_the_inequalities(string text, bool hasSquares)
    {
        var proved = Assert.IsType<Proved>(Decider.Decide(Claim.Parse(text), new() { Sizes = new(2, 2), TimeLimit = TimeSpan.FromMinutes(1) }));
        string script = SmtLib.Write(proved.Certificate);
        int queries = script.Split("(check-sat)").Length - 1;
        Assert.True(queries > 0);
        string? answer = Run("z3", ["-in", "-T:20"], script) ?? (hasSquares ? null : Run("cvc5", ["--incremental"], script));
        Assert.SkipWhen(answer is null, hasSquares ? "z3 is not installed, and cvc5 takes minutes to find a sum of squares" : "neither z3 nor cvc5 is installed");
        Assert.Equal(Enumerable.Repeat("unsat", queries), answer!.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
    }

    private static string? Run(string solver, string[] arguments, string script)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(solver, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
            process.StandardInput.Write(script);
            process.StandardInput.Close();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            return output;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
