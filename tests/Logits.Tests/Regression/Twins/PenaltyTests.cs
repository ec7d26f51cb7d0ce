using Logits.Optimization;

namespace Logits.Tests.Regression;

/// <summary>A penalty's parts against their definitions, by numbers.</summary>
public class PenaltyTests
{
    public static TheoryData<double> Strengths => [1e-9, 1e-3, 0.7, 1, 40, 1e6];

    [Theory, MemberData(nameof(Strengths))]
    public void The_gradient_and_the_curvature_are_derivatives(double strength) => Each(strength, (penalty, random) =>
    {
        double[] weights = Draw(random, 5, 2), gradient = new double[5];
        penalty.AddGradient(weights, gradient);
        for (int j = 0; j < 5; j++)
        {
            const double h = 1e-3;
            double[] up = [.. weights], down = [.. weights];
            (up[j], down[j]) = (weights[j] + h, weights[j] - h);
            Assert.Equal((penalty.Value(up) - penalty.Value(down)) / (2 * h), gradient[j], 1e-9 * strength);
            Assert.Equal((penalty.Value(up) - 2 * penalty.Value(weights) + penalty.Value(down)) / (h * h), penalty.Curvature, 1e-7 * strength);
        }
        double[] twice = [.. gradient];
        penalty.AddGradient(weights, twice);
        Assert.All(twice.Zip(gradient), pair => Assert.Equal(2 * pair.Second, pair.First, 1e-12 * strength));
    });

    [Theory, MemberData(nameof(Strengths))]
    public void The_conjugate_is_the_supremum(double strength) => Each(strength, (penalty, random) =>
    {
        double[] dual = Draw(random, 4, 3);
        double conjugate = penalty.Conjugate(dual), best = double.NegativeInfinity;
        // ⟨U, W⟩ − R(W) along each coordinate is concave; the sum of their suprema is that of the whole.
        double[] weights = new double[4];
        for (int j = 0; j < 4; j++)
            weights[j] = Highest(w => dual[j] * w - penalty.Value([w]), 1e2 * (1 + 1 / strength));
        best = Dot(dual, weights) - penalty.Value(weights);
        Assert.Equal(best, conjugate, 1e-9 * conjugate);
        for (int trial = 0; trial < 50; trial++)
        {
            double[] other = Draw(random, 4, random.NextDouble() * 10 / strength);
            Assert.True(Dot(dual, other) - penalty.Value(other) <= conjugate * (1 + 1e-12));
        }
    });

    [Theory, MemberData(nameof(Strengths))]
    public void The_proximal_map_is_the_minimiser(double strength) => Each(strength, (penalty, random) =>
    {
        double[] centre = Draw(random, 4, 5), at = [.. centre];
        double step = Math.Pow(10, 6 * random.NextDouble() - 3);
        penalty.Prox(at, step);
        double least = Distance(at);
        for (int trial = 0; trial < 50; trial++)
        {
            double size = Math.Pow(10, -8 * random.NextDouble());
            Assert.True(Distance([.. at.Zip(Draw(random, 4, size), (a, b) => a + b)]) >= least * (1 - 1e-12));
        }

        double Distance(double[] weights) => penalty.Value(weights) + weights.Zip(centre, (w, v) => (w - v) * (w - v)).Sum() / (2 * step);
    });

    [Theory, MemberData(nameof(Strengths))]
    public void The_conjugate_gap_is_the_worst_in_the_ball(double strength) => Each(strength, (penalty, random) =>
    {
        double[] weights = Draw(random, 4, 1), dual = Draw(random, 4, strength);
        Assert.Equal(Gap(weights, dual), penalty.ConjugateGap(weights, dual, 0), 1e-9 * (Gap(weights, dual) + penalty.Value(weights)));
        double radius = strength * random.NextDouble(), worst = 0, gap = penalty.ConjugateGap(weights, dual, radius);
        double[] best = new double[4];
        for (int trial = 0; trial < 4000; trial++)
        {
            // A walk on the sphere towards what is worse.
            double[] direction = [.. best.Zip(Draw(random, 4, trial < 100 ? 1 : Math.Pow(10, -4 * random.NextDouble())), (a, b) => a + b)];
            double length = Math.Sqrt(Dot(direction, direction));
            direction = [.. direction.Select(v => v / length)];
            double here = Gap(weights, [.. dual.Zip(direction, (u, v) => u + radius * v)]);
            Assert.True(here <= gap * (1 + 1e-9) + 1e-12 * strength);
            if (here > worst)
                (worst, best) = (here, direction);
        }
        Assert.Equal(worst, gap, 1e-3 * gap);

        double Gap(double[] w, double[] u) => penalty.Value(w) + penalty.Conjugate([.. u.Select(v => -v)]) + Dot(u, w);
    });

    [Fact]
    public void No_penalty_has_a_conjugate_at_0_alone()
    {
        Assert.Equal(0, Penalty.None.Conjugate([0, 0]));
        Assert.Equal(double.PositiveInfinity, Penalty.None.Conjugate([0, 1e-150]));
        Assert.Equal(double.PositiveInfinity, Penalty.None.ConjugateGap([1, 2], [0, 0], 1e-9));
        Assert.Equal(0, Penalty.None.ConjugateGap([1, 2], [0, 0], 0));
    }

    private static void Each(double strength, Action<Penalty, Random> check)
    {
        for (int seed = 0; seed < 5; seed++)
            check(Penalty.OfRidge(strength), new Random(seed));
    }

    private static double Highest(Func<double, double> f, double size)
    {
        (double low, double high) = (-size, size);
        for (int step = 0; step < 300; step++)
        {
            double third = (high - low) / 3;
            if (f(low + third) < f(high - third))
                low += third;
            else
                high -= third;
        }
        return (low + high) / 2;
    }

    private static double[] Draw(Random random, int length, double size) => [.. Enumerable.Range(0, length).Select(_ => size * (2 * random.NextDouble() - 1))];

    private static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
}
