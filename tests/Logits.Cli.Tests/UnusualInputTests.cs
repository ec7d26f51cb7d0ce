using System.Text;
using System.Text.Json;
using Logits.Data;

namespace Logits.Cli.Tests;

/// <summary>Tables that are unusual and must work like any other.</summary>
public sealed class UnusualInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void A_byte_order_mark_and_windows_line_ends_change_nothing()
    {
        string plain = _workspace.WriteOverlapping("plain.csv", 120, ["a", "b"]);
        string marked = _workspace.Write("marked.csv", [0xEF, 0xBB, 0xBF, .. File.ReadAllBytes(plain)]);
        string windows = _workspace.Write("windows.csv", File.ReadAllText(plain).Replace("\n", "\r\n"));
        string[] documents = [.. ((string[])[plain, marked, windows]).Select(table =>
        {
            string model = table + ".logits.json";
            Cli.Run("fit", table, "--label", "label", "--out", model).Succeeded();
            return Cli.Run("show", model, "--json").Output + Cli.Run("predict", model, table, "--probabilities").Succeeded().Output;
        })];
        Assert.Equal(documents[0], documents[1]);
        Assert.Equal(documents[0], documents[2]);
    }

    [Fact]
    public void Class_names_with_commas_quotes_line_breaks_and_emoji()
    {
        string[] classes = ["one, two", "say \"hi\"", "line\nbreak", "🦊 fox", " blank "];
        string table = _workspace.WriteOverlapping("names.csv", 200, classes, features: 5), model = _workspace.Path("m.logits.json");
        JsonElement fit = Cli.Run("fit", table, "--label", "label", "--out", model, "--json").Succeeded().Json;
        string[] order = [.. fit.GetProperty("classNames").EnumerateArray().Select(e => e.GetString()!)];
        Assert.Equal(classes.Order(StringComparer.Ordinal), order);

        string predictions = Cli.Run("predict", model, table, "--probabilities").Succeeded().Output;
        Assert.StartsWith("prediction," + string.Join(',', order.Select(c => Csv.Field("p_" + c))) + "\n", predictions);
        string written = _workspace.Write("predictions.csv", predictions);
        using TableSource source = TableSource.Open(written);
        // Blanks at the ends of column names are not kept when a table is read.
        Assert.Equal(["prediction", .. order.Select(c => ("p_" + c).Trim())], source.Columns.Select(c => c.Name));
        // What predict writes is again a table: learn the prediction from its probabilities.
        Cli.Run("fit", written, "--label", "prediction", "--out", _workspace.Path("again.logits.json")).Succeeded();

        foreach (string output in (string[])[Cli.Run("show", model, "--reference", "line\nbreak").Succeeded().Output,
            Cli.Run("evaluate", model, table).Succeeded().Output])
        {
            Assert.Contains("🦊 fox", output);
            Assert.Contains("say \"hi\"", output);
        }
        Assert.Contains("against    line␊break\n", Cli.Run("show", model, "--reference", "line\nbreak").Output);
    }

    [Fact]
    public void Column_names_that_look_like_markup_or_options_are_names()
    {
        string table = _workspace.Write("markup.csv",
            "[red]x[/],--json,\"a,b\",y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{i % 7},{i % 5},{i % 3},{"ab"[i % 2]}\n")));
        string model = _workspace.Path("m.logits.json");
        Cli.Run("fit", table, "--label", "y", "--out", model, "--features=[red]x[/],\"a,b\"").Succeeded();
        Assert.Contains("[red]x[/]", Cli.Run("show", model).Succeeded().Output);
        Assert.Contains("a,b", Cli.Run("show", model).Output);
    }

    [Fact]
    public void Five_thousand_columns()
    {
        string table = _workspace.WriteOverlapping("wide.csv", 60, ["a", "b"], features: 5000), model = _workspace.Path("m.logits.json");
        JsonElement fit = Cli.Run("fit", table, "--label", "label", "--out", model, "--json").Succeeded().Json;
        Assert.Equal(5000, fit.GetProperty("features").GetInt32());
        Assert.Equal(61, Cli.Run("predict", model, table).Succeeded().Output.Count(c => c == '\n'));
        Assert.InRange(Cli.Run("show", model).Succeeded().Output.Length, 100, 4000);
    }

    [Fact]
    public void Numbers_as_classes_are_in_numerical_order()
    {
        string table = _workspace.WriteOverlapping("numbers.csv", 120, ["10", "9", "100"]), model = _workspace.Path("m.logits.json");
        Assert.Equal(["9", "10", "100"], Cli.Run("fit", table, "--label", "label", "--out", model,
            "--json").Succeeded().Json.GetProperty("classNames").EnumerateArray().Select(e => e.GetString()));
    }

    public void Dispose() => _workspace.Dispose();
}
