namespace Logits.Numerics;

/// <summary>
/// An unevaluated sum of two doubles, the second at most half a unit in the last place of the first: about 100 bits. See T. J. Dekker, "A floating-point
/// technique for extending the available precision", Numerische Mathematik 18, 1971.
/// </summary>
internal readonly record struct DoubleDouble(double High, double Low)
{
    // ln 2 in three parts; the first two have so few bits that their products with an exponent are exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Middle = 1.908214929270822e-10;
    private const double Ln2Low = -2.3407938865678234e-23;

    public static DoubleDouble operator +(DoubleDouble a, DoubleDouble b)
    {
        double sum = a.High + b.High, part = sum - a.High;
        double error = (a.High - (sum - part)) + (b.High - part) + (a.Low + b.Low);
        return Normal(sum, error);
    }

    public static DoubleDouble operator *(DoubleDouble a, DoubleDouble b)
    {
        double product = a.High * b.High;
        double error = Math.FusedMultiplyAdd(a.High, b.High, -product) + (a.High * b.Low + a.Low * b.High);
        return Normal(product, error);
    }

    private static DoubleDouble Normal(double high, double low)
    {
        double sum = high + low;
        return new(sum, low - (sum - high));
    }

    private static DoubleDouble Scale(DoubleDouble a, double powerOfTwo) => new(a.High * powerOfTwo, a.Low * powerOfTwo);

    /// <summary>
    /// eˣ, 0 below −700, for x ≤ 700: eˣ = 2ⁿ (1 + s)²⁵⁶ with 1 + s = exp((x − n ln 2) / 256), s by its Taylor series, squared as s ← 2s + s².
    /// </summary>
    public static DoubleDouble Exp(double x)
    {
        if (x < -700)
            return default;
        double n = Math.Round(x / Math.Log(2));
        DoubleDouble r = new DoubleDouble(x - n * Ln2High, 0) + new DoubleDouble(-n * Ln2Middle, 0) + new DoubleDouble(-n * Ln2Low, 0);
        r = Scale(r, 1.0 / 256);
        DoubleDouble s = new(1.0 / 3628800, 0);
        for (int k = 9; k >= 1; k--)
            s = s * r + InverseFactorial(k);
        s *= r;
        for (int k = 0; k < 8; k++)
            s = Scale(s, 2) + s * s;
        return Scale(s + new DoubleDouble(1, 0), Math.ScaleB(1, (int)n));
    }

    private static DoubleDouble InverseFactorial(int k)
    {
        double factorial = 1;
        for (int i = 2; i <= k; i++)
            factorial *= i;
        double high = 1 / factorial;
        return new(high, Math.FusedMultiplyAdd(-high, factorial, 1) / factorial);
    }
}
