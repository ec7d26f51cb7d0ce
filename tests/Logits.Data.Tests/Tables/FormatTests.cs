using System.Data;
using System.Text;

namespace Logits.Data.Tests.Tables;

/// <summary>The same four-column table, in every form that can be read, becomes the same rows.</summary>
public sealed class FormatTests : IDisposable
{
    private const int Count = 60;
    private readonly TestFolder _folder = new();
    private readonly string _csv;

    public FormatTests() => _csv = _folder.Write("table.csv", TestTables.Csv("size,color,fresh,y", Count, Row));

    private static FormattableString Row(int i) =>
        $"{i * i % 17 / 4.0},{(i % 3 == 0 ? "red" : "blue")},{(i % 4 == 0 ? "true" : "false")},{(i % 2 == 0 ? "no" : "yes")}";

    public void Dispose() => _folder.Dispose();

    private static void AssertIsTheTable(TableSource source)
    {
        using (source)
        {
            TrainingTable<double> table = TrainingTable<double>.Read(source, new TrainingOptions { Label = "y", TestFraction = 0, Standardize = false });
            Assert.Equal(["size", "color=red", "fresh"], table.Encoding.FeatureNames);
            Assert.Equal(["no", "yes"], table.Encoding.Classes);
            Assert.Equal("blue", table.Encoding.Columns[1].Reference);
            Assert.Equal(Count, table.Rows.Count);
            for (int i = 0; i < Count; i++)
            {
                Assert.Equal([i * i % 17 / 4.0, i % 3 == 0 ? 1 : 0, i % 4 == 0 ? 1 : 0], table.Rows[i].ToArray());
                Assert.Equal(i % 2, table.Labels.Indices[i]);
            }
        }
    }

    [Fact]
    public void Csv() => AssertIsTheTable(TableSource.Open(_csv));

    [Fact]
    public void Compressed_csv() => AssertIsTheTable(TableSource.Open(_folder.WriteGzip("table.csv.gz", File.ReadAllText(_csv))));

    [Fact]
    public void Tsv() => AssertIsTheTable(TableSource.Open(_folder.Write("table.tsv", File.ReadAllText(_csv).Replace(',', '\t'))));

    [Fact]
    public void Semicolons() => AssertIsTheTable(TableSource.Open(_folder.Write("semi.csv", File.ReadAllText(_csv).Replace(',', ';'))));

    [Fact]
    public void Windows_line_ends_and_byte_order_mark() =>
        AssertIsTheTable(TableSource.Open(_folder.Write("bom.csv",
            [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(File.ReadAllText(_csv).ReplaceLineEndings("\r\n"))])));

    [Fact]
    public void No_line_end_after_the_last_row() => AssertIsTheTable(TableSource.Open(_folder.Write("open.csv", File.ReadAllText(_csv).TrimEnd())));

    [Fact]
    public void Parquet()
    {
        TestTables.DuckDb(":memory:", $"COPY (SELECT size, color::ENUM('red', 'blue') AS color, fresh, y FROM read_csv('{_csv}', types = {{'y': 'VARCHAR'}})) TO '{_folder["table.parquet"]}'");
        AssertIsTheTable(TableSource.Open(_folder["table.parquet"]));
    }

    [Theory]
    [InlineData("json", "ARRAY true")]
    [InlineData("jsonl", "ARRAY false")]
    [InlineData("ndjson", "ARRAY false")]
    public void Json(string extension, string option)
    {
        string path = _folder[$"table.{extension}"];
        TestTables.DuckDb(":memory:", $"COPY (FROM read_csv('{_csv}', types = {{'y': 'VARCHAR'}})) TO '{path}' (FORMAT json, {option})");
        AssertIsTheTable(TableSource.Open(path));
    }

    [Fact]
    public void A_query_of_a_database()
    {
        string path = _folder["table.duckdb"];
        TestTables.DuckDb(path, $"CREATE TABLE t AS FROM read_csv('{_csv}', types = {{'y': 'VARCHAR'}})");
        AssertIsTheTable(TableSource.Open(path, "select size, color, fresh, y from t;"));
    }

    [Fact]
    public void A_glob_in_the_order_of_the_names()
    {
        string[] lines = File.ReadAllLines(_csv);
        _folder.Write("part[2].csv", string.Join('\n', lines.Skip(21).Prepend(lines[0])));
        _folder.Write("part[1].csv", string.Join('\n', lines.Take(21)));
        AssertIsTheTable(TableSource.Open(_folder["part*.csv"]));
    }

    [Theory]
    [InlineData("table.csv")]
    [InlineData("table.csv.gz")]
    [InlineData("table.parquet")]
    [InlineData("table.jsonl")]
    public void Standard_input(string name)
    {
        switch (name)
        {
            case "table.csv.gz": Compressed_csv(); break;
            case "table.parquet": Parquet(); break;
            case "table.jsonl": Json("jsonl", "ARRAY false"); break;
        }
        AssertIsTheTable(TableSource.Open("-", null, () => File.OpenRead(_folder[name])));
    }

    [Fact]
    public void A_database_reader()
    {
        using DataTable data = new();
        data.Columns.Add("size", typeof(decimal));
        data.Columns.Add("color", typeof(string));
        data.Columns.Add("fresh", typeof(bool));
        data.Columns.Add("y", typeof(string));
        for (int i = 0; i < Count; i++)
            data.Rows.Add(i * i % 17 / 4m, i % 3 == 0 ? "red" : "blue", i % 4 == 0, i % 2 == 0 ? "no" : "yes");
        using DataTableReader reader = data.CreateDataReader();
        AssertIsTheTable(TableSource.FromReader(reader, "votes"));
    }

    [Theory]
    [InlineData(typeof(sbyte))]
    [InlineData(typeof(byte))]
    [InlineData(typeof(short))]
    [InlineData(typeof(ushort))]
    [InlineData(typeof(int))]
    [InlineData(typeof(uint))]
    [InlineData(typeof(long))]
    [InlineData(typeof(ulong))]
    [InlineData(typeof(float))]
    [InlineData(typeof(double))]
    [InlineData(typeof(decimal))]
    public void A_database_reader_of_any_numbers(Type type)
    {
        using DataTable data = new();
        data.Columns.Add("x", type);
        data.Columns.Add("X", typeof(double));
        data.Columns.Add("y", typeof(long));
        data.Columns.Add("when", typeof(DateTime));
        for (int i = 0; i < 10; i++)
            data.Rows.Add(Convert.ChangeType(i * 3 % 7, type), i % 5, 9_007_199_254_740_993L - i % 2, DateTime.UnixEpoch);
        using DataTableReader reader = data.CreateDataReader();
        using TableSource source = TableSource.FromReader(reader, "numbers");
        TrainingTable<double> table = TrainingTable<double>.Read(
            source, new TrainingOptions { Label = "y", Exclude = ["when"], TestFraction = 0, Standardize = false });
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)(i * 3 % 7)), TestTables.Column(table, "x"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => (double)(i % 5)), TestTables.Column(table, "X"));
        Assert.Equal(["9007199254740992", "9007199254740993"], table.Encoding.Classes);
    }

    [Fact]
    public void Temporary_files_are_removed()
    {
        string temporary = Path.GetTempPath();
        HashSet<string> before = [.. Directory.GetDirectories(temporary, "logits-*")];
        TableSource source = TableSource.Open("-", null, () => File.OpenRead(_csv));
        string[] during = [.. Directory.GetDirectories(temporary, "logits-*").Where(d => File.Exists(Path.Combine(d, "input.csv")))];
        Assert.NotEmpty(during.Except(before));
        string content = File.ReadAllText(_csv);
        string own = during.First(d => File.ReadAllText(Path.Combine(d, "input.csv")) == content && !before.Contains(d));
        source.Dispose();
        Assert.False(Directory.Exists(own));
    }
}
