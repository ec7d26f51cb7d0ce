using System.Runtime.Intrinsics;

namespace Logits.Tests.Numerics;

/// <summary>Errors in units in the last place of the exact result.</summary>
internal static class Ulp
{
    private const double SmallestNormal = 1.1754943508222875e-38;
    private const double FloatEpsilon = 1.1920928955078125e-07;

    /// <summary>The largest of the errors of a whole span, infinite if one is.</summary>
    public static double LargestError(ReadOnlySpan<float> actual, ReadOnlySpan<double> expected)
    {
        int width = Vector256<double>.Count;
        Vector256<double> worst = default;
        for (int i = 0; i < actual.Length; i += width)
        {
            Vector256<double> e = Vector256.LoadUnsafe(in expected[i]);
            Vector256<double> a = Vector256.Create((double)actual[i], actual[i + 1], actual[i + 2], actual[i + 3]);
            Vector256<double> power = e & Vector256.Create(0x7ff0000000000000UL).AsDouble();
            Vector256<double> error = Vector256.Abs(a - e) / (Vector256.Max(power, Vector256.Create(SmallestNormal)) * FloatEpsilon);
            if (Vector256.LessThanOrEqualAll(error, Vector256.Create(double.MaxValue)))
                worst = Vector256.Max(worst, error);
            else
                for (int lane = 0; lane < width; lane++)
                    worst = Vector256.Max(worst, Vector256.Create(Error(actual[i + lane], e[lane])));
        }
        return Math.Max(Math.Max(worst[0], worst[1]), Math.Max(worst[2], worst[3]));
    }

    /// <summary>|actual − expected| in ulps of a float; infinite where one of the two is special and the other is not the same.</summary>
    public static double Error(float actual, double expected)
    {
        double difference = Math.Abs(actual - expected);
        if (difference <= double.MaxValue)
            return difference / FloatUnit(expected);
        bool same = double.IsNaN(expected) ? float.IsNaN(actual) : actual.Equals((float)expected);
        return same ? 0 : double.PositiveInfinity;
    }

    /// <summary>The distance of doubles around <paramref name="x"/>.</summary>
    public static double Unit(double x) => Math.Abs(x) < 2.2250738585072014e-308 ? double.Epsilon : Math.BitIncrement(Math.Abs(x)) - Math.Abs(x);

    /// <summary>The distance of floats around <paramref name="x"/>.</summary>
    private static double FloatUnit(double x)
    {
        double power = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) & 0x7ff0000000000000);
        return Math.Max(power, SmallestNormal) * FloatEpsilon;
    }
}
