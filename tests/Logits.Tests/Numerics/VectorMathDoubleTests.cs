using System.Globalization;
using Logits.Numerics;

namespace Logits.Tests.Numerics;

/// <summary>The double kernels against mpmath's 60 digits, and against pairs of doubles that were themselves checked against these.</summary>
public class VectorMathDoubleTests
{
    private const int Random = 1_000_000;

    public static TheoryData<int> Widths => new(Shape.Widths);

    [Theory, MemberData(nameof(Widths))]
    public void Exp_is_within_1_ulp_of_the_reference(int width) => AssertReference<Exp>("exp", 1, width, _ => true);

    [Theory, MemberData(nameof(Widths))]
    public void Exp_of_what_is_not_positive_is_within_1_ulp_of_the_reference(int width) => AssertReference<ExpNonPositive>("exp", 1, width, x => x <= 0);

    [Theory, MemberData(nameof(Widths))]
    public void Log_is_within_1_ulp_of_the_reference(int width) => AssertReference<Log>("log", 1, width, _ => true);

    [Theory, MemberData(nameof(Widths))]
    public void Log1P_is_within_2_ulp_of_the_reference(int width) => AssertReference<Log1P>("log1p", 2, width, _ => true);

    [Fact]
    public void Pairs_of_doubles_hold_100_bits_of_the_reference()
    {
        foreach ((double x, double rounded, double rest) in Reference("exp").Where(r => Math.Abs(r.Argument) < 700))
        {
            DoubleDouble exp = DoubleDouble.Exp(x);
            Assert.InRange(exp.High - rounded + (exp.Low - rest), -1e-29 * rounded, 1e-29 * rounded);
        }
        foreach ((double x, double rounded, double rest) in Reference("log").Where(r => Math.Abs(r.Result) < 690 && r.Result != 0))
        {
            DoubleDouble log = LogOf(x, rounded);
            Assert.InRange(log.High - rounded + (log.Low - rest), -1e-26, 1e-26);
        }
    }

    [Theory, MemberData(nameof(Widths))]
    public void A_million_random_exponentials_are_within_1_ulp(int width) =>
        AssertRandom<Exp>(width, random => 1390 * random.NextDouble() - 695, (x, _) => DoubleDouble.Exp(x));

    [Theory, MemberData(nameof(Widths))]
    public void A_million_random_exponentials_near_0_are_within_1_ulp(int width) =>
        AssertRandom<Exp>(width, random => Math.ScaleB(2 * random.NextDouble() - 1, -random.Next(12)), (x, _) => DoubleDouble.Exp(x));

    [Theory, MemberData(nameof(Widths))]
    public void A_million_random_logarithms_are_within_1_ulp(int width) =>
        AssertRandom<Log>(width, random => Math.ScaleB(1 + random.NextDouble(), random.Next(-900, 900)), LogOf);

    [Theory, MemberData(nameof(Widths))]
    public void A_million_random_logarithms_near_1_are_within_1_ulp(int width) => AssertRandom<Log>(width, random => 0.5 + 1.5 * random.NextDouble(), LogOf);

    [Theory, MemberData(nameof(Widths))]
    public void Special_arguments_have_the_limits_as_results(int width)
    {
        AssertSpecial<Exp>(width, (double.NegativeInfinity, 0), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (0, 1), (-0.0, 1),
            (double.MaxValue, double.PositiveInfinity), (double.MinValue, 0), (709.79, double.PositiveInfinity), (-745.2, 0), (-745.1, double.Epsilon));
        AssertSpecial<ExpNonPositive>(width, (double.NegativeInfinity, 0), (double.NaN, double.NaN), (0, 1), (double.MinValue, 0), (-745.1, double.Epsilon));
        AssertSpecial<Log>(width, (0, double.NegativeInfinity), (-0.0, double.NegativeInfinity), (-1, double.NaN), (-double.Epsilon, double.NaN),
            (double.NegativeInfinity, double.NaN), (double.PositiveInfinity, double.PositiveInfinity), (double.NaN, double.NaN), (1, 0));
    }

    private static void AssertSpecial<F>(int width, params (double Argument, double Result)[] cases) where F : IFunction
    {
        foreach ((double x, double expected) in cases)
        {
            double[] y = new double[8];
            Shape.Apply<F, double>(width, Enumerable.Repeat(x, 8).ToArray(), y);
            Assert.All(y, result => Assert.Equal(expected, result));
        }
    }

    private static void AssertReference<F>(string function, double bound, int width, Func<double, bool> inDomain) where F : IFunction
    {
        (double Argument, double Result, double Remainder)[] cases = [.. Reference(function).Where(r => inDomain(r.Argument))];
        Assert.True(cases.Length >= 90);
        double[] x = new double[(cases.Length + 7) / 8 * 8], y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = cases[Math.Min(i, cases.Length - 1)].Argument;
        Shape.Apply<F, double>(width, x, y);
        for (int i = 0; i < cases.Length; i++)
        {
            double error = Math.Abs(y[i] - cases[i].Result - cases[i].Remainder) / Ulp.Unit(cases[i].Result);
            Assert.True(error <= bound, $"{function}({cases[i].Argument:R}): {error} ulp");
        }
    }

    private static void AssertRandom<F>(int width, Func<Random, double> draw, Func<double, double, DoubleDouble> exact) where F : IFunction
    {
        Random random = new(width + 1);
        double[] x = new double[width == Shape.Native ? Random : Random / 10], y = new double[x.Length];
        for (int i = 0; i < x.Length; i++)
            x[i] = draw(random);
        Shape.Apply<F, double>(width, x, y);
        double worst = 0;
        for (int i = 0; i < x.Length; i++)
        {
            DoubleDouble expected = exact(x[i], y[i]);
            worst = Math.Max(worst, Math.Abs(y[i] - expected.High - expected.Low) / Ulp.Unit(expected.High));
        }
        TestContext.Current.TestOutputHelper?.WriteLine($"{typeof(F).Name} in {width} bits: at most {worst:F4} ulp");
        Assert.True(worst <= 1, $"{worst} ulp");
    }

    /// <summary>log x from an approximation y: y + (x e⁻ʸ − 1), whose own error is the square of that of y.</summary>
    private static DoubleDouble LogOf(double x, double y) => new DoubleDouble(y, 0) + (new DoubleDouble(x, 0) * DoubleDouble.Exp(-y) + new DoubleDouble(-1, 0));

    private static IEnumerable<(double Argument, double Result, double Remainder)> Reference(string function) =>
        from line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Logits.Tests", "Reference", "elementary.csv"))
        let fields = line.Split(',')
        where fields[0] == function
        select (Hexadecimal(fields[1]), Hexadecimal(fields[2]), Hexadecimal(fields[3]));

    /// <summary>Python's hexadecimal doubles: sign, 0x, one digit, point, 13 digits, p, power of two.</summary>
    private static double Hexadecimal(string text)
    {
        string[] parts = text.TrimStart('-')[2..].Split('p');
        ulong mantissa = ulong.Parse(parts[0].Replace(".", ""), NumberStyles.HexNumber);
        int places = parts[0].Contains('.') ? 4 * (parts[0].Length - 2) : 0;
        double value = Math.ScaleB((double)mantissa, int.Parse(parts[1]) - places);
        return text[0] == '-' ? -value : value;
    }
}
