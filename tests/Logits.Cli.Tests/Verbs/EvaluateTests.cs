using System.Globalization;
using System.Text.Json;

namespace Logits.Cli.Tests.Verbs;

public sealed class EvaluateTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _table;
    private readonly string _model;

    public EvaluateTests()
    {
        _table = _workspace.WriteOverlapping("table.csv", 300, ["a", "b", "c"]);
        _model = _workspace.Path("m.logits.json");
        Cli.Run("fit", _table, "--label", "label", "--out", _model).Succeeded();
    }

    [Fact]
    public void Json_has_every_field_and_agrees_with_the_predictions()
    {
        JsonElement json = Cli.Run("evaluate", _model, _table, "--json").Succeeded().Json;
        string[] labels = [.. File.ReadLines(_table).Skip(1).Select(l => l[(l.LastIndexOf(',') + 1)..])];
        string[][] predictions = [.. Cli.Run("predict", _model, _table, "--probabilities").Output.TrimEnd('\n').Split('\n').Skip(1).Select(l => l.Split(','))];
        double[] ofLabel = [.. predictions.Select((p, i) =>
            double.Parse(p[1 + "abc".IndexOf(labels[i], StringComparison.Ordinal)], CultureInfo.InvariantCulture))];
        double[] accuracies = [.. predictions.Select((p, i) => p[0] == labels[i] ? 1.0 : 0.0)];

        Assert.Equal(300, json.GetProperty("rows").GetInt32());
        Assert.Equal(-ofLabel.Average(Math.Log), json.GetProperty("logLoss").GetDouble(), 1e-12);
        Assert.Equal(accuracies.Average(), json.GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.InRange(json.GetProperty("brier").GetDouble(), 0, 2);
        JsonElement perClass = json.GetProperty("perClass");
        Assert.Equal(["a", "b", "c"], perClass.EnumerateArray().Select(c => c.GetProperty("class").GetString()));
        Assert.Equal(perClass.EnumerateArray().Average(c => c.GetProperty("f1").GetDouble()), json.GetProperty("macroF1").GetDouble(), 1e-12);
        double[][] confusion = [.. json.GetProperty("confusion").EnumerateArray().Select(r => r.EnumerateArray().Select(e => e.GetDouble()).ToArray())];
        for (int actual = 0; actual < 3; actual++)
        {
            Assert.Equal(100, perClass[actual].GetProperty("support").GetDouble());
            for (int k = 0; k < 3; k++)
                Assert.Equal(labels.Zip(predictions).Count(r => r.First == "abc"[actual].ToString() && r.Second[0] == "abc"[k].ToString()),
                    confusion[actual][k]);
        }
    }

    [Fact]
    public void Text_sets_each_figure_beside_what_it_has_to_beat()
    {
        Outcome outcome = Cli.Run("evaluate", _model, _table).Succeeded();
        Assert.All(
            ["accuracy", "±", "of 300 rows; majority class: 33.3 %", "log loss", "base rates: 1.099", "Brier", "macro F1", "Per class", "precision  recall",
             "Confusion: labels down, predictions across"],
            part => Assert.Contains(part, outcome.Output));
        Assert.DoesNotContain('\u001b', outcome.Output);
        Assert.DoesNotContain('█', outcome.Output);
    }

    [Fact]
    public void Weights_of_two_are_rows_twice()
    {
        string[] lines = File.ReadAllLines(_table);
        string twice = _workspace.Write("twice.csv", string.Join('\n', lines.Concat(lines.Skip(1).Take(100))) + "\n");
        string weighted = _workspace.Write("weighted.csv", string.Join('\n', lines.Select((l, i) => l + (i == 0 ? ",w" : i <= 100 ? ",2" : ",1"))) + "\n");
        JsonElement a = Cli.Run("evaluate", _model, twice, "--json").Succeeded().Json,
            b = Cli.Run("evaluate", _model, weighted, "--weights", "w", "--json").Succeeded().Json;
        Assert.Equal(a.GetProperty("logLoss").GetDouble(), b.GetProperty("logLoss").GetDouble(), 1e-12);
        Assert.Equal(a.GetProperty("accuracy").GetDouble(), b.GetProperty("accuracy").GetDouble(), 1e-12);
        Assert.Equal((400, 400, 400.0), (a.GetProperty("rows").GetInt32(), b.GetProperty("rows").GetInt32(), b.GetProperty("totalWeight").GetDouble()));
    }

    [Fact]
    public void Many_classes_get_their_most_frequent_confusions_instead_of_a_matrix()
    {
        string table = _workspace.WriteOverlapping("many.csv", 600, [.. Enumerable.Range(0, 30).Select(i => $"class {i}")]);
        Cli.Run("fit", table, "--label", "label", "--out", _model).Succeeded();
        Outcome outcome = Cli.Run("evaluate", _model, table).Succeeded();
        Assert.Contains("The 20 most frequent confusions", outcome.Output);
        Assert.DoesNotContain("labels down", outcome.Output);
    }

    [Fact]
    public void Rows_without_a_label_are_left_out_and_counted()
    {
        string table = _workspace.Write("gaps.csv", File.ReadAllText(_table) + "1,1,1,\n");
        Assert.Contains("1 row without a label", Cli.Run("evaluate", _model, table).Succeeded().Output);
        Assert.Equal(1, Cli.Run("evaluate", _model, table, "--json").Json.GetProperty("rowsWithoutLabel").GetInt32());
    }

    [Fact]
    public void A_table_without_labels_cannot_judge()
    {
        Outcome header = Cli.Run("evaluate", _model, _workspace.Write("header.csv", "x0,x1,x2,label\n"));
        Assert.Equal(ExitCode.BadInput, header.Code);
        Outcome unknown = Cli.Run("evaluate", _model, _workspace.Write("unknown.csv", "x0,x1,x2,label\n1,1,1,d\n"));
        Assert.Equal(ExitCode.BadInput, unknown.Code);
        Assert.Contains("'d'", unknown.Error);
    }

    public void Dispose() => _workspace.Dispose();
}
