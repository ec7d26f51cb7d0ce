using CsCheck;

namespace Logits.Tests.Laws;

/// <summary>Information-theoretic laws, for random pairs of distributions with impossible classes among them.</summary>
public class CategoricalLaws
{
    private const int Cases = 300;
    private static readonly Gen<double> Logit = Gen.Frequency((5, Gen.Double[-10, 10]), (1, Gen.Const(double.NegativeInfinity)));
    private static readonly Gen<(Categorical P, Categorical Q)> Pairs = Gen.Int[1, 20].SelectMany(k =>
        Gen.Select(Logit.Array[k], Logit.Array[k], Gen.Int[0, k - 1]).Select((a, b, possible) =>
        {
            a[possible] = b[possible] = 0;
            return (new Categorical(a), new Categorical(b));
        }));

    [Fact]
    public void Gibbs_the_cross_entropy_is_at_least_the_entropy() => Pairs.Always(pair =>
    {
        (Categorical p, Categorical q) = pair;
        Assert.True(p.CrossEntropy(q) >= p.Entropy() - 1e-13);
        Assert.True(p.KullbackLeibler(q) >= 0);
        Assert.Equal(0, p.KullbackLeibler(p), 1e-14);
    }, seed: "0000G0lbd4k1", count: Cases);

    [Fact]
    public void The_divergence_is_the_cross_entropy_less_the_entropy() => Pairs.Always(pair =>
    {
        (Categorical p, Categorical q) = pair;
        double difference = p.CrossEntropy(q) - p.Entropy();
        if (double.IsInfinity(difference))
            Assert.Equal(double.PositiveInfinity, p.KullbackLeibler(q));
        else
            Assert.Equal(difference, p.KullbackLeibler(q), 1e-12);
    }, seed: "0000G0lbd4k2", count: Cases);

    [Fact]
    public void The_divergence_is_infinite_exactly_where_support_lacks() => Pairs.Always(pair =>
    {
        (Categorical p, Categorical q) = pair;
        bool lacks = Enumerable.Range(0, p.Classes).Any(k => p.Probabilities[k] > 0 && q.Probabilities[k] == 0);
        Assert.Equal(lacks, double.IsPositiveInfinity(p.KullbackLeibler(q)));
    }, seed: "0000G0lbd4k3", count: Cases);

    [Fact]
    public void The_entropy_lies_between_0_and_log_K() => Pairs.Always(pair =>
        Assert.InRange(pair.P.Entropy(), 0, Math.Log(pair.P.Classes) + 1e-14), seed: "0000G0lbd4k4", count: Cases);

    [Fact]
    public void The_covariance_is_symmetric_with_rows_that_sum_to_0_and_its_product_agrees() => Pairs.Always(pair =>
    {
        Categorical p = pair.P;
        double[,] covariance = p.Covariance();
        double[] direction = [.. Enumerable.Range(0, p.Classes).Select(k => Math.Sin(k + 1))], product = new double[p.Classes];
        p.CovarianceProduct(direction, product);
        for (int i = 0; i < p.Classes; i++)
        {
            double sum = 0, entry = 0;
            for (int j = 0; j < p.Classes; j++)
            {
                Assert.Equal(covariance[i, j], covariance[j, i]);
                sum += covariance[i, j];
                entry += covariance[i, j] * direction[j];
            }
            Assert.Equal(0, sum, 1e-15);
            Assert.Equal(entry, product[i], 1e-15);
        }
    }, seed: "0000G0lbd4k5", count: Cases);

    [Fact]
    public void Tempering_composes_and_temperature_1_changes_nothing() => Pairs.Always(pair =>
    {
        Categorical p = pair.P, twice = p.Tempered(2).Tempered(0.25), once = p.Tempered(0.5), same = p.Tempered(1);
        for (int k = 0; k < p.Classes; k++)
        {
            Assert.Equal(once.Probabilities[k], twice.Probabilities[k], 1e-13);
            Assert.Equal(p.Probabilities[k], same.Probabilities[k], 1e-14);
        }
    }, seed: "0000G0lbd4k6", count: Cases);

    [Fact]
    public void Bits_are_nats_over_log_2() => Pairs.Always(pair =>
    {
        (Categorical p, Categorical q) = pair;
        Assert.Equal(p.Entropy() / Math.Log(2), p.EntropyBits(), 1e-14);
        Assert.Equal(p.Surprisal(p.Mode) / Math.Log(2), p.SurprisalBits(p.Mode), 1e-14);
        if (double.IsFinite(p.CrossEntropy(q)))
        {
            Assert.Equal(p.CrossEntropy(q) / Math.Log(2), p.CrossEntropyBits(q), 1e-12);
            Assert.Equal(p.KullbackLeibler(q) / Math.Log(2), p.KullbackLeiblerBits(q), 1e-12);
        }
    }, seed: "0000G0lbd4k7", count: Cases);

    [Fact]
    public void Draws_have_the_probabilities()
    {
        Categorical p = new([0, 1, double.NegativeInfinity, 2, -3]);
        Random random = new(5);
        int[] counts = new int[5];
        const int Draws = 200_000;
        for (int i = 0; i < Draws; i++)
            counts[p.Sample(random)]++;
        Assert.Equal(0, counts[2]);
        // Pearson's statistic on 3 degrees of freedom exceeds 21.1 once in 10,000 seeds.
        double statistic = Enumerable.Range(0, 5).Where(k => k != 2).Sum(k =>
            Math.Pow(counts[k] - Draws * p.Probabilities[k], 2) / (Draws * p.Probabilities[k]));
        Assert.InRange(statistic, 0, 21.1);
    }

    [Fact]
    public void Draws_repeat_with_the_seed()
    {
        Categorical p = new([0, 1, 2]);
        Random a = new(9), b = new(9);
        Assert.Equal(Enumerable.Range(0, 50).Select(_ => p.Sample(a)), Enumerable.Range(0, 50).Select(_ => p.Sample(b)));
    }
}
