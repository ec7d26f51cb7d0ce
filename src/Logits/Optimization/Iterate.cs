namespace Logits.Optimization;

/// <summary>Why a minimisation ended.</summary>
internal enum Outcome
{
    /// <summary>The guide was satisfied.</summary>
    Satisfied,

    /// <summary>The iterations allowed were used up.</summary>
    IterationLimit,

    /// <summary>The caller cancelled.</summary>
    Cancelled,

    /// <summary>
    /// No step lowers the value or the gradient any more, or what is left to gain is less than the precision shows: rounding has the last word.
    /// </summary>
    Stalled,
}

/// <summary>A point and what is known there.</summary>
internal sealed class Iterate(int dimension)
{
    /// <summary>How many steps were taken.</summary>
    public int Iteration { get; set; }

    /// <summary>The point.</summary>
    public double[] Point { get; set; } = new double[dimension];

    /// <summary>The value there; infinite before it was evaluated.</summary>
    public double Value { get; set; } = double.PositiveInfinity;

    /// <summary>The gradient there; NaN before it was evaluated.</summary>
    public double[] Gradient { get; set; } = Unknown(dimension);

    private static double[] Unknown(int dimension)
    {
        double[] gradient = new double[dimension];
        Array.Fill(gradient, double.NaN);
        return gradient;
    }
}

/// <summary>A step that a solve proposes: s with H s ≈ −g.</summary>
/// <param name="Step">s.</param>
/// <param name="Residual">H s + g.</param>
/// <param name="Slope">gᵀs, below 0.</param>
/// <param name="Accuracy">The preconditioned norm of the residual over that of the gradient: 0 for an exact solve.</param>
/// <param name="Products">The products that the solve took.</param>
internal readonly record struct NewtonStep(double[] Step, double[] Residual, double Slope, double Accuracy, int Products)
{
    /// <summary>By how much the quadratic model falls along the whole step, −gᵀs − ½ sᵀHs.</summary>
    public double Decrease => -0.5 * Slope - 0.5 * Numerics.VectorArithmetic.Dot(Step, Residual);
}
