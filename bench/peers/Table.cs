using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

/// <summary>A benchmark table in a folder, as problems.py describes it, and how a peer hands back its weights.</summary>
internal sealed class Table
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNameCaseInsensitive = true };

    private readonly string _folder;
    private readonly Header _header;

    public Table(string folder)
    {
        _folder = folder;
        _header = JsonSerializer.Deserialize<Header>(File.ReadAllText(Path.Combine(folder, "table.json")), Names)!;
    }

    public int Rows => _header.Rows;
    public int Features => _header.Features;
    public int Classes => _header.Classes;
    public double Strength => _header.Strength;
    public bool IsDouble => _header.Dtype == "float64";
    public bool IsSparse => _header.Layout == "csr";

    public int[] Labels() => Read<int>("labels.bin", Rows);

    /// <summary>All n·d of a dense table, or the entries of a sparse one.</summary>
    public T[] Values<T>() where T : unmanaged => Read<T>("values.bin", IsSparse ? _header.Entries : (long)Rows * Features);

    public int[] Columns() => Read<int>("columns.bin", _header.Entries);

    public long[] RowStarts() => Read<long>("row_starts.bin", Rows + 1);

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

    private T[] Read<T>(string name, long count) where T : unmanaged
    {
        T[] values = new T[count];
        using FileStream file = File.OpenRead(Path.Combine(_folder, name));
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    private sealed record Header(int Rows, int Features, int Classes, string Dtype, double Strength, string Layout, long Entries);
}
