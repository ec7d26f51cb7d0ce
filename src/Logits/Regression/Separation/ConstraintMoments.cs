using Logits.Numerics;

namespace Logits.Regression;

/// <summary>
/// Of many constraints a_r = (e_own − e_other) ⊗ x̃ of one pair of classes: Σ μ_r x̃ to about 100 bits, and Σ μ_r x̃ x̃ᵀ of the scaled rows in blocks, so that
/// rounding does not grow with the number of rows.
/// </summary>
internal sealed class ConstraintMoments(int width)
{
    private const int BlockRows = 512;

    private readonly double[] _block = new double[width * width];
    private int _inBlock;

    /// <summary>Σ μ x̃.</summary>
    public DoubleDouble[] Sum { get; } = new DoubleDouble[width];

    /// <summary>Σ μ |x̃|.</summary>
    public double[] Size { get; } = new double[width];

    /// <summary>The lower triangle of Σ μ x̃ x̃ᵀ of scaled rows, row-major.</summary>
    public double[] Squares { get; } = new double[width * width];

    public void Add(double weight, ReadOnlySpan<double> row, ReadOnlySpan<double> scaled)
    {
        AddTo(Sum, Size, weight, row);
        for (int j = 0; j < width; j++)
            if (scaled[j] != 0)
                VectorArithmetic.AddScaled(weight * scaled[j], scaled[..(j + 1)], _block.AsSpan(j * width, j + 1));
        if (++_inBlock == BlockRows)
            Flush();
    }

    /// <summary>Brings <see cref="Squares"/> up to date.</summary>
    public void Flush()
    {
        VectorArithmetic.AddScaled(1, _block, Squares);
        _block.AsSpan().Clear();
        _inBlock = 0;
    }

    public static void AddTo(Span<DoubleDouble> sum, Span<double> size, double weight, ReadOnlySpan<double> row)
    {
        DoubleDouble factor = new(weight, 0);
        for (int j = 0; j < row.Length; j++)
            if (row[j] != 0)
            {
                sum[j] += factor * new DoubleDouble(row[j], 0);
                size[j] += Math.Abs(weight * row[j]);
            }
    }
}
