using System.IO.Compression;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>The first rows of the benchmark problem, 784 pixels in ten classes; Reference/images.py says how they were made.</summary>
internal static class BenchmarkImages
{
    public const int Count = 6000;

    public const double Strength = 1e-4;

    /// <summary>The least objective at that strength, which images.py found with other software.</summary>
    public const double Optimum = 0.648371104315;

    private const int Features = 784, Classes = 10;

    public static (DenseRows<float> Rows, Labels Labels) Read()
    {
        using GZipStream stream = new(File.OpenRead(Path.Combine(Repository.Root, "tests", "Logits.Tests", "Reference", "images.gz")),
            CompressionMode.Decompress);
        byte[] labels = new byte[Count], pixels = new byte[Count * Features];
        stream.ReadExactly(labels);
        stream.ReadExactly(pixels);
        return (new DenseRows<float>(Array.ConvertAll(pixels, p => p / 255f), Count, Features),
            Labels.FromIndices(Array.ConvertAll(labels, k => (int)k), Classes));
    }
}
