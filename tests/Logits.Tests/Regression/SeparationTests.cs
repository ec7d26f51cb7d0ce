using Logits.Regression;

namespace Logits.Tests.Regression;

/// <summary>Whether a finite optimum exists, on data that were built to be one thing and to look like the other.</summary>
public class SeparationTests
{
    [Theory]
    [InlineData(1e-1)]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    [InlineData(1e-12)]
    public void One_pair_that_crosses_is_enough_for_an_optimum(double crossing)
    {
        Clusters(crossing).AssertOverlapping();
        // Rounded to floats, the pair may cross, touch or be apart: what it does is seen on the numbers.
        SeparationProblem rounded = Clusters(crossing).Standardised();
        bool crosses = rounded.Rows[^2][0] > rounded.Rows[^1][0];
        Assert.Equal(crosses, rounded.Decide() is SeparationVerdict.Overlapping);
        Assert.Equal(!crosses, rounded.Decide() is SeparationVerdict.Separated);
    }

    [Theory]
    [InlineData(0, 120, false)]
    [InlineData(-1e-9, 122, true)]
    [InlineData(-1e-12, 122, true)]
    [InlineData(-1e-1, 122, true)]
    public void Touching_and_apart_are_told_from_crossing(double crossing, int gaining, bool complete)
    {
        Separation separation = Clusters(crossing).AssertSeparated();
        Assert.Equal(gaining, separation.SeparatedRows);
        Assert.Equal(complete, separation.Complete);
        Assert.True(separation.Maximal);
        Assert.Equal([new ClassPair(0, 1), new ClassPair(1, 0)], separation.Pairs);
    }

    [Theory]
    [InlineData(1e-3)]
    [InlineData(1e-6)]
    [InlineData(1e-9)]
    public void A_pair_that_crosses_along_an_oblique_line(double crossing)
    {
        Oblique(crossing).AssertOverlapping();
        Separation separation = Oblique(-crossing).AssertSeparated();
        Assert.True(separation.Complete);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void One_empty_cell_is_found_among_many(bool empty)
    {
        // A class that occurs everywhere but at one level of a category of 30.
        SeparationProblem problem = Categories(20_000, 30, 4, seed: 7, (label, level) => empty && label == 2 && level == 17);
        foreach (SeparationProblem each in (SeparationProblem[])[problem, problem.Standardised()])
            if (empty)
            {
                Separation separation = each.AssertSeparated();
                long rows = Enumerable.Range(0, 20_000).Count(i => problem.Rows[i][16] == 1);
                Assert.Equal(rows, separation.SeparatedRows);
                EmptyCell cell = Assert.Single(separation.Cells);
                Assert.Equal((2, 16, rows), (cell.Class, Assert.Single(cell.Features), cell.Rows));
                Assert.Equal(each.Rows[problem.Rows.ToList().FindIndex(row => row[16] == 1)][16], Assert.Single(cell.Values));
                Assert.Equal([16], separation.Features);
                Assert.All(separation.Pairs, pair => Assert.Equal(2, pair.From));
                Assert.True(separation.Maximal);
                Assert.False(separation.Complete);
            }
            else
                each.AssertOverlapping();
    }

    [Fact]
    public void A_class_that_never_occurs_at_the_reference_level_is_an_empty_cell()
    {
        SeparationProblem problem = Categories(2_000, 5, 3, seed: 3, (label, level) => label == 1 && level == 0);
        foreach (SeparationProblem each in (SeparationProblem[])[problem, problem.Standardised()])
        {
            Separation separation = each.AssertSeparated();
            EmptyCell cell = Assert.Single(separation.Cells);
            Assert.Equal(1, cell.Class);
            Assert.Equal([0, 1, 2, 3], cell.Features);
            Assert.Equal(separation.SeparatedRows, cell.Rows);
            Assert.Equal(problem.Rows.Count(row => row.Take(4).All(x => x == 0)), cell.Rows);
        }
    }

    [Fact]
    public void A_level_that_is_pure_in_a_class_separates()
    {
        SeparationProblem problem = Categories(3_000, 6, 3, seed: 4, (label, level) => level == 2 && label != 1);
        Separation separation = problem.Standardised().AssertSeparated();
        Assert.Equal([new ClassPair(1, 0), new ClassPair(1, 2)], separation.Pairs);
        Assert.Equal([0, 2], separation.Cells.Select(cell => cell.Class));
    }

    [Fact]
    public void A_category_nested_in_another_is_collinear_and_no_separation()
    {
        Random random = new(11);
        SeparationProblem problem = new(9, 3);
        for (int i = 0; i < 2_000; i++)
        {
            // Six districts in three regions: the regions' columns are sums of the districts'.
            int district = random.Next(6), region = district / 2;
            double[] row = new double[9];
            row[region] = row[3 + district] = 1;
            problem.Add(random.Next(3), row);
        }
        problem.AssertOverlapping();
        problem.Standardised().AssertOverlapping();
        for (int i = 0; i < 2_000; i++)
            if (problem.Rows[i][4] == 1 && problem.Labels[i] == 2)
                problem.Relabel(i, 0);
        Separation separation = problem.Standardised().AssertSeparated();
        Assert.True(separation.Maximal);
        Assert.All(separation.Pairs, pair => Assert.Equal(2, pair.From));
        Assert.Equal(problem.Rows.Count(row => row[4] == 1), separation.SeparatedRows);
    }

    [Fact]
    public void A_class_only_at_the_least_value_of_a_number_separates()
    {
        Random random = new(12);
        SeparationProblem problem = new(3, 3);
        for (int i = 0; i < 5_000; i++)
        {
            int label = random.Next(3);
            double amount = label == 2 || random.NextDouble() < 0.1 ? 0 : Math.Round(random.NextDouble() * 5000);
            problem.Add(label, amount, random.Next(1900, 2014), random.Next(2));
        }
        foreach (SeparationProblem each in (SeparationProblem[])[problem, problem.Standardised()])
        {
            Separation separation = each.AssertSeparated();
            Assert.Equal([0], separation.Features);
            Assert.Equal([new ClassPair(0, 2), new ClassPair(1, 2)], separation.Pairs);
            Assert.Equal(problem.Rows.Count(row => row[0] > 0), separation.SeparatedRows);
            Assert.True(separation.Maximal);
        }
    }

    [Theory]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(10, false)]
    [InlineData(2, true)]
    [InlineData(3, true)]
    [InlineData(10, true)]
    public void What_only_columns_together_tell_apart_is_found(int classes, bool touching)
    {
        // Classes by where x₁ + x₂ falls; no column alone says anything.
        Random random = new(13);
        SeparationProblem problem = new(3, classes);
        for (int i = 0; i < 1_000; i++)
        {
            int sum = random.Next(20 * classes), x = random.Next(-50, 50);
            if (sum % 20 == 0)
                problem.Add(touching && random.Next(2) == 0 ? Math.Max(0, sum / 20 - 1) : sum / 20, x, sum - x, random.NextDouble());
            else
                problem.Add(sum / 20, x, sum - x, random.NextDouble());
        }
        Separation separation = problem.AssertSeparated();
        Assert.Equal(!touching, separation.Complete);
        Assert.True(separation.Maximal);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    public void Quasi_separation_of_one_class_by_a_combination(int classes)
    {
        Random random = new(14);
        SeparationProblem problem = new(4, classes);
        for (int i = 0; i < 2_000; i++)
        {
            double x = random.Next(-50, 50), z = random.Next(-50, 50);
            // The last class has x + z ≥ 0, the rest ≤ 0; among themselves they overlap.
            int label = x + z > 0 ? classes - 1 : x + z < 0 ? random.Next(classes - 1) : random.Next(classes);
            problem.Add(label, x, z, random.NextDouble(), random.Next(2));
        }
        Separation separation = problem.AssertSeparated();
        Assert.False(separation.Complete);
        Assert.True(separation.Maximal);
        Assert.Equal(problem.Rows.Count(row => row[0] + row[1] != 0), separation.SeparatedRows);
        Assert.All(separation.Pairs, pair => Assert.True(pair.Class == classes - 1 || pair.From == classes - 1));
        Assert.Equal([0, 1], separation.Features.Order());
    }

    [Fact]
    public void Collinear_and_constant_columns_are_no_separation()
    {
        Random random = new(15);
        SeparationProblem problem = new(5, 3);
        for (int i = 0; i < 300; i++)
        {
            double x = Math.Round(random.NextDouble() * 8) / 8, y = random.Next(5);
            problem.Add(random.Next(3), x, y, 2 * x - y, 7, x);
        }
        problem.AssertOverlapping();
    }

    [Fact]
    public void Rows_without_weight_neither_break_nor_make_a_separation()
    {
        SeparationProblem broken = Clusters(-0.1), made = Clusters(0.1);
        broken.Add(0.0, 0, [5]);
        broken.Add(0.0, 1, [-5]);
        Assert.True(broken.AssertSeparated().Complete);
        made.Add(0.0, 1, [50]);
        made.AssertOverlapping();
    }

    [Fact]
    public void Classes_that_share_a_label_are_tied()
    {
        // x tells 0 from 1, unless a row between them has a share of both away from where they meet.
        double[] x = [-2, -1, 1, 2, 0];
        double[] apart = [1, 0, 0, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0.5, 0.5, 0];
        SeparationProblem problem = new(1, 3);
        foreach (double each in x)
            problem.Add(0, each);
        Separation separation = Assert.IsType<SeparationVerdict.Separated>(problem.Decide(Labels.FromProbabilities(apart, 3))).Separation;
        Assert.Equal(5, separation.SeparatedRows);

        // With class 2 everywhere, and the tie at −2, 0 and 1 cannot part.
        double[] all = [0.5, 0.2, 0.3, 0.5, 0.2, 0.3, 0.1, 0.8, 0.1, 0.2, 0.2, 0.6, 0.4, 0.4, 0.2];
        Assert.IsType<SeparationVerdict.Overlapping>(problem.Decide(Labels.FromProbabilities(all, 3)));
        double[] twice = [0.5, 0.5, 0, 1, 0, 0, 0, 1, 0, 0, 0.5, 0.5, 1, 0, 0];
        Separation third = Assert.IsType<SeparationVerdict.Separated>(problem.Decide(Labels.FromProbabilities(twice, 3))).Separation;
        Assert.DoesNotContain(new ClassPair(0, 1), third.Pairs);
    }

    [Fact]
    public void Two_tables_of_a_classic_fit()
    {
        // Cylinders by displacement and weight (32 cars): 4 is told apart from 6 and 8, which meet.
        double[] displacement =
        [
            160, 160, 108, 258, 360, 225, 360, 146.7, 140.8, 167.6, 167.6, 275.8, 275.8, 275.8, 472, 460, 440, 78.7, 75.7, 71.1, 120.1, 318, 304,
            350, 400, 79, 120.3, 95.1, 351, 145, 301, 121,
        ];
        int[] cylinders = [6, 6, 4, 6, 8, 6, 8, 4, 4, 6, 6, 8, 8, 8, 8, 8, 8, 4, 4, 4, 4, 8, 8, 8, 8, 4, 4, 4, 8, 6, 8, 4];
        SeparationProblem problem = new(1, 3);
        for (int i = 0; i < 32; i++)
            problem.Add(cylinders[i] / 2 - 2, displacement[i] + (i == 29 ? 20 : 0));
        problem.Add(1, 276);
        Separation separation = problem.AssertSeparated();
        Assert.Equal([new ClassPair(0, 1), new ClassPair(0, 2), new ClassPair(1, 0), new ClassPair(2, 0)], separation.Pairs);
        Assert.Equal(33, separation.SeparatedRows);
        Assert.False(separation.Complete);
        Assert.True(separation.Maximal);
    }

    [Fact]
    public void A_decision_keeps_to_its_budget_and_can_be_cancelled()
    {
        SeparationProblem problem = Oblique(1e-6);
        Assert.IsType<SeparationVerdict.Undecided>(problem.Decide(work: 1000));
        using CancellationTokenSource source = new();
        source.Cancel();
        SeparationProblem large = Categories(20_000, 30, 4, seed: 7, (_, _) => false);
        Assert.Throws<OperationCanceledException>(() => { large.Decide(token: source.Token); });
    }

    [Fact]
    public void A_proposal_is_made_exact_and_a_wrong_one_does_no_harm()
    {
        SeparationProblem problem = Oblique(-0.1);
        double[] right = [1.0001, 0.99998, -1, -1, 1e-7, 0], wrong = [1, -1, -1, 1, 0, 0];
        Assert.True(problem.AssertSeparated(problem.Decide([wrong, right])).Complete);
        Assert.IsType<SeparationVerdict.Overlapping>(Oblique(0.1).Decide([right, wrong]));
    }

    /// <summary>Two clusters of 60 around ±1 and one pair, which crosses by so much.</summary>
    private static SeparationProblem Clusters(double crossing)
    {
        Random random = new(1);
        SeparationProblem problem = new(1, 2);
        for (int i = 0; i < 60; i++)
        {
            problem.Add(0, -1 - random.NextDouble());
            problem.Add(1, 1 + random.NextDouble());
        }
        problem.Add(0, crossing / 2);
        problem.Add(1, -crossing / 2);
        return problem;
    }

    /// <summary>The same in the plane: clusters on both sides of a line, and three rows near it such that no other line will do.</summary>
    private static SeparationProblem Oblique(double crossing)
    {
        Random random = new(2);
        SeparationProblem problem = new(2, 2);
        for (int i = 0; i < 60; i++)
        {
            double along = random.NextDouble() * 4 - 2, across = 1 + random.NextDouble();
            problem.Add(0, along + across, -along + across);
            problem.Add(1, along - across, -along - across);
        }
        // Class 0 ends at x + y = −crossing on both sides of a point where class 1 ends at x + y = crossing.
        problem.Add(0, 3, -3 - crossing);
        problem.Add(0, -3, 3 - crossing);
        problem.Add(1, 0.5, -0.5 + crossing);
        return problem;
    }

    /// <summary>Rows of a category in dummies without its first level, two other numbers, and labels drawn evenly but where they are excluded.</summary>
    private static SeparationProblem Categories(int rows, int levels, int classes, int seed, Func<int, int, bool> excluded)
    {
        Random random = new(seed);
        SeparationProblem problem = new(levels + 1, classes);
        while (problem.Rows.Count < rows)
        {
            int level = random.Next(levels), label = random.Next(classes);
            if (excluded(label, level))
                continue;
            double[] row = new double[levels + 1];
            if (level > 0)
                row[level - 1] = 1;
            row[levels - 1] = random.Next(2);
            row[levels] = random.Next(100);
            problem.Add(label, row);
        }
        return problem;
    }
}
