using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Data;

/// <summary>Writes a model document as JSON. Numbers are in their shortest form that reads back to the same bits.</summary>
internal static class ModelWriter
{
    public const string Format = "logits-model";

    private static readonly JsonWriterOptions Options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(ModelDocument document, Stream stream)
    {
        using Utf8JsonWriter json = new(stream, Options);
        TableEncoding encoding = document.Encoding;
        json.WriteStartObject();
        json.WriteString("format", Format);
        json.WriteNumber("schema", ModelDocument.SchemaVersion);
        json.WriteString("product", document.ProductVersion);
        json.WriteString("label", encoding.Label);
        Strings(json, "classes", encoding.Classes);
        json.WriteStartArray("columns");
        foreach (ColumnEncoding column in encoding.Columns)
            Column(json, column);
        json.WriteEndArray();
        Strings(json, "features", encoding.FeatureNames);
        Numbers(json, "centers", [.. encoding.Centers]);
        Numbers(json, "scales", [.. encoding.Scales]);
        Rows(json, "weights", document.Model.Weights, document.Model.Features);
        Numbers(json, "intercepts", document.Model.Intercepts);
        Report(json, document.Report);
        json.WriteEndObject();
    }

    private static void Column(Utf8JsonWriter json, ColumnEncoding column)
    {
        json.WriteStartObject();
        json.WriteString("name", column.Name);
        json.WriteString("kind", column.Kind.ToString().ToLowerInvariant());
        Strings(json, "levels", column.Levels);
        Numbers(json, "fill", [.. column.Fill]);
        json.WriteBoolean("missingIndicator", column.MissingIndicator);
        json.WriteEndObject();
    }

    private static void Report(Utf8JsonWriter json, FitReport report)
    {
        json.WriteStartObject("fit");
        Number(json, "objective", report.Objective);
        Number(json, "dataLoss", report.DataLoss);
        Number(json, "strength", report.Strength);
        Number(json, "gradientNorm", report.GradientNorm);
        Number(json, "gap", report.Gap);
        json.WriteBoolean("gapCertified", report.GapCertified);
        json.WriteString("stopReason", report.StopReason.ToString());
        json.WriteNumber("iterations", report.Iterations);
        json.WriteNumber("gradients", report.Gradients);
        json.WriteNumber("hessianVectorProducts", report.HessianVectorProducts);
        json.WriteNumber("otherPasses", report.OtherPasses);
        Number(json, "seconds", report.Seconds);
        json.WriteNumber("threads", report.Threads);
        json.WriteString("precision", report.Precision);
        json.WriteString("dataPrecision", report.DataPrecision);
        json.WriteNumber("rows", report.Rows);
        if (report.WeightsAre is { } meaning)
            json.WriteString("weightsAre", meaning.ToString());
        Number(json, "totalWeight", report.TotalWeight);
        json.WriteNumber("features", report.Features);
        json.WriteNumber("classes", report.Classes);
        if (report.DependentColumns.Count > 0)
            DependentColumns(json, report.DependentColumns);
        if (report.Separation is { } separation)
            Separation(json, separation, report.Features);
        json.WriteEndObject();
    }

    private static void DependentColumns(Utf8JsonWriter json, IReadOnlyList<DependentColumn> columns)
    {
        json.WriteStartArray("dependentColumns");
        foreach (DependentColumn column in columns)
        {
            json.WriteStartObject();
            json.WriteNumber("feature", column.Feature);
            json.WriteNumber("constant", column.Constant);
            Integers(json, "of", [.. column.Terms.Select(t => t.Feature)]);
            Numbers(json, "coefficients", [.. column.Terms.Select(t => t.Coefficient)]);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Separation(Utf8JsonWriter json, Separation separation, int features)
    {
        json.WriteStartObject("separation");
        json.WriteBoolean("complete", separation.Complete);
        json.WriteBoolean("maximal", separation.Maximal);
        Rows(json, "weightDirection", separation.WeightDirection.Span, features);
        Numbers(json, "interceptDirection", separation.InterceptDirection.Span);
        Integers(json, "classes", separation.Classes);
        Integers(json, "features", separation.Features);
        json.WriteNumber("separatedRows", separation.SeparatedRows);
        Integers(json, "exampleRows", separation.ExampleRows);
        json.WriteStartArray("pairs");
        foreach (ClassPair pair in separation.Pairs)
        {
            json.WriteStartObject();
            json.WriteNumber("class", pair.Class);
            json.WriteNumber("from", pair.From);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("cells");
        foreach (EmptyCell cell in separation.Cells)
        {
            json.WriteStartObject();
            json.WriteNumber("class", cell.Class);
            Integers(json, "features", cell.Features);
            Numbers(json, "values", [.. cell.Values]);
            json.WriteNumber("rows", cell.Rows);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Strings(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    private static void Integers(Utf8JsonWriter json, string name, IReadOnlyList<int> values)
    {
        json.WriteStartArray(name);
        foreach (int value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Numbers(Utf8JsonWriter json, string name, ReadOnlySpan<double> values)
    {
        json.WritePropertyName(name);
        Array(json, values);
    }

    /// <summary>A matrix as an array of its rows.</summary>
    private static void Rows(Utf8JsonWriter json, string name, ReadOnlySpan<double> values, int width)
    {
        json.WriteStartArray(name);
        for (int start = 0; start < values.Length; start += width)
            Array(json, values.Slice(start, width));
        json.WriteEndArray();
    }

    private static void Array(Utf8JsonWriter json, ReadOnlySpan<double> values)
    {
        json.WriteStartArray();
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    /// <summary>JSON has no infinities and no NaN, which a report of a fit that was stopped early may hold: they are written as text.</summary>
    private static void Number(Utf8JsonWriter json, string name, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(name, value);
        else
            json.WriteString(name, value.ToString(CultureInfo.InvariantCulture));
    }
}
