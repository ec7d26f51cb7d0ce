using System.Numerics;

namespace Logits.Regression;

/// <summary>A double as what it is: a whole number times a power of two.</summary>
internal readonly record struct Dyadic(long Significand, int Exponent)
{
    public static Dyadic Of(double x)
    {
        long bits = BitConverter.DoubleToInt64Bits(x);
        int exponent = (int)(bits >> 52 & 0x7FF);
        long significand = bits & 0xFFFFFFFFFFFFF;
        if (exponent > 0)
            significand |= 1L << 52;
        else
            exponent = 1;
        if (significand == 0)
            return default;
        int zeros = BitOperations.TrailingZeroCount(significand);
        return new((bits < 0 ? -significand : significand) >> zeros, exponent - 1075 + zeros);
    }

    /// <summary>The whole number x·2^−exponent, for an exponent not above x's own.</summary>
    public BigInteger At(int exponent) => Significand == 0 ? BigInteger.Zero : new BigInteger(Significand) << Exponent - exponent;

    /// <summary>A row times the least power of two, not below 1, that makes it whole.</summary>
    public static BigInteger[] Whole(ReadOnlySpan<double> row)
    {
        int lowest = 0;
        foreach (double z in row)
            lowest = Math.Min(lowest, Of(z).Exponent);
        BigInteger[] whole = new BigInteger[row.Length];
        for (int j = 0; j < whole.Length; j++)
            whole[j] = Of(row[j]).At(lowest);
        return whole;
    }
}
