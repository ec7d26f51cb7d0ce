using Logits.Regression;

namespace Logits.Data;

/// <summary>A fitted model with all that is needed to use it: one JSON document on disk.</summary>
public sealed record ModelDocument
{
    /// <summary>The version of the documents that this product writes, and the newest that it reads.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The version of the product that fitted the model.</summary>
    public string ProductVersion { get; init; } = typeof(ModelDocument).Assembly.GetName().Version!.ToString(3);

    /// <summary>How a table becomes rows for the model.</summary>
    public required TableEncoding Encoding { get; init; }

    /// <summary>The model, in the table's own units.</summary>
    public required SoftmaxModel Model { get; init; }

    /// <summary>The account of the fit; its objective and penalty are those of the (standardised) training rows.</summary>
    public required FitReport Report { get; init; }

    /// <summary>Writes the document whole or not at all: to a temporary file beside <paramref name="path"/>, which then replaces it.</summary>
    /// <exception cref="TableException">It cannot be written there.</exception>
    public void Save(string path) => throw new NotImplementedException();

    /// <summary>Reads a document.</summary>
    /// <exception cref="TableException">There is none, it is damaged, truncated, of another kind, or newer than this product.</exception>
    public static ModelDocument Load(string path) => throw new NotImplementedException();
}
