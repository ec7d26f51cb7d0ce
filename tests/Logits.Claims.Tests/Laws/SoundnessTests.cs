using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Refuting;

namespace Logits.Claims.Tests.Laws;

/// <summary>Every proof is attacked: at points with ties and extreme values, both sides enclosed to 60 digits and more. One contradiction fails the test.</summary>
public sealed class SoundnessTests(ITestOutputHelper output)
{
    private const int PointsEach = 30;

    private static readonly Rational[] Values = [0, 0, 1, 1, -1, 2, new(1, 2), new(-1, 3), 3, -5, 10, 40, -40, 700, new(1, 1000), new(999, 1000)];

    [Theory]
    [InlineData(20_260_101, 3000)]
    public void No_proved_claim_fails(int seed, int count) => Attack(seed, count);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(1, 5000)]
    [InlineData(2, 5000)]
    [InlineData(3, 5000)]
    [InlineData(4, 5000)]
    public void No_proved_claim_fails_among_twenty_thousand(int seed, int count) => Attack(seed, count);

    private void Attack(int seed, int count)
    {
        var claims = new PlausibleClaims(seed);
        var random = new Random(seed);
        (int proved, int refuted, int undecided, int tried) = (0, 0, 0, 0);
        for (int i = 0; i < count; i++)
        {
            Claim claim = claims.Next();
            // Sizes two and three in turn, and every n now and then.
            var sizes = new SizeRange(2 + (i % 2), 2 + (i % 2));
            bool isOpen = i % 8 == 0 || claim.Sizes is null || !claim.SpeaksOf(sizes);
            var options = new DecideOptions { Repair = false, TimeLimit = TimeSpan.FromSeconds(0.7), Sizes = isOpen ? null : sizes };
            switch (Decider.Decide(claim, options))
            {
                case Proved proof:
                    proved++;
                    foreach (int size in proof.Sizes.Count == 0 ? [1] : Enumerable.Range(proof.Sizes[0].Minimum, Math.Min(3, (proof.Sizes[0].Maximum ?? 99) - proof.Sizes[0].Minimum + 1)))
                    {
                        tried += AttackAt(claim, size, random);
                    }
                    break;
                case Refuted:
                    refuted++;
                    break;
                default:
                    undecided++;
                    break;
            }
        }
        output.WriteLine($"{count} claims from seed {seed}: {proved} proved, {refuted} refuted, {undecided} undecided; {tried} points tried on the proved ones.");
        Assert.True(proved > count / 20 && refuted > count / 20);
    }

    private static int AttackAt(Claim claim, int size, Random random)
    {
        for (int i = 0; i < PointsEach; i++)
        {
            var judge = new PointJudge(PointOf(claim, size, random));
            if (claim.Hypotheses.All(hypothesis => judge.Holds(hypothesis) == true) && judge.Holds(claim.Conclusion) == false)
            {
                Assert.Fail($"\"{claim}\" was proved and fails at {string.Join(", ", judge.Point.Values.Select(value => $"{value.Name} = [{string.Join(", ", value.Entries)}]"))}");
            }
        }
        return PointsEach;
    }

    private static Point PointOf(Claim claim, int size, Random random)
    {
        Rational Draw() => Values[random.Next(Values.Length)];
        var values = new List<(string, Rational[], bool)>();
        var indices = new List<(string, int)>();
        foreach (Declaration declaration in claim.Declarations)
        {
            int entries = declaration.Domain.Size.At(size);
            switch (declaration.Domain.Set)
            {
                case DomainSet.Indices:
                    indices.Add((declaration.Name, random.Next(1, entries + 1)));
                    break;
                case DomainSet.OneHot:
                    int one = random.Next(entries);
                    values.Add((declaration.Name, [.. Enumerable.Range(0, entries).Select(k => (Rational)(k == one ? 1 : 0))], false));
                    break;
                case DomainSet.Simplex:
                    Rational[] weights = [.. Enumerable.Range(0, entries).Select(_ => Draw().Abs())];
                    Rational total = weights.Aggregate(Rational.Zero, (sum, weight) => sum + weight);
                    values.Add((declaration.Name, total.IsZero ? [1, .. Enumerable.Repeat(Rational.Zero, entries - 1)] : [.. weights.Select(weight => weight / total)], false));
                    break;
                default:
                    // Half of the vectors have ties.
                    Rational first = Draw();
                    bool ties = random.Next(2) == 0;
                    values.Add((declaration.Name, [.. Enumerable.Range(0, declaration.Domain.Set == DomainSet.Reals ? 1 : entries).Select(k => k == 0 || (ties && random.Next(2) == 0) ? first : Draw())], declaration.Domain.Set == DomainSet.Reals));
                    break;
            }
        }
        return new(size, values, indices);
    }
}
