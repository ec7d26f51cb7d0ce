using System.Text.Json;
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

    /// <summary>The account of the fit; its objective, its penalty and a separating direction are in the units of the (standardised) training rows.</summary>
    public required FitReport Report { get; init; }

    /// <summary>Writes the document whole or not at all, as <see cref="WholeFile.Write"/> does.</summary>
    /// <exception cref="TableException">It cannot be written there.</exception>
    public void Save(string path) => WholeFile.Write(path, stream => ModelWriter.Write(this, stream));

    /// <summary>Reads a document and checks all of it.</summary>
    /// <exception cref="TableException">There is none, it is damaged, cut off, of another kind, or newer than this product.</exception>
    public static ModelDocument Load(string path)
    {
        byte[] bytes;
        try
        {
            if (Directory.Exists(path))
                throw new TableException($"{path} is a directory, not a model file.");
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new TableException($"There is no model file {path}. Train one with logits fit.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new TableException($"There is no permission to read {path}.", error);
        }
        catch (IOException error)
        {
            throw new TableException($"{path} cannot be read: {error.Message}", error);
        }
        return ModelReader.Read(path, bytes);
    }
}
