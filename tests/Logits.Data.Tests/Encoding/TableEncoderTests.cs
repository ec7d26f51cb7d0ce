namespace Logits.Data.Tests.EncodingLaws;

public sealed class TableEncoderTests : IDisposable
{
    private readonly TestFolder _folder = new();
    private readonly TableEncoding _encoding;

    public TableEncoderTests() =>
        _encoding = TestTables.ReadAll(_folder.Write("train.csv",
            TestTables.Csv("size,color,y", 60, i => $"{i % 5},{(i % 3 == 0 ? "red" : "blue")},{i / 2 % 2}"))).Encoding;

    public void Dispose() => _folder.Dispose();

    private double[] Encode(string text, out TableEncoder encoder, bool strict = false, bool labels = false)
    {
        using TableSource source = TableSource.Open(_folder.Write("new.csv", text));
        encoder = new TableEncoder(source, _encoding, strict, labels);
        List<double> rows = [];
        while (encoder.ReadBatch())
            rows.AddRange(encoder.Rows);
        encoder.Dispose();
        return [.. rows];
    }

    private string Refusal(string text, bool strict = false, bool labels = false) =>
        Assert.Throws<TableException>(() => Encode(text, out _, strict, labels)).Message;

    [Fact]
    public void Other_columns_and_another_order_do_not_matter() =>
        Assert.Equal([2, 1, 3.5, 0], Encode("when,color,other,size\n2024-01-01,red,,2\n2024-01-02,blue,x,3.5\n", out _));

    [Fact]
    public void Unseen_categories_are_the_reference_and_counted()
    {
        Assert.Equal([2, 0, 3, 1, 4, 0], Encode("size,color\n2,green\n3,red\n4,pink\n", out TableEncoder encoder));
        Assert.Equal([new ColumnCount("color", 2)], encoder.UnseenCategories);
        string message = Refusal("size,color\n3,red\n4,pink\n", strict: true);
        Assert.Contains("new.csv, line 3", message);
        Assert.Contains("'color' holds 'pink'", message);
    }

    [Fact]
    public void A_lacking_column_is_named_with_the_nearest_that_exists()
    {
        string message = Refusal("size,colour\n2,red\n");
        Assert.Contains("no column 'color'", message);
        Assert.Contains("Did you mean 'colour'?", message);
    }

    [Fact]
    public void Missing_values_are_refused_where_training_had_no_replacement()
    {
        string message = Refusal("size,color\n2,red\n,red\n");
        Assert.Contains("new.csv, line 3", message);
        Assert.Contains("'size' is missing", message);
        Assert.Contains("--missing", message);
        Assert.Contains("'color' is missing", Refusal("size,color\n2,\n"));
    }

    [Fact]
    public void Numbers_may_stand_in_a_text_column_and_not_the_other_way_round()
    {
        Assert.Equal([1, 0, 2, 0], Encode("size,color\n1,3\n2,4\n", out _));
        string message = Refusal("size,color\n1,red\nbig,red\nbig,red\n");
        Assert.Contains("line 3", message);
        Assert.Contains("'big'", message);
        Assert.Contains("dates", Refusal("size,color\n2024-01-01,red\n"));
    }

    [Fact]
    public void Text_in_a_typed_file_is_read_as_numbers_or_refused_by_row()
    {
        TestTables.DuckDb(":memory:", $"COPY (SELECT '2' AS size, 'red' AS color UNION ALL SELECT 'x', 'red') TO '{_folder["t.parquet"]}'");
        using TableSource source = TableSource.Open(_folder["t.parquet"]);
        using TableEncoder encoder = new(source, _encoding);
        string message = Assert.Throws<TableException>(() => encoder.ReadBatch()).Message;
        Assert.Contains("row 2 of 'size' holds the text 'x'", message);
    }

    [Fact]
    public void Labels_are_read_on_request()
    {
        Encode("size,color,y\n1,red,1.0\n2,blue,0\n3,red,\n4,red,1\n", out TableEncoder encoder, labels: true);
        Assert.Equal((4, 1), (encoder.RowsRead, encoder.RowsWithoutLabel));
        using TableSource source = TableSource.Open(_folder["new.csv"]);
        using TableEncoder again = new(source, _encoding, withLabels: true);
        Assert.True(again.ReadBatch());
        Assert.Equal([1, 0, 1], again.Labels.ToArray());
        Assert.Equal(3, again.Count);
        Assert.Contains("label '7'", Refusal("size,color,y\n1,red,7\n", labels: true));
        Assert.Contains("no label column 'y'", Refusal("size,color\n1,red\n", labels: true));
    }

    [Fact]
    public void Standard_input_is_read_too()
    {
        string path = _folder.Write("piped.csv", "size,color\n1,red\n");
        using TableSource source = TableSource.Open("-", null, () => File.OpenRead(path));
        using TableEncoder encoder = new(source, _encoding);
        Assert.True(encoder.ReadBatch());
        Assert.Equal([1, 1], encoder.Rows.ToArray());
        Assert.False(encoder.ReadBatch());
    }
}
