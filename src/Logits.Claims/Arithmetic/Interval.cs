using System.Numerics;

namespace Logits.Claims.Arithmetic;

/// <summary>
/// A closed interval with end points of a stated number of bits that is certain to contain the real number it stands for: every
/// operation rounds its lower end down and its upper end up. An operation that is not defined on the whole interval gives
/// <see cref="Unknown"/>, which stays unknown.
/// </summary>
internal sealed class Interval
{
    /// <summary>Arguments of exp beyond this are refused: the result would have too many digits to be of use.</summary>
    private const long LargestExponentMagnitude = 40;

    private Interval(BigFloat low, BigFloat high, int bits)
    {
        Low = low;
        High = high;
        Bits = bits;
    }

    public static Interval Unknown { get; } = new(default, default, 0);

    public BigFloat Low { get; }

    public BigFloat High { get; }

    public int Bits { get; }

    public bool IsKnown => Bits > 0;

    public bool IsExact => IsKnown && Low.CompareTo(High) == 0;

    /// <summary>+1, 0 or −1 where every number of the interval has that sign, null otherwise.</summary>
    public int? Sign => !IsKnown ? null
        : Low.Sign > 0 ? 1
        : High.Sign < 0 ? -1
        : Low.Sign == 0 && High.Sign == 0 ? 0 : null;

    public static Interval Of(Rational value, int bits) =>
        new(BigFloat.Of(value, bits, Rounding.Down), BigFloat.Of(value, bits, Rounding.Up), bits);

    public static Interval Between(BigFloat low, BigFloat high, int bits) => new(low, high, bits);

    public static Interval operator -(Interval a) => a.IsKnown ? new(-a.High, -a.Low, a.Bits) : a;

    public static Interval operator +(Interval a, Interval b) => a.IsKnown && b.IsKnown
        ? new(BigFloat.Add(a.Low, b.Low, a.Bits, Rounding.Down), BigFloat.Add(a.High, b.High, a.Bits, Rounding.Up), a.Bits)
        : Unknown;

    public static Interval operator -(Interval a, Interval b) => a + -b;

    public static Interval operator *(Interval a, Interval b) => Combine(a, b, BigFloat.Multiply);

    /// <summary>a / b; unknown where b may be zero.</summary>
    public static Interval operator /(Interval a, Interval b) => b.Sign is null or 0 ? Unknown : Combine(a, b, BigFloat.Divide);

    private static Interval Combine(Interval a, Interval b, Func<BigFloat, BigFloat, int, Rounding, BigFloat> operation)
    {
        if (!a.IsKnown || !b.IsKnown)
        {
            return Unknown;
        }
        BigFloat low = operation(a.Low, b.Low, a.Bits, Rounding.Down);
        BigFloat high = operation(a.Low, b.Low, a.Bits, Rounding.Up);
        foreach ((BigFloat x, BigFloat y) in new[] { (a.Low, b.High), (a.High, b.Low), (a.High, b.High) })
        {
            low = Smaller(low, operation(x, y, a.Bits, Rounding.Down));
            high = Larger(high, operation(x, y, a.Bits, Rounding.Up));
        }
        return new(low, high, a.Bits);
    }

    public static Interval Max(Interval a, Interval b) => a.IsKnown && b.IsKnown
        ? new(Larger(a.Low, b.Low), Larger(a.High, b.High), a.Bits)
        : Unknown;

    public static Interval Min(Interval a, Interval b) => -Max(-a, -b);

    public Interval Exp() => !IsKnown || TooLarge(Low) || TooLarge(High)
        ? Unknown
        : new(Elementary.Exp(Low, Bits).Low, Elementary.Exp(High, Bits).High, Bits);

    /// <summary>The natural logarithm; unknown unless the whole interval is above zero.</summary>
    public Interval Log() => Sign == 1
        ? new(Elementary.Log(Low, Bits).Low, Elementary.Log(High, Bits).High, Bits)
        : Unknown;

    /// <summary>The middle of the interval as a double, to be shown and never to be decided by.</summary>
    public double Midpoint() => (Low.ToDouble() / 2) + (High.ToDouble() / 2);

    private static bool TooLarge(BigFloat value) => value.Sign != 0 && value.Magnitude > LargestExponentMagnitude;

    private static BigFloat Smaller(BigFloat a, BigFloat b) => a.CompareTo(b) <= 0 ? a : b;

    private static BigFloat Larger(BigFloat a, BigFloat b) => a.CompareTo(b) >= 0 ? a : b;
}
