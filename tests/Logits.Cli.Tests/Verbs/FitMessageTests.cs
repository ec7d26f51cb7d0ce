using System.Globalization;
using System.Text.Json;
using Logits.Cli.Terminal;
using Logits.Cli.Verbs;
using Logits.Data;
using Logits.Optimization;
using Logits.Regression;

namespace Logits.Cli.Tests.Verbs;

/// <summary>What a fit says when there is more to say than that it converged.</summary>
public sealed class FitMessageTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData("")]
    [InlineData("--no-standardize")]
    public void An_empty_cell_is_named_with_its_class_its_value_and_its_rows(string option)
    {
        // Class 2 never occurs where vote is 0: in 30 of 90 rows.
        string table = _workspace.Write("t.csv", "vote,age,educ\n" + string.Concat(Enumerable.Range(0, 90).Select(i =>
            $"{(i % 3 == 0 ? 0 : 1)},{i * 17 % 60},{(i % 3 == 0 ? 1 + i / 3 % 2 * 2 : 1 + i % 7 % 3)}\n")));
        Outcome outcome = Unpenalised(table, "educ", option);
        Assert.Equal(ExitCode.NoFiniteOptimum, outcome.Code);
        Assert.Contains("No finite optimum exists: educ 2 never occurs where vote is 0 (30 rows). vote tells 2 apart from 1 and 3 without error.", outcome.Error);
        JsonElement cell = Unpenalised(table, "educ", "--json").Json.GetProperty("separation").GetProperty("emptyCells")[0];
        Assert.Equal(("2", "vote is 0", 30), (cell.GetProperty("class").GetString(), cell.GetProperty("where").GetString(), cell.GetProperty("rows").GetInt32()));
    }

    [Theory]
    [InlineData("b", "shop is b")]
    [InlineData("a", "shop is a")]
    public void Levels_of_categories_are_named(string shop, string where)
    {
        string table = _workspace.Write("t.csv", "shop,x,y\n" + string.Concat(Enumerable.Range(0, 120).Select(i =>
        {
            char at = "aabc"[i % 4];
            return $"{at},{i * 7 % 10},{(at.ToString() == shop ? "u" : i * 3 % 5 % 2 == 0 ? "u" : "v")}\n";
        })));
        Outcome outcome = Unpenalised(table, "y");
        Assert.Equal(ExitCode.NoFiniteOptimum, outcome.Code);
        Assert.Contains($"y v never occurs where {where} (", outcome.Error);
    }

    [Fact]
    public void Classes_told_apart_are_named_by_pairs_each_once()
    {
        SeparationInTable separation = new(
            false, true, ["4", "6", "8"], ["mpg"], 32, [1], [new("4", "6"), new("4", "8"), new("6", "4"), new("8", "4")], []);
        Assert.Equal("4 apart from 6 and 8", separation.Apart());
        string[] many = [.. Enumerable.Range(0, 6).Select(i => $"k{i}")];
        PairInTable[] all = [.. many.SelectMany(a => many.Where(b => b != a).Select(b => new PairInTable(a, b)))];
        Assert.Equal(
            "k0 apart from k1, k2, k3, k4 and k5, k1 apart from k2, k3, k4 and k5, k2 apart from k3 and 5 more pairs",
            (separation with { Classes = many, Pairs = all }).Apart());
    }

    [Fact]
    public void More_cells_than_ten_are_counted()
    {
        EmptyCellInTable[] cells = [.. Enumerable.Range(0, 13).Select(i => new EmptyCellInTable("c", $"x is {i}", 1))];
        string text = new SeparationInTable(false, false, ["c"], ["x"], 1, [1], [new("c", "d")], cells).Cells("y");
        Assert.StartsWith("y c never occurs where x is 0 (1 row); y c never", text);
        Assert.EndsWith("x is 9 (1 row); and 3 more such", text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--float64")]
    [InlineData("--no-standardize")]
    [InlineData("--no-standardize --float64")]
    public void Columns_that_are_combinations_of_others_are_named_in_the_tables_units(string options)
    {
        string table = _workspace.Write("t.csv", "a,b,neg,comb,y\n" + string.Concat(Enumerable.Range(0, 80).Select(i =>
        {
            int a = i * 31 % 17, b = 40 + i * 7 % 11;
            return string.Create(CultureInfo.InvariantCulture, $"{a},{b},{-a},{2 * a - 0.5 * b + 1},{(a + i * i % 13 > 13 ? "u" : "v")}\n");
        })));
        Outcome outcome = Unpenalised(table, "y", [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
        Assert.Equal(ExitCode.Done, outcome.Code);
        Assert.Contains("dependent  neg = −a\n", outcome.Output);
        Assert.Contains("dependent  comb = 2 a − 0.5 b + 1\n", outcome.Output);
        Assert.Contains("the solution of least norm is given", outcome.Output);
        JsonElement columns = Unpenalised(table, "y", "--json").Json.GetProperty("dependentColumns");
        Assert.Equal("comb", columns[1].GetProperty("column").GetString());
        Assert.Equal(1, columns[1].GetProperty("constant").GetDouble(), 1e-4);
        Assert.Equal(2, ModelDocument.Load(_workspace.Path("m.logits.json")).Report.DependentColumns.Count);
    }

    [Fact]
    public void A_separation_that_is_only_suspected_is_said_to_be()
    {
        FitSummary summary = Summary(StopReason.SeparationSuspected, 1e-9, 1e-8);
        Assert.StartsWith("No finite optimum is suspected, not decided:", FitText.Caution(summary));
        Assert.Contains("no finite optimum is suspected, not decided", Text(summary));
    }

    [Fact]
    public void What_is_not_known_is_said_to_be_unknown()
    {
        FitSummary summary = Summary(StopReason.Cancelled, double.PositiveInfinity, double.NaN);
        Assert.EndsWith("the gap to the optimum is unknown.", FitText.Caution(summary));
        string text = Text(summary);
        Assert.Contains("gap        unknown\n", text);
        Assert.Contains("gradient   unknown\n", text);
        Assert.DoesNotContain("∞", text);
    }

    public void Dispose() => _workspace.Dispose();

    private Outcome Unpenalised(string table, string label, params string[] more) =>
        Cli.Run(["fit", table, "--label", label, "--strength", "0", "--test", "0", "--out", _workspace.Path("m.logits.json"), .. more.Where(m => m.Length > 0)]);

    private static string Text(FitSummary summary)
    {
        using MemoryStream output = new();
        using (Screen screen = Screen.Redirected(output, TextWriter.Null))
            FitText.Write(screen, summary);
        return System.Text.Encoding.UTF8.GetString(output.ToArray());
    }

    private FitSummary Summary(StopReason reason, double gap, double gradientNorm)
    {
        using TableSource source = TableSource.Open(_workspace.WriteOverlapping("t.csv", 30, ["a", "b"]));
        TrainingOptions training = new() { Label = "label", TestFraction = 0 };
        TrainingTable<double> table = TrainingTable<double>.Read(source, training);
        return new FitSummary
        {
            Table = "t.csv", TableColumns = 4, Training = training, StrengthIsDefault = true, Tolerance = 1e-6, Encoding = table.Encoding, Reading = table.Summary,
            Separation = null, Dependencies = [], WeightsAre = null, HeldOut = null, ModelPath = "m",
            Report = new FitReport
            {
                Objective = 0.5, DataLoss = 0.5, Strength = 0, GradientNorm = gradientNorm, Gap = gap, GapCertified = false, StopReason = reason, Iterations = 3, Gradients = 4,
                HessianVectorProducts = 5, OtherPasses = 1, Seconds = 1, Threads = 2, Precision = "float64", Rows = 30, Features = 3, Classes = 2,
            },
        };
    }
}
