namespace Logits.Optimization;

/// <summary>A smooth convex function of m numbers: all that an optimiser sees of a problem.</summary>
internal interface ISmoothObjective
{
    /// <summary>m, the number of variables.</summary>
    int Dimension { get; }

    /// <summary>The value at <paramref name="point"/>, its gradient written to <paramref name="gradient"/>; later products are with the Hessian here.</summary>
    /// <param name="point">m numbers; the objective may round them to the precision in which it evaluates, so that value and point agree.</param>
    /// <param name="gradient">Receives m numbers.</param>
    double Evaluate(Span<double> point, Span<double> gradient);

    /// <summary>How far rounding may put a value near <paramref name="value"/> off: differences below it mean nothing.</summary>
    double ValueError(double value);

    /// <summary>The product of the Hessian at the last point evaluated with <paramref name="direction"/>.</summary>
    void HessianVectorProduct(ReadOnlySpan<double> direction, Span<double> destination);
}

/// <summary>An easily inverted stand-in for a matrix.</summary>
internal interface IPreconditioner
{
    /// <summary>Solves M z = r.</summary>
    void Solve(ReadOnlySpan<double> residual, Span<double> destination);
}
