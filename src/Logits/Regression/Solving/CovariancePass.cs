using System.Numerics;
using Logits.Numerics;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>Sums Σ w p_k p_l over the rows of a pass, for all classes l &lt; k: S̄ whole.</summary>
internal sealed unsafe class CovariancePass<T>(RowPasses<T> passes) where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>So many classes' products are formed together; those above the diagonal block are left out.</summary>
    private const int Block = 96;

    private readonly int _classes = passes.Plan.Classes;
    private readonly int _width = (passes.Plan.Classes + MatrixProduct<T>.Unit - 1) / MatrixProduct<T>.Unit * MatrixProduct<T>.Unit;
    private readonly AlignedArray<T>?[] _byRows = new AlignedArray<T>?[passes.Threads];
    private readonly AlignedArray<T>?[] _chunk = new AlignedArray<T>?[passes.Threads];
    private GridSum? _sums;

    /// <summary>What the pass adds up; none before <see cref="Start"/>.</summary>
    public ReadOnlySpan<GridSum> Sums => _sums is null ? default : new(ref _sums);

    public void Start()
    {
        _sums ??= new GridSum(checked(_classes * _width), passes.Threads);
        _sums.Start(2 * passes.Weights.ScaledTotal);
    }

    /// <summary>Adds a tile, class-major, of weighted probabilities w p and of p itself.</summary>
    public void AddTile(RowPasses<T>.Worker worker, T* weighted, T* probabilities)
    {
        int stride = passes.Plan.TileRows, rows = worker.Reader.Rows;
        T* byRows = (_byRows[worker.Thread] ??= new((long)stride * _width)).Pointer;
        T* chunk = (_chunk[worker.Thread] ??= new((long)_classes * _width)).Pointer;
        Transpose<T>.Copy(probabilities, stride, _classes, rows, byRows, _width);
        for (int k = 0; k < _classes; k += Block)
        {
            int block = Math.Min(Block, _classes - k);
            MatrixProduct<T>.Add(weighted + (nint)k * stride, stride, 1, block, byRows, _width, Math.Min(_width, k + Block), rows, chunk + (nint)k * _width,
                _width);
        }
    }

    public void EndChunk(RowPasses<T>.Worker worker)
    {
        Span<T> chunk = _chunk[worker.Thread]!.Span;
        for (int k = 0; k < _classes; k++)
        {
            if (typeof(T) == typeof(double))
                // Where all rows are certain the products are tiny, and so is what they may lose.
                for (int l = 0; l < k; l++)
                    _sums!.Add(worker.Thread, k * _width + l, double.CreateTruncating(chunk[k * _width + l]));
            else
                ReproducibleSum.Drain<T>(chunk.Slice(k * _width, k), _sums!.Rounder, _sums.Part(worker.Thread).Slice(k * _width, k));
            chunk.Slice(k * _width, _width).Clear();
        }
    }

    /// <summary>The weighted means of p_k p_l, K×K, for l &lt; k.</summary>
    public double[] Collect(double weight)
    {
        double[] padded = new double[_classes * _width], products = new double[_classes * _classes];
        _sums!.Collect(padded);
        for (int k = 0; k < _classes; k++)
            for (int l = 0; l < k; l++)
                products[k * _classes + l] = padded[k * _width + l] / weight;
        return products;
    }
}
