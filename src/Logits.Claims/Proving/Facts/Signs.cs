namespace Logits.Claims.Proving.Facts;

/// <summary>The signs that a quantity may have.</summary>
[Flags]
internal enum Signs
{
    None = 0,
    Negative = 1,
    Zero = 2,
    Positive = 4,
    NonPositive = Negative | Zero,
    NonNegative = Zero | Positive,
    NonZero = Negative | Positive,
    Any = Negative | Zero | Positive,
}

internal static class SignsExtensions
{
    public static Signs Of(int sign) => sign < 0 ? Signs.Negative : sign > 0 ? Signs.Positive : Signs.Zero;

    public static bool Within(this Signs signs, Signs set) => (signs & ~set) == 0;

    public static Signs Negate(this Signs signs) =>
        (signs & Signs.Zero) | (signs.HasFlag(Signs.Negative) ? Signs.Positive : 0) | (signs.HasFlag(Signs.Positive) ? Signs.Negative : 0);

    public static Signs Times(this Signs a, Signs b)
    {
        Signs product = (a | b) & Signs.Zero;
        if (a.HasFlag(Signs.Positive))
        {
            product |= b & Signs.NonZero;
        }
        if (a.HasFlag(Signs.Negative))
        {
            product |= b.Negate() & Signs.NonZero;
        }
        return product;
    }

    public static Signs Plus(this Signs a, Signs b) => a == Signs.Zero ? b
        : b == Signs.Zero ? a
        : a.Within(Signs.NonNegative) && b.Within(Signs.NonNegative) ? ((a & b).HasFlag(Signs.Zero) ? Signs.NonNegative : Signs.Positive)
        : a.Within(Signs.NonPositive) && b.Within(Signs.NonPositive) ? ((a & b).HasFlag(Signs.Zero) ? Signs.NonPositive : Signs.Negative)
        : Signs.Any;

    public static Signs Power(this Signs signs, int power) => power == 0 ? Signs.Positive
        : power % 2 != 0 ? signs
        : (signs & Signs.Zero) | ((signs & Signs.NonZero) != 0 ? Signs.Positive : 0);
}
