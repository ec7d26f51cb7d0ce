namespace Logits.Claims.Judging.Numbers;

/// <summary>
/// What an expression is worth where everything in it has a value: a double, an enclosed real number, how it behaves far out along a limit, or how it answers to
/// infinitesimal changes. Numbers of different kinds meet in the richer one.
/// </summary>
internal abstract class Real
{
    /// <summary>No number: undefined, or not worked out. What it enters is no number either.</summary>
    public static Real Unknown { get; } = new Approximate(double.NaN);

    public virtual bool IsKnown => true;

    /// <summary>+1, 0 or −1, null where it cannot be told.</summary>
    public abstract int? Sign { get; }

    /// <summary>Kinds of number in the order in which one takes the other in.</summary>
    protected abstract int Richness { get; }

    public static Real operator +(Real a, Real b) => Meet(a, b, static (x, y) => x.Plus(y));

    public static Real operator -(Real a, Real b) => a + -b;

    public static Real operator -(Real a) => a.IsKnown ? a.Negate() : a;

    public static Real operator *(Real a, Real b) => Meet(a, b, static (x, y) => x.Times(y));

    public static Real operator /(Real a, Real b) => a * b.Inverse();

    /// <summary>1 / this; unknown where this may be 0.</summary>
    public Real Inverse() => Sign is 1 or -1 ? Reciprocal() : Unknown;

    public Real Exp() => IsKnown ? Exponential() : this;

    /// <summary>The natural logarithm; unknown where this may not be positive.</summary>
    public Real Log() => Sign == 1 ? Logarithm() : Unknown;

    public Real Power(int exponent)
    {
        Real power = Of(Rational.One);
        Real square = this;
        for (int rest = Math.Abs(exponent); rest > 0; rest >>= 1)
        {
            power = (rest & 1) == 0 ? power : power * square;
            square = rest > 1 ? square * square : square;
        }
        return exponent < 0 ? power.Inverse() : power;
    }

    /// <summary>A constant of this kind.</summary>
    public abstract Real Of(Rational value);

    protected abstract Real Lift(Real poorer);

    protected abstract Real Plus(Real other);

    protected abstract Real Negate();

    protected abstract Real Times(Real other);

    protected abstract Real Reciprocal();

    protected abstract Real Exponential();

    protected abstract Real Logarithm();

    private static Real Meet(Real a, Real b, Func<Real, Real, Real> operation)
    {
        if (!a.IsKnown || !b.IsKnown)
        {
            return Unknown;
        }
        return a.Richness == b.Richness ? operation(a, b)
            : a.Richness > b.Richness ? operation(a, a.Lift(b))
            : operation(b.Lift(a), b);
    }

    /// <summary>Largest of all; unknown where that depends on what is not known.</summary>
    public static Real Max(IReadOnlyList<Real> values) => values.Aggregate(Larger);

    private static Real Larger(Real a, Real b) => (a - b).Sign switch
    {
        >= 0 => a,
        < 0 => b,
        null => a is Certain x && b is Certain y ? Certain.Larger(x, y) : Unknown,
    };
}
