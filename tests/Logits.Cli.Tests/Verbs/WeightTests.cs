using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Logits.Cli.Tests.Verbs;

/// <summary>
/// A row of weight w is w rows and one of weight 0 is none, from the table to every figure that is printed; of other weights only the proportions count.
/// </summary>
public sealed class WeightTests : IDisposable
{
    private static readonly string[] Exactly = ["--float64", "--tolerance", "1e-11"];

    private readonly Workspace _workspace = new();

    [Theory]
    [InlineData(1, "")]
    [InlineData(2, "--no-standardize")]
    [InlineData(3, "--missing mean")]
    [InlineData(4, "--missing drop")]
    [InlineData(5, "--missing indicator")]
    public void A_row_of_weight_w_is_w_rows(int seed, string options)
    {
        (string weighted, string repeated) = Twins(seed, withGaps: options.StartsWith("--missing", StringComparison.Ordinal));
        string[] more = options.Length == 0 ? [] : options.Split(' ');
        string a = Fit(weighted, "a.logits.json", ["--weights", "w", .. more]), b = Fit(repeated, "b.logits.json", [.. more]);
        Assert.Equal(b, a);
        Assert.Equal(Run("show", "b.logits.json"), Run("show", "a.logits.json"));
        Close(Json("show", "b.logits.json", "--json"), Json("show", "a.logits.json", "--json"));
        if (options.Contains("drop"))
            return;
        Assert.Equal(Run("evaluate", "a.logits.json", repeated), Run("evaluate", "b.logits.json", repeated));
        Assert.Equal(Run("evaluate", "a.logits.json", repeated), Run("evaluate", "a.logits.json", weighted, "--weights", "w"));
        Close(Json("evaluate", "b.logits.json", repeated, "--json"), Json("evaluate", "a.logits.json", weighted, "--weights", "w", "--json"));
        Assert.Equal(Run("predict", "b.logits.json", weighted), Run("predict", "a.logits.json", weighted));
    }

    [Fact]
    public void Every_verb_as_a_process()
    {
        (string weighted, string repeated) = Twins(7, withGaps: false);
        string[] common = ["--label", "y", "--test", "0", .. Exactly];
        Outcome a = Cli.RunProcess(_workspace.Folder, ["fit", weighted, "--weights", "w", "--out", "a.logits.json", .. common]).Succeeded();
        Outcome b = Cli.RunProcess(_workspace.Folder, ["fit", repeated, "--out", "b.logits.json", .. common]).Succeeded();
        Assert.Contains("weights    w  (frequencies: a row of weight 2 is two rows)", a.Output);
        Assert.Contains("rows of weight 0\n", a.Output);
        Assert.Equal(Comparable(b.Output), Comparable(a.Output));
        string[][] calls = [["evaluate", "M", repeated], ["predict", "M", repeated], ["show", "M"]];
        foreach (string[] call in calls)
        {
            string[] Of(string model) => [.. call.Select(argument => argument == "M" ? model : argument)];
            Assert.Equal(Comparable(Cli.RunProcess(_workspace.Folder, Of("b.logits.json")).Succeeded().Output),
                Comparable(Cli.RunProcess(_workspace.Folder, Of("a.logits.json")).Succeeded().Output));
        }
        Assert.Equal(
            Comparable(Cli.RunProcess(_workspace.Folder, "evaluate", "b.logits.json", repeated).Output),
            Comparable(Cli.RunProcess(_workspace.Folder, "evaluate", "b.logits.json", weighted, "--weights", "w").Output));
    }

    [Fact]
    public void Only_the_proportions_of_importances_count()
    {
        (string table, _) = Twins(8, withGaps: false);
        string scaled = _workspace.Write("scaled.csv", string.Concat(File.ReadLines(table).Select((line, i) =>
            i == 0 ? line + "\n" : FormattableString.Invariant($"{line[..line.LastIndexOf(',')]},{double.Parse(line[(line.LastIndexOf(',') + 1)..], CultureInfo.InvariantCulture) * 0.0037}\n"))));
        string a = Fit(scaled, "a.logits.json", ["--weights", "w"]), b = Fit(table, "b.logits.json", ["--weights", "w", "--weights-are", "importances"]);
        Assert.Equal(b, a);
        Assert.Equal(Run("show", "b.logits.json"), Run("show", "a.logits.json"));
        string Judged(string of, params string[] more) =>
            string.Join('\n', Run(["evaluate", "a.logits.json", of, "--weights", "w", .. more]).Split('\n').Take(4).Select(l => l.Split("  (")[0]));
        Assert.Equal(Judged(table, "--weights-are", "importances"), Judged(scaled));

        JsonElement json = Json("fit", scaled, "--label", "y", "--weights", "w", "--test", "0", "--out", _workspace.Path("c.logits.json"), "--json");
        int rows = File.ReadLines(table).Skip(1).Count(l => l.Split(',') is [.., not "", not "0"]);
        Assert.Equal(("importances", rows, 1.0 / rows),
            (json.GetProperty("weightsAre").GetString(), json.GetProperty("rows").GetInt32(), json.GetProperty("strength").GetDouble()));
    }

    [Fact]
    public void The_default_strength_is_one_over_the_rows_that_the_weights_stand_for()
    {
        (string table, string repeated) = Twins(9, withGaps: false);
        double Strength(string path, params string[] more) =>
            Json(["fit", path, "--label", "y", "--test", "0", "--out", _workspace.Path("m"), "--json", .. more]).GetProperty("strength").GetDouble();
        int total = File.ReadLines(repeated).Skip(1).Count(l => !l.EndsWith(','));
        Assert.Equal(1.0 / total, Strength(repeated));
        Assert.Equal(1.0 / total, Strength(table, "--weights", "w"));
    }

    [Fact]
    public void A_class_whose_rows_all_weigh_0_is_left_out_and_named()
    {
        string table = _workspace.Write("t.csv", "a,b,c,w,y\n0,0,0,1,0\n0,0,1,1,0\n0,1,0,1,0\n0,1,1,1,1\n1,0,0,1,1\n1,0,1,1,1\n1,1,0,0,2\n1,1,1,0,2\n");
        Outcome outcome = Cli.Run("fit", table, "--label", "y", "--weights", "w", "--test", "0", "--out", _workspace.Path("m.logits.json")).Succeeded();
        Assert.Contains("2 classes: 0, 1\n", outcome.Output);
        Assert.Contains("left out   class '2': all its rows weigh 0\n", outcome.Output);
        Assert.Contains("rows       6: 6 to fit, 0 held out", outcome.Output);
        for (int seed = 0; seed < 8; seed++)
            Cli.Run("fit", table, "--label", "y", "--weights", "w", "--seed", $"{seed}", "--out", _workspace.Path("m.logits.json")).Succeeded();
        string only = _workspace.Write("only.csv", "a,w,y\n1,1,0\n2,1,0\n3,0,1\n4,0,1\n");
        Outcome refused = Cli.Run("fit", only, "--label", "y", "--weights", "w", "--out", _workspace.Path("never"));
        Assert.Equal(ExitCode.BadInput, refused.Code);
        Assert.Contains("every row has the label '0' in 'y' (rows of weight 0, which do not count, have '1')", refused.Error);
    }

    [Fact]
    public void A_meaning_needs_weights()
    {
        Outcome outcome = Cli.Run("fit", _workspace.WriteOverlapping("t.csv", 30, ["a", "b"]), "--label", "label", "--weights-are", "importances");
        Assert.Equal(ExitCode.BadInput, outcome.Code);
        Assert.StartsWith("error: --weights-are needs --weights.", outcome.Error);
    }

    public void Dispose() => _workspace.Dispose();

    /// <summary>A table of weights 0 to 4 and the same with its rows repeated; each with a category, true or false, and, if so asked, gaps.</summary>
    private (string Weighted, string Repeated) Twins(int seed, bool withGaps)
    {
        Random random = new(seed);
        StringBuilder weighted = new("x,c,b,id,y,w\n"), repeated = new("x,c,b,id,y\n");
        for (int i = 0; i < 90; i++)
        {
            string label = "pqr"[random.Next(3)].ToString();
            string row = string.Create(CultureInfo.InvariantCulture,
                $"{(withGaps && random.Next(9) == 0 ? "" : $"{random.NextDouble() * 3 + (label == "p" ? 1 : 0):0.###}")},{"stu"[random.Next(3)]},{(random.Next(2) == 0 ? "true" : "false")},{i},{(random.Next(20) == 0 ? "" : label)}");
            int weight = random.Next(5);
            weighted.Append(row).Append(CultureInfo.InvariantCulture, $",{weight}\n");
            for (int w = 0; w < weight; w++)
                repeated.Append(row).Append('\n');
        }
        return (_workspace.Write("weighted.csv", weighted.ToString()), _workspace.Write("repeated.csv", repeated.ToString()));
    }

    private string Fit(string table, string model, string[] more) =>
        Comparable(Cli.Run(["fit", table, "--label", "y", "--test", "0", "--out", _workspace.Path(model), .. Exactly, .. more]).Succeeded().Output);

    private string Run(params string[] args) => Comparable(Cli.Run(InFolder(args)).Succeeded().Output);

    private JsonElement Json(params string[] args) => Cli.Run(InFolder(args)).Succeeded().Json;

    private string[] InFolder(string[] args) =>
        [.. args.Select(a => a.EndsWith(".logits.json", StringComparison.Ordinal) && !Path.IsPathRooted(a) ? _workspace.Path(a) : a)];

    /// <summary>What twins print alike: all but the names of files, what is said of weights, and how far below its tolerance a fit ended.</summary>
    private string Comparable(string output)
    {
        string[] own = ["weights ", "gap ", "gradient ", "work ", "time ", "Model written"];
        IEnumerable<string> lines = output.Replace(_workspace.Folder + Path.DirectorySeparatorChar, "").Split('\n')
            .Where(l => !own.Any(l.TrimStart().StartsWith) && !l.Contains("of weight 0", StringComparison.Ordinal));
        return string.Join('\n', lines).Replace("weighted.csv", "T").Replace("repeated.csv", "T").Replace("scaled.csv", "T").Replace("a.logits.json",
            "M").Replace("b.logits.json", "M");
    }

    private static void Close(JsonElement expected, JsonElement actual)
    {
        Assert.Equal(expected.ValueKind, actual.ValueKind);
        if (expected.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty member in expected.EnumerateObject().Where(m => m.Name is not ("model" or "table" or "weightsAre" or "rowsOfWeightZero")))
                Close(member.Value, actual.GetProperty(member.Name));
        else if (expected.ValueKind == JsonValueKind.Array)
            foreach ((JsonElement a, JsonElement b) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
                Close(a, b);
        else if (expected.ValueKind == JsonValueKind.Number)
            Assert.Equal(expected.GetDouble(), actual.GetDouble(), 1e-4 * Math.Max(1, Math.Abs(expected.GetDouble())));
        else
            Assert.Equal(expected.ToString(), actual.ToString());
    }
}
