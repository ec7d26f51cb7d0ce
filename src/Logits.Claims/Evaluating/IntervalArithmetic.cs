using Logits.Claims.Arithmetic;

namespace Logits.Claims.Evaluating;

/// <summary>Certain enclosures with end points of the given number of bits.</summary>
internal sealed class IntervalArithmetic(int bits) : IArithmetic<Interval>
{
    public Interval Of(Rational value) => Interval.Of(value, bits);

    public Interval Add(Interval a, Interval b) => a + b;

    public Interval Negate(Interval a) => -a;

    public Interval Multiply(Interval a, Interval b) => a * b;

    public Interval Divide(Interval a, Interval b) => a / b;

    public Interval Exp(Interval a) => a.Exp();

    public Interval Log(Interval a) => a.Log();

    public Interval Power(Interval a, int exponent)
    {
        Interval result = Of(Rational.One);
        for (int i = 0; i < Math.Abs(exponent); i++)
        {
            result *= a;
        }
        return exponent >= 0 ? result : Of(Rational.One) / result;
    }

    public Interval Power(Interval a, Interval exponent) => a.Sign == 0 && exponent.Sign == 1 ? a : (exponent * a.Log()).Exp();

    public Interval TimesLog(Interval p, Interval q) => p.Sign == 0 ? p : p * q.Log();

    public Interval Max(IReadOnlyList<Interval> values) => values.Aggregate(Interval.Max);

    /// <summary>The largest must be told apart from all others, or be exactly equal to them.</summary>
    public Interval[] ArgmaxIndicator(IReadOnlyList<Interval> values)
    {
        Interval max = Max(values);
        int?[] signs = [.. values.Select(value => value.IsExact && max.IsExact ? (value - max).Sign : value.High.CompareTo(max.Low) < 0 ? -1 : null)];
        int candidates = signs.Count(sign => sign != -1);
        if (candidates == 1)
        {
            return [.. signs.Select(sign => Of(sign == -1 ? 0 : 1))];
        }
        return signs.Contains(null) || !max.IsKnown
            ? [.. values.Select(_ => Interval.Unknown)]
            : [.. signs.Select(sign => Of(sign == 0 ? new Rational(1, candidates) : Rational.Zero))];
    }
}
