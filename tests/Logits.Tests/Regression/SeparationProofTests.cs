using System.Numerics;
using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>
/// What checks proofs, given proofs that are wrong: no weights prove an optimum where there is none, and no direction passes that hurts a row by the
/// least bit.
/// </summary>
public class SeparationProofTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(-1e-9)]
    [InlineData(-1e-15)]
    public void No_weights_prove_an_optimum_that_does_not_exist(double crossing)
    {
        WorkBudget budget = new(long.MaxValue, default);
        SeparationTable table = Pair(crossing, budget);
        ScaledColumns scaled = new(table, budget);
        Lineality lineality = Lineality.OfColumns(table, budget);
        ConstraintSet all = ConstraintSet.All(table);
        Random random = new(3);
        for (int round = 0; round < 200; round++)
        {
            // The last two rows are what stands between overlap and separation: weights that lean on them more and more nearly balance.
            double size = Math.Pow(10, 16 * random.NextDouble());
            (Constraint, double)[] multipliers =
            [
                .. Enumerable.Range(0, table.Cells).Select(cell => (new Constraint(cell, 0), random.NextDouble())),
                (new Constraint(table.Cells - 2, 0), size), (new Constraint(table.Cells - 1, 0), size),
            ];
            Assert.False(OverlapProof.Holds(table, scaled, all, multipliers, lineality, budget));
            double slope = size, intercept = random.NextDouble() * 1e-3 * size;
            Assert.False(OverlapProof.HoldsAt(table, scaled, [-slope, -intercept, slope, intercept], lineality, budget));
            Assert.False(OverlapProof.HoldsAt(table, scaled, [-slope % 40, 0, slope % 40, 0], lineality, budget));
        }
    }

    [Fact]
    public void An_iterate_near_the_optimum_proves_it_and_one_far_away_does_not()
    {
        WorkBudget budget = new(long.MaxValue, default);
        SeparationTable table = Pair(1, budget);
        ScaledColumns scaled = new(table, budget);
        Lineality lineality = Lineality.OfColumns(table, budget);
        // The optimum is on the line b = 0 by symmetry; its slope solves Σ (p − y) x = 0.
        double slope = 1;
        for (int i = 0; i < 100; i++)
        {
            double gradient = 0, curvature = 0;
            for (int cell = 0; cell < table.Cells; cell++)
            {
                double x = table.Row(cell, new double[2])[0], p = 1 / (1 + Math.Exp(-2 * slope * x));
                gradient += 2 * (p - table.Own(cell).Own[0]) * x;
                curvature += 4 * p * (1 - p) * x * x;
            }
            slope -= gradient / curvature;
        }
        Assert.True(OverlapProof.HoldsAt(table, scaled, [-slope, 0, slope, 0], lineality, budget));
        Assert.False(OverlapProof.HoldsAt(table, scaled, [-10 * slope, 0, 10 * slope, 0], lineality, budget));
    }

    [Fact]
    public void Signs_are_exact_to_the_last_bit()
    {
        WorkBudget budget = new(long.MaxValue, default);
        Random random = new(4);
        for (int round = 0; round < 2000; round++)
        {
            // x₁ + x₂ − x₃ with x₃ the rounded sum: the sign is that of the rounding.
            double scale = Math.ScaleB(1, random.Next(-60, 60)), x = random.NextDouble(), y = random.NextDouble() * scale, sum = x + y;
            SeparationProblem problem = new(3, 2);
            problem.Add(0, x, y, sum);
            problem.Add(1, -x, 2 * y, 3);
            problem.Add(1, 1, 2, 3 + x);
            SeparationTable table = problem.Table(budget);
            ExactDirection direction = new([BigInteger.One, 1, -1, 0, 0, 0, 0, 0], table);
            double[] buffer = new double[4], logits = new double[2], sizes = new double[2];
            ReadOnlySpan<double> row = table.Row(0, buffer);
            direction.Logits(row, logits, sizes);
            double part = sum - x, error = (x - (sum - part)) + (y - part);
            Assert.Equal(Math.Sign(error), direction.Sign(0, 1, row, logits, sizes));
        }
    }

    [Fact]
    public void A_direction_that_hurts_one_row_by_one_bit_is_refused()
    {
        WorkBudget budget = new(long.MaxValue, default);
        SeparationProblem problem = new(1, 2);
        for (int i = 0; i < 10; i++)
        {
            problem.Add(0, -1 - i);
            problem.Add(1, 1 + i);
        }
        problem.Add(1, -double.Epsilon);
        SeparationTable table = problem.Table(budget);
        ConstraintSet all = ConstraintSet.All(table);
        Assert.False(Verification.Of(new ExactDirection([BigInteger.Zero, 0, 1, 0], table), table, all, budget).Separates);
        Assert.True(Verification.Of(new ExactDirection([BigInteger.Zero, 0, 2, 1], table), table, all, budget).Separates);
    }

    /// <summary>Rows at ±1 … ±10 and a pair that crosses 0 by so much.</summary>
    private static SeparationTable Pair(double crossing, WorkBudget budget)
    {
        SeparationProblem problem = new(1, 2);
        for (int i = 1; i <= 10; i++)
        {
            problem.Add(0, -i);
            problem.Add(1, i);
        }
        problem.Add(0, crossing / 2);
        problem.Add(1, -crossing / 2);
        return problem.Table(budget);
    }
}
