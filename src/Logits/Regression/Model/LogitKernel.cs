using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Logits.Numerics;

namespace Logits.Regression;

/// <summary>The logits of many rows: the weights are transposed once for a model, and rows are widened to float64 and multiplied a tile at a time.</summary>
internal sealed unsafe class LogitKernel
{
    /// <summary>The numbers of a tile: it stays in the second cache.</summary>
    private const int TileNumbers = 1 << 14;

    private readonly AlignedArray<double> _weights;
    private readonly double[] _intercepts;
    private readonly int _features;
    private readonly int _stride;
    private readonly int _tileRows;

    /// <summary>The sums of a tile before the first product: b in each row, then zeros to the stride.</summary>
    private readonly double[] _start;

    /// <param name="weights">W, K×d row-major.</param>
    /// <param name="intercepts">b, K entries.</param>
    /// <exception cref="InsufficientMemoryException">There is no memory for a second copy of the weights.</exception>
    public LogitKernel(double[] weights, double[] intercepts)
    {
        int classes = intercepts.Length, unit = MatrixProduct<double>.Unit;
        _intercepts = intercepts;
        _features = weights.Length / classes;
        _stride = (classes + unit - 1) / unit * unit;
        _tileRows = Math.Clamp(TileNumbers / Math.Max(_features, _stride), 12, 256);
        _start = new double[_tileRows * _stride];
        for (int i = 0; i < _tileRows; i++)
            intercepts.CopyTo(_start, i * _stride);
        _weights = new AlignedArray<double>((long)_features * _stride);
        fixed (double* source = weights)
            if (_features > 0)
                Transpose<double>.Copy(source, _features, classes, _features, _weights.Pointer, _stride);
    }

    private int Classes => _intercepts.Length;

    /// <param name="rows">m×d, row-major.</param>
    /// <param name="count">m.</param>
    /// <param name="logits">Receives m×K, row-major.</param>
    public void Rows<T>(ReadOnlySpan<T> rows, int count, Span<double> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int tile = Math.Min(count, _tileRows);
        double[] sums = ArrayPool<double>.Shared.Rent(tile * _stride);
        double[] wide = typeof(T) == typeof(double) ? [] : ArrayPool<double>.Shared.Rent(tile * _features);
        try
        {
            for (int done = 0; done < count; done += tile)
            {
                int m = Math.Min(tile, count - done);
                _start.AsSpan(0, m * _stride).CopyTo(sums);
                fixed (double* a = InDouble(rows.Slice(done * _features, m * _features), wide), c = sums)
                    MatrixProduct<double>.Add(a, _features, 1, m, _weights.Pointer, _stride, _stride, _features, c, _stride);
                Copy(sums, m, logits[(done * Classes)..]);
            }
        }
        finally
        {
            ArrayPool<double>.Shared.Return(sums);
            if (wide.Length > 0)
                ArrayPool<double>.Shared.Return(wide);
        }
        GC.KeepAlive(_weights);
    }

    /// <summary>The logits of one row of few entries.</summary>
    public void Row<T>(ReadOnlySpan<int> columns, ReadOnlySpan<T> values, Span<double> logits) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        _intercepts.CopyTo(logits);
        for (int e = 0; e < columns.Length; e++)
            VectorArithmetic.AddScaled(double.CreateTruncating(values[e]), _weights.Span.Slice(columns[e] * _stride, Classes), logits);
    }

    /// <summary>Leaves out what is between the classes and the stride.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Copy(double[] sums, int rows, Span<double> logits)
    {
        if (_stride == Classes)
            sums.AsSpan(0, rows * _stride).CopyTo(logits);
        else
            for (int i = 0, next = 0; i < rows; i++)
                foreach (double sum in sums.AsSpan(i * _stride, Classes))
                    logits[next++] = sum;
    }

    private static ReadOnlySpan<double> InDouble<T>(ReadOnlySpan<T> values, double[] wide) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(double))
            return MemoryMarshal.Cast<T, double>(values);
        if (typeof(T) == typeof(float))
            VectorArithmetic.Widen(MemoryMarshal.Cast<T, float>(values), wide);
        else
            for (int j = 0; j < values.Length; j++)
                wide[j] = double.CreateTruncating(values[j]);
        return wide.AsSpan(0, values.Length);
    }
}
