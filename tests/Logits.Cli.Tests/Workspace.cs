using System.Globalization;
using System.Text;

namespace Logits.Cli.Tests;

/// <summary>A folder of a test's own, gone when the test is over.</summary>
internal sealed class Workspace : IDisposable
{
    public Workspace() => Folder = Directory.CreateTempSubdirectory("logits-test-").FullName;

    public string Folder { get; }

    /// <summary>The names of all that lies in the folder.</summary>
    public string[] Files => [.. Directory.GetFileSystemEntries(Folder).Select(p => System.IO.Path.GetFileName(p)).Order(StringComparer.Ordinal)];

    public static string Samples => System.IO.Path.Combine(AppContext.BaseDirectory, "samples");

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>Writes a table of numeric columns x0, x1, … and a column label, whose classes overlap.</summary>
    public string WriteOverlapping(string name, int rows, IReadOnlyList<string> classes, int features = 3, int seed = 1)
    {
        Random random = new(seed);
        StringBuilder text = new();
        text.AppendJoin(',', Enumerable.Range(0, features).Select(j => $"x{j}")).Append(",label\n");
        for (int i = 0; i < rows; i++)
        {
            int label = i % classes.Count;
            for (int j = 0; j < features; j++)
                text.Append(CultureInfo.InvariantCulture, $"{random.NextDouble() * 4 + (j == label % features ? 1 : 0):0.####},");
            text.Append(Csv.Field(classes[label])).Append('\n');
        }
        return Write(name, text.ToString());
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
