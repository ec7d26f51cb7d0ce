using System.Numerics;
using Logits.Optimization;
using Logits.Regression;
using Logits.Rows;

namespace Logits.Tests.Regression;

/// <summary>Fits without a penalty of more unknowns than directions are searched for: what is not decided is not called converged.</summary>
public class BeyondTheSearchTests
{
    private const int Features = 100, Classes = 20;

    [Fact]
    public void Where_classes_overlap_the_point_is_the_proof() =>
        Assert.Equal(StopReason.Converged, Fit(seed: 1, rows: 3000, (_, k) => k).StopReason);

    [Fact]
    public void Where_three_columns_tell_two_halves_of_the_classes_apart_there_is_no_optimum_to_converge_to()
    {
        StopReason reason = Fit(seed: 3, rows: 4000, (row, k) => row[0] + row[1] + row[2] > 1e-6f ? k % 10 : k % 10 + 10).StopReason;
        Assert.True(reason is StopReason.SeparationSuspected or StopReason.NoFiniteOptimum, reason.ToString());
    }

    [Fact]
    public void Where_every_row_is_told_apart_the_point_itself_is_a_direction()
    {
        FitReport report = Fit(seed: 6, rows: 1000, (_, k) => k);
        Assert.Equal(StopReason.NoFiniteOptimum, report.StopReason);
        Assert.True(report.Separation!.Complete);
    }

    /// <summary>
    /// Rows with a share of every class, so that nothing separates; the second column and the first leave no room for the intercept beside them.
    /// </summary>
    [Theory]
    [InlineData(5, 1)]
    [InlineData(-0.25, 64)]
    [InlineData(1024, -3)]
    public void Columns_that_depend_on_each_other_once_centred_do_not_hide_the_proof(double slope, double offset)
    {
        Random random = new(7);
        double[] x = new double[400], shares = new double[400];
        for (int i = 0; i < 200; i++)
        {
            x[2 * i] = random.Next(-512, 512) / 256.0;
            x[2 * i + 1] = slope * x[2 * i] + offset;
            shares[2 * i] = 0.2 + 0.6 * random.NextDouble();
            shares[2 * i + 1] = 1 - shares[2 * i];
        }
        FitReport report = SoftmaxRegression.Fit(new DenseRows<double>(x, 200, 2), Labels.FromProbabilities(shares, 2), new FitOptions { Strength = 0 }).Report;
        Assert.Equal(StopReason.Converged, report.StopReason);
        Assert.Single(report.DependentColumns);
    }

    [Fact]
    public void A_rank_modulo_a_prime_is_full_only_where_it_is()
    {
        WorkBudget budget = new(long.MaxValue, CancellationToken.None);
        Assert.True(ModularRank.IsFull([[1, 0], [0, 1]], budget));
        Assert.True(ModularRank.IsFull([[0, 3], [BigInteger.Pow(10, 40), -7]], budget));
        Assert.False(ModularRank.IsFull([[2, -6], [-1, 3]], budget));
        Assert.False(ModularRank.IsFull([[BigInteger.Pow(10, 40), 2 * BigInteger.Pow(10, 40)], [1, 2]], budget));
        Assert.False(ModularRank.IsFull([[1, 0, 0], [0, 1, 0]], budget));
        // Of full rank, but its determinant is the prime: nothing is said.
        Assert.False(ModularRank.IsFull([[(BigInteger.One << 61) - 1]], budget));
    }

    private static FitReport Fit(int seed, int rows, Func<ReadOnlySpan<float>, int, int> label)
    {
        Random random = new(seed);
        float[] x = new float[rows * Features];
        double[] weights = new double[Classes * Features];
        foreach (ref double weight in weights.AsSpan())
            weight = 0.3 * Normal(random);
        int[] y = new int[rows];
        for (int i = 0; i < rows; i++)
        {
            Span<float> row = x.AsSpan(i * Features, Features);
            foreach (ref float value in row)
                value = (float)Normal(random);
            double largest = double.NegativeInfinity;
            for (int k = 0; k < Classes; k++)
            {
                double logit = -Math.Log(-Math.Log(1 - random.NextDouble()));
                for (int j = 0; j < Features; j++)
                    logit += weights[k * Features + j] * row[j];
                if (logit > largest)
                    (largest, y[i]) = (logit, k);
            }
            y[i] = label(row, y[i]);
        }
        return SoftmaxRegression.Fit(new DenseRows<float>(x, rows, Features), Labels.FromIndices(y, Classes), new FitOptions { Strength = 0 }).Report;
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
