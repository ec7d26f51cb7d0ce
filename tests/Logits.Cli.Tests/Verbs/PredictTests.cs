using System.Globalization;

namespace Logits.Cli.Tests.Verbs;

public sealed class PredictTests : IDisposable
{
    private readonly Workspace _workspace = new();
    private readonly string _table;
    private readonly string _model;

    public PredictTests()
    {
        _table = _workspace.WriteOverlapping("table.csv", 300, ["a", "b", "c"]);
        _model = _workspace.Path("m.logits.json");
        Cli.Run("fit", _table, "--label", "label", "--out", _model).Succeeded();
    }

    [Fact]
    public void Writes_one_line_a_row_in_the_tables_order()
    {
        string[] lines = Lines(Cli.Run("predict", _model, _table).Succeeded().Output);
        Assert.Equal("prediction", lines[0]);
        Assert.Equal(301, lines.Length);
        Assert.All(lines.Skip(1), line => Assert.Contains(line, (string[])["a", "b", "c"]));
        string[] reversed = File.ReadAllLines(_table);
        string turned = _workspace.Write("turned.csv", string.Join('\n', reversed.Skip(1).Reverse().Prepend(reversed[0])) + "\n");
        Assert.Equal(lines.Skip(1).Reverse(), Lines(Cli.Run("predict", _model, turned).Succeeded().Output).Skip(1));
    }

    [Fact]
    public void Probabilities_sum_to_one_agree_with_the_prediction_and_read_back_exactly()
    {
        string[] lines = Lines(Cli.Run("predict", _model, _table, "--probabilities").Succeeded().Output);
        Assert.Equal("prediction,p_a,p_b,p_c", lines[0]);
        foreach (string line in lines.Skip(1))
        {
            string[] fields = line.Split(',');
            double[] p = [.. fields.Skip(1).Select(f => double.Parse(f, CultureInfo.InvariantCulture))];
            Assert.Equal(1, p.Sum(), 1e-12);
            Assert.Equal(p.Max(), p["abc".IndexOf(fields[0], StringComparison.Ordinal)]);
            Assert.Equal(fields.Skip(1), p.Select(x => x.ToString("R", CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public void The_label_column_is_not_needed_and_other_columns_are_ignored()
    {
        string[] lines = File.ReadAllLines(_table);
        string bare = _workspace.Write("bare.csv",
            "extra," + string.Join('\n', lines.Select((l, i) => i == 0 ? "x0,x1,x2" : "text," + l[..l.LastIndexOf(',')])) + "\n");
        Assert.Equal(Cli.Run("predict", _model, _table).Output, Cli.Run("predict", _model, bare).Succeeded().Output);
    }

    [Fact]
    public void Into_a_file_it_writes_the_same_and_says_how_much()
    {
        string path = _workspace.Path("out.csv");
        Outcome outcome = Cli.Run("predict", _model, _table, "--probabilities", "--out", path).Succeeded();
        Assert.Equal("", outcome.Output);
        Assert.Equal($"300 predictions written to {path}.\n", outcome.Error);
        Assert.Equal(Cli.Run("predict", _model, _table, "--probabilities").Output, File.ReadAllText(path));
        Assert.Equal(["m.logits.json", "out.csv", "table.csv"], _workspace.Files);
    }

    [Fact]
    public void A_file_is_replaced_only_by_a_whole_one()
    {
        string path = _workspace.Write("out.csv", "old");
        string[] lines = File.ReadAllLines(_table);
        string bad = _workspace.Write("bad.csv", string.Join('\n', lines) + "\nnot a number,1,1,a\n");
        Assert.Equal(ExitCode.BadInput, Cli.Run("predict", _model, bad, "--out", path).Code);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["bad.csv", "m.logits.json", "out.csv", "table.csv"], _workspace.Files);
    }

    [Fact]
    public void A_table_of_no_rows_has_no_predictions()
    {
        string path = _workspace.Write("none.csv", "x0,x1,x2\n");
        Assert.Equal("prediction\n", Cli.Run("predict", _model, path).Succeeded().Output);
    }

    [Fact]
    public void Standard_input_and_output_make_a_filter()
    {
        Outcome outcome = Cli.Shell(_workspace.Folder, "$LOGITS predict m.logits.json - < table.csv").Succeeded();
        Assert.Equal(Cli.Run("predict", _model, _table).Output, outcome.Output);
    }

    [Fact]
    public void A_reader_that_has_seen_enough_ends_it_without_a_word()
    {
        string large = _workspace.WriteOverlapping("large.csv", 60_000, ["a", "b", "c"]);
        Outcome outcome = Cli.Shell(_workspace.Folder,
            $"$LOGITS predict m.logits.json {large} --probabilities | head -n 2; exit ${{PIPESTATUS[0]}}").Succeeded();
        Assert.Equal(2, Lines(outcome.Output).Length);
        Assert.Equal("", outcome.Error);
    }

    [Fact]
    public void Output_that_is_appended_to_a_file_stays_in_place()
    {
        Outcome outcome = Cli.Shell(_workspace.Folder, "(echo before; $LOGITS predict m.logits.json table.csv; echo after) > all.txt").Succeeded();
        string[] lines = File.ReadAllLines(_workspace.Path("all.txt"));
        Assert.Equal(("before", "prediction", "after", 303), (lines[0], lines[1], lines[^1], lines.Length));
    }

    [Fact]
    public void Categories_never_met_are_taken_as_the_reference_warned_of_or_refused()
    {
        string train = _workspace.Write("train.csv",
            "colour,y\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{(i % 3 == 0 ? "red" : "blue")},{(i % 2 == 0 ? "a" : "b")}\n")));
        Cli.Run("fit", train, "--label", "y", "--out", _model).Succeeded();
        string table = _workspace.Write("new.csv", "colour\nblue\ngreen\ngreen\n");
        Outcome outcome = Cli.Run("predict", _model, table, "--probabilities").Succeeded();
        Assert.Equal("warning: colour has 2 values that training never met; taken as the reference 'blue'. --strict refuses them.\n", outcome.Error);
        string[] lines = Lines(outcome.Output);
        Assert.Equal(lines[1], lines[2]);
        Outcome strict = Cli.Run("predict", _model, table, "--strict");
        Assert.Equal(ExitCode.BadInput, strict.Code);
        Assert.Contains("green", strict.Error);
        Assert.Contains("colour", strict.Error);
    }

    public void Dispose() => _workspace.Dispose();

    private static string[] Lines(string text) => text.TrimEnd('\n').Split('\n');
}
