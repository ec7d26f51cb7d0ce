using Logits.Numerics;

namespace Logits.Optimization;

/// <summary>
/// A convex penalty R(W) on coefficients, and all that a solver and a proof need to know of it. Sources: S. Boyd and L. Vandenberghe, Convex Optimization
/// (2004), for the conjugate; N. Parikh and S. Boyd, "Proximal algorithms", Foundations and Trends in Optimization 1 (2014), for the proximal map.
/// </summary>
public abstract record Penalty
{
    private protected Penalty()
    {
    }

    /// <summary>R(W) = 0.</summary>
    public static Penalty None { get; } = new Ridge(0);

    /// <summary>R(W) = λ/2 ‖W‖².</summary>
    /// <param name="strength">λ, finite and at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The strength is not finite or below 0.</exception>
    public static Penalty OfRidge(double strength) =>
        strength >= 0 && double.IsFinite(strength)
            ? new Ridge(strength)
            : throw new ArgumentOutOfRangeException(nameof(strength), strength, "The strength must be a finite number of at least 0.");

    /// <summary>λ.</summary>
    public abstract double Strength { get; }

    /// <summary>R(W).</summary>
    public abstract double Value(ReadOnlySpan<double> weights);

    /// <summary>Adds ∇R(W) to <paramref name="gradient"/>.</summary>
    public abstract void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient);

    /// <summary>The second derivative along any coefficient: ∇²R = Curvature · I.</summary>
    public abstract double Curvature { get; }

    /// <summary>The proximal map: the W that minimises R(W) + ‖W − V‖² / (2 step), in place of V.</summary>
    public abstract void Prox(Span<double> weights, double step);

    /// <summary>The convex conjugate R*(U) = sup_W ⟨U, W⟩ − R(W).</summary>
    public abstract double Conjugate(ReadOnlySpan<double> dual);

    /// <summary>
    /// The largest R(W) + R*(−U') + ⟨U', W⟩ ≥ 0 over all U' within <paramref name="radius"/> of U, without the cancellation of the three terms: what W and U
    /// lack to being an optimal pair.
    /// </summary>
    public abstract double ConjugateGap(ReadOnlySpan<double> weights, ReadOnlySpan<double> dual, double radius);

    /// <summary>λ/2 ‖W‖².</summary>
    private sealed record Ridge(double Lambda) : Penalty
    {
        public override double Strength => Lambda;

        public override double Curvature => Lambda;

        public override double Value(ReadOnlySpan<double> weights) => Lambda == 0 ? 0 : Lambda / 2 * VectorArithmetic.Dot(weights, weights);

        public override void AddGradient(ReadOnlySpan<double> weights, Span<double> gradient)
        {
            if (Lambda > 0)
                VectorArithmetic.AddScaled(Lambda, weights, gradient[..weights.Length]);
        }

        public override void Prox(Span<double> weights, double step)
        {
            foreach (ref double weight in weights)
                weight /= 1 + step * Lambda;
        }

        public override double Conjugate(ReadOnlySpan<double> dual) => Quotient(VectorArithmetic.Dot(dual, dual));

        /// <summary>(‖U + λW‖ + radius)² / 2λ.</summary>
        public override double ConjugateGap(ReadOnlySpan<double> weights, ReadOnlySpan<double> dual, double radius)
        {
            double square = 0;
            for (int j = 0; j < dual.Length; j++)
            {
                double rest = dual[j] + Lambda * weights[j];
                square += rest * rest;
            }
            double norm = Math.Sqrt(square) + radius;
            return Quotient(norm * norm);
        }

        /// <summary>Without a penalty nothing but 0 has a finite conjugate.</summary>
        private double Quotient(double square) => Lambda > 0 ? square / (2 * Lambda) : square == 0 ? 0 : double.PositiveInfinity;
    }
}
