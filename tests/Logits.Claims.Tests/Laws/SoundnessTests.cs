using Logits.Claims.Arithmetic;
using Logits.Claims.Certificates;
using Logits.Claims.Certificates.Checking;
using Logits.Claims.Evaluating;
using Logits.Claims.Language;
using Logits.Claims.Proving;
using Logits.Claims.Proving.Algebra;
using Logits.Claims.Proving.OpenSize;
using Logits.Claims.Refuting;
using Logits.Claims.Tests.Laws.Oracle;

namespace Logits.Claims.Tests.Laws;

/// <summary>
/// Every proof is attacked: at points with ties and extreme values, both sides enclosed to 60 digits and more, and limits replaced by what they are the limit
/// of, close to it. For every refuted claim a proof is looked for all the same. One contradiction fails the test.
/// </summary>
public sealed class SoundnessTests(ITestOutputHelper output)
{
    private const int PointsEach = 30;
    private const int MostDraws = 150;

    private static readonly TimeSpan TimeEach = TimeSpan.FromSeconds(0.1);

    private static readonly Rational[] Values = [0, 0, 1, 1, -1, 2, new(1, 2), new(-1, 3), 3, -5, 10, 40, -40, 700, new(1, 1000), new(999, 1000)];

    [Theory]
    [InlineData(20_260_101, 1000)]
    public void No_proved_claim_fails(int seed, int count) => Attack(seed, count);

    [Theory]
    [Trait("Category", "Nightly")]
    [InlineData(1, 5000)]
    [InlineData(2, 5000)]
    [InlineData(3, 5000)]
    [InlineData(4, 5000)]
    public void No_proved_claim_fails_among_twenty_thousand(int seed, int count) => Attack(seed, count);

    [Fact]
    public void A_false_claim_would_be_caught()
    {
        var tally = new Tally();
        AttackAt(Claim.Parse("lse(x) - max(x) < log(n)"), 2, new Random(1), tally);
        AttackAt(Claim.Parse("limit(softmax(s*x), s -> -inf) == argmaxind(x)"), 2, new Random(1), tally);
        Assert.Equal(2, tally.Contradictions.Count);
    }

    private void Attack(int seed, int count)
    {
        var claims = new PlausibleClaims(seed);
        var random = new Random(seed);
        (var plain, var mutated) = (new Tally(), new Tally());
        for (int i = 0; i < count; i++)
        {
            Claim claim = claims.Next();
            // Sizes two and three in turn, and every n now and then.
            SizeRange? sizes = i % 8 == 0 ? null : new SizeRange(2 + (i % 2), 2 + (i % 2));
            Decide(claim, sizes, random, plain);
            if (Mutations.Of(claim, random) is { } mutant)
            {
                Decide(mutant, sizes, random, mutated);
            }
        }
        output.WriteLine($"Seed {seed}, claims:    {plain}");
        output.WriteLine($"Seed {seed}, mutations: {mutated}");
        Assert.Empty(plain.Contradictions.Concat(mutated.Contradictions));
        Assert.All([plain, mutated], tally => Assert.True(tally.Proved > count / 20 && tally.Refuted > count / 20 && tally.Points > PointsEach * tally.Proved / 2));
    }

    private static void Decide(Claim claim, SizeRange? sizes, Random random, Tally tally)
    {
        tally.Claims++;
        bool isAsked = sizes is not null && claim.Sizes is not null && claim.SpeaksOf(sizes);
        Verdict verdict = Decider.Decide(claim, new DecideOptions { Repair = false, TimeLimit = TimeEach, Sizes = isAsked ? sizes : null });
        switch (verdict)
        {
            case Proved or PartlyProved:
                Proved proof = (verdict as PartlyProved)?.Proof ?? (Proved)verdict;
                tally.Proved++;
                foreach (int size in proof.Sizes.Count == 0 ? [1] : Enumerable.Range(proof.Sizes[0].Minimum, Math.Min(3, (proof.Sizes[0].Maximum ?? 99) - proof.Sizes[0].Minimum + 1)))
                {
                    AttackAt(claim, size, random, tally);
                }
                break;
            case Refuted refuted:
                tally.Refuted++;
                if (IsAccepted(claim, refuted.Counterexample.Size))
                {
                    tally.Contradictions.Add($"\"{claim}\" is refuted, and a proof of it is accepted");
                }
                break;
            default:
                tally.Undecided++;
                break;
        }
    }

    /// <summary>
    /// Whether a proof of the claim, at the size of its counterexample or for every n, is found and accepted when nobody looks for counterexamples first: neither
    /// the provers nor the checker may lean on that.
    /// </summary>
    private static bool IsAccepted(Claim claim, int? size)
    {
        using var budget = new Budget(TimeEach, 512L << 20, CancellationToken.None);
        bool Succeeds(int? at, Func<ProofNode?> prove)
        {
            try
            {
                return prove() is { } proof && AcceptedCertificate.Accept(new CertificateDocument(CertificateDocument.CurrentFormat, claim.ToString(), [new(at, proof)]).ToJson()) is not null;
            }
            catch (Exception open) when (open is UndefinedException or NeedsCaseException or NeedsLargestException or RejectedException or CertificateException or BudgetException or ArithmeticException)
            {
                return false;
            }
        }

        return Succeeds(size, () => new FixedSizeProver(claim).Prove(size ?? 1))
            || (claim.Sizes is { } sizes && sizes.Maximum != sizes.Minimum && Succeeds(null, new EverySizeProver(claim).Prove));
    }

    /// <summary>Draws points until enough of them meet the hypotheses and tell about the conclusion.</summary>
    private static void AttackAt(Claim claim, int size, Random random, Tally tally)
    {
        bool hasLimits = Rewriting.Expressions(claim.Conclusion).Any(node => node is Limit);
        int told = 0;
        for (int draw = 0; draw < MostDraws && told < PointsEach; draw++)
        {
            Point point = PointOf(claim, size, random);
            bool? holds = Holds(claim, point);
            told += holds is null ? 0 : 1;
            if (holds == false || (hasLimits && holds == true && HoldsNearLimits(claim.Conclusion, point) == false))
            {
                tally.Contradictions.Add($"\"{claim}\" was proved and fails at {string.Join(", ", point.Values.Select(value => $"{value.Name} = [{string.Join(", ", value.Entries)}]"))}");
                break;
            }
        }
        tally.Points += told;
    }

    /// <summary>Whether the conclusion holds at a point at which the hypotheses do; null elsewhere, and where it takes too long to tell.</summary>
    private static bool? Holds(Claim claim, Point point)
    {
        using var budget = new Budget(TimeSpan.FromSeconds(1), 512L << 20, CancellationToken.None);
        try
        {
            var judge = new PointOracle(point);
            return claim.Hypotheses.All(hypothesis => judge.Holds(hypothesis) == true) ? judge.Holds(claim.Conclusion) : null;
        }
        catch (BudgetException)
        {
            return null;
        }
    }

    /// <summary>Whether a comparison holds, to within a hundredth, with each limit replaced by its body at a point close to where it is taken.</summary>
    private static bool? HoldsNearLimits(Statement statement, Point point)
    {
        if (statement is not Comparison { Relations: [var relation], Operands: [var left, var right] } || relation == Relation.NotEqual)
        {
            return null;
        }
        try
        {
            var evaluator = new NumericEvaluator<Interval>(new IntervalArithmetic(400), point);
            (Value<Interval> a, Value<Interval> b) = (evaluator.Evaluate(NearLimits(left)), evaluator.Evaluate(NearLimits(right)));
            for (int k = 0; k < Math.Max(a.Entries.Length, b.Entries.Length); k++)
            {
                Interval difference = b.Entries[Math.Min(k, b.Entries.Length - 1)] - a.Entries[Math.Min(k, a.Entries.Length - 1)];
                Interval tolerance = Interval.Of(new Rational(1, 100), 400);
                bool isBelow = (difference + tolerance).Sign == -1;
                bool isAbove = (difference - tolerance).Sign == 1;
                if ((isBelow && relation is Relation.Equal or Relation.Less or Relation.LessOrEqual) || (isAbove && relation is Relation.Equal or Relation.Greater or Relation.GreaterOrEqual))
                {
                    return false;
                }
            }
            return true;
        }
        catch (Exception open) when (open is UndefinedException or NeedsCaseException)
        {
            return null;
        }
    }

    private static Expression NearLimits(Expression expression) => Rewriting.Replace(expression, node => node is not Limit limit ? null
        : Rewriting.Replace(limit.Body, inner => inner is Variable variable && variable.Name == limit.Variable.Name
            ? new Number(limit.Point switch { LimitPoint.PlusInfinity => 1_000_000_000, LimitPoint.MinusInfinity => -1_000_000_000, _ => new Rational(1, 1_000_000_000) }, Shape.Scalar, default)
            : null));

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
                    // Half of the vectors have ties, and some are another one over again.
                    Rational first = Draw();
                    bool ties = random.Next(2) == 0;
                    bool isScalar = declaration.Domain.Set == DomainSet.Reals;
                    Rational[] drawn = [.. Enumerable.Range(0, isScalar ? 1 : entries).Select(k => k == 0 || (ties && random.Next(2) == 0) ? first : Draw())];
                    (string, Rational[] Entries, bool) before = values.LastOrDefault();
                    values.Add((declaration.Name, random.Next(6) == 0 && before.Entries?.Length == drawn.Length ? before.Entries : drawn, isScalar));
                    break;
            }
        }
        return new(size, values, indices);
    }

    private sealed class Tally
    {
        public int Claims { get; set; }

        public int Proved { get; set; }

        public int Refuted { get; set; }

        public int Undecided { get; set; }

        public long Points { get; set; }

        public List<string> Contradictions { get; } = [];

        public override string ToString() => $"{Claims} decided: {Proved} proved, {Refuted} refuted, {Undecided} undecided; {Points} points attacked on the proved ones, {Contradictions.Count} contradictions.";
    }
}
