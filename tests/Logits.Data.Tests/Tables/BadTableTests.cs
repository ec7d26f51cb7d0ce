using System.Data;
using System.Runtime.Versioning;
using System.Text;

namespace Logits.Data.Tests.Tables;

/// <summary>Each bad table is refused with a sentence that says what, where and what to do, and never with DuckDB's own paragraphs.</summary>
public sealed class BadTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static void AssertSays(string message, params string[] parts)
    {
        foreach (string part in parts)
            Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
        Assert.DoesNotContain("auto_detect", message, StringComparison.Ordinal);
    }

    private string Refusal(string name, string text) => TestTables.Refusal(_folder.Write(name, text));

    [Fact]
    public void No_such_file()
    {
        _folder.Write("flowers.csv", "x,y\n");
        AssertSays(TestTables.Refusal(_folder["flower.csv"]), "no file", "Did you mean", "flowers.csv");
        AssertSays(TestTables.Refusal(_folder["zzz.csv"]), "There is no file");
        AssertSays(TestTables.Refusal(_folder["none/zzz.csv"]), "There is no file", "folder");
        AssertSays(TestTables.Refusal(_folder["none*.csv"]), "No file matches");
    }

    [Fact]
    public void A_directory() => AssertSays(TestTables.Refusal(_folder.Root), "is a directory", "*.csv");

    [Fact]
    public void Unknown_format() => AssertSays(Refusal("table.xlsx", "x"), "table.xlsx is of no known format", ".parquet");

    [Theory]
    [InlineData("empty.csv", "")]
    [InlineData("blank.csv", "\n\n")]
    [InlineData("empty.json", "")]
    [InlineData("empty.parquet", "")]
    public void Empty_file(string name, string text) => AssertSays(Refusal(name, text), name, "is empty");

    [Theory]
    [InlineData("x,y\n")]
    [InlineData("x,y")]
    public void Header_only(string text) => AssertSays(Refusal("header.csv", text), "header.csv", "no rows");

    [Theory]
    [InlineData("1,a\n2,b\n3\n", 4, 1)]
    [InlineData("1,a\n\"2\n2\",b\n3,4,c\n", 5, 3)]
    public void Ragged_row(string rows, int line, int fields) =>
        AssertSays(Refusal("ragged.csv", "x,y\n" + rows), $"ragged.csv, line {line} has {fields} fields", "header has 2");

    [Fact]
    public void Ragged_row_below_the_sample_and_beyond_the_columns_used()
    {
        string path = _folder.Write("ragged.csv", TestTables.Csv("x,u,y", 5000, i => $"{i % 10},{(i == 4000 ? "3,3" : "3")},{i % 2}"));
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "y", Features = ["x"] }), "line 4002 has 4 fields", "header has 3");
    }

    [Theory]
    [InlineData(50)]
    [InlineData(4500)]
    public void Text_in_a_numeric_column(int row)
    {
        string path = _folder.Write("text.csv", TestTables.Csv("x,y", 5000, i => $"{(i == row ? "tall" : (i % 10).ToString())},{i % 2}"));
        AssertSays(TestTables.Refusal(path), $"line {row + 2}", "'x' is a numeric column", "'tall'");
    }

    [Fact]
    public void Text_in_a_boolean_column()
    {
        string path = _folder.Write("text.csv", TestTables.Csv("x,y", 5000, i => $"{(i == 4500 ? "maybe" : i % 3 == 0 ? "true" : "false")},{i % 2}"));
        AssertSays(TestTables.Refusal(path), "line 4502", "'x' is a true/false column", "'maybe'");
    }

    [Fact]
    public void Quote_that_is_not_closed() => AssertSays(Refusal("quote.csv", "x,y\n1,a\n2,\"b\n3,a\n"), "line 3", "not closed");

    [Fact]
    public void Not_utf8() =>
        AssertSays(TestTables.Refusal(_folder.Write("latin.csv", Encoding.Latin1.GetBytes("x,y\n1,a\n2,é\n3,a\n"))), "line 3", "not UTF-8");

    [Fact]
    public void Utf16() => AssertSays(TestTables.Refusal(_folder.Write("wide.csv", Encoding.Unicode.GetBytes("x,y\n1,a\n"))), "not a UTF-8 text");

    [Fact]
    public void Mixed_line_ends() => AssertSays(Refusal("mixed.csv", "x,y\n1,a\r\n2,b\r\n\"3\",b"), "line 2", "line ends");

    [Fact]
    public void Two_columns_of_one_name()
    {
        AssertSays(Refusal("twice.csv", "y,x,y\n1,2,3\n"), "two columns named 'y'", "columns 1 and 3");
        using DataTable data = new();
        data.Columns.Add("y");
        data.Columns.Add("z");
        using DataTableReader reader = data.CreateDataReader();
        AssertSays(Assert.Throws<TableException>(() => TableSource.FromReader(new TwiceNamed(reader), "votes")).Message, "votes", "two columns named 'y'");
    }

    [Fact]
    public void Files_with_different_headers()
    {
        _folder.Write("a.csv", "x,y\n1,a\n");
        _folder.Write("b.csv", "y,x\nb,2\n");
        AssertSays(TestTables.Refusal(_folder["?.csv"]), "b.csv has other columns than");
    }

    [Fact]
    public void Files_of_different_formats()
    {
        _folder.Write("a.csv", "x,y\n1,a\n");
        _folder.Write("a.json", "{}");
        AssertSays(TestTables.Refusal(_folder["a.*"]), "different formats");
    }

    [Fact]
    public void No_such_column()
    {
        string path = _folder.Write("t.csv", "petal_width,species\n1,a\n");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "specis" }), "no label column 'specis'", "Did you mean 'species'?");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "species", Exclude = ["petalwidth"] }), "no column to exclude 'petalwidth'",
            "'petal_width'");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "quality" }), "Its columns are 'petal_width', 'species'");
    }

    [Fact]
    public void Columns_with_two_roles()
    {
        string path = _folder.Write("t.csv", "x,w,y\n1,1,a\n");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "y", Weights = "y" }), "both the label and the weights");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "y", Features = ["x", "y"] }), "both the label and a feature");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "y", Weights = "w", Features = ["w"] }), "both the weights and a feature");
        AssertSays(TestTables.Refusal(path, new TrainingOptions { Label = "y", Exclude = ["x", "w"] }), "no column is left");
    }

    [Fact]
    public void A_label_with_one_class() => AssertSays(Refusal("one.csv", "x,y\n1,a\n2,a\n3,\n"), "every row has the label 'a'", "two classes");

    [Fact]
    public void A_label_that_is_always_missing() => AssertSays(Refusal("none.csv", "x,y\n1,\n2,\n"), "'y' is empty in every row");

    [Fact]
    public void More_classes_than_half_the_rows() =>
        AssertSays(Refusal("many.csv", TestTables.Csv("x,y", 9, i => $"{i % 2},{i / 9.0 + (i > 6 ? 1 : 0)}")), "9 classes in 9 rows", "regression target");

    [Theory]
    [InlineData("NaN", "not a number")]
    [InlineData("inf", "infinite")]
    [InlineData("-Infinity", "infinite")]
    [InlineData("1e999", "infinite")]
    public void Numbers_that_are_not_finite(string value, string says)
    {
        string path = _folder.Write("t.csv", TestTables.Csv("x,y", 40, i => $"{(i == 22 ? value : (i % 5).ToString())},{i % 2}"));
        AssertSays(TestTables.Refusal(path), "line 24", "'x'", says);
        using TableSource good = TableSource.Open(_folder.Write("good.csv", TestTables.Csv("x,y", 40, i => $"{i % 5},{i % 2}")));
        TableEncoding encoding = TrainingTable<double>.Read(good, new TrainingOptions { Label = "y" }).Encoding;
        using TableSource bad = TableSource.Open(path);
        using TableEncoder encoder = new(bad, encoding);
        AssertSays(Assert.Throws<TableException>(() => encoder.ReadBatch()).Message, "line 24", "'x'", says);
    }

    [Fact]
    public void Dates_lists_and_rows_of_ids()
    {
        AssertSays(Refusal("d.csv", TestTables.Csv("x,day,y", 9, i => $"{i % 3},2024-01-0{i + 1},{i % 2}")), "'day' holds dates", "--exclude day");
        AssertSays(Refusal("l.jsonl", TestTables.Csv("", 9, i => $"{{\"x\":[{i}],\"y\":{i % 2}}}").TrimStart()), "'x' holds lists");
        AssertSays(Refusal("i.csv", TestTables.Csv("x,name,y", 9, i => $"{i % 3},n{i},{i % 2}")), "'name' has a different text in every row", "--exclude name");
        AssertSays(Refusal("n.csv", TestTables.Csv("x,id,y", 60, i => $"{i % 3},{(i * 7 % 60) + 100},{i % 2}")), "'id' numbers the rows", "--exclude id");
        AssertSays(Refusal("m.csv", TestTables.Csv("x,word,y", 3000, i => $"{i % 3},w{i % 1500},{i % 2}")), "'word' has more than 1000 different texts");
    }

    [Fact]
    public void Columns_of_one_value_only() => AssertSays(Refusal("c.csv", "x,y\n1,a\n1,b\n1,a\n1,b\n"), "every feature has one value", "'x'");

    [Fact]
    public void Missing_values_without_a_remedy()
    {
        string path = _folder.Write("m.csv", TestTables.Csv("x,z,y", 20, i => $"{(i % 4 == 0 ? "" : i % 3)},{(i == 3 ? "" : "a" + i % 2)},{i % 2}"));
        AssertSays(TestTables.Refusal(path), "5 in 'x'", "1 in 'z'", "--missing drop", "mean", "indicator");
    }

    [Fact]
    public void Weights()
    {
        string Table(string weight) => TestTables.Csv("x,w,y", 20, i => $"{i % 3},{(i == 6 ? weight : "1")},{i / 2 % 2}");
        TrainingOptions options = new() { Label = "y", Weights = "w" };
        AssertSays(TestTables.Refusal(_folder.Write("n.csv", Table("-1")), options), "line 8", "weight in 'w' is -1");
        AssertSays(TestTables.Refusal(_folder.Write("m.csv", Table("")), options), "line 8", "weight in 'w' is missing");
        AssertSays(TestTables.Refusal(_folder.Write("i.csv", Table("inf")), options), "line 8", "weight in 'w' is ");
        AssertSays(TestTables.Refusal(_folder.Write("z.csv", TestTables.Csv("x,w,y", 20, i => $"{i % 3},0,{i % 2}")), options), "weights in 'w' are 0");
        AssertSays(TestTables.Refusal(_folder.Write("t.csv", TestTables.Csv("x,w,y", 20, i => $"{i % 3},{(i % 2 == 0 ? "heavy" : "light")},{i % 2}")),
            options), "'w' does not hold numbers");
    }

    [Fact]
    public void Damaged_files_of_other_formats()
    {
        AssertSays(Refusal("bad.parquet", "x,y\n1,2\n"), "bad.parquet cannot be read", "too small to be a Parquet file");
        AssertSays(Refusal("bad.jsonl", "{\"x\":1,\"y\":\"a\"}\n{\"x\":2,\"y\":\n"), "bad.jsonl cannot be read", "Malformed JSON");
        AssertSays(Refusal("bad.csv.gz", "x,y\n1,2\n"), "bad.csv.gz cannot be read");
    }

    [Fact]
    public void Queries()
    {
        string database = _folder["t.duckdb"];
        TestTables.DuckDb(database, "CREATE TABLE t AS SELECT 1 AS x");
        AssertSays(Assert.Throws<TableException>(() => TableSource.Open(database)).Message, "--query");
        AssertSays(Assert.Throws<TableException>(() => TableSource.Open(database, "select nothing from t")).Message, "The query on", "failed", "nothing");
        AssertSays(Assert.Throws<TableException>(() => TableSource.Open(database, "drop table t")).Message, "The query on", "failed");
        AssertSays(Assert.Throws<TableException>(() => TableSource.Open(_folder.Write("t.csv", "x,y\n"), "select 1")).Message, "not a database");
        AssertSays(TestTables.Refusal(_folder.Write("bad.duckdb", "no database")), "--query");
        AssertSays(Assert.Throws<TableException>(() => TableSource.Open(_folder["bad.duckdb"], "select 1")).Message, "bad.duckdb cannot be read");
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void No_permission_to_read()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "The superuser may read everything.");
        string path = _folder.Write("secret.csv", "x,y\n1,a\n");
        File.SetUnixFileMode(path, UnixFileMode.None);
        AssertSays(TestTables.Refusal(path), "no permission to read", "secret.csv");
        AssertSays(Assert.Throws<TableException>(() => ModelDocument.Load(path)).Message, "no permission to read");
    }

    [Fact]
    public void Cancelling_ends_the_reading()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("x,y", 5000, i => $"{i % 10},{i % 2}"));
        using TableSource source = TableSource.Open(path);
        using CancellationTokenSource cancel = new();
        List<long> reports = [];
        Assert.Throws<OperationCanceledException>(() => TrainingTable<float>.Read(
            source, new TrainingOptions { Label = "y" }, new Immediately(rows => { reports.Add(rows); cancel.Cancel(); }), cancel.Token));
        Assert.Single(reports);
        reports.Clear();
        TrainingTable<float>.Read(source, new TrainingOptions { Label = "y" }, new Immediately(reports.Add));
        Assert.Equal(10_000, reports[^1]);
        Assert.Equal(reports.Order(), reports);
    }

    private sealed class Immediately(Action<long> report) : IProgress<long>
    {
        public void Report(long value) => report(value);
    }
}
