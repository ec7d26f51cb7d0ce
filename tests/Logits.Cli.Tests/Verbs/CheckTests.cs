using System.Text.Json;

namespace Logits.Cli.Tests.Verbs;

public sealed class CheckTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public void Dispose() => _workspace.Dispose();

    [Theory]
    [InlineData("lse(x) == lse(x)*1e400")]
    [InlineData("a == 1e309")]
    [InlineData("exp(exp(a)) <= 10 => exp(a*1000) > 1")]
    public void Numbers_that_no_double_holds_are_texts_in_json(string claim) =>
        Assert.Equal("refuted", Cli.Run("check", claim, "--json").Json.GetProperty("verdict").GetString());

    [Fact]
    public void A_true_claim_is_proved_for_every_size()
    {
        Outcome outcome = Cli.Run("check", "lse(x + b) == lse(x) + b").Succeeded();
        Assert.StartsWith("I read: for every n ≥ 2, x in ℝⁿ, b in ℝ: lse(x + b) == lse(x) + b\n\nPROVED", outcome.Output);
        Assert.Empty(outcome.Error);
    }

    [Fact]
    public void A_false_claim_is_refuted_with_both_sides_and_what_would_be_true()
    {
        Outcome outcome = Cli.Run("check", "lse(x + b) == lse(x)");
        Assert.Equal(ExitCode.AnswerIsNo, outcome.Code);
        Assert.Contains("REFUTED", outcome.Output);
        Assert.Contains("lse(x) + b", outcome.Output);
        Assert.Contains("0.693147", outcome.Output);
    }

    [Fact]
    public void Json_of_a_proof_has_every_field()
    {
        JsonElement json = Cli.Run("check", "softmax(x/T + b) == softmax(x/T)", "--n", "2..3", "--json").Succeeded().Json;
        Assert.Equal("softmax(x/T + b) == softmax(x/T)", json.GetProperty("claim").GetString());
        Assert.Equal("for every n in 2..3, x in R^n, T, b in R: softmax(x/T + b) == softmax(x/T)", json.GetProperty("reading").GetString());
        Assert.Equal("proved", json.GetProperty("verdict").GetString());
        Assert.Equal([2, 3], json.GetProperty("sizes").EnumerateArray().Select(n => n.GetInt32()));
        Assert.Equal(["T != 0"], json.GetProperty("conditions").EnumerateArray().Select(c => c.GetString()!));
        Assert.NotEmpty(json.GetProperty("method").GetString()!);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("counterexample").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("repair").ValueKind);
        Assert.Equal(JsonValueKind.Null, json.GetProperty("points").ValueKind);
        Assert.True(json.GetProperty("milliseconds").GetDouble() >= 0);
    }

    [Fact]
    public void Json_of_a_refutation_has_the_values_and_both_sides()
    {
        Outcome outcome = Cli.Run("check", "lse(x + b) == lse(x)", "--json");
        Assert.Equal(ExitCode.AnswerIsNo, outcome.Code);
        JsonElement counterexample = outcome.Json.GetProperty("counterexample");
        double[] x = [.. counterexample.GetProperty("values").GetProperty("x").EnumerateArray().Select(e => e.GetDouble())];
        double b = counterexample.GetProperty("values").GetProperty("b").GetDouble();
        Assert.Equal(Math.Log(x.Sum(e => Math.Exp(e + b))), counterexample.GetProperty("left").GetDouble(), 1e-5);
        Assert.Equal(Math.Log(x.Sum(Math.Exp)), counterexample.GetProperty("right").GetDouble(), 1e-5);
        Assert.Contains("lse(x)", outcome.Json.GetProperty("repair").GetString()!);
    }

    [Fact]
    public void What_is_proved_for_some_sizes_only_is_said_so_everywhere()
    {
        const string Claim = "limit(softmax(x/T), T -> inf) == 1/n";
        Outcome text = Cli.Run("check", Claim);
        Assert.Equal(ExitCode.Unfinished, text.Code);
        Assert.Contains("PROVED FOR SOME SIZES ONLY", text.Output);
        Outcome json = Cli.Run("check", Claim, "--json");
        Assert.Equal(ExitCode.Unfinished, json.Code);
        Assert.Equal("proved for n in 2..8", json.Json.GetProperty("verdict").GetString());
        Outcome file = Cli.Run("check", _workspace.Write("claims.txt", Claim));
        Assert.Equal(ExitCode.Unfinished, file.Code);
        Assert.EndsWith("1 claim: 1 proved for some sizes only.\n", file.Output);
        string certificate = Path.Combine(_workspace.Folder, "proof.json");
        Cli.Run("check", Claim, "--certificate", certificate);
        Assert.Equal(ExitCode.Unfinished, Cli.Run("check", "--certificate", certificate).Code);
    }

    [Fact]
    public void A_file_is_an_answer_sheet()
    {
        string sheet = _workspace.Write("answers.txt", "# exercise 6\nlse(x + b) == lse(x) + b\n\nsoftmax(x + b) == softmax(x)  # invariant\n");
        Outcome outcome = Cli.Run("check", sheet).Succeeded();
        Assert.Contains("   2  proved      lse(x + b) == lse(x) + b\n", outcome.Output);
        Assert.Contains("   4  proved      softmax(x + b) == softmax(x)  # invariant\n", outcome.Output);
        Assert.EndsWith("2 claims: 2 proved.\n", outcome.Output);
    }

    [Fact]
    public void The_exit_code_of_a_file_is_that_of_its_worst_line()
    {
        string proved = "lse(x) > max(x)\n", refuted = "lse(x) > 0\n", undecided = "lambda >= 1 => entropy(softmax(lambda^2*x))^3 < 4 + entropy(softmax(x))\n",
            unreadable = "2x == 1\n";
        Assert.Equal(ExitCode.AnswerIsNo, Code(proved + refuted));
        Assert.Equal(ExitCode.BadInput, Code(proved + refuted + unreadable));
        int code = Code(proved + undecided, "--time", "0.05");
        Assert.Equal(ExitCode.Unfinished, code);
        Assert.Equal(ExitCode.AnswerIsNo, Code(proved + undecided + refuted, "--time", "0.05"));

        int Code(string claims, params string[] options) => Cli.Run(["check", _workspace.Write("claims.txt", claims), .. options]).Code;
    }

    [Fact]
    public void Json_of_a_file_is_a_list_with_the_unreadable_in_it()
    {
        string sheet = _workspace.Write("answers.txt", "lse(x) > max(x)\nac(x+1) == 0\n");
        Outcome outcome = Cli.Run("check", sheet, "--json");
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Equal(["proved", "unreadable"], outcome.Json.EnumerateArray().Select(c => c.GetProperty("verdict").GetString()!));
        Assert.Equal(2, outcome.Json[1].GetProperty("line").GetInt32());
        Assert.Contains("a*c*(x+1)", outcome.Json[1].GetProperty("error").GetString()!);
    }

    [Theory]
    [InlineData("lse(x + b == lse(x)", "A ) is missing")]
    [InlineData("softmx(x) == 1", "Did you mean softmax?")]
    [InlineData("", "There is no claim here")]
    public void An_unreadable_claim_is_refused_with_a_caret_under_the_place(string claim, string part)
    {
        Outcome outcome = Cli.Run("check", claim);
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.Contains(part, outcome.Error);
        Assert.Equal(claim.Length > 0, outcome.Error.Contains('^'));
    }

    [Theory]
    [InlineData("There is no file missing.txt.", "check", "missing.txt")]
    [InlineData("Say what to check", "check")]
    [InlineData("--n must be a size", "check", "lse(x) > max(x)", "--n", "0")]
    [InlineData("--n must be a size", "check", "lse(x) > max(x)", "--n", "6..2")]
    [InlineData("the claim speaks of n ≥ 3", "check", "x[3] <= lse(x)", "--n", "2")]
    [InlineData("the claim speaks of n = 4", "check", "max(x) <= lse(x) for n = 4", "--n", "3")]
    [InlineData("--time must be", "check", "lse(x) > max(x)", "--time", "-1")]
    public void What_cannot_be_asked_is_refused(string part, params string[] args)
    {
        Outcome outcome = Cli.Run(args);
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Contains(part, outcome.Error);
    }

    [Fact]
    public void A_file_without_claims_and_a_folder_are_refused()
    {
        Assert.Contains("has no claims", Cli.Run("check", _workspace.Write("empty.txt", "# nothing\n")).Error);
        Assert.Contains("is a directory", Cli.Run("check", _workspace.Folder).Error);
    }

    [Fact]
    public void A_claim_may_begin_with_a_minus() => Cli.Run("check", "-a == 0 - a").Succeeded();

    [Fact]
    public void A_certificate_is_written_and_checked_again_and_a_changed_one_is_refused()
    {
        string path = _workspace.Path("proof.json");
        Cli.Run("check", "hessian(lse)(x) == cov(softmax(x))", "--n", "2..3", "--certificate", path).Succeeded();
        Assert.Contains("ACCEPTED", Cli.Run("check", "--certificate", path).Succeeded().Output);

        string forged = _workspace.Write("forged.json", File.ReadAllText(path).Replace("cov(softmax(x))", "cov(softmax(2*x))"));
        Outcome outcome = Cli.Run("check", "--certificate", forged);
        Assert.Equal(ExitCode.AnswerIsNo, outcome.Code);
        Assert.Contains("REJECTED", outcome.Output);
        Assert.Equal(ExitCode.BadInput, Cli.Run("check", "--certificate", _workspace.Write("broken.json", "{")).Code);
        Assert.Equal(ExitCode.BadInput, Cli.Run("check", "--certificate", _workspace.Path("none.json")).Code);
    }

    [Fact]
    public void No_certificate_is_written_of_what_is_not_proved()
    {
        string path = _workspace.Path("proof.json");
        Outcome outcome = Cli.Run("check", "lse(x) == 0", "--certificate", path);
        Assert.Equal(ExitCode.AnswerIsNo, outcome.Code);
        Assert.Contains("was not written", outcome.Error);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void Cancelling_ends_with_its_own_code()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Assert.Equal(ExitCode.Cancelled, Cli.Run(cancelled.Token, "check", "lse(x) > max(x)").Code);
    }
}
