using Logits.Claims.Arithmetic;

namespace Logits.Claims.Judging.Numbers;

/// <summary>A real number that is certain to lie in an interval, and its exact form where that is at hand.</summary>
internal sealed class Certain : Real
{
    private readonly int _bits;
    private Interval? _interval;

    private Certain(ExactNumber? exact, Interval? interval, int bits) => (Exact, _interval, _bits) = (exact, interval, bits);

    /// <summary>Null where nothing but the interval is known: then the number may be any in it.</summary>
    public ExactNumber? Exact { get; }

    public Interval Interval => _interval ??= Interval.Of(Exact!.Constant!.Value, _bits);

    public override bool IsKnown => Exact is not null || Interval.IsKnown;

    public override int? Sign => Exact?.Constant is { } constant ? constant.Sign : Exact is { IsZero: true } ? 0 : Interval.Sign;

    protected override int Richness => 0;

    public static Certain Of(Rational value, int bits) => new(ExactNumber.Of(value), null, bits);

    public static Real Between(Interval interval) => With(null, interval, interval.Bits);

    public static Certain Larger(Certain a, Certain b) => new(null, Interval.Max(a.Interval, b.Interval), a._bits);

    public override Real Of(Rational value) => Of(value, _bits);

    protected override Real Lift(Real poorer) => poorer;

    protected override Real Plus(Real other) => Combine((Certain)other, ExactNumber.Add, static (a, b) => a + b);

    protected override Real Negate() => With(Exact?.Negate(), -Interval, _bits);

    protected override Real Times(Real other) => Combine((Certain)other, ExactNumber.Multiply, static (a, b) => a * b);

    protected override Real Reciprocal() => Exact?.Constant is { } constant
        ? Of(constant.Reciprocal(), _bits)
        : With(Exact?.Inverse(), Interval.Of(Rational.One, _bits) / Interval, _bits);

    protected override Real Exponential() => Exact is { IsZero: true } ? Of(Rational.One, _bits) : With(Exact?.Exp(), Interval.Exp(), _bits);

    protected override Real Logarithm() => Exact?.Constant is { } constant && constant == Rational.One ? Of(Rational.Zero, _bits) : With(Exact?.Log(), Interval.Log(), _bits);

    private Real Combine(Certain other, Func<ExactNumber, ExactNumber, ExactNumber?> exactly, Func<Interval, Interval, Interval> enclosed)
    {
        ExactNumber? exact = Exact is null || other.Exact is null ? null : exactly(Exact, other.Exact);
        return exact?.Constant is null ? With(exact, enclosed(Interval, other.Interval), _bits) : new Certain(exact, null, _bits);
    }

    private static Real With(ExactNumber? exact, Interval interval, int bits) =>
        exact?.Constant is not null ? new Certain(exact, null, bits) : interval.IsKnown ? new Certain(exact, interval, bits) : Unknown;
}
