using CsCheck;
using System.Globalization;

namespace Logits.Data.Tests.EncodingLaws;

public sealed class EncoderLaws : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed record Cell(double Number, int Level, bool Flag, bool NoNumber, bool NoLevel, bool NoFlag);

    private static readonly Gen<Cell> Cells = Gen.Select(
        Gen.Double[-1e6, 1e6], Gen.Int[0, 3], Gen.Bool, Gen.Int[0, 9], Gen.Int[0, 9],
        (number, level, flag, a, b) => new Cell(number, level, flag, a == 0, b == 0, a == 1));

    private string Write(Cell[] cells) => _folder.Write("t.csv", "n,c,f,y\n" + string.Concat(cells.Select((c, i) => string.Create(CultureInfo.InvariantCulture,
        $"{(c.NoNumber ? "" : c.Number.ToString("R", CultureInfo.InvariantCulture))},{(c.NoLevel ? "" : $"\"level, {c.Level}\"")},{(c.NoFlag ? "" : c.Flag ? "true" : "false")},{i / 2 % 2}\n"))));

    [Theory]
    [InlineData(MissingValues.Mean, true)]
    [InlineData(MissingValues.Mean, false)]
    [InlineData(MissingValues.Indicator, true)]
    [InlineData(MissingValues.Indicator, false)]
    public void Training_rows_are_what_the_encoder_gives_standardised(MissingValues missing, bool standardize) =>
        Cells.Array[12, 60].Sample(cells =>
        {
            // A column needs two values to be one.
            cells[0] = new Cell(1, 0, true, false, false, false);
            cells[1] = cells[2] = new Cell(2, 1, false, false, false, false);
            string path = Write(cells);
            using TableSource source = TableSource.Open(path);
            TrainingTable<double> table = TrainingTable<double>.Read(source, new TrainingOptions { Label = "y", Missing = missing, Standardize = standardize });
            TableEncoding encoding = table.Encoding;
            using TableEncoder encoder = new(source, encoding, withLabels: true);
            List<double[]> rows = [];
            List<int> labels = [];
            while (encoder.ReadBatch())
            {
                labels.AddRange(encoder.Labels);
                for (int i = 0; i < encoder.Count; i++)
                    rows.Add(encoder.Rows.Slice(i * encoding.FeatureNames.Count, encoding.FeatureNames.Count).ToArray());
            }
            Assert.Equal(cells.Length, rows.Count);
            for (int i = 0; i < table.Rows.Count; i++)
            {
                int row = (int)table.TableRow(i) - 1;
                Assert.Equal(labels[row], table.Labels.Indices[i]);
                for (int j = 0; j < rows[row].Length; j++)
                    Assert.Equal(standardize ? (rows[row][j] - encoding.Centers[j]) / encoding.Scales[j] : rows[row][j], table.Rows[i][j]);
            }
        }, iter: 25, threads: 1, seed: "0N0XIzNsQ0O2");

    [Fact]
    public void Batches_do_not_depend_on_how_the_table_is_cut()
    {
        string Row(int i) => string.Create(CultureInfo.InvariantCulture, $"{Math.Sin(i):R},{"abc"[i % 3]},{i % 2}\n");
        const int Count = 7000;
        string one = _folder.Write("all.csv", "x,c,y\n" + string.Concat(Enumerable.Range(0, Count).Select(Row)));
        for (int part = 0; part < 7; part++)
            _folder.Write($"part{part}.csv", "x,c,y\n" + string.Concat(Enumerable.Range(part * 1000, 1000).Select(Row)));
        using TableSource whole = TableSource.Open(one), parts = TableSource.Open(_folder["part*.csv"]);
        TrainingOptions options = new() { Label = "y" };
        TrainingTable<double> a = TrainingTable<double>.Read(whole, options), b = TrainingTable<double>.Read(parts, options);
        Assert.Equal(a.Encoding.Centers, b.Encoding.Centers);
        Assert.Equal(a.Encoding.Scales, b.Encoding.Scales);
        Assert.Equal(a.Labels.Indices.ToArray(), b.Labels.Indices.ToArray());
        for (int block = 0; block < a.Rows.BlockCount; block++)
            Assert.Equal(a.Rows.Block(block).ToArray(), b.Rows.Block(block).ToArray());
    }
}
