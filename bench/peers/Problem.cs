using System.Globalization;
using System.Runtime.InteropServices;

/// <summary>The benchmark problem of make_images.py, its first rows, and how a peer hands back its weights.</summary>
internal sealed class Problem
{
    public const int Features = 784, Classes = 10;
    public const double Strength = 1e-4;

    private Problem(float[] x, int[] y) => (X, Y) = (x, y);

    public float[] X { get; }
    public int[] Y { get; }
    public int Rows => Y.Length;

    public static Problem Read(string folder, int rows) =>
        new(ReadValues<float>(Path.Combine(folder, "img_x.f32"), rows * Features), ReadValues<int>(Path.Combine(folder, "img_y.i32"), rows));

    /// <summary>K×d weights and then K intercepts, float64.</summary>
    public static void Write(string path, ReadOnlySpan<double> weights, ReadOnlySpan<double> intercepts)
    {
        using FileStream file = File.Create(path);
        file.Write(MemoryMarshal.AsBytes(weights));
        file.Write(MemoryMarshal.AsBytes(intercepts));
    }

    /// <summary>The most memory this process has held, as Linux counts it (VmHWM).</summary>
    public static double PeakResidentMegabytes()
    {
        string line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        return 1024e-6 * long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    private static T[] ReadValues<T>(string path, int count) where T : unmanaged
    {
        T[] values = new T[count];
        using FileStream file = File.OpenRead(path);
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
