using Logits.Rows;

namespace Logits.Data.Tests.Training;

public sealed class TrainingTableTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Digits()
    {
        TrainingTable<double> table = TestTables.Read(Path.Combine(TestTables.Samples, "digits.csv"), new TrainingOptions { Label = "digit" });
        Assert.Equal(1797, table.Summary.RowsRead);
        Assert.Equal(1797, table.Summary.TrainingRows + table.Summary.TestRows);
        Assert.Equal(table.Rows.Count, table.Summary.TrainingRows);
        Assert.Equal(table.TestRows!.Count, table.Summary.TestRows);
        Assert.Equal(Enumerable.Range(0, 10).Select(k => k.ToString()), table.Encoding.Classes);
        long[] perClass = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
        Assert.Equal(perClass, table.Summary.TrainingRowsPerClass.Zip(table.Summary.TestRowsPerClass, (a, b) => a + b));
        Assert.All(table.Summary.TestRowsPerClass.Zip(perClass), c => Assert.InRange(c.First, c.Second * 0.2 - 1, c.Second * 0.2 + 1));
        // Never lit in the 1,797 images; others may be dark in the training images alone.
        Assert.Superset(new HashSet<string> { "pixel_0_0", "pixel_4_0", "pixel_4_7" }, table.Summary.ConstantColumns.ToHashSet());
        Assert.Equal(64 - table.Summary.ConstantColumns.Count, table.Rows.Features);
    }

    [Fact]
    public void Iris()
    {
        TrainingTable<double> table = TestTables.Read(Path.Combine(TestTables.Samples, "iris.csv"), new TrainingOptions { Label = "species" });
        Assert.Equal(["setosa", "versicolor", "virginica"], table.Encoding.Classes);
        Assert.Equal([40, 40, 40], table.Summary.TrainingRowsPerClass);
        Assert.Equal([10, 10, 10], table.Summary.TestRowsPerClass);
    }

    [Fact]
    public void Standardised_training_rows_have_mean_0_and_deviation_1_by_weight()
    {
        string path = _folder.Write("t.csv",
            TestTables.Csv("x,c,b,w,y", 200, i => $"{Math.Sin(i) * 40 + 1e6},{"pqr"[i * i % 3]},{(i % 7 < 3 ? "true" : "false")},{i % 4},{i / 3 % 2}"));
        TrainingTable<double> table = TestTables.Read(path, new TrainingOptions { Label = "y", Weights = "w" });
        double total = table.RowWeights.ToArray().Sum();
        for (int j = 0; j < table.Rows.Features; j++)
        {
            double mean = 0, square = 0;
            for (int i = 0; i < table.Rows.Count; i++)
            {
                mean += table.RowWeights.Span[i] * table.Rows[i][j] / total;
                square += table.RowWeights.Span[i] * table.Rows[i][j] * table.Rows[i][j] / total;
            }
            Assert.Equal(0, mean, 1e-10);
            Assert.Equal(1, square, 1e-10);
        }
    }

    [Fact]
    public void Whole_weights_are_repeated_rows()
    {
        string Row(int i) => $"{Math.Cos(i):R},{"pq"[i * i % 3 % 2]},{i % 5 % 2}";
        string weighted = _folder.Write("w.csv", TestTables.Csv("x,c,y,w", 60, i => $"{Row(i)},{i % 4}"));
        string repeated = _folder.Write("r.csv", "x,c,y\n" + string.Concat(Enumerable.Range(0, 60).SelectMany(i => Enumerable.Repeat(Row(i) + "\n", i % 4))));
        TableEncoding a = TestTables.Read(weighted, new TrainingOptions { Label = "y", Weights = "w", TestFraction = 0 }).Encoding;
        TableEncoding b = TestTables.Read(repeated, new TrainingOptions { Label = "y", TestFraction = 0 }).Encoding;
        Assert.Equal(b.FeatureNames, a.FeatureNames);
        for (int j = 0; j < a.FeatureNames.Count; j++)
        {
            Assert.Equal(b.Centers[j], a.Centers[j], 1e-13);
            Assert.Equal(b.Scales[j], a.Scales[j], 1e-13);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.3)]
    public void A_row_of_weight_zero_is_none(double testFraction)
    {
        // What a weightless row holds: a label and a category of its own, a gap, a number that would dwarf the others.
        string[] weightless = ["1e300,only,here,0", ",p,0,0", "7,,1,0", "nan,q,1,0", "3,p,,0"];
        string Row(int i) => $"{Math.Cos(i):R},{"pq"[i * i % 3 % 2]},{i % 5 % 2},{1 + i % 3}";
        string with = _folder.Write("with.csv", "x,c,y,w\n" + string.Concat(Enumerable.Range(0, 60).Select(i => $"{weightless[i % 5]}\n{Row(i)}\n")));
        string without = _folder.Write("without.csv", "x,c,y,w\n" + string.Concat(Enumerable.Range(0, 60).Select(i => Row(i) + "\n")));
        TrainingOptions options = new() { Label = "y", Weights = "w", TestFraction = testFraction };
        TrainingTable<double> a = TestTables.Read(with, options), b = TestTables.Read(without, options);
        Assert.Equal(b.Encoding.FeatureNames, a.Encoding.FeatureNames);
        Assert.Equal(b.Encoding.Classes, a.Encoding.Classes);
        Assert.Equal(b.Encoding.Centers, a.Encoding.Centers);
        Assert.Equal(b.Encoding.Scales, a.Encoding.Scales);
        Assert.Equal(b.RowWeights.ToArray(), a.RowWeights.ToArray());
        Assert.Equal(b.TestRowWeights.ToArray(), a.TestRowWeights.ToArray());
        Assert.Equal(b.Labels.Indices.ToArray(), a.Labels.Indices.ToArray());
        Assert.Equal(b.Rows.Block(0).ToArray(), a.Rows.Block(0).ToArray());
        Assert.Equal(
            (b.Summary.RowsRead, b.Summary.TrainingRows, b.Summary.TestRows, b.Summary.RowsWithoutLabel),
            (a.Summary.RowsRead, a.Summary.TrainingRows, a.Summary.TestRows, a.Summary.RowsWithoutLabel));
        Assert.Equal(60, a.Summary.RowsOfWeightZero);
        Assert.Equal(["here"], a.Summary.WeightlessClasses);
        Assert.Equal(2 * b.TableRow(3), a.TableRow(3));
    }

    [Theory]
    [InlineData("1", "2.0", null, WeightMeaning.Frequencies)]
    [InlineData("1", "2.5", null, WeightMeaning.Importances)]
    [InlineData("1", "2", WeightMeaning.Importances, WeightMeaning.Importances)]
    [InlineData("0.5", "1.5", WeightMeaning.Frequencies, WeightMeaning.Frequencies)]
    public void Whole_weights_are_frequencies_whichever_part_they_fall_in(string weight, string other, WeightMeaning? asked, WeightMeaning meaning)
    {
        for (int odd = 0; odd < 5; odd++)
        {
            string path = _folder.Write("t.csv", TestTables.Csv("x,w,y", 20, i => $"{i % 7},{(i == odd ? other : weight)},{i % 2}"));
            TrainingTable<double> table = TestTables.Read(path, new TrainingOptions { Label = "y", Weights = "w", WeightsAre = asked });
            Assert.Equal(meaning, table.WeightsAre);
            double total = 19 * double.Parse(weight, System.Globalization.CultureInfo.InvariantCulture) + double.Parse(other,
                System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(meaning == WeightMeaning.Frequencies ? (long)Math.Round(total) : 20, table.Summary.RowsRead);
        }
        Assert.Null(TestTables.ReadAll(Path.Combine(TestTables.Samples, "iris.csv"), "species").WeightsAre);
    }

    [Fact]
    public void A_class_with_some_weight_trains_whatever_is_drawn()
    {
        // Of the five rows of class c one counts.
        for (int seed = 0; seed < 20; seed++)
        {
            string path = _folder.Write("t.csv",
                TestTables.Csv("x,w,y", 60, i => $"{i % 7},{(i % 12 == 5 && i != 29 ? 0 : 1)},{(i % 12 == 5 ? "c" : i % 2 == 0 ? "a" : "b")}"));
            TrainingTable<double> table = TestTables.Read(path, new TrainingOptions { Label = "y", Weights = "w", Seed = seed });
            Assert.Equal(["a", "b", "c"], table.Encoding.Classes);
            Assert.Equal((1, 0), (table.Summary.TrainingRowsPerClass[2], table.Summary.TestRowsPerClass[2]));
        }
    }

    [Fact]
    public void A_number_or_a_text_in_each_row_of_frequency_two_is_one_in_two_rows()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("id,x,w,y", 60, i => $"{i},t{i},{(i == 0 ? 2 : 1)},{i % 2}"));
        TrainingTable<double> table = TestTables.Read(path, new TrainingOptions { Label = "y", Weights = "w" });
        Assert.Contains("id", table.Encoding.FeatureNames);
        Assert.Contains("numbers the rows",
            TestTables.Refusal(path, new TrainingOptions { Label = "y", Weights = "w", Features = ["id"], WeightsAre = WeightMeaning.Importances }));
    }

    [Fact]
    public void The_scale_of_weights_changes_nothing_however_small()
    {
        string Table(string scale) => TestTables.Csv("x,w,y", 60, i => $"{Math.Sin(i):R},{1 + i % 4}{scale},{i % 2}");
        TrainingOptions options = new() { Label = "y", Weights = "w", WeightsAre = WeightMeaning.Importances };
        TableEncoding plain = TestTables.Read(_folder.Write("a.csv", Table("")), options).Encoding;
        foreach (string scale in (string[])["e-300", "e-320", "e300"])
        {
            TableEncoding scaled = TestTables.Read(_folder.Write("b.csv", Table(scale)), options).Encoding;
            Assert.Equal(plain.Centers[0], scaled.Centers[0], scale == "e-320" ? 1e-3 : 1e-12);
            Assert.Equal(plain.Scales[0], scaled.Scales[0], scale == "e-320" ? 1e-3 : 1e-12);
        }
    }

    [Fact]
    public void Floats_keep_the_variation_of_a_column_with_a_large_offset()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("t,y", 400, i => $"{1_600_000_000 + i * 7 % 13 * 0.25},{i % 2}"));
        using TableSource source = TableSource.Open(path);
        TrainingTable<float> rounded = TrainingTable<float>.Read(source, new TrainingOptions { Label = "y" });
        TrainingTable<double> exact = TrainingTable<double>.Read(source, new TrainingOptions { Label = "y" });
        Assert.Empty(rounded.Summary.ImpreciseColumns);
        for (int i = 0; i < exact.Rows.Count; i++)
            Assert.Equal((float)exact.Rows[i][0], rounded.Rows[i][0]);
        double center = Enumerable.Range(0, (int)exact.Rows.Count).Average(i => (exact.TableRow(i) - 1) * 7 % 13 * 0.25);
        // The center is a double at 1.6e9: its last place is 2.4e-7.
        Assert.Equal(center, exact.Encoding.Centers[0] - 1_600_000_000, 1e-6);

        TrainingOptions raw = new() { Label = "y", Standardize = false };
        Assert.Equal(["t"], TrainingTable<float>.Read(source, raw).Summary.ImpreciseColumns);
        Assert.Empty(TrainingTable<double>.Read(source, raw).Summary.ImpreciseColumns);
    }

    [Fact]
    public void Columns_that_are_constant_in_training_are_dropped_and_named()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("x,one,name,empty,y", 40, i => $"{i % 5},3,same,,{i % 2}"));
        TrainingTable<double> table = TestTables.ReadAll(path, missing: MissingValues.Mean);
        Assert.Equal(["one", "name", "empty"], table.Summary.ConstantColumns);
        Assert.Equal(["x"], table.Encoding.FeatureNames);
    }

    [Fact]
    public void The_reference_is_the_most_frequent_level_and_the_first_of_equals()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("a,b,y", 40, i => $"{"zyx"[Math.Min(2, i % 5)]},{"qp"[i % 2]},{i / 2 % 2}"));
        TrainingTable<double> table = TestTables.ReadAll(path);
        Assert.Equal([["x", "y", "z"], ["p", "q"]], table.Summary.OneHotColumns.Select(c => c.Levels));
        Assert.Equal(["a=y", "a=z", "b=q"], table.Encoding.FeatureNames);
    }

    [Fact]
    public void Missing_values_are_dropped_filled_or_indicated()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("x,c,y", 40, i =>
            $"{(i == 5 ? "" : (i % 5).ToString())},{(i == 6 ? "" : i % 4 == 0 ? "b" : "a")},{(i == 9 ? "" : (i / 2 % 2).ToString())}"));
        TrainingTable<double> dropped = TestTables.ReadAll(path, missing: MissingValues.Drop);
        Assert.Equal((40, 1, 2, 37), (dropped.Summary.RowsRead, dropped.Summary.RowsWithoutLabel, dropped.Summary.RowsWithMissingValues,
            dropped.Summary.TrainingRows));
        Assert.Equal([1L, 5L, 8L, 9L, 11L], new[] { 0, 4, 5, 6, 7 }.Select(r => dropped.TableRow(r)));

        TrainingTable<double> filled = TestTables.ReadAll(path, missing: MissingValues.Mean);
        Assert.Equal([new ColumnCount("x", 1), new ColumnCount("c", 1)], filled.Summary.FilledValues);
        int[] labelled = [.. Enumerable.Range(0, 40).Where(i => i != 9)];
        double mean = labelled.Where(i => i != 5).Average(i => i % 5), share = labelled.Where(i => i != 6).Average(i => i % 4 == 0 ? 1.0 : 0);
        Assert.Equal(mean, TestTables.Column(filled, "x")[5], 1e-12);
        Assert.Equal(share, TestTables.Column(filled, "c=b")[6], 1e-12);

        TrainingTable<double> indicated = TestTables.ReadAll(path, missing: MissingValues.Indicator);
        Assert.Equal(["x", "x is missing", "c=b", "c is missing"], indicated.Encoding.FeatureNames);
        Assert.Equal(5, Array.IndexOf(TestTables.Column(indicated, "x is missing"), 1));
        Assert.Equal(1, TestTables.Column(indicated, "x is missing").Sum());
        Assert.Equal(mean, TestTables.Column(indicated, "x")[5], 1e-12);
        Assert.Equal((0, 1), (TestTables.Column(indicated, "c=b")[6], TestTables.Column(indicated, "c is missing")[6]));
    }

    [Theory]
    [InlineData(MissingValues.Mean)]
    [InlineData(MissingValues.Indicator)]
    public void Filled_columns_are_standardised_as_filled(MissingValues missing)
    {
        string path = _folder.Write("t.csv",
            TestTables.Csv("x,c,y", 90, i => $"{(i % 6 == 5 ? "" : (i % 5).ToString())},{(i % 7 == 6 ? "" : "abc"[i % 3].ToString())},{i / 2 % 2}"));
        TrainingTable<double> table = TestTables.ReadAll(path, missing: missing, standardize: true);
        foreach (string feature in table.Encoding.FeatureNames)
        {
            double[] column = TestTables.Column(table, feature);
            Assert.Equal(0, column.Average(), 1e-12);
            Assert.Equal(1, column.Average(v => v * v), 1e-12);
        }
    }

    [Theory]
    [InlineData("10,9,1.0,1", "1,9,10")]
    [InlineData("b,B,a,10", "10,B,a,b")]
    [InlineData("007,7,7.5,7", "007,7,7.5")]
    [InlineData("true,false,true,false", "false,true")]
    public void Classes_are_ordered_as_numbers_or_as_texts(string labels, string classes)
    {
        string[] label = labels.Split(',');
        string path = _folder.Write("t.csv", TestTables.Csv("x,y", 40, i => $"{i % 5},{label[i % 4]}"));
        Assert.Equal(classes.Split(','), TestTables.ReadAll(path).Encoding.Classes);
    }

    [Fact]
    public void A_floating_point_label_of_whole_numbers_names_classes_without_points()
    {
        TestTables.DuckDb(":memory:", $"COPY (SELECT (i % 5)::DOUBLE AS x, (i % 3)::DOUBLE AS y FROM range(30) r(i)) TO '{_folder["t.parquet"]}'");
        Assert.Equal(["0", "1", "2"], TestTables.ReadAll(_folder["t.parquet"]).Encoding.Classes);
    }

    [Fact]
    public void The_features_and_their_order_can_be_chosen()
    {
        string path = _folder.Write("t.csv", TestTables.Csv("a,b,c,y", 40, i => $"{i % 5},{i % 3},{i % 7},{i % 2}"));
        Assert.Equal(["c", "a"], TestTables.Read(path, new TrainingOptions { Label = "y", Features = ["c", "a", "b"], Exclude = ["b"] }).Encoding.FeatureNames);
    }

    [Fact]
    public void A_category_in_test_rows_only_is_the_reference_and_counted()
    {
        TrainingOptions options = new() { Label = "y" };
        string Table(int rare) => TestTables.Csv("x,c,y", 100, i => $"{i % 5},{(i == rare ? "rare" : i % 3 == 0 ? "a" : "b")},{i % 2}");
        TrainingTable<double> plain = TestTables.Read(_folder.Write("p.csv", Table(-1)), options);
        HashSet<long> training = [.. Enumerable.Range(0, (int)plain.Rows.Count).Select(r => plain.TableRow(r) - 1)];
        int testRow = Enumerable.Range(0, 100).First(i => !training.Contains(i));
        TrainingTable<double> table = TestTables.Read(_folder.Write("t.csv", Table(testRow)), options);
        Assert.Equal([new ColumnCount("c", 1)], table.Summary.UnseenCategories);
        Assert.Equal(["x", "c=a"], table.Encoding.FeatureNames);
    }
}
