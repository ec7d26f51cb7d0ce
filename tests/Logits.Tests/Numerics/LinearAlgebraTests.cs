using Logits.Numerics;

namespace Logits.Tests.Numerics;

public class LinearAlgebraTests
{
    [Fact]
    public void Cholesky_solves_at_every_order()
    {
        Random random = new(1);
        foreach (int order in Enumerable.Range(1, 70).Append(131))
        {
            double[] matrix = Gram(order, order + 3, random), diagonal = [.. Enumerable.Repeat(0.1, order)];
            double[] x = [.. Enumerable.Range(0, order).Select(_ => random.NextDouble() - 0.5)], b = new double[order];
            for (int i = 0; i < order; i++)
                for (int j = 0; j < order; j++)
                    b[i] += (2 * matrix[i * order + j] + (i == j ? 0.1 : 0)) * x[j];
            Cholesky? factor = Cholesky.TryFactor(matrix, 2, diagonal);
            Assert.NotNull(factor);
            factor.Solve(b);
            for (int i = 0; i < order; i++)
                Assert.Equal(x[i], b[i], 1e-10);
        }
    }

    [Fact]
    public void Cholesky_refuses_what_is_not_positive_definite()
    {
        Assert.Null(Cholesky.TryFactor([1, 0, 2, 1], 1, [0, 0]));
        Assert.Null(Cholesky.TryFactor([double.NaN], 1, [0]));
    }

    [Fact]
    public void Eigenvectors_rebuild_the_matrix_and_are_orthonormal()
    {
        Random random = new(2);
        foreach (int order in new[] { 1, 2, 3, 10, 33 })
            foreach (int rank in new[] { Math.Max(1, order / 2), order + 2 })
            {
                double[] matrix = Gram(order, rank, random);
                (double[] values, double[] vectors) = SymmetricEigen.Decompose(matrix, order);
                Assert.Equal(values.OrderDescending(), values);
                for (int i = 0; i < order; i++)
                    for (int j = 0; j < order; j++)
                    {
                        double rebuilt = 0, product = 0;
                        for (int k = 0; k < order; k++)
                        {
                            rebuilt += values[k] * vectors[k * order + i] * vectors[k * order + j];
                            product += vectors[i * order + k] * vectors[j * order + k];
                        }
                        Assert.Equal(matrix[i * order + j], rebuilt, 1e-12 * order);
                        Assert.Equal(i == j ? 1 : 0, product, 1e-12);
                    }
            }
    }

    [Fact]
    public void Rounded_terms_sum_to_the_same_bits_in_any_order()
    {
        Random random = new(3);
        double[] terms = [.. Enumerable.Range(0, 10_000).Select(_ => (random.NextDouble() - 0.5) * Math.Pow(10, random.Next(-12, 3)))];
        double bound = terms.Sum(Math.Abs), rounder = ReproducibleSum.Rounder(bound);
        double Sum() => terms.Aggregate(0.0, (sum, term) => sum + ReproducibleSum.Round(term, rounder));
        double first = Sum(), exact = (double)terms.Sum(term => (decimal)term);
        Assert.Equal(exact, first, terms.Length * bound * Math.ScaleB(1, -51));
        for (int shuffle = 0; shuffle < 20; shuffle++)
        {
            random.Shuffle(terms);
            Assert.Equal(BitConverter.DoubleToInt64Bits(first), BitConverter.DoubleToInt64Bits(Sum()));
        }
    }

    private static double[] Gram(int order, int rank, Random random)
    {
        double[] factor = [.. Enumerable.Range(0, order * rank).Select(_ => random.NextDouble() - 0.5)], matrix = new double[order * order];
        for (int i = 0; i < order; i++)
            for (int j = 0; j < order; j++)
                for (int k = 0; k < rank; k++)
                    matrix[i * order + j] += factor[i * rank + k] * factor[j * rank + k];
        return matrix;
    }
}
