using Logits.Optimization;
using Logits.Rows;

namespace Logits.Regression;

/// <summary>
/// The mean loss of a problem's rows as its solvers see it, whatever the precision: (1/Σw) Σ_i w_i [A(o_i) − ⟨y_i, o_i⟩]. A point is W, K×d row-major, then b.
/// </summary>
internal interface ISoftmaxLoss : ISmoothObjective
{
    /// <summary>K.</summary>
    int Classes { get; }

    /// <summary>d.</summary>
    int Features { get; }

    /// <summary>What is known of the columns.</summary>
    ColumnSummary Columns { get; }

    /// <summary>S̄ at the last point evaluated.</summary>
    LabelCovariance Covariance { get; }

    /// <summary>Whether the probabilities at the last point evaluated are kept, so that products need not compute them again.</summary>
    bool KeepsProbabilities { get; }

    /// <summary>The share of the value by which the rounding of the kernels may put it off, and with it a bound on its gap.</summary>
    double RelativeRounding { get; }

    /// <summary>
    /// What a gap at a point must allow for: the rounding of its value, and in float64 that of the mean residual times the intercepts, which is more where all
    /// rows are certain.
    /// </summary>
    double Rounding(double value, ReadOnlySpan<double> point);

    /// <summary>How often the rows were read for the loss and its gradient.</summary>
    int Evaluations { get; }

    /// <summary>How often the rows, or what is kept of them, were read for anything else but products.</summary>
    int OtherPasses { get; }

    /// <summary>How often the rows were read for a Hessian-vector product.</summary>
    int Products { get; }

    /// <summary>Forms S̄ whole at the last point evaluated, where it is not yet.</summary>
    void FormCovariance();

    /// <summary>A product that also finds min_ik u_ik − ⟨p_i, u_i⟩ over the changes u_i of the logits of all rows of positive weight.</summary>
    double LeastChange(ReadOnlySpan<double> direction, Span<double> product);

    /// <summary>
    /// Draws rows for each class in proportion to w p_k (1 − p_k), at the last point evaluated, and calls <paramref name="visit"/> with them, on several
    /// threads.
    /// </summary>
    void SampleByClass(int count, Action<ClassSample> visit);

    /// <summary>
    /// The mean Hessian over some rows, K(d+1) × K(d+1), lower triangle, ordered class by class with the intercept last: at <paramref name="point"/>.
    /// </summary>
    double[] DenseHessian(ReadOnlySpan<double> point, long mostRows);
}

/// <summary>Rows drawn for one class.</summary>
/// <param name="Class">k.</param>
/// <param name="Rows">The positions of the rows, ascending.</param>
/// <param name="Counts">How often each was drawn.</param>
/// <param name="Mass">The weighted mean of p_k (1 − p_k) over all rows.</param>
internal readonly record struct ClassSample(int Class, long[] Rows, int[] Counts, double Mass);
