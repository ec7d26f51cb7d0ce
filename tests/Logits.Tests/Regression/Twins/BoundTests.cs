using System.Numerics;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>
/// Whatever the duality bound is given, what it proves must be true: points anywhere, steps that solve nothing, residuals that belong to other steps.
/// </summary>
public class BoundTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 3)];

    [Theory, MemberData(nameof(Seeds))]
    public void No_bound_lies(int seed) => Assert.All(Tables.Of(seed), table =>
    {
        Attack<double>(table, seed);
        Attack<float>(table, seed);
    });

    [Fact, Trait("Category", "Nightly")]
    public void No_bound_lies_on_many_tables() => Assert.All(Enumerable.Range(100, 30), No_bound_lies);

    /// <summary>Sums of next to nothing are exact to 10⁻⁸ of themselves, no more.</summary>
    [Theory, MemberData(nameof(Seeds))]
    public void No_bound_lies_where_next_to_nothing_is_lost(int seed) => Assert.All(
        new[] { Tables.Tiny(seed), Tables.Wide(seed), Tables.LargeLogits(seed) }.SelectMany(t => new[] { 1e-10, 1e-12 }.Select(s => t with { Strength = s })),
            table => Attack<double>(table, seed, 1e-8));

    [Fact]
    public void No_bound_lies_for_many_classes()
    {
        Attack<double>(Tables.ManyClasses(1, 65), 1);
        Attack<float>(Tables.ManyClasses(1, 65), 1);
    }

    private static void Attack<T>(Table table, int seed, double rounding = 1e-12) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        (double[] optimum, double least) = PlainNewton.Optimum(table);
        PlainObjective plain = new(table, table.Strength);
        RowBlocks<T> rows = table.Dense<T>();
        RowWeights weights = new(table.Weights, table.Rows, table.WeightsAre);
        Penalty penalty = Penalty.OfRidge(table.Strength);
        SoftmaxLoss<T> loss = new(
            new RowPasses<T>(rows, weights, table.Classes, threads: 1), table.Labels, FitInput.MeanLabels(table.Labels, weights),
                rows.Summarise(weights, 1, CancellationToken.None), keepsProbabilities: seed % 2 == 0);
        PenalisedLoss objective = new(loss, penalty, []);
        DualityBound bound = new(loss, penalty);
        Random random = new(seed);
        int finite = 0;
        foreach (double distance in new[] { 0, 1e-9, 1e-7, 1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1, 10 })
        {
            double[] gradient = new double[optimum.Length], product = new double[optimum.Length];
            double[] point = distance == 10 ? Random(random, optimum.Length, 1) : Add(optimum, Random(random, optimum.Length, distance), 1);
            double value = objective.Evaluate(point, gradient);
            Check(bound.AtPoint(point, gradient), "at the point");
            double[] newton = PlainNewton.Step(table, plain, point).Step;
            foreach (double factor in new[] { 0.1, 0.5, 0.9, 1, 1.1, 3, 10, 100 })
                Along(Scaled(newton, factor), $"Newton × {factor}");
            Along(Random(random, optimum.Length, Norm(newton) + 1e-12), "random");
            Along(Random(random, optimum.Length, 1e-3), "small random");
            Along(Add(newton, Random(random, optimum.Length, 0.1 * Norm(newton)), 1), "Newton and noise");
            Along(Scaled(gradient, -1), "downhill");
            Along(Scaled(newton, -1), "uphill");
            Along(new double[optimum.Length], "none");

            void Along(double[] step, string what)
            {
                Gauge.TakeOff(step, table.Classes);
                objective.HessianVectorProduct(step, product);
                double[] residual = Add(product, gradient, 1);
                Check(bound.AlongStep(point, gradient, step, residual), what);
                Check(bound.AlongStep(point, gradient, step, Scaled(residual, -1)), what + ", residual turned round");
                double[] wrong = Random(random, residual.Length, Norm(residual));
                Gauge.TakeOff(wrong, table.Classes);
                Check(bound.AlongStep(point, gradient, step, wrong), what + ", residual of another");
                Check(bound.AlongStep(point, gradient, step, new double[residual.Length]), what + ", no residual");
            }

            void Check(double gap, string what)
            {
                double slack = typeof(T) == typeof(float) ? 1e-7 * least + 2 * loss.RelativeRounding * value : rounding * least;
                finite += double.IsFinite(gap) ? 1 : 0;
                Assert.True(gap >= 0 && value - gap <= least + slack,
                    $"{table}, {typeof(T).Name}: {value:G17} − {gap:G17} is {value - gap - least:G3} above {least:G17}, {what}, {distance} from the optimum");
            }
        }
        Assert.True(finite > 50, $"{table}: only {finite} bounds said anything.");
    }

    private static double[] Random(Random random, int length, double size) =>
        Scaled([.. Enumerable.Range(0, length).Select(_ => 2 * random.NextDouble() - 1)], size * Math.Sqrt(3.0 / length));

    private static double[] Scaled(double[] vector, double factor) => [.. vector.Select(v => factor * v)];

    private static double[] Add(double[] a, double[] b, double factor) => [.. a.Zip(b, (x, y) => x + factor * y)];

    private static double Norm(double[] vector) => Math.Sqrt(vector.Sum(v => v * v));
}
