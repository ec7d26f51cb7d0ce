using System.Globalization;
using System.Text.Json;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Data;

/// <summary>Reads a model document and refuses whatever is not wholly one.</summary>
internal static class ModelReader
{
    public static ModelDocument Read(string path, ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Span.Trim(" \r\n\t\0"u8).IsEmpty)
            throw new TableException($"{path} is empty, not a model file.");
        try
        {
            using JsonDocument json = JsonDocument.Parse(bytes);
            return Document(path, json.RootElement);
        }
        catch (JsonException error)
        {
            ReadOnlySpan<byte> content = bytes.Span.TrimEnd(" \r\n\t\0"u8);
            throw content[0] != (byte)'{' ? Foreign(path)
                : content[^1] != (byte)'}' ? new TableException($"{path} is cut off: it ends in the middle of the document. Copy it again, or train again.",
                    error)
                : new TableException($"{path} is damaged: line {error.LineNumber + 1} is not JSON. Copy it again, or train again.", error);
        }
        catch (Exception error) when (error is FormatException or ArgumentException or InvalidOperationException or OverflowException)
        {
            throw new TableException($"{path} is damaged: {error.Message} Copy it again, or train again.", error);
        }
    }

    private static ModelDocument Document(string path, JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out JsonElement format)
            || format.ValueKind != JsonValueKind.String || format.GetString() != ModelWriter.Format)
            throw Foreign(path);
        int schema = Integer(root, "schema");
        string product = Text(root, "product");
        if (schema > ModelDocument.SchemaVersion)
            throw new TableException(
                $"{path} is a model of schema {schema}, written by version {product}; this version reads schemas up to {ModelDocument.SchemaVersion}. Use a newer version.");
        if (schema < 1)
            throw new FormatException($"there is no schema {schema}.");
        TableEncoding encoding = new(
            Text(root, "label"), Texts(root, "classes"), [.. Items(root, "columns").Select(Column)], Numbers(root, "centers"), Numbers(root, "scales"));
        if (!Texts(root, "features").SequenceEqual(encoding.FeatureNames))
            throw new FormatException("its features are not those of its columns.");
        int classes = encoding.Classes.Count, features = encoding.FeatureNames.Count;
        SoftmaxModel model = new(Matrix(root, "weights", classes, features), Sized(Numbers(root, "intercepts"), classes, "intercepts"));
        return new ModelDocument { ProductVersion = product, Encoding = encoding, Model = model, Report = Report(Member(root, "fit"), classes, features) };
    }

    private static TableException Foreign(string path) => new($"{path} is not a model of this product. A model file is what logits fit writes.");

    private static ColumnEncoding Column(JsonElement json) =>
        new(Text(json, "name"), Named<ColumnKind>(json, "kind"))
        {
            Levels = Texts(json, "levels"),
            Fill = Numbers(json, "fill"),
            MissingIndicator = Boolean(json, "missingIndicator"),
        };

    private static FitReport Report(JsonElement json, int classes, int features)
    {
        if (Integer(json, "classes") != classes || Integer(json, "features") != features)
            throw new FormatException("its fit has other sizes than its model.");
        return new FitReport
        {
            Objective = Number(json, "objective"),
            DataLoss = Number(json, "dataLoss"),
            Strength = Number(json, "strength"),
            GradientNorm = Number(json, "gradientNorm"),
            Gap = Number(json, "gap"),
            GapCertified = Boolean(json, "gapCertified"),
            StopReason = Named<StopReason>(json, "stopReason"),
            Iterations = Integer(json, "iterations"),
            Gradients = Integer(json, "gradients"),
            HessianVectorProducts = Integer(json, "hessianVectorProducts"),
            OtherPasses = Integer(json, "otherPasses"),
            Seconds = Number(json, "seconds"),
            Threads = Integer(json, "threads"),
            Precision = Text(json, "precision"),
            DataPrecision = Text(Optional(json, "dataPrecision") ?? Member(json, "precision"), () => "dataPrecision"),
            Rows = Long(json, "rows"),
            WeightsAre = Optional(json, "weightsAre") is null ? null : Named<WeightMeaning>(json, "weightsAre"),
            TotalWeight = Optional(json, "totalWeight") is null ? 0 : Number(json, "totalWeight"),
            Features = features,
            Classes = classes,
            DependentColumns = [.. OptionalItems(json, "dependentColumns").Select(c => DependentColumn(c, features))],
            Separation = Optional(json, "separation") is { } separation ? Separation(separation, classes, features) : null,
        };
    }

    private static Separation Separation(JsonElement json, int classes, int features) => new()
    {
        Complete = Boolean(json, "complete"),
        WeightDirection = Matrix(json, "weightDirection", classes, features),
        InterceptDirection = Sized(Numbers(json, "interceptDirection"), classes, "interceptDirection"),
        Classes = Integers(json, "classes", classes),
        Features = Integers(json, "features", features),
        SeparatedRows = Long(json, "separatedRows"),
        ExampleRows = Integers(json, "exampleRows", int.MaxValue),
        Maximal = Optional(json, "maximal") is not null && Boolean(json, "maximal"),
        Pairs = [.. OptionalItems(json, "pairs").Select(p => new ClassPair(Index(p, "class", classes), Index(p, "from", classes)))],
        Cells = [.. OptionalItems(json, "cells").Select(c => Cell(c, classes, features))],
    };

    private static EmptyCell Cell(JsonElement json, int classes, int features)
    {
        int[] columns = Integers(json, "features", features);
        return new EmptyCell(Index(json, "class", classes), columns, Sized(Numbers(json, "values"), columns.Length, "values"), Long(json, "rows"));
    }

    private static DependentColumn DependentColumn(JsonElement json, int features)
    {
        int[] columns = Integers(json, "of", features);
        double[] coefficients = Sized(Numbers(json, "coefficients"), columns.Length, "coefficients");
        return new DependentColumn(Index(json, "feature", features), Finite(Member(json, "constant"), "constant"), [.. columns.Zip(coefficients)]);
    }

    /// <summary>What documents of earlier versions may lack.</summary>
    private static JsonElement? Optional(JsonElement json, string name) => json.TryGetProperty(name, out JsonElement member) ? member : null;

    private static IEnumerable<JsonElement> OptionalItems(JsonElement json, string name) => Optional(json, name) is null ? [] : Items(json, name);

    private static JsonElement Member(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement member)
            ? member : throw new FormatException($"'{name}' is missing.");

    private static IEnumerable<JsonElement> Items(JsonElement json, string name)
    {
        JsonElement member = Member(json, name);
        return member.ValueKind == JsonValueKind.Array ? member.EnumerateArray() : throw Wrong(name);
    }

    private static string Text(JsonElement json, string name) => Text(Member(json, name), () => name);

    private static string Text(JsonElement value, Func<string> name) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : throw Wrong(name());

    private static string[] Texts(JsonElement json, string name) => [.. Items(json, name).Select(v => Text(v, () => name))];

    private static bool Boolean(JsonElement json, string name) => Member(json, name) is { ValueKind: JsonValueKind.True or JsonValueKind.False } value
        ? value.GetBoolean() : throw Wrong(name);

    private static int Integer(JsonElement json, string name) => WholeNumber(Member(json, name), name);

    private static long Long(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Number } value && value.TryGetInt64(out long number) && number >= 0 ? number : throw Wrong(name);

    private static int Index(JsonElement json, string name, int end) => Integer(json, name) is int index && index < end ? index : throw Wrong(name);

    private static int WholeNumber(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number >= 0 ? number : throw Wrong(name);

    private static int[] Integers(JsonElement json, string name, int end)
    {
        int[] numbers = [.. Items(json, name).Select(v => WholeNumber(v, name))];
        return numbers.All(n => n < end) ? numbers : throw Wrong(name);
    }

    private static double Number(JsonElement json, string name)
    {
        JsonElement value = Member(json, name);
        if (value.ValueKind == JsonValueKind.String && double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            && !double.IsFinite(number))
            return number;
        return Finite(value, name);
    }

    private static double[] Numbers(JsonElement json, string name) => [.. Items(json, name).Select(v => Finite(v, name))];

    private static double Finite(JsonElement value, string name) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && double.IsFinite(number) ? number : throw Wrong(name);

    private static double[] Sized(double[] values, int length, string name) => values.Length == length ? values : throw Wrong(name);

    private static double[] Matrix(JsonElement json, string name, int rows, int columns)
    {
        double[] values = new double[(long)rows * columns];
        int row = 0;
        foreach (JsonElement line in Items(json, name))
        {
            if (row == rows || line.ValueKind != JsonValueKind.Array || line.GetArrayLength() != columns)
                throw Wrong(name);
            int column = 0;
            foreach (JsonElement value in line.EnumerateArray())
                values[row * columns + column++] = Finite(value, name);
            row++;
        }
        return row == rows ? values : throw Wrong(name);
    }

    private static T Named<T>(JsonElement json, string name) where T : struct, Enum =>
        Text(json, name) is { Length: > 0 } text && char.IsAsciiLetter(text[0]) && Enum.TryParse(text, ignoreCase: true, out T value)
            ? value : throw Wrong(name);

    private static FormatException Wrong(string name) => new($"'{name}' is not what it should be.");
}
