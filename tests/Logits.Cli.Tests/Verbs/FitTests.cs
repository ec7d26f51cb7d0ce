using System.Text.Json;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Cli.Tests.Verbs;

public sealed class FitTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Json_has_every_field_and_agrees_with_the_model_file()
    {
        string model = _workspace.Path("m.logits.json");
        Outcome outcome = Cli.Run("fit", Table(), "--label", "label", "--out", model, "--threads", "2", "--json").Succeeded();
        JsonElement json = outcome.Json;
        FitReport report = ModelDocument.Load(model).Report;

        Assert.Equal("", outcome.Error);
        Assert.Equal(report.Rows, json.GetProperty("rows").GetInt32());
        Assert.Equal(3, json.GetProperty("features").GetInt32());
        Assert.Equal(3, json.GetProperty("classes").GetInt32());
        Assert.Equal(report.Objective, json.GetProperty("objective").GetDouble());
        Assert.Equal(report.DataLoss, json.GetProperty("dataLoss").GetDouble());
        Assert.Equal(report.GradientNorm, json.GetProperty("gradientNorm").GetDouble());
        Assert.Equal(report.RelativeGap, json.GetProperty("relativeGap").GetDouble());
        Assert.True(json.GetProperty("gapCertified").GetBoolean());
        Assert.Equal("converged", json.GetProperty("stopReason").GetString());
        Assert.Equal(report.Gradients, json.GetProperty("gradients").GetInt32());
        Assert.Equal(report.HessianVectorProducts, json.GetProperty("hessianVectorProducts").GetInt32());
        Assert.Equal(report.Seconds, json.GetProperty("seconds").GetDouble());
        Assert.Equal(2, json.GetProperty("threads").GetInt32());
        Assert.Equal("float32", json.GetProperty("dataPrecision").GetString());
        Assert.Equal(1.0 / report.Rows, json.GetProperty("strength").GetDouble());
        Assert.Equal(model, json.GetProperty("model").GetString());
        JsonElement test = json.GetProperty("test");
        Assert.Equal(300 - report.Rows, test.GetProperty("rows").GetInt32());
        Assert.InRange(test.GetProperty("logLoss").GetDouble(), 0.1, Math.Log(3));
        Assert.InRange(test.GetProperty("accuracy").GetDouble(), 1 / 3.0, 1);
    }

    [Fact]
    public void Text_says_what_was_read_fitted_and_written_how_sure_and_how_good()
    {
        string model = _workspace.Path("m.logits.json");
        Outcome outcome = Cli.Run("fit", Table(), "--label", "label", "--out", model).Succeeded();
        Assert.Equal("", outcome.Error);
        Assert.All(
            ["label, 3 classes: a, b, c", "240 to fit, 60 held out", "20 % of each class, seed 0", "(1/Σw) Σ w [A(o) − ⟨y, o⟩] + λ/2 ‖W‖²", "in nats",
             "λ = 0.004167", "1/n", "converged", "proven by duality", "gradient", "accuracy", "log loss", "majority class: 33.3 %",
                 $"Model written to {model}"],
            part => Assert.Contains(part, outcome.Output));
        Assert.DoesNotContain('\u001b', outcome.Output);
        Assert.DoesNotContain(" \n", outcome.Output);
    }

    [Fact]
    public void The_model_has_the_tables_name_and_lies_in_the_current_folder()
    {
        string folder = Directory.CreateDirectory(_workspace.Path("elsewhere")).FullName;
        Outcome outcome = Cli.RunProcess(folder, "fit", Table(), "--label", "label").Succeeded();
        Assert.Equal(["table.logits.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
        Assert.EndsWith("Model written to table.logits.json\n", outcome.Output);
    }

    [Theory]
    [InlineData("a/b/digits.csv", "digits.logits.json")]
    [InlineData("digits.csv.gz", "digits.logits.json")]
    [InlineData("year-*.parquet", "year.logits.json")]
    [InlineData("v1.2.csv", "v1.2.logits.json")]
    [InlineData("-", "model.logits.json")]
    [InlineData("*.csv", "model.logits.json")]
    public void The_default_name_of_a_model(string table, string model) => Assert.Equal(model, ModelFile.DefaultFor(table));

    [Fact]
    public void With_test_0_every_row_is_fitted_and_nothing_is_judged()
    {
        Outcome outcome = Cli.Run("fit", Table(), "--label", "label", "--test", "0", "--out", _workspace.Path("m"), "--json").Succeeded();
        Assert.Equal(300, outcome.Json.GetProperty("rows").GetInt32());
        Assert.Equal(JsonValueKind.Null, outcome.Json.GetProperty("test").ValueKind);
        Assert.DoesNotContain("Held-out", Cli.Run("fit", Table(), "--label", "label", "--test", "0", "--out", _workspace.Path("m")).Output);
    }

    [Fact]
    public void The_seed_chooses_the_rows_held_out_and_nothing_else_does()
    {
        string Objective(params string[] more) =>
            Cli.Run(["fit", Table(), "--label", "label", "--out", _workspace.Path("m"), "--json",
                .. more]).Succeeded().Json.GetProperty("objective").GetRawText();
        Assert.Equal(Objective("--seed", "7", "--threads", "1"), Objective("--seed", "7", "--threads", "2"));
        Assert.NotEqual(Objective("--seed", "7"), Objective("--seed", "8"));
        Assert.NotEqual(Objective("--seed", "7"), Objective("--seed", "7", "--no-stratify"));
    }

    [Fact]
    public void Columns_are_chosen_by_name()
    {
        string model = _workspace.Path("m.logits.json");
        Cli.Run("fit", Table(), "--label", "label", "--features", "x2,x0", "--out", model).Succeeded();
        Assert.Equal(["x0", "x2"], ModelDocument.Load(model).Encoding.FeatureNames.Order());
        Cli.Run("fit", Table(), "--label", "label", "--exclude", "x1", "--out", model).Succeeded();
        Assert.Equal(["x0", "x2"], ModelDocument.Load(model).Encoding.FeatureNames.Order());
        Cli.Run("fit", Table(), "--label", "label", "--weights", "x1", "--out", model).Succeeded();
        Assert.Equal(["x0", "x2"], ModelDocument.Load(model).Encoding.FeatureNames.Order());
    }

    [Fact]
    public void Precision_strength_and_tolerance_are_as_asked()
    {
        JsonElement json = Cli.Run("fit", Table(), "--label", "label", "--float64", "--strength", "0.5", "--tolerance", "1e-10", "--out", _workspace.Path("m"),
            "--json").Succeeded().Json;
        Assert.Equal("float64", json.GetProperty("precision").GetString());
        Assert.Equal(0.5, json.GetProperty("strength").GetDouble());
        Assert.InRange(json.GetProperty("relativeGap").GetDouble(), 0, 1e-10);
    }

    [Fact]
    public void A_fit_that_runs_out_of_iterations_says_so_keeps_the_model_and_exits_with_3()
    {
        string model = _workspace.Path("m.logits.json");
        Outcome outcome = Cli.Run("fit", Table(), "--label", "label", "--max-iterations", "1", "--tolerance", "1e-12", "--float64", "--out", model);
        Assert.Equal(ExitCode.Unfinished, outcome.Code);
        Assert.Contains("out of iterations after 1, before convergence", outcome.Output);
        Assert.StartsWith("warning: Stopped after 1 iteration, before convergence: the gap to the optimum is at most ", outcome.Error);
        Assert.Contains("Raise --max-iterations", outcome.Error);
        Assert.Equal(StopReason.IterationLimit, ModelDocument.Load(model).Report.StopReason);
    }

    [Fact]
    public void Separable_classes_without_a_penalty_are_named_with_columns_rows_and_remedy_and_exit_with_4()
    {
        string table = _workspace.Write("split.csv",
            "size,noise,kind\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{i * 7 % 5},{(i < 20 ? "small" : "large")}\n")));
        string model = _workspace.Path("m.logits.json");
        Outcome outcome = Cli.Run("fit", table, "--label", "kind", "--strength", "0", "--test", "0", "--out", model);
        Assert.Equal(ExitCode.NoFiniteOptimum, outcome.Code);
        Assert.Contains("no finite optimum exists", outcome.Output);
        Assert.Contains("size", outcome.Error);
        Assert.Contains("large, small apart without error, so the weights would grow for ever", outcome.Error);
        Assert.Contains("Give a --strength above 0", outcome.Error);
        Assert.Equal(StopReason.NoFiniteOptimum, ModelDocument.Load(model).Report.StopReason);

        JsonElement json = Cli.Run("fit", table, "--label", "kind", "--strength", "0", "--test", "0", "--out", model, "--json").Json;
        Assert.Equal("noFiniteOptimum", json.GetProperty("stopReason").GetString());
        Assert.Equal("size", json.GetProperty("separation").GetProperty("features")[0].GetString());
        Assert.Equal(40, json.GetProperty("separation").GetProperty("rows").GetInt32());
    }

    [Fact]
    public void A_fit_cancelled_while_reading_writes_nothing()
    {
        using CancellationTokenSource cancelled = new();
        cancelled.Cancel();
        Outcome outcome = Cli.Run(cancelled.Token, "fit", Table(), "--label", "label", "--out", _workspace.Path("m.logits.json"));
        Assert.Equal(ExitCode.Cancelled, outcome.Code);
        Assert.Equal("error: Cancelled before there was a result; nothing was written.\n", outcome.Error);
        Assert.Equal(["table.csv"], _workspace.Files);
    }

    public void Dispose() => _workspace.Dispose();

    private string Table() => _workspace.WriteOverlapping("table.csv", 300, ["a", "b", "c"]);
}
