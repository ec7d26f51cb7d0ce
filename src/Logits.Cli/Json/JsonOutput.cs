using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Logits.Cli.Terminal;

namespace Logits.Cli.Json;

/// <summary>One JSON document on standard output, for machines: numbers at full precision, null where a number is not finite.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        NewLine = "\n",
        Converters = { new FiniteDouble() },
    };

    public static void Write<T>(Screen screen, T document)
    {
        JsonSerializer.Serialize(screen.Bytes, document, Options);
        screen.Bytes.Write("\n"u8);
        screen.Bytes.Flush();
    }

    private sealed class FiniteDouble : JsonConverter<double>
    {
        public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDouble();

        public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
        {
            if (double.IsFinite(value))
                writer.WriteNumberValue(value);
            else
                writer.WriteNullValue();
        }
    }
}
