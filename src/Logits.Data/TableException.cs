namespace Logits.Data;

/// <summary>
/// Bad input: a table or a model file that cannot be used as asked. The message is one or two sentences for the user: what, where, and what to do.
/// </summary>
public sealed class TableException : Exception
{
    /// <summary>An error with its sentence.</summary>
    public TableException(string message) : base(message) { }

    /// <summary>An error with its sentence and its cause.</summary>
    public TableException(string message, Exception cause) : base(message, cause) { }

    /// <summary>A value as a message shows it: on one line, and not the whole of a long text.</summary>
    internal static string Shorten(string value)
    {
        string line = value.ReplaceLineEndings(" ");
        return line.Length <= 40 ? line : line[..40] + "…";
    }
}
