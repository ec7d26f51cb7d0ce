using CsCheck;
using Logits.Claims.Arithmetic;

namespace Logits.Claims.Tests.Arithmetic;

/// <summary>Enclosures hold what they must, and are narrow.</summary>
public sealed class IntervalTests
{
    private const string Seed = "0000000000001";
    private const int Bits = 220;

    private static readonly Gen<Rational> Rationals =
        Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[1, 10_000]).Select((numerator, denominator) => new Rational(numerator, denominator));

    [Theory]
    [InlineData(1, "2.718281828459045235360287471352662497757247093699959574966967627724076630")]
    [InlineData(-1, "0.367879441171442321595523770161460867445811131031767834507836801697461496")]
    [InlineData(10, "22026.46579480671651695790064528424436635351261855678107423542635522520281857")]
    public void Exp_agrees_with_known_digits(int argument, string digits)
    {
        Interval enclosure = Interval.Of(argument, Bits).Exp();
        AssertHolds(digits, enclosure);
    }

    [Theory]
    [InlineData(2, "0.693147180559945309417232121458176568075500134360255254120680009493393622")]
    [InlineData(10, "2.302585092994045684017991454684364207601101488628772976033327900967572610")]
    [InlineData(3, "1.098612288668109691395245236922525704647490557822749451734694333637494293")]
    public void Log_agrees_with_known_digits(int argument, string digits) => AssertHolds(digits, Interval.Of(argument, Bits).Log());

    [Fact]
    public void Arithmetic_encloses_exact_rationals() => Gen.Select(Rationals, Rationals).Sample((a, b) =>
    {
        Interval x = Interval.Of(a, 64), y = Interval.Of(b, 64);
        return Holds(x + y, a + b) && Holds(x - y, a - b) && Holds(x * y, a * b) && (b.IsZero || Holds(x / y, a / b));
    }, seed: Seed, iter: 2000);

    [Fact]
    public void Log_undoes_exp() => Rationals.Sample(a =>
    {
        Interval there = Interval.Of(a, Bits).Exp().Log();
        Interval distance = there - Interval.Of(a, Bits);
        return Holds(there, a) && Math.Abs(distance.Low.ToDouble()) < 1e-50 && Math.Abs(distance.High.ToDouble()) < 1e-50;
    }, seed: Seed, iter: 500);

    [Fact]
    public void Exp_of_a_sum_is_the_product() => Gen.Select(Rationals, Rationals).Sample((a, b) =>
        (Interval.Of(a + b, Bits).Exp() / (Interval.Of(a, Bits).Exp() * Interval.Of(b, Bits).Exp()) - Interval.Of(1, Bits)).Sign is null or 0, seed: Seed, iter: 500);

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void What_is_undefined_is_unknown(int argument)
    {
        Assert.False(Interval.Of(argument, Bits).Log().IsKnown);
        Assert.False((Interval.Of(1, Bits) / Interval.Of(0, Bits)).IsKnown);
        Assert.False(Interval.Of(new Rational(System.Numerics.BigInteger.Pow(10, 40), 1), Bits).Exp().IsKnown);
    }

    private static bool Holds(Interval interval, Rational value)
    {
        Interval exact = Interval.Of(value, 2000);
        return interval.Low.CompareTo(exact.High) <= 0 && interval.High.CompareTo(exact.Low) >= 0;
    }

    private static void AssertHolds(string digits, Interval enclosure)
    {
        int point = digits.IndexOf('.', StringComparison.Ordinal);
        var scale = System.Numerics.BigInteger.Pow(10, digits.Length - point - 1);
        var value = new Rational(System.Numerics.BigInteger.Parse(digits.Remove(point, 1), System.Globalization.CultureInfo.InvariantCulture), scale);
        Interval distance = enclosure - Interval.Of(value, Bits);
        Assert.True(Math.Abs(distance.Low.ToDouble()) < 1e-60 && Math.Abs(distance.High.ToDouble()) < 1e-60);
    }
}
