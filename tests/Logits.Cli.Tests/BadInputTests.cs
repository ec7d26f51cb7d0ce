using System.Text;

namespace Logits.Cli.Tests;

/// <summary>What cannot be used is refused in a sentence that says what, where and what to do, with exit code 2 and nothing left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly Workspace _workspace = new();

    public static TheoryData<string, string, string[], string[]> Tables => new()
    {
        // name, content, further arguments of fit, what the sentence must say
        { "empty.csv", "", [], ["empty.csv", "is empty"] },
        { "header.csv", "x,y\n", [], ["header.csv", "no rows"] },
        { "ragged.csv", "x,y\n1,a\n2,b,extra\n3,a\n", [], ["ragged.csv", "line 3", "3", "2"] },
        { "text.csv", Rows(40, i => i == 29 ? "oops,a" : $"{i},{"ab"[i % 2]}"), [], ["text.csv", "line 31", "'x'", "oops"] },
        { "label.csv", Rows(40, i => $"{i},{"ab"[i % 2]}"), ["--label", "yy"], ["label.csv", "'yy'", "Did you mean 'y'?"] },
        { "one.csv", Rows(40, i => $"{i},a"), [], ["every row", "'y'", "'a'"] },
        { "many.csv", Rows(40, i => $"{i % 3},{i * 1.5}"), [], ["'y'", "40", "regression"] },
        { "nan.csv", Rows(40, i => (i == 4 ? "NaN" : $"{i}") + $",{"ab"[i % 2]}"), [], ["nan.csv", "line 6", "'x'"] },
        { "infinite.csv", Rows(40, i => (i == 4 ? "inf" : $"{i}") + $",{"ab"[i % 2]}"), [], ["infinite.csv", "line 6", "'x'"] },
        { "negative.csv", Weighted(i => i == 4 ? "-1" : "1"), ["--weights", "w"], ["negative.csv", "line 6", "'w'", "-1"] },
        { "zero.csv", Weighted(_ => "0"), ["--weights", "w"], ["'w'", "0"] },
        { "missing.csv", Weighted(i => i == 4 ? "" : "1"), ["--weights", "w"], ["'w'", "line 6", "missing"] },
        { "noweights.csv", Rows(40, i => $"{i},{"ab"[i % 2]}"), ["--weights", "w"], ["noweights.csv", "'w'"] },
        { "gaps.csv", Rows(40, i => (i == 4 ? "" : $"{i}") + $",{"ab"[i % 2]}"), [], ["x", "1", "--missing"] },
        { "table.xlsx", "PK", [], ["table.xlsx", "known format", ".csv"] },
        { "twice.csv", "x,y,y\n1,a,b\n2,b,a\n", [], ["twice.csv", "two columns", "'y'"] },
        { "id.csv", Rows(40, i => $"id-{i},{"ab"[i % 2]}"), [], ["'x'", "--exclude"] },
        { "dates.csv", Rows(40, i => $"2024-01-{1 + i % 28:00},{"ab"[i % 2]}"), [], ["'x'", "--exclude"] },
        { "feature.csv", Rows(40, i => $"{i},{"ab"[i % 2]}"), ["--features", "z"], ["feature.csv", "'z'"] },
        { "binary.csv", "x,y\n\0\u0001\u0002", [], ["binary.csv"] },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void A_table_that_cannot_be_learnt_from(string name, string content, string[] more, string[] parts)
    {
        string table = _workspace.Write(name, content);
        string[] label = more.Contains("--label") ? [] : ["--label", "y"];
        Refused(["fit", table, .. label, .. more, "--out", _workspace.Path("m.logits.json")], parts);
        Assert.Equal([name], _workspace.Files);
    }

    [Fact]
    public void A_file_that_is_not_there()
    {
        _workspace.Write("digits.csv", "x,y\n");
        Refused(["fit", _workspace.Path("digit.csv"), "--label", "y"], ["There is no file", "digit.csv"]);
        Refused(["predict", _workspace.Path("none.logits.json"), _workspace.Path("digits.csv")], ["none.logits.json"]);
    }

    [Fact]
    public void A_folder()
    {
        Refused(["fit", _workspace.Folder, "--label", "y"], [_workspace.Folder, "is a directory", "*.csv"]);
        Refused(["show", _workspace.Folder], [_workspace.Folder]);
        Refused(["fit", Usable(), "--label", "label", "--out", _workspace.Folder], [_workspace.Folder, "is a folder"]);
        Refused(["fit", Usable(), "--label", "label", "--out", _workspace.Path("no/m.json")], ["no folder", "--out"]);
    }

    [Fact]
    public void A_model_that_is_none()
    {
        string table = Usable(), model = _workspace.Path("m.logits.json");
        Cli.Run("fit", table, "--label", "label", "--out", model).Succeeded();
        string text = File.ReadAllText(model);

        string truncated = _workspace.Write("truncated.logits.json", text[..(text.Length / 2)]);
        string other = _workspace.Write("other.logits.json", "{\"kind\": \"something else\"}");
        string newer = _workspace.Write("newer.logits.json", NewerSchema(text));
        foreach (string verb in (string[])["predict", "evaluate", "show"])
        {
            string[] rest = verb == "show" ? [] : [table];
            Refused([verb, truncated, .. rest], ["truncated.logits.json"]);
            Refused([verb, other, .. rest], ["other.logits.json"]);
            Refused([verb, newer, .. rest], ["newer.logits.json", "newer"]);
            Refused([verb, table, .. rest], ["table.csv"]);
        }
    }

    [Fact]
    public void A_table_that_lacks_a_column_of_the_model()
    {
        string model = _workspace.Path("m.logits.json");
        Cli.Run("fit", Usable(), "--label", "label", "--out", model).Succeeded();
        string lacking = _workspace.Write("lacking.csv", "x0,x2,label\n1,2,a\n");
        Refused(["predict", model, lacking, "--out", _workspace.Path("p.csv")], ["lacking.csv", "'x1'"]);
        Refused(["evaluate", model, lacking], ["lacking.csv", "'x1'"]);
        string unlabelled = _workspace.Write("unlabelled.csv", "x0,x1,x2\n1,2,3\n");
        Refused(["evaluate", model, unlabelled], ["unlabelled.csv", "'label'"]);
        string missing = _workspace.Write("gap.csv", "x0,x1,x2\n1,2,3\n1,,3\n");
        Refused(["predict", model, missing, "--out", _workspace.Path("p.csv")], ["'x1'", "missing"]);
        Assert.False(File.Exists(_workspace.Path("p.csv")));
    }

    [Fact]
    public void A_value_so_large_that_the_logits_overflow()
    {
        // In thousandths of a unit the coefficients are large.
        string table = _workspace.Write("small.csv", Rows(40, i => $"{i * 1e-6},{(i + i % 3 < 20 ? 'a' : 'b')}")), model = _workspace.Path("m.logits.json");
        Cli.Run("fit", table, "--label", "y", "--out", model).Succeeded();
        string huge = _workspace.Write("huge.csv", "x,y\n1,a\n1e308,a\n");
        Refused(["predict", model, huge, "--out", _workspace.Path("p.csv")], ["huge.csv", "logits overflow"]);
        Refused(["evaluate", model, huge], ["huge.csv", "logits overflow"]);
        Assert.False(File.Exists(_workspace.Path("p.csv")));
    }

    [Fact]
    public void No_permission()
    {
        if (!IsRoot())
            Assert.Skip("Only root can become a user without permissions.");
        string table = Usable(), model = _workspace.Path("m.logits.json");
        Cli.Run("fit", table, "--label", "label", "--out", model).Succeeded();
        _workspace.Write("open.csv", File.ReadAllText(table));
        Cli.Shell(_workspace.Folder, "chmod 600 table.csv; chmod 755 .").Succeeded();

        Outcome unreadable = AsNobody("$LOGITS fit table.csv --label label --out /tmp/never.logits.json");
        Assert.Equal(ExitCode.BadInput, unreadable.Code);
        Assert.Contains("no permission to read", unreadable.Error, StringComparison.Ordinal);
        Outcome unwritable = AsNobody("$LOGITS fit open.csv --label label --out here.logits.json");
        Assert.Equal(ExitCode.BadInput, unwritable.Code);
        Assert.Contains("here.logits.json", unwritable.Error);
        Assert.Contains("--out", unwritable.Error);
        Outcome prediction = AsNobody("$LOGITS predict m.logits.json open.csv --out here.csv");
        Assert.Equal(ExitCode.BadInput, prediction.Code);
        Assert.Contains("no permission to write here.csv", prediction.Error);
        Assert.Equal(["m.logits.json", "open.csv", "table.csv"], _workspace.Files);
    }

    [Fact]
    public void A_disk_that_is_full()
    {
        string disk = Directory.CreateDirectory(_workspace.Path("disk")).FullName;
        if (!IsRoot() || Cli.Shell(_workspace.Folder, "mount -t tmpfs -o size=64k tmpfs disk").Code != 0)
            Assert.Skip("Only root can mount a small disk.");
        try
        {
            string table = _workspace.WriteOverlapping("table.csv", 20_000, ["a", "b", "c"]), model = _workspace.Path("m.logits.json");
            Cli.Run("fit", table, "--label", "label", "--out", model).Succeeded();
            Refused(["predict", model, table, "--probabilities", "--out", Path.Combine(disk, "p.csv")], ["p.csv cannot be written", "space"]);
            Outcome full = Cli.Shell(_workspace.Folder, "$LOGITS predict m.logits.json table.csv --probabilities > disk/p.csv");
            Assert.Equal(ExitCode.BadInput, full.Code);
            Assert.Contains("space", full.Error);
            File.Delete(Path.Combine(disk, "p.csv"));

            string wide = _workspace.WriteOverlapping("wide.csv", 60, ["a", "b", "c"], features: 2000);
            Refused(["fit", wide, "--label", "label", "--out", Path.Combine(disk, "m.logits.json")], ["m.logits.json", "space"]);
            Assert.Empty(Directory.GetFileSystemEntries(disk));
        }
        finally
        {
            Assert.Equal(0, Cli.Shell(_workspace.Folder, "umount disk").Code);
        }
    }

    [Fact]
    public void Bytes_that_are_no_text()
    {
        string table = _workspace.Write("latin1.csv",
            [.. Encoding.ASCII.GetBytes("x,y\n"), .. Encoding.Latin1.GetBytes(Rows(40, i => $"{i},{(i % 2 == 0 ? "café" : "tea")}")[4..])]);
        Refused(["fit", table, "--label", "y", "--out", _workspace.Path("m")], ["latin1.csv", "UTF-8"]);
    }

    public void Dispose() => _workspace.Dispose();

    private static void Refused(string[] args, string[] parts)
    {
        Outcome outcome = Cli.Run(args);
        Assert.True(outcome.Code == ExitCode.BadInput, $"exit code {outcome.Code}: {outcome.Error}{outcome.Output}");
        Assert.Equal("", outcome.Output);
        Assert.StartsWith("error: ", outcome.Error);
        Assert.Equal('\n', outcome.Error[^1]);
        Assert.DoesNotContain('\n', outcome.Error[..^1]);
        Assert.DoesNotContain("Exception", outcome.Error);
        Assert.All(parts, part => Assert.Contains(part, outcome.Error));
    }

    private static string Rows(int count, Func<int, string> row) =>
        "x,y\n" + string.Concat(Enumerable.Range(0, count).Select(i => FormattableString.Invariant($"{row(i)}") + "\n"));

    private static string Weighted(Func<int, string> weight) =>
        "x,y,w\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i},{"ab"[i % 2]},{weight(i)}\n"));

    private static string NewerSchema(string model)
    {
        string newer = System.Text.RegularExpressions.Regex.Replace(model, "(\"schema[A-Za-z]*\"\\s*:\\s*)1", "${1}999");
        Assert.NotEqual(model, newer);
        return newer;
    }

    private static bool IsRoot() => OperatingSystem.IsLinux() && Environment.UserName == "root";

    private string Usable() => _workspace.WriteOverlapping("table.csv", 60, ["a", "b", "c"]);

    private Outcome AsNobody(string line) =>
        Cli.Shell(_workspace.Folder, $"setpriv --reuid=65534 --regid=65534 --clear-groups env HOME=/tmp DOTNET_CLI_HOME=/tmp {line}");
}
