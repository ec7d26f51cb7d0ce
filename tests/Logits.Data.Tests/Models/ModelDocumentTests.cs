using System.Text;
using CsCheck;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Data.Tests.Models;

public sealed class ModelDocumentTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static readonly Gen<string> Name = Gen.String[Gen.Char["aé,\"\n ☃"], 1, 5];

    private static readonly Gen<double> Number = Gen.OneOf(Gen.Double[-1e9, 1e9], Gen.Double[-1, 1], Gen.Const(-0.0), Gen.Const(double.Epsilon), Gen.Const(double.MaxValue));

    private static Gen<double[]> Numbers(int count) => Number.Array[count];

    private static readonly Gen<ModelDocument> Documents =
        from classes in Gen.Int[2, 4]
        from columns in Gen.Int[1, 4]
        from kinds in Gen.Int[0, 2].Array[columns]
        from names in Name.Array[columns + classes + 1]
        from indicator in Gen.Bool
        from standardized in Gen.Bool
        let encodings = kinds.Select((k, i) => new ColumnEncoding($"{names[i]}{i}", (ColumnKind)k)
        {
            Levels = k == (int)ColumnKind.Text ? ["x🦊", names[i], "z\u0001"] : [],
            Fill = k == (int)ColumnKind.Text ? [0.25, 1 / 3.0] : [-1e-300],
            MissingIndicator = indicator,
        }).ToArray()
        let features = encodings.Sum(e => e.FeatureCount)
        from weights in Numbers(classes * features)
        from intercepts in Numbers(classes)
        from centers in Numbers(features)
        from infinite in Gen.Bool
        select new ModelDocument
        {
            Encoding = new TableEncoding(
                names[columns], [.. Enumerable.Range(0, classes).Select(k => $"{names[columns + 1 + k]}{k}")], encodings,
                standardized ? centers : [], standardized ? [.. centers.Select(c => Math.Abs(c) + 1e-3)] : []),
            Model = new SoftmaxModel(weights, intercepts),
            Report = Report(classes, features, infinite),
        };

    private static FitReport Report(int classes, int features, bool separated) => new()
    {
        Objective = 0.1, DataLoss = 1 / 3.0, Strength = 1e-4, GradientNorm = 1e-9, Gap = separated ? double.PositiveInfinity : 1e-7, GapCertified = !separated,
        StopReason = separated ? StopReason.NoFiniteOptimum : StopReason.Converged, Iterations = 7, Gradients = 8, HessianVectorProducts = 30, OtherPasses = 2,
        Seconds = 0.25, Threads = 2, Precision = "float64", DataPrecision = "float32", Rows = separated ? 3_000_000_000 : 120, Features = features, Classes = classes,
        WeightsAre = separated ? WeightMeaning.Importances : null, TotalWeight = separated ? 70.5 : 120,
        DependentColumns = separated ? [new DependentColumn(0, -0.5, [(0, 1 / 3.0)]), new DependentColumn(0, 2, [])] : [],
        Separation = !separated ? null : new Separation
        {
            Complete = false, WeightDirection = new double[classes * features], InterceptDirection = new double[classes], Classes = [0, 1], Features = [0],
            SeparatedRows = 2_500_000_000, ExampleRows = [1, 2, 119], Maximal = true, Pairs = [new ClassPair(0, 1), new ClassPair(1, 0)], Cells = [new EmptyCell(1, [0], [-1.5], 237)],
        },
    };

    private static ModelDocument Example => Documents.Single(_ => true, "0N0XIzNsQ0O2");

    [Fact]
    public void What_is_saved_is_loaded_to_the_last_bit() => Documents.Sample(document =>
    {
        string path = _folder["model.json"];
        document.Save(path);
        ModelDocument loaded = ModelDocument.Load(path);
        Assert.Equal(document.ProductVersion, loaded.ProductVersion);
        Assert.Equal(document.Encoding.Label, loaded.Encoding.Label);
        Assert.Equal(document.Encoding.Classes, loaded.Encoding.Classes);
        Assert.Equal(document.Encoding.FeatureNames, loaded.Encoding.FeatureNames);
        Assert.Equal(Bits(document.Encoding.Centers), Bits(loaded.Encoding.Centers));
        Assert.Equal(Bits(document.Encoding.Scales), Bits(loaded.Encoding.Scales));
        foreach ((ColumnEncoding a, ColumnEncoding b) in document.Encoding.Columns.Zip(loaded.Encoding.Columns))
        {
            Assert.Equal((a.Name, a.Kind, a.MissingIndicator), (b.Name, b.Kind, b.MissingIndicator));
            Assert.Equal(a.Levels, b.Levels);
            Assert.Equal(Bits(a.Fill), Bits(b.Fill));
        }
        Assert.Equal(Bits(document.Model.Weights.ToArray()), Bits(loaded.Model.Weights.ToArray()));
        Assert.Equal(Bits(document.Model.Intercepts.ToArray()), Bits(loaded.Model.Intercepts.ToArray()));
        Assert.Equal(document.Report with { Separation = null, DependentColumns = [] }, loaded.Report with { Separation = null, DependentColumns = [] });
        Assert.Equal(document.Report.DependentColumns.Select(c => (c.Feature, c.Constant)), loaded.Report.DependentColumns.Select(c => (c.Feature, c.Constant)));
        Assert.Equal(document.Report.DependentColumns.SelectMany(c => c.Terms), loaded.Report.DependentColumns.SelectMany(c => c.Terms));
        Assert.Equal(document.Report.Separation?.ExampleRows, loaded.Report.Separation?.ExampleRows);
        Assert.Equal(document.Report.Separation?.Pairs, loaded.Report.Separation?.Pairs);
        Assert.Equal((document.Report.Separation?.Maximal, document.Report.Separation?.SeparatedRows), (loaded.Report.Separation?.Maximal, loaded.Report.Separation?.SeparatedRows));
        foreach ((EmptyCell a, EmptyCell b) in (document.Report.Separation?.Cells ?? []).Zip(loaded.Report.Separation?.Cells ?? []))
        {
            Assert.Equal((a.Class, a.Rows), (b.Class, b.Rows));
            Assert.Equal(a.Features, b.Features);
            Assert.Equal(a.Values, b.Values);
        }
        Assert.Equal(document.Report.Separation?.Cells.Count, loaded.Report.Separation?.Cells.Count);
        // Written again, it is the same file.
        byte[] bytes = File.ReadAllBytes(path);
        loaded.Save(path);
        Assert.Equal(bytes, File.ReadAllBytes(path));
    }, iter: 200, threads: 1, seed: "0N0XIzNsQ0O2");

    private static IEnumerable<long> Bits(IEnumerable<double> values) => values.Select(BitConverter.DoubleToInt64Bits);

    [Fact]
    public void A_file_cut_off_anywhere_is_refused()
    {
        Example.Save(_folder["model.json"]);
        byte[] bytes = File.ReadAllBytes(_folder["model.json"]);
        int end = Encoding.UTF8.GetString(bytes).TrimEnd().Length;
        for (int length = 0; length < bytes.Length - 1; length += 1 + length % 7)
        {
            string path = _folder.Write("cut.json", bytes[..length]);
            string message = Assert.Throws<TableException>(() => ModelDocument.Load(path)).Message;
            Assert.True(message.Contains("is cut off") || message.Contains("is damaged") || message.Contains("is empty"), message);
        }
    }

    [Theory]
    [InlineData("\"schema\": 1", "\"schema\": 2", "schema 2", "Use a newer version")]
    [InlineData("\"format\": \"logits-model\"", "\"format\": \"other\"", "not a model")]
    [InlineData("\"weights\"", "\"weight\"", "damaged", "'weights' is missing")]
    [InlineData("\"intercepts\": [", "\"intercepts\": [1,", "damaged", "'intercepts'")]
    [InlineData("\"intercepts\": [", "\"intercepts\": [\"a\",", "damaged", "'intercepts'")]
    [InlineData("\"objective\": 0.1", "\"objective\": 1e999", "damaged", "'objective'")]
    [InlineData("\"fit\": {", "\"fit\": {{", "damaged", "not JSON")]
    [InlineData("\"kind\": \"", "\"kind\": \"q", "damaged", "'kind'")]
    [InlineData("\"classes\": [", "\"classes\": [\"extra\",", "damaged")]
    [InlineData("\"stopReason\": \"", "\"stopReason\": \"3", "damaged", "'stopReason'")]
    public void Damage_is_named(string original, string replacement, params string[] says)
    {
        Example.Save(_folder["model.json"]);
        string text = File.ReadAllText(_folder["model.json"]);
        int at = text.IndexOf(original, StringComparison.Ordinal);
        Assert.True(at >= 0);
        string path = _folder.Write("damaged.json", string.Concat(text.AsSpan(0, at), replacement, text.AsSpan(at + original.Length)));
        string message = Assert.Throws<TableException>(() => ModelDocument.Load(path)).Message;
        foreach (string part in says)
            Assert.Contains(part, message);
    }

    [Theory]
    [InlineData("{\"a\": 1}")]
    [InlineData("[1, 2]")]
    [InlineData("x,y\n1,2\n")]
    [InlineData("3")]
    public void Other_files_are_no_models(string text) =>
        Assert.Contains("is not a model", Assert.Throws<TableException>(() => ModelDocument.Load(_folder.Write("other.json", text))).Message);

    [Fact]
    public void Files_that_cannot_be_read()
    {
        Assert.Contains("There is no model file", Assert.Throws<TableException>(() => ModelDocument.Load(_folder["none.json"])).Message);
        Assert.Contains("is a directory", Assert.Throws<TableException>(() => ModelDocument.Load(_folder.Root)).Message);
    }
}
