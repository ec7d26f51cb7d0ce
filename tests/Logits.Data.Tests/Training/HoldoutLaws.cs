using CsCheck;

namespace Logits.Data.Tests.Training;

public class HoldoutLaws
{
    private const string Seed = "0N0XIzNsQ0O2";

    [Fact]
    public void Each_class_is_held_out_in_its_share_to_within_one_row_wherever_the_table_ends() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 300], Gen.Double[0, 0.99], Gen.Int).Sample((labels, fraction, seed) =>
        {
            Holdout holdout = new(fraction, stratify: true, seed);
            int[] rows = new int[5], test = new int[5];
            foreach (int label in labels)
            {
                rows[label]++;
                test[label] += holdout.IsTest(label) ? 1 : 0;
                Assert.True(Math.Abs(test[label] - fraction * rows[label]) <= 1 + 1e-6, $"{test[label]} of {rows[label]} at {fraction}");
                Assert.True(test[label] < rows[label]);
            }
        }, seed: Seed);

    [Fact]
    public void Without_strata_the_share_holds_over_all_rows_but_for_the_first_row_of_each_class() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 300], Gen.Double[0, 0.99], Gen.Int).Sample((labels, fraction, seed) =>
        {
            Holdout holdout = new(fraction, stratify: false, seed);
            bool[] test = [.. labels.Select(holdout.IsTest)];
            int held = test.Count(t => t);
            Assert.InRange(held, fraction * labels.Length - 1 - 5 - 1e-6, fraction * labels.Length + 1 + 1e-6);
            foreach (int label in labels.Distinct())
                Assert.False(test[Array.IndexOf(labels, label)]);
        }, seed: Seed);

    [Fact]
    public void A_seed_repeats_its_draw_and_another_seed_draws_otherwise()
    {
        bool[] Draw(int seed)
        {
            Holdout holdout = new(0.2, stratify: true, seed);
            return [.. Enumerable.Range(0, 1000).Select(i => holdout.IsTest(i % 3))];
        }
        Assert.Equal(Draw(0), Draw(0));
        Assert.NotEqual(Draw(0), Draw(1));
    }

    [Fact]
    public void Every_row_but_the_first_ones_is_drawn_about_as_often_as_any_other()
    {
        int[] drawn = new int[100];
        for (int seed = 0; seed < 4000; seed++)
        {
            Holdout holdout = new(0.2, stratify: true, seed);
            for (int i = 0; i < drawn.Length; i++)
                drawn[i] += holdout.IsTest(0) ? 1 : 0;
        }
        Assert.Equal(0, drawn[0]);
        // 800 ± 5 standard deviations of a binomial count.
        Assert.All(drawn.Skip(5), count => Assert.InRange(count, 673, 927));
    }
}
