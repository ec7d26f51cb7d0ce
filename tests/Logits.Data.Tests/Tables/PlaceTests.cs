using CsCheck;

namespace Logits.Data.Tests.Tables;

/// <summary>A message about a value says on which line of which file it stands, or in which row where there are no lines.</summary>
public sealed class PlaceTests : IDisposable
{
    private static readonly TableEncoding Encoding = new("y", ["a", "b"], [new ColumnEncoding("x", ColumnKind.Numeric)], [], []);

    private static readonly string[] Notes = ["", "plain", "\"two\nlines\"", "\"say \"\"no\"\"\n\n\"", "\"a,b\""];

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    /// <summary>A note with line ends and quotes in it, perhaps, and blank lines after the row.</summary>
    private static readonly Gen<(string Note, int Blanks)> Row =
        Gen.Select(Gen.Int[0, Notes.Length - 1].Select(i => Notes[i]), Gen.Int[0, 11].Select(i => Math.Max(0, i - 9)));

    [Fact]
    public void Of_a_csv_it_is_the_line_on_which_the_record_starts() =>
        Gen.Select(Row.Array[1, 40], Gen.Int[0, 39], Gen.Bool).Sample(
            (rows, at, windows) =>
            {
                int bad = at % rows.Length, line = 2;
                string text = "x,note\n";
                for (int i = 0; i < rows.Length; i++)
                {
                    string row = $"{(i == bad ? "NaN" : "1")},{rows[i].Note}\n{new string('\n', rows[i].Blanks)}";
                    text += row;
                    line += i < bad ? row.Count(c => c == '\n') : 0;
                }
                string path = _folder.Write("notes.csv", windows ? text.ReplaceLineEndings("\r\n") : text);
                Assert.StartsWith($"{path}, line {line}: 'x' is not a number", Refusal(path));
            }, seed: "0N0XIzNsQ0O2", iter: 60, threads: 1);

    [Fact]
    public void Of_a_glob_it_names_the_file_too()
    {
        _folder.Write("a.csv", "x\n1\n2\n");
        _folder.Write("b.csv", "x\n");
        string c = _folder.Write("c.csv", "x\n3\nNaN\n");
        Assert.StartsWith($"{c}, line 3: 'x'", Refusal(_folder["?.csv"]));
    }

    [Theory]
    [InlineData("x\n1\n\n2\n", 3)]
    [InlineData("x\n\n1\n", 2)]
    public void A_blank_line_is_a_missing_value_where_there_is_one_column(string text, int line)
    {
        string path = _folder.Write("one.csv", text);
        Assert.StartsWith($"{path}, line {line}: 'x' is missing", Refusal(path));
    }

    [Fact]
    public void Blank_lines_above_the_header_count()
    {
        string path = _folder.Write("blank.csv", "\n\nx,u\n1,\n\n,\n");
        Assert.StartsWith($"{path}, line 6: 'x' is missing", Refusal(path));
    }

    [Fact]
    public void Compressed_files_and_standard_input_have_lines_too()
    {
        string path = _folder.WriteGzip("t.csv.gz", "x,u\n1,\n2,\n,\n");
        Assert.StartsWith($"{path}, line 4: 'x' is missing", Refusal(path));
        using TableSource input = TableSource.Open("-", null, () => File.OpenRead(path));
        Assert.StartsWith("standard input, line 4: 'x' is missing", Refusal(input));
    }

    [Fact]
    public void Elsewhere_it_is_the_row()
    {
        string path = _folder["t.parquet"];
        TestTables.DuckDb(":memory:", $"COPY (SELECT unnest(['1', '2', 'NaN']::DOUBLE[]) AS x) TO '{path}'");
        Assert.StartsWith($"{path}, row 3: 'x' is not a number", Refusal(path));
    }

    private static string Refusal(string path)
    {
        using TableSource source = TableSource.Open(path);
        return Refusal(source);
    }

    private static string Refusal(TableSource source)
    {
        using TableEncoder encoder = new(source, Encoding);
        return Assert.Throws<TableException>(() =>
        {
            while (encoder.ReadBatch())
            {
            }
        }).Message;
    }
}
