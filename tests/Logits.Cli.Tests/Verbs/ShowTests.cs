using System.Text.Json;
using Logits.Data;

namespace Logits.Cli.Tests.Verbs;

public sealed class ShowTests : IDisposable
{
    private readonly Workspace _workspace = new();

    [Fact]
    public void Json_has_every_field_and_the_coefficients_of_the_model_file()
    {
        string model = Fitted(["a", "b", "c"]);
        JsonElement json = Cli.Run("show", model, "--json").Succeeded().Json;
        Assert.Equal(["a", "b", "c"], Texts(json, "classes"));
        Assert.Equal(["x0", "x1", "x2"], Texts(json, "columns"));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("reference").ValueKind);
        double[][] coefficients = [.. json.GetProperty("coefficients").EnumerateArray().Select(Numbers)];
        ReadOnlySpan<double> weights = ModelDocument.Load(model).Model.Weights;
        for (int j = 0; j < 3; j++)
        {
            Assert.Equal(0, coefficients.Sum(c => c[j]), 1e-12);
            Assert.Equal(weights[j] - weights[3 + j], coefficients[0][j] - coefficients[1][j], 1e-12);
        }
        Assert.Equal(0, Numbers(json.GetProperty("intercepts")).Sum(), 1e-12);
    }

    [Fact]
    public void Against_a_class_that_class_is_all_zeros_and_is_not_printed()
    {
        string model = Fitted(["a", "b", "c"]);
        JsonElement json = Cli.Run("show", model, "--reference", "b", "--json").Succeeded().Json;
        Assert.Equal("b", json.GetProperty("reference").GetString());
        Assert.All(Numbers(json.GetProperty("coefficients")[1]), c => Assert.Equal(0, c));
        string text = Cli.Run("show", model, "--reference", "b").Succeeded().Output;
        Assert.Contains("against    b\n", text);
        Assert.DoesNotMatch(@"\n  b ", text);
    }

    [Fact]
    public void Two_classes_are_compared_with_the_first_unless_told_otherwise()
    {
        string model = Fitted(["no", "yes"]);
        Assert.Equal("no", Cli.Run("show", model, "--json").Succeeded().Json.GetProperty("reference").GetString());
        Assert.Equal("yes", Cli.Run("show", model, "--reference", "yes", "--json").Succeeded().Json.GetProperty("reference").GetString());
    }

    [Fact]
    public void The_most_telling_come_first_and_no_more_than_asked()
    {
        string text = Cli.Run("show", Fitted(["a", "b", "c"]), "--top", "2").Succeeded().Output;
        Assert.Contains("the 2 of largest effect, of 9", text);
        Assert.Contains("odds ratio", text);
        Assert.Contains("effect of 1 sd", text);
        Assert.Contains("against    the mean of the classes", text);
        Assert.Contains("effect of 1 unit", Cli.Run("show", Fitted(["a", "b"], "--no-standardize")).Output);
    }

    [Fact]
    public void A_class_that_does_not_exist_is_refused_with_the_nearest()
    {
        Outcome outcome = Cli.Run("show", Fitted(["setosa", "virginica"]), "--reference", "setossa");
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.Equal("error: The model has no class 'setossa'. Did you mean 'setosa'?\n", outcome.Error);
    }

    [Fact]
    public void A_one_hot_column_names_its_reference_level()
    {
        string table = _workspace.Write("t.csv",
            "colour,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 3 == 0 ? "red" : "blue")},{(i % 2 == 0 ? "a" : "b")}\n")));
        string model = _workspace.Path("m.logits.json");
        Cli.Run("fit", table, "--label", "y", "--out", model).Succeeded();
        string text = Cli.Run("show", model).Succeeded().Output;
        Assert.Contains("colour: red  (against blue)", text);
        Assert.Contains("colour=red", text);
    }

    public void Dispose() => _workspace.Dispose();

    private string Fitted(string[] classes, params string[] more)
    {
        string model = _workspace.Path("m.logits.json");
        Cli.Run(["fit", _workspace.WriteOverlapping("table.csv", 300, classes), "--label", "label", "--out", model, .. more]).Succeeded();
        return model;
    }

    private static IEnumerable<string?> Texts(JsonElement json, string name) => json.GetProperty(name).EnumerateArray().Select(e => e.GetString());

    private static double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(e => e.GetDouble())];
}
