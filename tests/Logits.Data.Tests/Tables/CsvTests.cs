namespace Logits.Data.Tests.Tables;

public sealed class CsvTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Class_names_keep_commas_quotes_line_ends_and_emoji()
    {
        string path = _folder.Write("names.csv",
            TestTables.Csv("x,y", 40, i => $"{i * 7 % 11},{(i % 4) switch { 0 => "\"a, b\"", 1 => "\"say \"\"no\"\"\"", 2 => "\"two\nlines\"", _ => "🦊" }}"));
        TrainingTable<double> table = TestTables.ReadAll(path);
        Assert.Equal(new[] { "a, b", "say \"no\"", "two\nlines", "🦊" }.Order(StringComparer.Ordinal), table.Encoding.Classes);
    }

    [Theory]
    [InlineData("NA")]
    [InlineData("n/a")]
    [InlineData("NULL")]
    [InlineData("?")]
    public void Markers_are_missing_values_in_a_numeric_column_and_categories_in_a_text_column(string marker)
    {
        string path = _folder.Write("markers.csv",
            TestTables.Csv("x,land,y", 40, i => $"{(i == 7 ? marker : (i % 5).ToString())},{(i % 2 == 0 ? marker : "DE")},{i / 3 % 2}"));
        TrainingTable<double> table = TestTables.ReadAll(path, missing: MissingValues.Drop);
        Assert.Equal(1, table.Summary.RowsWithMissingValues);
        Assert.Contains(marker, table.Encoding.Columns.Single(c => c.Name == "land").Levels);
    }

    [Fact]
    public void A_marker_far_below_the_sample_is_a_missing_value_too_and_no_row_is_lost_or_read_twice()
    {
        const int Count = 9000;
        string path = _folder.Write("late.csv",
            TestTables.Csv("x,z,y", Count, i => $"{(i == 7000 ? "NA" : (i % 1000).ToString())},{(i == 8000 ? "?" : (i % 7).ToString())},{i % 2}"));
        TrainingTable<double> table = TestTables.ReadAll(path, missing: MissingValues.Drop);
        Assert.Equal(Count, table.Summary.RowsRead);
        Assert.Equal(2, table.Summary.RowsWithMissingValues);
        Assert.Equal(Enumerable.Range(0, Count).Where(i => i is not (7000 or 8000)).Select(i => (double)(i % 1000)), TestTables.Column(table, "x"));
    }

    [Fact]
    public void Integers_may_become_decimals_below_the_sample()
    {
        string path = _folder.Write("late.csv", TestTables.Csv("x,y", 5000, i => $"{(i < 4000 ? i % 10 : i % 10 + 0.5)},{i % 2}"));
        Assert.Equal(9.5, TestTables.Column(TestTables.ReadAll(path), "x").Max());
    }

    [Fact]
    public void A_column_that_is_empty_in_the_sample_is_told_by_its_first_values()
    {
        string path = _folder.Write("late.csv",
            TestTables.Csv("x,c,y", 3000, i => $"{(i < 2000 ? "" : (i % 10).ToString())},{(i < 2500 ? "" : i % 2 == 0 ? "a" : "b")},{i / 2 % 2}"));
        using TableSource source = TableSource.Open(path);
        Assert.Equal([ColumnKind.Numeric, ColumnKind.Text, ColumnKind.Numeric], source.Columns.Select(c => c.Kind));
    }

    [Fact]
    public void Kinds_are_told_by_the_values()
    {
        string path = _folder.Write("kinds.csv",
            "n,b,t,d,time,stamp,e\n1e3,TRUE,a,2024-01-31,12:30,2024-01-31 12:30:00,\n-.5,false,b,2024-02-01,23:59:59,2024-01-31T12:30:00Z,\n");
        using TableSource source = TableSource.Open(path);
        Assert.Equal(
            [ColumnKind.Numeric, ColumnKind.Boolean, ColumnKind.Text, ColumnKind.Date, ColumnKind.Date, ColumnKind.Date, ColumnKind.Numeric],
            source.Columns.Select(c => c.Kind));
    }

    [Fact]
    public void A_column_without_a_name_is_called_by_its_position()
    {
        string path = _folder.Write("unnamed.csv", ",x,y\n1,2,3\n");
        using TableSource source = TableSource.Open(path);
        Assert.Equal(["column1", "x", "y"], source.Columns.Select(c => c.Name));
    }

    [Fact]
    public void Five_thousand_columns()
    {
        const int Width = 4999;
        string header = string.Join(',', Enumerable.Range(0, Width).Select(j => $"x{j}")) + ",y";
        string path = _folder.Write("wide.csv",
            TestTables.Csv(header, 60, i => $"{string.Join(',', Enumerable.Range(0, Width).Select(j => (i * 31 + j * 17) % 101))},{i % 3}"));
        TrainingTable<double> table = TestTables.ReadAll(path);
        Assert.Equal(Width, table.Rows.Features);
        for (int i = 0; i < 60; i++)
            Assert.Equal(Enumerable.Range(0, Width).Select(j => (double)((i * 31 + j * 17) % 101)), table.Rows[i].ToArray());
    }
}
